//! `cargo xtask conformance`: holds ddbmock, or any endpoint, against recorded DynamoDB traffic.

mod report;

use std::fs;
use std::io::{IsTerminal as _, Write as _, stderr};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use ddbmock_model::Wording;
use ddbmock_tests::recording::{self, Recording};
use ddbmock_tests::replay::{self, Http, InProcess, Outcome, Sent, Transport as _};

use crate::Verdict;
use crate::server::Server;
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
    #[arg(long, value_parser = wording())]
    wording: Option<Wording>,
    /// Whether each recording is replayed against a server of its own
    #[arg(skip)]
    over_sockets: bool,
}

impl Arguments {
    /// All recordings, each against a server that is started for it.
    pub(crate) fn over_sockets() -> Self {
        Self { over_sockets: true, ..Self::default() }
    }
}

/// Reads the word of a wording.
fn wording() -> impl TypedValueParser<Value = Wording> {
    let words = PossibleValuesParser::new(Wording::ALL.iter().map(|wording| wording.as_str()));
    words.map(|word| Wording::parse(&word).expect("no other word is possible"))
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
    let against = match Against::read(arguments) {
        Ok(against) => against,
        Err(error) => {
            eprintln!("{error}");
            return Verdict::Misused;
        }
    };
    let report = replay_all(&recordings, arguments, &against);
    println!("{}", report.shown(arguments.report));
    if report.passed() { Verdict::Good } else { Verdict::Bad }
}

fn selected(mut recordings: Vec<Recording>, only: Option<&str>) -> Vec<Recording> {
    recordings.retain(|recording| only.is_none_or(|part| recording.name.contains(part)));
    recordings
}

/// What recordings are replayed against.
enum Against {
    /// A new world in this process for each.
    Process,
    /// A new server for each.
    Servers,
    /// One endpoint, which must be left as it was.
    Endpoint(Http),
}

impl Against {
    fn read(arguments: &Arguments) -> std::result::Result<Self, String> {
        match arguments.endpoint.as_deref() {
            Some(url) => reached(url).map(Self::Endpoint),
            None if arguments.over_sockets => Ok(Self::Servers),
            None => Ok(Self::Process),
        }
    }

    /// The wording that is replayed if none is asked for; `None` is all.
    fn wording(&self) -> Option<Wording> {
        matches!(self, Self::Endpoint(_)).then_some(Wording::Current)
    }

    /// Replays a recording. The text says what failed around it.
    fn replay(&self, recording: &Recording, wording: Wording) -> (Option<Outcome>, String) {
        match self {
            Self::Process => {
                (Some(replay::replay(recording, &InProcess::of(recording, wording))), String::new())
            }
            Self::Servers => match replay_apart(recording, wording) {
                Ok(outcome) => (Some(outcome), String::new()),
                Err(error) => (None, format!("{error}\n")),
            },
            Self::Endpoint(endpoint) => {
                let outcome = replay::replay(recording, endpoint);
                let failed = |error| format!("its tables could not be deleted: {error}\n");
                let left = replay::delete_tables(&outcome.tables, endpoint).map_err(failed).err();
                (Some(outcome), left.unwrap_or_default())
            }
        }
    }
}

/// Replays a recording against a server that is there for it alone, and ends well.
fn replay_apart(recording: &Recording, wording: Wording) -> std::result::Result<Outcome, String> {
    let server = Server::start(wording, &[])?;
    let outcome = replay::replay(recording, &Http::new(server.url())?);
    server.stop()?;
    Ok(outcome)
}

/// The endpoint at a URL, if anything answers there.
fn reached(url: &str) -> std::result::Result<Http, String> {
    let endpoint = Http::new(url)?;
    let asked = endpoint.send(&Sent::new("ListTables", b"{}".to_vec()));
    asked.map(|_| endpoint).map_err(|error| format!("nothing answers at {url}: {error}"))
}

fn replay_all(recordings: &[Recording], arguments: &Arguments, against: &Against) -> Report {
    let chosen = arguments.wording.or(against.wording());
    let progress = Progress { total: recordings.len(), shown: stderr().is_terminal() };
    let mut report = Report::default();
    for (index, recording) in recordings.iter().enumerate() {
        progress.show(index, &recording.name);
        let (wanted, other): (Vec<Wording>, Vec<Wording>) =
            recording.wordings.iter().partition(|wording| chosen.is_none_or(|chosen| chosen == **wording));
        report.skipped += other.len();
        if (recording.stands_still() || recording.strict) && !matches!(against, Against::Process) {
            report.skipped += wanted.len(); // its time is that of a clock that only this process moves
            continue;
        }
        let mut outcomes = Vec::new();
        for wording in wanted {
            let (outcome, result) = replay_one(recording, wording, against);
            outcomes.extend(outcome);
            report.results.push(result);
        }
        if arguments.update
            && let Err(why) = rewrite(recording, &outcomes)
        {
            progress.clear();
            eprintln!("{}: {why}", recording.name);
        }
    }
    progress.clear();
    report
}

fn replay_one(recording: &Recording, wording: Wording, against: &Against) -> (Option<Outcome>, Result) {
    let (outcome, mut differences) = against.replay(recording, wording);
    if let Some(outcome) = &outcome {
        differences.push_str(&outcome.describe(recording));
    }
    let (operation, name) = (recording.operation().to_owned(), recording.name.clone());
    (outcome, Result { operation, name, wording, differences })
}

/// Writes the answers into a recording, once for all its wordings.
fn rewrite(recording: &Recording, outcomes: &[Outcome]) -> std::result::Result<(), String> {
    if outcomes.iter().all(Outcome::passed) {
        return Ok(());
    }
    let text = fs::read_to_string(&recording.path).map_err(|error| error.to_string())?;
    let updated = replay::updated(&text, recording, outcomes)?;
    fs::write(&recording.path, updated).map_err(|error| error.to_string())
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
