//! The `ddbmock` command: a DynamoDB on this machine, for as long as it runs.

mod arguments;
mod db;
mod descriptors;
mod env;
mod exchange;
mod health;
mod keys;
mod listen;
mod log;
mod outcome;
mod ready;
mod seed;
mod serve;
mod signals;

use std::io;
use std::process::ExitCode;

use clap_complete::{Shell, generate};
use mimalloc::MiMalloc;

use crate::arguments::Command;
use crate::outcome::Outcome;

/// Items of all sizes come and go between small pieces of requests, which the system's allocator on Linux meets by
/// merging free memory again and again: a put took twice as long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let done = arguments::read(std::env::args_os()).and_then(|command| match command {
        Command::Serve(options) => serve::serve(&options),
        Command::Healthcheck { server, timeout } => health::check(&server.url(), timeout),
        Command::Wait { server, timeout } => health::wait(&server.url(), timeout),
        Command::Env { server, region, shell } => {
            Err(Outcome::Shown(env::exports(&server.url(), &region, shell)))
        }
        Command::Export(options) => exchange::export(&options, &mut io::stdout()),
        Command::Import(options) => exchange::import(&options, &mut io::stdout()),
        Command::Db { task } => db::run(&task).and_then(|text| Err(Outcome::Shown(text))),
        Command::Completions { shell } => Err(Outcome::Shown(completions(shell))),
    });
    log::flush();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(outcome) => outcome.say(),
    }
}

fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut arguments::command(), "ddbmock", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
