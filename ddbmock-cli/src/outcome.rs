//! What the command says when it ends early.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use ddbmock_model::Error;

/// Why there is nothing to run, or nothing more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The user asked for a text, and this is it.
    Shown(String),
    /// The user gave no command: how it is used.
    Usage(String),
    /// It cannot be done: one line that says what, where, and what to do.
    Refused(String),
}

impl Outcome {
    /// Says it, and gives the code to exit with: 0 or 2. Nobody may be listening, which changes nothing.
    pub(crate) fn say(self) -> ExitCode {
        let (said, code) = match self {
            Self::Shown(text) => (io::stdout().write_all(text.as_bytes()), ExitCode::SUCCESS),
            Self::Usage(text) => (io::stderr().write_all(text.as_bytes()), ExitCode::from(2)),
            Self::Refused(line) => (writeln!(io::stderr(), "ddbmock: {line}"), ExitCode::from(2)),
        };
        drop(said);
        code
    }
}

/// What is said of a refusal.
pub(crate) fn told(error: &Error) -> String {
    let message = error.message();
    let text = if message.text.is_empty() { "it is no such request" } else { &message.text };
    let hint = message.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
    format!("{text}{hint}").replace(char::is_control, "?")
}

/// The name of a file, as it is shown.
pub(crate) fn shown(file: &Path) -> String {
    file.display().to_string().replace(char::is_control, "?")
}
