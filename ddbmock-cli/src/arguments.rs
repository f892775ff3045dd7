//! The command line: its flags and their help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ddbmock_model::Wording;

use crate::listen::Listen;
use crate::outcome::Outcome;

/// DynamoDB on your desk: answers what DynamoDB answers, for tests and for planning. Never for production data.
#[derive(Debug, Parser)]
#[command(name = "ddbmock", version, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer any DynamoDB client over HTTP, until Ctrl-C
    #[command(after_help = SERVE_NOTES)]
    Serve(Serve),
}

const SERVE_NOTES: &str = "\
Everything is held in memory and gone when the command ends. Any credentials and any region are accepted.

Examples:
  ddbmock serve
  ddbmock serve --port 0 --json      for scripts: prints the port that was free
  AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000 aws dynamodb list-tables";

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen at; 0.0.0.0 lets other machines in
    #[arg(help_heading = "Listening", long, value_name = "HOST[:PORT]", default_value = "127.0.0.1:8000")]
    pub(crate) listen: Listen,
    /// Port to listen at, in place of the one in --listen; 0 picks a free one
    #[arg(help_heading = "Listening", long, value_name = "PORT")]
    pub(crate) port: Option<u16>,

    /// Refuse as most Regions do today, or as all did before spring 2026
    #[arg(help_heading = "Answers", long, value_name = "current|classic", hide_possible_values = true)]
    #[arg(default_value = Wording::default().as_str(), value_parser = wording())]
    pub(crate) wording: Wording,
    /// Append hints to the messages of errors, which then say more than DynamoDB's
    #[arg(help_heading = "Answers", long)]
    pub(crate) explain: bool,
    /// Account that ARNs name, 12 digits
    #[arg(help_heading = "Answers", long, value_name = "ID", default_value = "123456789012", value_parser = account)]
    pub(crate) account: String,
    /// Region of clients that name none
    #[arg(help_heading = "Answers", long, value_name = "REGION", default_value = "us-east-1", value_parser = region)]
    pub(crate) region: String,

    /// Take any signature of the right shape, or only those of the keys in --credentials
    #[arg(help_heading = "Signatures", long, value_name = "any|strict", hide_possible_values = true)]
    #[arg(default_value = "any")]
    pub(crate) signatures: Signatures,
    /// Keys and their secrets, in the format of ~/.aws/credentials
    #[arg(help_heading = "Signatures", long, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,

    /// Keep the tables in this file (in a later version)
    #[arg(help_heading = "Data", long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,

    /// Print the line that says it is ready as JSON
    #[arg(help_heading = "Output", long)]
    pub(crate) json: bool,
    /// What to log: info adds refused requests, debug all requests
    #[arg(help_heading = "Output", long, value_name = "error|warn|info|debug", hide_possible_values = true)]
    #[arg(default_value = "warn")]
    pub(crate) log: Level,
}

/// Which signatures are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Signatures {
    Any,
    Strict,
}

/// What is logged: this and all that is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

/// Reads the arguments, the command's name first.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Outcome> {
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => Ok(arguments.command),
        Err(error) => {
            let text = error.render().to_string();
            Err(match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Outcome::Shown(text),
                ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Outcome::Usage(text),
                _ => Outcome::Refused(one_line(&text)),
            })
        }
    }
}

/// The parser's message without its paragraphs: what is wrong, and where help is.
fn one_line(text: &str) -> String {
    let end = text.rfind("\n\nUsage: ").or_else(|| text.rfind("\n\nFor more information"));
    let told = text[..end.unwrap_or(text.len())].lines().map(str::trim).filter(|line| !line.is_empty());
    let told = told.collect::<Vec<_>>().join("; ").replace(char::is_control, "?");
    format!("{}. See ddbmock serve --help", told.trim_start_matches("error: "))
}

/// Reads the word of a wording.
fn wording() -> impl TypedValueParser<Value = Wording> {
    let words = PossibleValuesParser::new(Wording::ALL.iter().map(|wording| wording.as_str()));
    words.map(|word| Wording::parse(&word).expect("no other word is possible"))
}

fn account(text: &str) -> Result<String, &'static str> {
    let valid = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if valid { Ok(text.to_owned()) } else { Err("an account has 12 digits") }
}

/// Regions that do not exist are welcome: clients are often told `local`.
fn region(text: &str) -> Result<String, &'static str> {
    let valid = (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if valid { Ok(text.to_owned()) } else { Err("a region is letters, digits and hyphens, as in us-east-1") }
}

#[cfg(test)]
mod tests;
