//! `cargo xtask bench`: how fast ddbmock is, under load, in process, and in instructions.
//!
//! A number counts only if every answer behind it was right.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this command talks to who runs it")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is measured is far from the limits of its types"
)]

mod check;
mod connection;
mod constant_server;
mod counted;
mod documents;
mod drive;
mod embedded;
mod expiring;
mod goals;
mod imported;
mod in_process;
mod measure;
mod million;
mod pin;
mod report;
mod scratch;
mod server;
mod soak;
mod starts;
mod table;
mod tables;
mod template;
mod workload;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::check::Found;
use crate::drive::Window;
use crate::measure::Manner;
use crate::pin::Pins;
use crate::report::Report;
use crate::server::Target;
use crate::table::Style;
use crate::workload::{PLANS, Plan};

/// How fast ddbmock is.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    wanted: Wanted,
}

/// What this program does in processes of their own.
#[derive(Debug, Subcommand)]
enum Part {
    /// Serves a constant answer
    #[command(hide = true)]
    Constant {
        #[arg(long)]
        port: u16,
        #[arg(long)]
        bytes: usize,
    },
    /// Does what is counted
    #[command(hide = true)]
    Counted,
    /// Has a program serve for long
    #[command(hide = true)]
    Soak {
        #[arg(long)]
        server: PathBuf,
        #[arg(long)]
        minutes: u64,
    },
}

/// What to measure.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
struct Wanted {
    /// How long each server is measured with each workload, each round
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0)]
    seconds: f64,
    /// How often; the median is taken
    #[arg(long, value_name = "COUNT", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=50))]
    rounds: u64,
    /// How many connections ask
    #[arg(long, value_name = "COUNT", default_value_t = 16, value_parser = clap::value_parser!(u64).range(1..=250))]
    connections: u64,
    /// Keep everything in a file that is as durable as this
    #[arg(long, value_name = "DURABILITY", value_parser = ["normal", "full", "off"])]
    db: Option<String>,
    /// How many threads ddbmock serves with; with more than one no server is pinned
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    threads: u8,
    /// Only these workloads; `none` measures no server under load
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// Also a million items, and the pages of large tables
    #[arg(long)]
    million: bool,
    /// Also a million items that expire at once, and how long who asks for something else waits meanwhile
    #[arg(long)]
    expiring: bool,
    /// Only the engine in process
    #[arg(long)]
    embedded: bool,
    /// Also other servers that can be installed here: dynoxide, dynalite, moto
    #[arg(long)]
    rivals: bool,
    /// One more server: NAME=COMMAND, where {port} stands for the port to listen at, and {file} for a new file
    #[arg(long, value_name = "NAME=COMMAND", value_parser = rival)]
    rival: Vec<Target>,
    /// The server that is ours
    #[arg(long, value_name = "PROGRAM", hide = true)]
    server: Option<PathBuf>,
    /// Write what was found into this file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Print tables of Markdown
    #[arg(long)]
    markdown: bool,
    /// Count instructions instead, and compare them with bench/counts.toml
    #[arg(long)]
    check: bool,
    /// Write what was counted into that file
    #[arg(long, requires = "check")]
    accept: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.part {
        Some(Part::Constant { port, bytes }) => serve_constant(port, bytes),
        Some(Part::Counted) => counted::run(),
        Some(Part::Soak { server, minutes }) => {
            soak::run(server.to_string_lossy().into_owned(), minutes).map(|found| println!("{found}"))
        }
        None if arguments.wanted.check => match check::run(arguments.wanted.accept) {
            Ok(Found::Bad) => return ExitCode::FAILURE,
            checked => checked.map(drop),
        },
        None => bench(&arguments.wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn serve_constant(port: u16, bytes: usize) -> Result<(), String> {
    let failed = |error| format!("nothing can be served: {error}");
    let serve = async { constant_server::serve(constant_server::listen(port)?, bytes).await };
    drive::runtime()?.block_on(serve).map_err(failed)
}

/// Measures what is wanted, and prints it.
fn bench(wanted: &Wanted) -> Result<(), String> {
    let plans = plans(&wanted.only)?;
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let several = (wanted.threads > 1).then(|| "threads that share one would not be several".to_owned());
    let pins = several
        .map_or_else(Pins::find, Err)
        .inspect_err(|why| eprintln!("NOT PINNED: servers and clients share processors: {why}"))
        .ok();
    if let Some(pins) = pins {
        pin::pin(pins.client);
    }
    let mut report = Report {
        at_seconds: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
        setting: setting(wanted, processors, pins.is_some()),
        on_file: wanted.db.is_some(),
        embedded: embedded::measure(wanted.db.as_deref())?,
        ..Report::default()
    };
    if !wanted.embedded {
        measure_servers(wanted, pins, &plans, &mut report)?;
    }
    let style = if wanted.markdown { Style::Markdown } else { Style::Text };
    print!("{}", report.shown(style));
    if let Some(file) = &wanted.json {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = serde_json::to_string_pretty(&report).map_err(|error| told(&error))?;
        fs::write(file, text + "\n").map_err(|error| told(&error))?;
    }
    Ok(())
}

fn measure_servers(
    wanted: &Wanted,
    pins: Option<Pins>,
    plans: &[&'static Plan],
    report: &mut Report,
) -> Result<(), String> {
    let ours = ours(wanted)?;
    report.ours.clone_from(&ours.name);
    let targets: Vec<Target> = std::iter::once(ours.clone()).chain(wanted.rival.iter().cloned()).collect();
    let cells = plans.len() * (targets.len() + 1) * wanted.rounds as usize;
    let progress = ProgressBar::new((cells + 20 + 5 * usize::from(wanted.million)) as u64);
    let style = ProgressStyle::with_template("[{pos}/{len}] {msg}");
    progress.set_style(style.map_err(|error| error.to_string())?);
    let manner = Manner {
        window: Window {
            warm_up: Duration::from_secs_f64(wanted.seconds / 5.0),
            measured: Duration::from_secs_f64(wanted.seconds),
            patience: Duration::from_secs(30),
        },
        connections: wanted.connections,
        rounds: wanted.rounds,
        pins,
    };
    let mut started = targets.clone();
    started.insert(1, measure::constant_target(2)?);
    report.starts = starts::measure(&started, pins, &progress);
    if !plans.is_empty() {
        report.rows = measure::measure(&manner, &targets, plans, &progress);
    }
    if wanted.million {
        report.million = Some(million::measure(&ours, pins, &progress));
    }
    if wanted.expiring {
        report.expiring = Some(expiring::measure(&ours, pins, &progress));
    }
    progress.finish_and_clear();
    Ok(())
}

/// The workloads with these names; all, if there are none.
fn plans(only: &[String]) -> Result<Vec<&'static Plan>, String> {
    let names = || PLANS.iter().map(|plan| plan.name).collect::<Vec<_>>().join(", ");
    let unknown = only.iter().find(|name| *name != "none" && !PLANS.iter().any(|plan| plan.name == **name));
    if let Some(name) = unknown {
        return Err(format!("there is no workload {name}; there are {}", names()));
    }
    let is_wanted = |plan: &&Plan| only.is_empty() || only.iter().any(|name| name == plan.name);
    Ok(PLANS.iter().filter(is_wanted).collect())
}

/// Our server: the one that was named, or else the one that was built beside this program.
fn ours(wanted: &Wanted) -> Result<Target, String> {
    let program = match &wanted.server {
        Some(program) => program.clone(),
        None => env::current_exe()
            .map_err(|error| format!("where is this program? {error}"))?
            .with_file_name("ddbmock")
            .with_extension(env::consts::EXE_EXTENSION),
    };
    let [program, threads] = [program.to_string_lossy().into_owned(), wanted.threads.to_string()];
    let mut words = vec![&program, "serve", "--port", "{port}", "--threads", &threads];
    if let Some(durability) = &wanted.db {
        words.extend(["--durability", durability, "--db", server::FILE]);
    }
    Ok(Target { name: "ddbmock".to_owned(), command: words.into_iter().map(str::to_owned).collect() })
}

fn rival(text: &str) -> Result<Target, &'static str> {
    let (name, command) = text.split_once('=').ok_or("a server is NAME=COMMAND")?;
    let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    if command.iter().any(|word| word.contains("{port}")) {
        Ok(Target { name: name.to_owned(), command })
    } else {
        Err("the command must say where {port} goes")
    }
}

/// The machine, and how it is used.
fn setting(wanted: &Wanted, processors: usize, is_pinned: bool) -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or(env::consts::ARCH, |(_, model)| model.trim());
    let pinned = if is_pinned { "server and client on a processor each" } else { "NOT PINNED" };
    format!(
        "{model}, {processors} processors, {}; {pinned}; {}--threads {}, {} connections, {} rounds of {} s",
        env::consts::OS,
        wanted.db.as_ref().map(|durability| format!("--db {durability}, ")).unwrap_or_default(),
        wanted.threads,
        wanted.connections,
        wanted.rounds,
        wanted.seconds
    )
}
