//! `cargo xtask soak`: a server on a file for long, and kills without end.

use std::env::consts::EXE_EXTENSION;
use std::process::Command;

use clap::Args;

use crate::bench::built;
use crate::{Verdict, cargo, root, target};

/// How long, and how often.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How long a server is under mixed load, killed now and then
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// How often servers are killed while clients write, whose every answer is checked after
    #[arg(long, value_name = "COUNT", default_value_t = 2_000)]
    kills: u64,
}

/// Runs both, and says whether all went well.
pub(crate) fn run(arguments: &Arguments) -> Verdict {
    match soaked(arguments) {
        Ok(()) => Verdict::Good,
        Err(error) => {
            eprintln!("{error}");
            Verdict::Bad
        }
    }
}

fn soaked(arguments: &Arguments) -> Result<(), String> {
    println!("=== a server under load for {} minutes", arguments.minutes);
    built()?;
    let server = target()?.join("release/ddbmock").with_extension(EXE_EXTENSION);
    let mut load = cargo();
    load.args(["run", "--quiet", "--release", "--manifest-path"]).arg(root().join("bench/Cargo.toml"));
    load.args(["--", "soak", "--minutes", &arguments.minutes.to_string(), "--server"]).arg(server);
    succeeded(&mut load)?;
    println!("=== {} kills", arguments.kills);
    let mut crash = cargo();
    crash.args([
        "test",
        "--quiet",
        "--package",
        "ddbmock-cli",
        "--test",
        "command",
        "crash",
        "--",
        "--nocapture",
    ]);
    succeeded(crash.env("DDBMOCK_TEST_KILLS", arguments.kills.to_string()).current_dir(root()))
}

fn succeeded(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("this went wrong".to_owned()),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}
