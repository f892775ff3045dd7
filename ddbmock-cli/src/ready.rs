//! How a server says that clients can come: in a line, and in a file for those who watch for one.

use std::fs;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process;

use crate::arguments::Serve;
use crate::listen::url;
use crate::outcome::Outcome;
use crate::outcome::shown;

/// The file that is there while a server is ready.
#[derive(Debug)]
pub(crate) struct ReadyFile(PathBuf);

impl ReadyFile {
    /// Makes sure that the file is not there yet: another server's would say that this one is ready.
    pub(crate) fn prepare(path: &Path) -> Result<Self, Outcome> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(complain(path, &error)),
            _ => Ok(Self(path.to_owned())),
        }
    }

    /// Writes it. Whoever sees it sees all of it.
    pub(crate) fn write(&self, address: SocketAddr) -> Result<(), Outcome> {
        let mut name = self.0.clone().into_os_string();
        name.push(format!(".{}", process::id()));
        let unfinished = PathBuf::from(name);
        let written = fs::write(&unfinished, json(address) + "\n");
        let done = written.and_then(|()| fs::rename(&unfinished, &self.0));
        done.map_err(|error| {
            let _ = fs::remove_file(&unfinished);
            complain(&self.0, &error)
        })
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0); // someone may have taken it away
    }
}

fn complain(path: &Path, error: &io::Error) -> Outcome {
    let shown = shown(path);
    Outcome::Refused(format!(
        "--ready-file: {shown} cannot be written: {error}. Choose a file in a folder that is there"
    ))
}

/// Says in one line that clients can come. Whoever started it may not be reading, which stops nothing.
pub(crate) fn announce(address: SocketAddr, options: &Serve) {
    let line = if options.json { json(address) } else { words(address, options) };
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The line for machines.
fn json(address: SocketAddr) -> String {
    let (url, port, pid) = (url(address), address.port(), process::id());
    format!(r#"{{"ready":true,"url":"{url}","port":{port},"pid":{pid}}}"#)
}

/// The line for people.
fn words(address: SocketAddr, options: &Serve) -> String {
    let url = url(address);
    let place = options.db.as_deref().map_or_else(|| "memory".to_owned(), shown);
    let keys = options.credentials.as_deref();
    let taken =
        keys.map_or_else(|| "any credentials".to_owned(), |keys| format!("credentials of {}", shown(keys)));
    format!(
        "ddbmock is ready at {url} (in {place}; {taken}). Try: aws dynamodb list-tables --endpoint-url {url}"
    )
}

#[cfg(test)]
mod tests {
    use std::{env, fs, process};

    use super::ReadyFile;

    #[test]
    fn what_another_left_says_nothing_of_this_one() {
        let path = env::temp_dir().join(format!("ddbmock-ready-{}", process::id()));
        fs::write(&path, "left by another").unwrap();
        let file = ReadyFile::prepare(&path).unwrap();
        assert!(!path.exists());
        file.write(([127, 0, 0, 1], 8000).into()).unwrap();
        assert!(path.exists());
        drop(file);
        assert!(!path.exists());
    }
}
