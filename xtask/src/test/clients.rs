//! Real clients: what they need is installed in the target folder, from pinned lists.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use ddbmock_model::Wording;

use super::{Outcome, succeeded};
use crate::install::{self, at};
use crate::server::{Server, programs};
use crate::{Verdict, root, target};

/// The scenarios of boto3.
pub(super) fn boto3() -> Outcome {
    against_a_server(pytest(&python()?, "boto3"))
}

/// The integration tests of boto 2, which speaks the first API version too, as they were published; and scenarios of
/// programs of its time.
pub(super) fn boto2() -> Outcome {
    let Some(command) = install::older_python() else {
        eprintln!("SKIPPED: boto 2 runs in Python 3.9 to 3.11, and there is none");
        return Ok(Verdict::Good);
    };
    let (home, own) = (target()?.join("clients/boto2"), clients().join("boto2"));
    let python = install::python(command, &home, &own.join("requirements.txt"))?;
    let fetched = home.join("sources");
    let lists = ["sources.txt", "unpack.py", "build.txt"].map(|name| own.join(name));
    install::sources(&python, &fetched, lists.each_ref().map(PathBuf::as_path))?;
    let published = ["boto-2.49.0", "dynamodb-mapper-1.8.1", "onctuous-0.5.2"].map(|name| fetched.join(name));
    let paths = env::join_paths(published.iter().chain([&own])).map_err(|error| error.to_string())?;
    let mut pytest = Command::new(python);
    pytest.args(["-B", "-m", "pytest", "-p", "plugin", "-p", "no:cacheprovider", "--color=no", "--tb=short"]);
    pytest.args(["-rxs", "-W", "ignore", "--ignore-glob=*test_cert_verification.py"]); // that one wants the service
    pytest.args(["tests/integration/dynamodb", "tests/integration/dynamodb2"]).arg(&own);
    pytest.arg("--confcutdir").arg(&own).arg("--rootdir").arg(&published[0]).env("PYTHONPATH", paths);
    pytest.current_dir(&published[0]).stdin(Stdio::null());
    against_a_server(pytest)
}

/// The scenarios of the AWS CLI.
pub(super) fn awscli() -> Outcome {
    against_a_server(pytest(&python()?, "awscli"))
}

/// The scenarios of the SDK for JavaScript. Modules are found in the folder of a program or above it, so that the
/// scenarios are run as copies beside the modules.
pub(super) fn javascript() -> Outcome {
    let copies = node_modules()?.with_file_name("scenarios");
    let scenarios = copied(&clients().join("javascript"), &copies)?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).args(scenarios).current_dir(copies).stdin(Stdio::null());
    against_a_server(node)
}

/// The snippets of the README and of the docs, tried as a reader does.
pub(super) fn pages() -> Outcome {
    let mut pytest = pytest(&python()?, "pages");
    pytest.env("DDBMOCK_NODE_MODULES", node_modules()?).env("DDBMOCK_PROGRAMS", programs()?);
    against_a_server(pytest)
}

/// Signatures that botocore makes, against a server that verifies them.
pub(super) fn signatures() -> Outcome {
    let keys = clients().join("signatures/keys");
    let flags =
        [OsStr::new("--signatures"), OsStr::new("strict"), OsStr::new("--credentials"), keys.as_os_str()];
    against(pytest(&python()?, "signatures"), &flags)
}

/// Runs a command that finds the URL of a server in its environment.
fn against_a_server(command: Command) -> Outcome {
    against(command, &[])
}

/// The same, with flags for the server.
fn against(mut command: Command, flags: &[&OsStr]) -> Outcome {
    let server = Server::start(Wording::Current, flags)?;
    let verdict = succeeded(command.env("DDBMOCK_URL", server.url()))?;
    server.stop()?;
    Ok(verdict)
}

/// The tests in one folder of the clients. They leave no files beside their sources.
fn pytest(python: &Path, folder: &str) -> Command {
    let mut command = Command::new(python);
    command.args(["-B", "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "--tb=short", folder]);
    command.current_dir(clients()).stdin(Stdio::null());
    command
}

/// The Python of a virtual environment that has the pinned packages.
fn python() -> Result<PathBuf, String> {
    install::python("python3", &target()?.join("clients/boto3"), &clients().join("boto3/requirements.txt"))
}

/// The folder of the pinned modules of JavaScript.
fn node_modules() -> Result<PathBuf, String> {
    install::node_modules(&target()?.join("clients/javascript"), &clients().join("javascript"))
}

/// Copies the programs of a folder to another one, which then has no others; the names of those that are tests.
fn copied(from: &Path, to: &Path) -> Result<Vec<String>, String> {
    if to.exists() {
        fs::remove_dir_all(to).map_err(at(to))?;
    }
    fs::create_dir_all(to).map_err(at(to))?;
    let entries = fs::read_dir(from).map_err(at(from))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut programs: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "js")).collect();
    programs.sort_unstable();
    for name in &programs {
        fs::copy(from.join(name), to.join(name)).map_err(at(&from.join(name)))?;
    }
    programs.retain(|name| name.contains(".test."));
    Ok(programs)
}

/// Where the scenarios are, and the lists of what they need.
fn clients() -> PathBuf {
    root().join("tests/clients")
}
