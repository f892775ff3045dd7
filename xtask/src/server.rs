//! `ddbmock serve` in a process of its own, for as long as a test needs it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use ddbmock_model::Wording;
use serde_json::Value;

use crate::target;

/// The folder of the command that was built last.
pub(crate) fn programs() -> Result<PathBuf, String> {
    Ok(target()?.join("debug"))
}

/// A server that is ready. It is killed if it is dropped before it was told to stop.
pub(crate) struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the server that was built last, on a free port and with more flags, and waits for the line that says it
    /// is ready.
    pub(crate) fn start(wording: Wording, flags: &[&OsStr]) -> Result<Self, String> {
        let program = programs()?.join("ddbmock").with_extension(std::env::consts::EXE_EXTENSION);
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0", "--json", "--wording", wording.as_str()]);
        command.args(flags).stdin(Stdio::null());
        let process =
            command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{command:?}: {error}"))?;
        let mut server = Self { process, url: String::new() };
        server.url = server.ready_url().ok_or_else(|| format!("{command:?} did not say that it is ready"))?;
        Ok(server)
    }

    /// The URL at which it answers.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Asks it to stop, as a process supervisor does, and waits until it has. It must end well.
    pub(crate) fn stop(mut self) -> Result<(), String> {
        let id = self.process.id().to_string();
        let asked = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
        asked
            .map_err(|error| format!("sh, which sends the signal to stop, could not be started: {error}"))?;
        let status =
            self.process.wait().map_err(|error| format!("the server could not be waited for: {error}"))?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the server was told to stop and ended with {status}"))
        }
    }

    /// The URL in the first line that it prints; `None` if it ends before, or prints something else.
    fn ready_url(&mut self) -> Option<String> {
        let mut line = String::new();
        BufReader::new(self.process.stdout.take()?).read_line(&mut line).ok()?;
        let ready: Value = serde_json::from_str(&line).ok()?;
        ready["url"].as_str().map(str::to_owned)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Neither is needed, nor does harm, once it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
