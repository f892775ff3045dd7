//! The project as tidy sees it: its files, and what cargo knows of its crates.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::metadata::Metadata;

/// The project's folder, its files and its crates.
pub(super) struct Project {
    root: PathBuf,
    /// What git tracks, or would if it were added; relative, with `/`.
    files: Vec<String>,
    pub(super) metadata: Metadata,
}

impl Project {
    pub(super) fn open(root: PathBuf) -> Result<Self, String> {
        let mut git = Command::new("git");
        let listed = output(git.args(["ls-files", "--cached", "--others", "--exclude-standard"]), &root)?;
        let files = listed.lines().map(str::to_owned).filter(|file| root.join(file).is_file()).collect();
        let metadata = Metadata::read(&root)?;
        Ok(Self { root, files, metadata })
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The Rust sources, each with its text up to its tests; files of tests alone are left out.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, String)> {
        let is_source = |file: &&str| {
            let is_test =
                file.starts_with("tests/") || file.contains("/tests/") || file.ends_with("/tests.rs");
            extension(file) == "rs" && !is_test
        };
        self.files().filter(is_source).filter_map(|file| Some((file, before_tests(self.text(file)?))))
    }

    /// The text of a file; `None` if it is no text.
    pub(super) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }

    /// The names of all that a crate needs when it alone is built, with its default features. What cargo knows of the
    /// whole workspace has every feature that any of its crates asks for.
    pub(super) fn needs_alone(&self, name: &str) -> Result<BTreeSet<String>, String> {
        let mut cargo = crate::cargo();
        let tree =
            ["tree", "--locked", "--offline", "--edges=normal,build", "--prefix=none", "--package", name];
        let text = output(cargo.args(tree), &self.root)?;
        Ok(text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

/// What is told of the lines of a file, each with its place.
pub(super) fn of_lines<T: IntoIterator<Item = String>>(
    file: &str,
    text: &str,
    told: impl Fn(&str) -> T,
) -> Vec<String> {
    let lines = (1..).zip(text.lines());
    let told = |(number, line): (usize, &str)| {
        told(line).into_iter().map(move |what| format!("{file}:{number} {what}")).collect::<Vec<_>>()
    };
    lines.flat_map(told).collect()
}

/// What stands behind the last dot of a file's name.
pub(super) fn extension(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What a command prints.
pub(super) fn output(command: &mut Command, folder: &Path) -> Result<String, String> {
    let done = command.current_dir(folder).output().map_err(|error| format!("{command:?}: {error}"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr)))
    }
}

fn before_tests(mut text: String) -> String {
    if let Some(at) = text.find("\n#[cfg(test)]\nmod tests {") {
        text.truncate(at + 1);
    }
    text
}
