//! What others have made, installed in the target folder from pinned lists, and again only if a list changes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

const PYTHON_MISSING: &str =
    "python3 with its modules venv and pip is needed: install python3, python3-venv, python3-pip";
const NODE_MISSING: &str = "node (20 or later) and npm are needed: install nodejs, npm";

/// Makes a virtual environment of a Python in a folder, with the packages of a list; the path of its Python.
pub(crate) fn python(command: &str, home: &Path, list: &Path) -> Result<PathBuf, String> {
    let python = home.join("bin/python");
    installed(home, &[list], || {
        required(Command::new(command).args(["-m", "venv", "--clear"]).arg(home), PYTHON_MISSING)?;
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "--disable-pip-version-check", "--no-input", "--no-color", "install"]);
        // The list is whole: with --no-deps nothing comes in that is not pinned.
        pip.args(["--progress-bar", "off", "--no-deps", "--requirement"]).arg(list);
        required(&mut pip, "pip could not install the packages")
    })?;
    Ok(python)
}

/// A Python that is older than 3.12, if there is one: what was written long ago runs in no later one.
pub(crate) fn older_python() -> Option<&'static str> {
    let is_older = |command: &&str| {
        let ask = "import sys; sys.exit(not (3, 9) <= sys.version_info < (3, 12))";
        let mut asked = Command::new(command);
        asked.args(["-c", ask]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        asked.status().is_ok_and(|status| status.success())
    };
    ["python3", "python3.11", "python3.10", "python3.9"].into_iter().find(is_older)
}

/// Fetches the packages of a list as they were published into a folder, and has a program there make of them what is
/// run. The last list says what they can be built with.
pub(crate) fn sources(python: &Path, home: &Path, [list, program, build]: [&Path; 3]) -> Result<(), String> {
    installed(home, &[list, program, build], || {
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "--disable-pip-version-check", "--no-input", "--no-color", "download"]);
        pip.args(["--progress-bar", "off", "--no-deps", "--no-binary", ":all:", "--requirement"]).arg(list);
        pip.env("PIP_CONSTRAINT", build).env("PIP_BUILD_CONSTRAINT", build).arg("--dest").arg(home);
        required(&mut pip, "pip could not fetch the sources")?;
        required(Command::new(python).arg(program).arg(home), "the sources could not be unpacked")
    })
}

/// Installs the modules of JavaScript that the lists of a folder name into another one; the path of the modules.
pub(crate) fn node_modules(home: &Path, from: &Path) -> Result<PathBuf, String> {
    let lists = ["package.json", "package-lock.json", ".npmrc"].map(|name| from.join(name));
    installed(home, &lists.each_ref().map(PathBuf::as_path), || {
        for list in &lists {
            let copy = home.join(list.file_name().unwrap_or_default());
            fs::copy(list, &copy).map_err(at(&copy))?;
        }
        required(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(home), NODE_MISSING)
    })?;
    Ok(home.join("node_modules"))
}

/// Installs the program of the one crate that a list names, with the lockfile that it was published with.
pub(crate) fn program(home: &Path, list: &Path) -> Result<PathBuf, String> {
    let text = fs::read_to_string(list).map_err(at(list))?;
    let wanted = text.lines().find(|line| !line.starts_with('#')).and_then(|line| line.split_once(' '));
    let (name, version) = wanted.ok_or_else(|| format!("{} names no crate", list.display()))?;
    installed(home, &[list], || {
        let mut cargo = crate::cargo();
        cargo.args(["install", "--quiet", "--locked", name, "--version", version, "--root"]).arg(home);
        cargo.env("CARGO_TARGET_DIR", home.join("build"));
        required(&mut cargo, "cargo could not install the crate")
    })?;
    Ok(home.join("bin"))
}

/// Installs what some lists name into a folder, unless they are the same as when that was last done.
fn installed(
    home: &Path,
    lists: &[&Path],
    install: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let read = |list: &&Path| fs::read_to_string(list).map_err(at(list));
    let wanted = lists.iter().map(read).collect::<Result<String, String>>()?;
    let kept = home.join("installed.txt");
    if fs::read_to_string(&kept).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    fs::create_dir_all(home).map_err(at(home))?;
    install()?;
    fs::write(&kept, wanted).map_err(at(&kept))
}

/// What cannot be done with a file or a folder.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// Runs a command that must succeed; the line says what to do if it does not. What it prints is no result of ours.
fn required(command: &mut Command, otherwise: &str) -> Result<(), String> {
    match command.stdin(Stdio::null()).stdout(io::stderr()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) | Err(_) => Err(otherwise.to_owned()),
    }
}
