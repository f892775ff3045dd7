//! The recordings of a folder: `OPERATION/NAME.rec`, the operation in kebab case.

use std::fs;
use std::io;
use std::path::{Display, Path, PathBuf};

use super::{ParseError, Recording, parse};

/// The folder of the project's recordings.
pub fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings")
}

/// All recordings of a folder, in the order of their names.
///
/// # Errors
/// Everything that cannot be read, or is no recording.
pub fn load(folder: &Path) -> Result<Vec<Recording>, Vec<ParseError>> {
    let mut errors = Vec::new();
    let mut recordings = Vec::new();
    for path in files(folder).unwrap_or_else(|error| collect(&mut errors, folder, &error)) {
        match read(&path) {
            Ok(recording) => recordings.push(recording),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(recordings) } else { Err(errors) }
}

/// A path as it is shown: from the project's folder, if it is in it.
pub(crate) fn shown(path: &Path) -> Display<'_> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    project.and_then(|project| path.strip_prefix(project).ok()).unwrap_or(path).display()
}

fn collect(errors: &mut Vec<ParseError>, folder: &Path, error: &io::Error) -> Vec<PathBuf> {
    errors.push(unreadable(folder, error));
    Vec::new()
}

fn unreadable(path: &Path, error: &io::Error) -> ParseError {
    ParseError { path: path.to_owned(), line: 1, text: format!("it cannot be read: {error}") }
}

fn read(path: &Path) -> Result<Recording, ParseError> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    parse(path, &text)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for operation in sorted(folder)? {
        if operation.is_dir() {
            found.extend(sorted(&operation)?);
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == "rec"));
    Ok(found)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
