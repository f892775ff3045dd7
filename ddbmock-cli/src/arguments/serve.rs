//! The flags of `ddbmock serve`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{BoolishValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, value_parser};
use ddbmock_model::Wording;

use super::{First, time};
use crate::listen::Listen;

pub(super) const NOTES: &str = "\
Without --db everything is held in memory and gone when the command ends. Any credentials and any region are accepted, unless signatures are strict.
Every flag can also be set by an environment variable, --port by DDBMOCK_PORT, and in a file ddbmock.toml in the
folder where the command runs, by `port = 8000`. A flag beats the variable, and that beats the file.
Flags of DynamoDB Local (-port, -inMemory, -sharedDb, ...) and of dynalite (--createTableMs, ...) are understood.

Seeds are files of JSON, one document after another, each of them a table or items:
  a table  what `aws dynamodb describe-table` prints, or a CreateTable request
  items    one item, in DynamoDB's JSON, a line: {\"id\": {\"S\": \"1\"}}, or {\"Item\": {...}} as exports have it;
           or what `aws dynamodb scan` prints; or a PutItem or BatchWriteItem request
Items are of the table that stands before them in the file, else of the one that the file is named after: songs.jsonl.

A write to a file is answered once it is as durable as --durability says:
  normal  it is there after the process was killed; a power loss may take the last moments, and leaves the file whole
  full    it is there after a power loss; writes that come together wait for the disk together
  off     no disk is waited for: a power loss may damage the file
A file has one server at a time. Seeds go into a file that has no tables yet.

Examples:
  ddbmock serve
  ddbmock serve --db tables.db       what was written is there the next time
  ddbmock serve --port 0 --json      for scripts: prints the port that was free
  ddbmock serve & ddbmock wait && eval \"$(ddbmock env)\" && aws dynamodb list-tables";

/// How to serve.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Serve {
    /// Address to listen at; 0.0.0.0 lets other machines in
    #[arg(help_heading = "Listening", long, value_name = "HOST[:PORT]", default_value = "127.0.0.1:8000")]
    pub(crate) listen: Listen,
    /// Port to listen at, in place of the one in --listen; 0 picks a free one
    #[arg(help_heading = "Listening", long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Threads that connections are shared out among; one answers some ten thousands of requests a second
    #[arg(help_heading = "Listening", long, value_name = "NUMBER", default_value = "1", value_parser = threads)]
    pub(crate) threads: u8,

    /// Refuse as most Regions do today, or as all did before spring 2026
    #[arg(help_heading = "Answers", long, value_name = "current|classic", hide_possible_values = true)]
    #[arg(default_value = Wording::default().as_str(), value_parser = wording())]
    pub(crate) wording: Wording,
    /// Append hints to the messages of errors, which then say more than DynamoDB's
    #[arg(help_heading = "Answers", long, value_parser = BoolishValueParser::new())]
    pub(crate) explain: bool,
    /// Account that ARNs name, 12 digits
    #[arg(help_heading = "Answers", long, value_name = "ID", default_value = "123456789012", value_parser = account)]
    pub(crate) account: String,
    /// Region of clients that name none
    #[arg(help_heading = "Answers", long, value_name = "REGION", default_value = "us-east-1", value_parser = region)]
    pub(crate) region: String,
    /// Show clients the tables of their own region alone; else all clients share all tables
    #[arg(help_heading = "Answers", long, value_parser = BoolishValueParser::new())]
    pub(crate) isolate: bool,
    /// What `-sharedDb` of DynamoDB Local asks for, which is the case anyway.
    #[arg(long, hide = true, conflicts_with = "isolate")]
    shared_db: bool,

    /// Take any signature of the right shape, or only those of the keys in --credentials
    #[arg(help_heading = "Signatures", long, value_name = "any|strict", hide_possible_values = true)]
    #[arg(default_value = "any")]
    pub(crate) signatures: Signatures,
    /// Keys and their secrets, in the format of ~/.aws/credentials
    #[arg(help_heading = "Signatures", long, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,

    /// How long a new table is CREATING, as in 500ms or 2s
    #[arg(help_heading = "Tables", long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) delay_create: Duration,
    /// How long a changed table is UPDATING; an index is added in as much, half of it Backfilling
    #[arg(help_heading = "Tables", long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) delay_update: Duration,
    /// How long a deleted table is DELETING
    #[arg(help_heading = "Tables", long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) delay_delete: Duration,
    /// How long a change of a table's time to live is ENABLING or DISABLING
    #[arg(help_heading = "Tables", long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) delay_ttl: Duration,
    /// How long items stay whose time to live is over
    #[arg(help_heading = "Tables", long, value_name = "TIME", default_value = "0", value_parser = time)]
    pub(crate) delay_expire: Duration,
    /// Shards of a new stream, 1 to 1024; if not said, one for each partition that the service would begin with
    #[arg(help_heading = "Tables", long, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..=1024))]
    pub(crate) stream_shards: Option<u32>,

    #[command(flatten)]
    pub(crate) first: First,

    /// Begin with these tables and items; see below
    #[arg(help_heading = "Data", long, value_name = "FILE", num_args = 1.., value_delimiter = ',')]
    pub(crate) seed: Vec<PathBuf>,
    /// Keep everything in this file, which is made if it is not there; else it is gone when the command ends
    #[arg(help_heading = "Data", long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// What a write in that file outlives: normal the process, full a power loss too, off nothing
    #[arg(help_heading = "Data", long, value_name = "normal|full|off", hide_possible_values = true)]
    #[arg(default_value = "normal")]
    pub(crate) durability: Durability,

    /// Print the line that says it is ready as JSON
    #[arg(help_heading = "Output", long, value_parser = BoolishValueParser::new())]
    pub(crate) json: bool,
    /// Write that line, as JSON, into this file once it is ready; the file goes when the server ends
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
    /// What to log: info adds refused requests, debug all requests
    #[arg(help_heading = "Output", long, value_name = "error|warn|info|debug", hide_possible_values = true)]
    #[arg(default_value = "warn")]
    pub(crate) log: Level,

    /// File of settings, in place of ddbmock.toml
    #[arg(help_heading = "Settings", long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What a write that was answered outlives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Durability {
    Normal,
    Full,
    Off,
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

fn threads(text: &str) -> Result<u8, &'static str> {
    text.parse().ok().filter(|threads| *threads > 0).ok_or("threads are 1 to 255")
}

/// Reads the word of a wording.
fn wording() -> impl TypedValueParser<Value = Wording> {
    let words = PossibleValuesParser::new(Wording::ALL.iter().map(|wording| wording.as_str()));
    words.map(|word| Wording::parse(&word).expect("no other word is possible"))
}

pub(super) fn account(text: &str) -> Result<String, &'static str> {
    let valid = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if valid { Ok(text.to_owned()) } else { Err("an account has 12 digits") }
}

/// Regions that do not exist are welcome: clients are often told `local`.
pub(super) fn region(text: &str) -> Result<String, &'static str> {
    let valid = (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if valid { Ok(text.to_owned()) } else { Err("a region is letters, digits and hyphens, as in us-east-1") }
}
