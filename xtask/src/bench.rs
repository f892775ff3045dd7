//! `cargo xtask bench`: builds what is measured and what measures it, and runs that. It is a program of its own, whose
//! HTTP and async this one does without.

use std::env::consts::EXE_EXTENSION;
use std::ffi::OsString;
use std::path::Path;

use clap::Args;

use crate::{Verdict, cargo, install, root, target};

/// What to measure.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Flags of the program that measures; --help lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    flags: Vec<OsString>,
}

/// Measures, and says whether that went well.
pub(crate) fn run(arguments: &Arguments) -> Verdict {
    measured(&arguments.flags).unwrap_or_else(|error| {
        eprintln!("{error}");
        Verdict::Bad
    })
}

fn measured(flags: &[OsString]) -> Result<Verdict, String> {
    let asks = |flag: &str| flags.iter().any(|given| given == flag);
    let measures_a_server = !["--help", "-h", "--check", "--embedded"].iter().any(|flag| asks(flag));
    let mut bench = cargo();
    // Files that the flags name are of the folder where this was called.
    bench.args(["run", "--quiet", "--release", "--manifest-path"]).arg(root().join("bench/Cargo.toml"));
    bench.arg("--").args(flags);
    if measures_a_server {
        built()?;
        let server = target()?.join("release/ddbmock").with_extension(EXE_EXTENSION);
        bench.arg("--server").arg(server);
    }
    if measures_a_server && asks("--rivals") {
        for rival in rivals(flags.iter().any(|flag| flag.to_string_lossy().starts_with("--db")))? {
            bench.arg("--rival").arg(rival);
        }
    }
    let status = bench.status().map_err(|error| format!("{bench:?}: {error}"))?;
    Ok(match status.code() {
        Some(0) => Verdict::Good,
        Some(2) => Verdict::Misused,
        _ => Verdict::Bad,
    })
}

/// Builds the server as it is released.
pub(crate) fn built() -> Result<(), String> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "--package", "ddbmock-cli"]).current_dir(root());
    let status = build.status().map_err(|error| format!("{build:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err("the server could not be built".to_owned()) }
}

/// A server of others: the folder of its lists and of what is installed, and how it is started.
struct Rival {
    name: &'static str,
    /// Installs it into a folder from its lists; the command.
    installed: fn(home: &Path, lists: &Path) -> Result<String, String>,
    /// The flags with which it keeps everything in a file, if it can.
    on_file: Option<&'static str>,
}

const RIVALS: &[Rival] = &[
    Rival {
        name: "dynoxide",
        installed: |home, lists| {
            let folder = install::program(home, &lists.join("version.txt"))?;
            Ok(format!("{}/dynoxide serve --port {{port}} --log quiet", folder.display()))
        },
        on_file: Some("--db-path {file}"), // it syncs each write, as SQLite does if nothing is said
    },
    Rival {
        name: "dynalite",
        installed: |home, lists| {
            let modules = install::node_modules(home, lists)?;
            let program = modules.join("dynalite/cli.js");
            let at_once = "--createTableMs 0 --deleteTableMs 0 --updateTableMs 0";
            Ok(format!("node {} --host 127.0.0.1 --port {{port}} {at_once}", program.display()))
        },
        on_file: Some("--path {file}"), // it syncs nothing
    },
    Rival {
        name: "moto",
        installed: |home, lists| {
            let python = install::python(home, &lists.join("requirements.txt"))?;
            let program = python.with_file_name("moto_server");
            Ok(format!("{} -H 127.0.0.1 -p {{port}}", program.display()))
        },
        on_file: None,
    },
];

/// The rivals that could be installed, as NAME=COMMAND; only those that can be on a file, if ours is. Of one that could
/// not be installed, a line says why.
fn rivals(on_file: bool) -> Result<Vec<String>, String> {
    let (homes, lists) = (target()?.join("rivals"), root().join("bench/rivals"));
    let installed = |rival: &Rival| {
        let command = (rival.installed)(&homes.join(rival.name), &lists.join(rival.name));
        let told = |error| eprintln!("NOT MEASURED: {} could not be installed: {error}", rival.name);
        let on_file = rival.on_file.filter(|_| on_file).unwrap_or_default();
        Some(format!("{}={} {on_file}", rival.name, command.map_err(told).ok()?))
    };
    let wanted = RIVALS.iter().filter(|rival| !on_file || rival.on_file.is_some());
    Ok(wanted.filter_map(installed).collect())
}
