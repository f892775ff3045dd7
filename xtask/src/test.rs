//! `cargo xtask test`: everything that must hold, one stage after the other, each with its own set-up.

use std::io::{Write as _, stdout};
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::{cargo, conformance, root, tidy};

struct Stage {
    name: &'static str,
    run: fn() -> ExitCode,
}

/// The stages, in the order in which they run. The scenarios of real clients (a virtual environment made from a pinned list
/// of requirements, a server started on a free port) are stages at the end of this list.
const STAGES: &[Stage] = &[
    Stage { name: "cargo test", run: cargo_test },
    Stage { name: "conformance", run: || conformance::run(&conformance::Arguments::default()).into() },
    Stage { name: "tidy", run: || tidy::run().into() },
];

/// Runs the stages, and stops at the first that fails, with its exit code.
pub(crate) fn run() -> ExitCode {
    for stage in STAGES {
        let start = Instant::now();
        let code = (stage.run)();
        let passed = code == ExitCode::SUCCESS;
        let word = if passed { "passed" } else { "FAILED" };
        println!("=== {} {word} in {:.1} s", stage.name, start.elapsed().as_secs_f64());
        // What the next stage's own process prints must not come before this line.
        let _ = stdout().flush();
        if !passed {
            return code;
        }
    }
    ExitCode::SUCCESS
}

fn cargo_test() -> ExitCode {
    status(cargo().args(["test", "--workspace"]).current_dir(root()))
}

/// Runs a command, its output going where ours goes.
fn status(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("{command:?} could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}
