//! `cargo xtask test`: everything that must hold, one stage after the other, each with its own set-up.

mod clients;

use std::io::{Write as _, stdout};
use std::process::Command;
use std::time::Instant;

use clap::Args;

use crate::{Verdict, cargo, conformance, root, tidy};

/// What to run.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Only the stages with this text in their names
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
}

/// What a stage found, or the line that says why it could not run.
type Outcome = Result<Verdict, String>;

struct Stage {
    name: &'static str,
    run: fn() -> Outcome,
}

/// The stages, in the order in which they run. What all of them run is built before, once.
const STAGES: &[Stage] = &[
    Stage {
        name: "cargo test",
        run: || succeeded(cargo().args(["test", "--workspace"]).current_dir(root())),
    },
    Stage {
        name: "schedules",
        run: || {
            let folder = root().join("target/schedules");
            let mut test = cargo();
            test.args(["test", "--locked", "--manifest-path", "schedules/Cargo.toml", "--target-dir"])
                .arg(folder);
            succeeded(test.current_dir(root()))
        },
    },
    Stage { name: "conformance", run: || Ok(conformance::run(&conformance::Arguments::default())) },
    Stage {
        name: "conformance over a socket",
        run: || Ok(conformance::run(&conformance::Arguments::over_sockets())),
    },
    Stage { name: "boto3", run: clients::boto3 },
    Stage { name: "awscli", run: clients::awscli },
    Stage { name: "javascript", run: clients::javascript },
    Stage { name: "signatures", run: clients::signatures },
    Stage { name: "pages", run: clients::pages },
    Stage { name: "tidy", run: || Ok(tidy::run()) },
];

/// Runs the stages, and stops at the first that fails.
pub(crate) fn run(arguments: &Arguments) -> Verdict {
    let wanted = |stage: &&Stage| arguments.only.as_ref().is_none_or(|part| stage.name.contains(part));
    let stages: Vec<&Stage> = STAGES.iter().filter(wanted).collect();
    if stages.is_empty() {
        let names: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        eprintln!("no stage has that in its name; the stages are: {}", names.join(", "));
        return Verdict::Misused;
    }
    let build = Stage { name: "build", run: build };
    let all_passed = std::iter::once(&build).chain(stages).all(passes);
    if all_passed { Verdict::Good } else { Verdict::Bad }
}

/// Runs a stage, and says how it went.
fn passes(stage: &Stage) -> bool {
    let start = Instant::now();
    let outcome = (stage.run)();
    if let Err(line) = &outcome {
        eprintln!("{line}");
    }
    let passed = outcome == Ok(Verdict::Good);
    let word = if passed { "passed" } else { "FAILED" };
    println!("=== {} {word} in {:.1} s", stage.name, start.elapsed().as_secs_f64());
    // What the next stage's own process prints must not come before this line.
    let _ = stdout().flush();
    passed
}

/// Builds all tests. The command is built with them, for its own tests run it.
fn build() -> Outcome {
    succeeded(cargo().args(["test", "--workspace", "--no-run"]).current_dir(root()))
}

/// Runs a command, its output going where ours goes.
fn succeeded(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(Verdict::Good),
        Ok(_) => Ok(Verdict::Bad),
        Err(error) => Err(format!("{command:?} could not be started: {error}")),
    }
}
