//! The command line: from words, the environment and a file to what is to be done.
//!
//! A flag beats its environment variable, that beats the file, and the file beats what is used otherwise.

mod exchange;
mod file;
mod first;
mod foreign;
mod serve;
mod server;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use clap_complete::Shell;

use crate::listen::Listen;
use crate::outcome::Outcome;
use file::Setting;
use first::First;

pub(crate) use exchange::{Export, Format, Import};
pub(crate) use serve::{Durability, Level, Serve, Signatures};
pub(crate) use server::Server;

/// DynamoDB on your desk: answers what DynamoDB answers, for tests and for planning. Never for production data.
#[derive(Debug, Parser)]
#[command(name = "ddbmock", version, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = NOTES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const NOTES: &str = "\
Every flag can also be set by an environment variable, --port by DDBMOCK_PORT; those of serve also in a file ddbmock.toml
in the folder where the command runs, by `port = 8000`. A flag beats the variable, and that beats the file.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer any DynamoDB client over HTTP, until Ctrl-C
    #[command(after_help = serve::NOTES)]
    Serve(Serve),
    /// Ask whether a server is there and well
    Healthcheck {
        /// The server.
        #[command(flatten)]
        server: Server,
        /// How long it may take to answer
        #[arg(long, value_name = "TIME", default_value = "2s", value_parser = time)]
        timeout: Duration,
    },
    /// Wait until a server is ready
    Wait {
        /// The server.
        #[command(flatten)]
        server: Server,
        /// How long to wait at most
        #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
        timeout: Duration,
    },
    /// Print what points AWS SDKs and tools at a server: eval "$(ddbmock env)"
    Env {
        /// The server.
        #[command(flatten)]
        server: Server,
        /// Region of the clients
        #[arg(long, value_name = "REGION", default_value = "us-east-1", value_parser = serve::region)]
        region: String,
        /// Shell whose words to print
        #[arg(long, value_name = "sh|fish|powershell", default_value = "sh", hide_possible_values = true)]
        shell: crate::env::Shell,
    },
    /// Write tables of such a file to files: in DynamoDB's own export layout, as JSON lines or as CSV
    #[command(after_help = exchange::EXPORT_NOTES)]
    Export(Export),
    /// Read tables into such a file, from what an export wrote, or DynamoDB's own
    #[command(after_help = exchange::IMPORT_NOTES)]
    Import(Import),
    /// Look after a file that a server kept its tables in, while none does
    Db {
        /// What to do with it.
        #[command(subcommand)]
        task: Db,
    },
    /// Print what makes a shell complete these commands and flags
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What to do with a file.
#[derive(Debug, Subcommand)]
pub(crate) enum Db {
    /// Hold everything in the file against what it must agree with: indexes and counts against items
    Check {
        /// The file
        file: PathBuf,
    },
    /// Print what is in the file: tables, items, their bytes as DynamoDB counts them, bytes on disk
    Info {
        /// The file
        file: PathBuf,
    },
    /// Give back to the system what deleted items took up; needs as much room again meanwhile
    Compact {
        /// The file
        file: PathBuf,
    },
}

/// Reads the arguments, the command's name first, and what completes them.
pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Command, Outcome> {
    let mut words = foreign::translated(words.into_iter().collect())?;
    let matches = parse(&words)?;
    if let Some((name, given)) = matches.subcommand() {
        let port = named_port(given);
        for Setting { words: more, place, .. } in missing(name, given, port)? {
            insert(&mut words, more);
            // What was read without the file is in order, so it is the file's.
            parse(&words).map_err(|outcome| from(&place, outcome))?;
        }
        insert(&mut words, port.map(|port| OsString::from(format!("--port={port}"))));
    }
    let matches = parse(&words)?;
    Ok(Arguments::from_arg_matches(&matches).map_err(|error| refused(&error, &words))?.command)
}

/// The settings of the file that a subcommand knows, where nothing that beats them is given.
fn missing(subcommand: &str, given: &ArgMatches, port: Option<u16>) -> Result<Vec<Setting>, Outcome> {
    let command = command();
    let known = command.find_subcommand(subcommand).expect("what was matched is there");
    let is_known = |long: &str| known.get_arguments().any(|one| one.get_long() == Some(long));
    let is_beaten = |long: &str| is_given(given, long) || (port.is_some() && long == "port");
    let mut settings = settings(&command, given)?;
    settings.retain(|one| is_known(&one.name) && !is_beaten(&one.name));
    Ok(settings)
}

/// Adds words behind the subcommand, before what ends its flags.
fn insert(words: &mut Vec<OsString>, more: impl IntoIterator<Item = OsString>) {
    words.splice(2..2, more);
}

/// The port in `--listen`, if that beats the one in `--port`.
fn named_port(given: &ArgMatches) -> Option<u16> {
    let port = given.try_get_one::<Listen>("listen").ok()??.own_port()?;
    let beats = match given.value_source("listen")? {
        ValueSource::CommandLine => given.value_source("port") != Some(ValueSource::CommandLine),
        ValueSource::EnvVariable => given.value_source("port").is_none(),
        _ => false,
    };
    beats.then_some(port)
}

/// The parser, in which each flag has its environment variable.
pub(crate) fn command() -> clap::Command {
    Arguments::command().mut_subcommands(|command| {
        command.mut_args(|argument| match argument.get_long().map(variable) {
            Some(variable) if is_set(&variable) => argument.env(variable).hide_env(true),
            _ => argument,
        })
    })
}

/// Whether a variable holds something: an empty one is how many say that there is none.
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// The environment variable of a flag: `DDBMOCK_READY_FILE` of `ready-file`.
fn variable(long: &str) -> String {
    format!("DDBMOCK_{}", long.replace('-', "_").to_ascii_uppercase())
}

fn parse(words: &[OsString]) -> Result<ArgMatches, Outcome> {
    command().try_get_matches_from(words).map_err(|error| refused(&error, words))
}

/// The settings of the file that is named, or of the one that lies in the working directory.
fn settings(command: &clap::Command, given: &ArgMatches) -> Result<Vec<Setting>, Outcome> {
    let named = given.try_get_one::<PathBuf>("config").ok().flatten();
    let path = named.map_or(Path::new(file::NAME), |path| path.as_path());
    // Whatever has the name is taken for settings: a folder, or a link to nowhere, is no reason to go without them.
    if named.is_none() && path.symlink_metadata().is_err() {
        return Ok(Vec::new());
    }
    let serve = command.find_subcommand("serve").expect("the command serves");
    file::settings(path, serve)
}

/// Whether a flag is on the command line or in the environment.
fn is_given(given: &ArgMatches, long: &str) -> bool {
    let id = long.replace('-', "_");
    matches!(given.value_source(&id), Some(ValueSource::CommandLine | ValueSource::EnvVariable))
}

fn from(place: &str, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused(line) => Outcome::Refused(format!("{place}: {line}")),
        other => other,
    }
}

/// What the parser says, to be said by the command.
fn refused(error: &clap::Error, words: &[OsString]) -> Outcome {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Outcome::Shown(text),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Outcome::Usage(text),
        _ => Outcome::Refused(one_line(&text, of_environment(error, words), words)),
    }
}

/// The environment variable that a bad value stands in, if it does not stand among the words.
fn of_environment(error: &clap::Error, words: &[OsString]) -> Option<String> {
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let long = argument.strip_prefix("--")?.split([' ', '=']).next()?;
    let flag = format!("--{long}");
    let is_written = words.iter().any(|word| word.to_string_lossy().starts_with(&flag));
    let variable = variable(long);
    (!is_written && is_set(&variable)).then_some(variable)
}

/// The parser's message without its paragraphs: what is wrong, and where help is.
fn one_line(text: &str, variable: Option<String>, words: &[OsString]) -> String {
    let end = text.rfind("\n\nUsage: ").or_else(|| text.rfind("\n\nFor more information"));
    let told = text[..end.unwrap_or(text.len())].lines().map(str::trim).filter(|line| !line.is_empty());
    let told = told.collect::<Vec<_>>().join("; ").replace(char::is_control, "?");
    let told = told.trim_start_matches("error: ").replace(":; ", ": ");
    let place = variable.map(|variable| format!("{variable}: ")).unwrap_or_default();
    let known = words.get(1).and_then(|word| word.to_str());
    let known = known.filter(|word| command().find_subcommand(word).is_some());
    let help = known.map_or("ddbmock --help".to_owned(), |word| format!("ddbmock {word} --help"));
    format!("{place}{told}. See {help}")
}

/// Reads a time: a number with its unit.
fn time(text: &str) -> Result<Duration, &'static str> {
    const REFUSAL: &str = "a time is a number with its unit: 500ms, 2s or 5m";
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().map_err(|_| REFUSAL)?;
    let milliseconds = match &text[digits..] {
        "ms" => Some(number),
        "s" => number.checked_mul(1000),
        "m" => number.checked_mul(60_000),
        "" if number == 0 => Some(0),
        _ => None,
    };
    milliseconds.filter(|most| *most <= YEAR_MILLISECONDS).map(Duration::from_millis).ok_or(REFUSAL)
}

/// No time is longer: sums of times stay far from the end of time.
const YEAR_MILLISECONDS: u64 = 365 * 24 * 60 * 60 * 1000;

#[cfg(test)]
mod tests;
