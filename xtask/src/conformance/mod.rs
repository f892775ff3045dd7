//! `cargo xtask conformance`: holds ddbmock, or any endpoint, against recorded DynamoDB traffic.

mod report;

use std::io::{IsTerminal as _, Write as _, stderr};
use std::{fs, io};

use clap::{Args, ValueEnum};
use ddbmock_model::Wording;
use ddbmock_tests::recording::{self, Recording};
use ddbmock_tests::replay::{self, Http, InProcess, Outcome, Sent, Transport as _};

use crate::Verdict;
use report::{Report, Result};

/// What to replay, against what.
#[derive(Debug, Default, Args)]
pub(crate) struct Arguments {
    /// The URL of an endpoint, http://HOST:PORT; without it the recordings are replayed in this process
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Only recordings with this text in OPERATION/NAME
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
    /// How the result is printed; a table of text without it
    #[arg(long, value_name = "FORMAT")]
    report: Option<report::Format>,
    /// Write the answers as they come into the recordings, in place of those that differ
    #[arg(long)]
    update: bool,
    /// Only recordings of this wording; an endpoint is taken to be `current` without it
    #[arg(long)]
    wording: Option<WordingName>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WordingName {
    Current,
    Classic,
}

impl From<WordingName> for Wording {
    fn from(name: WordingName) -> Self {
        match name {
            WordingName::Current => Self::Current,
            WordingName::Classic => Self::Classic,
        }
    }
}

/// Replays, prints, and says whether all answers were the expected ones.
pub(crate) fn run(arguments: &Arguments) -> Verdict {
    let recordings = match recording::load(&recording::home()) {
        Ok(recordings) => selected(recordings, arguments.only.as_deref()),
        Err(errors) => {
            for error in errors {
                eprintln!("{error}");
            }
            return Verdict::Bad;
        }
    };
    if recordings.is_empty() {
        eprintln!("no recording has `{}` in its name", arguments.only.as_deref().unwrap_or_default());
        return Verdict::Misused;
    }
    let endpoint = match arguments.endpoint.as_deref().map(reached).transpose() {
        Ok(endpoint) => endpoint,
        Err(error) => {
            eprintln!("{error}");
            return Verdict::Misused;
        }
    };
    let report = replay_all(&recordings, arguments, endpoint.as_ref());
    report.print(arguments.report);
    if report.passed() { Verdict::Good } else { Verdict::Bad }
}

fn selected(mut recordings: Vec<Recording>, only: Option<&str>) -> Vec<Recording> {
    recordings.retain(|recording| only.is_none_or(|part| recording.name.contains(part)));
    recordings
}

/// The endpoint at a URL, if anything answers there.
fn reached(url: &str) -> std::result::Result<Http, String> {
    let endpoint = Http::new(url)?;
    let asked = endpoint.send(&Sent::new("ListTables", b"{}".to_vec()));
    asked.map(|_| endpoint).map_err(|error| format!("nothing answers at {url}: {error}"))
}

fn replay_all(recordings: &[Recording], arguments: &Arguments, endpoint: Option<&Http>) -> Report {
    let chosen = arguments.wording.map(Wording::from).or(endpoint.map(|_| Wording::Current));
    let progress = Progress { total: recordings.len(), shown: stderr().is_terminal() };
    let mut report = Report::default();
    for (index, recording) in recordings.iter().enumerate() {
        progress.show(index, &recording.name);
        let (wanted, other): (Vec<Wording>, Vec<Wording>) =
            recording.wordings.iter().partition(|wording| chosen.is_none_or(|chosen| chosen == **wording));
        report.skipped += other.len();
        for wording in wanted {
            report.results.push(replay_one(recording, wording, arguments.update, endpoint));
        }
    }
    progress.clear();
    report
}

fn replay_one(recording: &Recording, wording: Wording, update: bool, endpoint: Option<&Http>) -> Result {
    let mut differences = String::new();
    let outcome = if let Some(endpoint) = endpoint {
        let outcome = replay::replay(recording, endpoint);
        if let Err(error) = replay::delete_tables(&outcome.tables, endpoint) {
            differences = format!("its tables could not be deleted: {error}\n");
        }
        outcome
    } else {
        replay::replay(recording, &InProcess::new(wording))
    };
    if update && let Err(error) = rewrite(recording, &outcome) {
        differences = format!("it could not be written: {error}\n");
    }
    differences.push_str(&outcome.describe(recording));
    Result { operation: recording.operation().to_owned(), name: recording.name.clone(), wording, differences }
}

fn rewrite(recording: &Recording, outcome: &Outcome) -> io::Result<()> {
    if outcome.passed() {
        return Ok(());
    }
    let text = fs::read_to_string(&recording.path)?;
    fs::write(&recording.path, replay::updated(&text, recording, outcome))
}

/// One line on a terminal that says how far it is.
struct Progress {
    total: usize,
    shown: bool,
}

impl Progress {
    fn show(&self, done: usize, name: &str) {
        if self.shown {
            eprint!("\r\x1b[2K[{done}/{}] {name}", self.total);
            // A terminal that went away is no reason to stop.
            let _ = stderr().flush();
        }
    }

    fn clear(&self) {
        if self.shown {
            eprint!("\r\x1b[2K");
        }
    }
}
