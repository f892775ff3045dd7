//! The `ddbmock` command: a DynamoDB on this machine, for as long as it runs.

mod arguments;
mod descriptors;
mod keys;
mod listen;
mod log;
mod outcome;
mod serve;
mod signals;

use std::process::ExitCode;

use crate::arguments::Command;

fn main() -> ExitCode {
    let done = arguments::read(std::env::args_os()).and_then(|command| match command {
        Command::Serve(options) => serve::serve(&options),
    });
    log::flush();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(outcome) => outcome.say(),
    }
}
