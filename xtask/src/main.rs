//! The project's own commands: `cargo xtask conformance`, `cargo xtask test`, `cargo xtask bench`,
//! `cargo xtask soak`, `cargo xtask tidy`.
//!
//! They exit with 0 if all is well, 1 if not, and 2 if they were asked wrongly.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "these commands talk to who runs them")]

mod bench;
mod conformance;
mod install;
mod server;
mod soak;
mod test;
mod tidy;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Replays the recordings of DynamoDB and shows what is answered otherwise
    Conformance(conformance::Arguments),
    /// Runs everything that must hold: cargo test, conformance, the scenarios of real clients, tidy
    Test(test::Arguments),
    /// Measures how fast it is, beside other servers, or counts its instructions
    Bench(bench::Arguments),
    /// Loads a server on a file for long, and kills servers while clients write
    Soak(soak::Arguments),
    /// Checks what no compiler checks: sizes, edges between crates, names, rules, licences
    Tidy,
}

/// What a command found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
    Misused,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        Self::from(match verdict {
            Verdict::Good => 0,
            Verdict::Bad => 1,
            Verdict::Misused => 2,
        })
    }
}

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Conformance(arguments) => conformance::run(&arguments).into(),
        Task::Test(arguments) => test::run(&arguments).into(),
        Task::Bench(arguments) => bench::run(&arguments).into(),
        Task::Soak(arguments) => soak::run(&arguments).into(),
        Task::Tidy => tidy::run().into(),
    }
}

/// The cargo that runs this, or else whichever is found.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The folder of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Where cargo puts what it builds: the folder above the one of this program.
fn target() -> Result<PathBuf, String> {
    let program = env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
    program
        .ancestors()
        .nth(2)
        .map(PathBuf::from)
        .ok_or_else(|| format!("{} is in no folder", program.display()))
}
