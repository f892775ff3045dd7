//! The flags of `ddbmock export` and `ddbmock import`.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};

use super::serve::{account, region};

pub(super) const EXPORT_NOTES: &str = "\
Formats:
  dynamodb  what the service exports to S3: FOLDER/AWSDynamoDB/ID with data/*.json.gz, manifests and checksums
  json      FOLDER/TABLE.jsonl, an item a line as ordinary JSON; sets and binaries are refused
  csv       FOLDER/TABLE.csv; types are not kept, and sets, lists and maps are JSON within a cell
Beside the items stands TABLE.table.json, the CreateTable request of the table. A file has its name, and a folder its
manifest-summary.json, once it is whole. No server may have the file meanwhile.

Examples:
  ddbmock export --db tables.db --to exported
  ddbmock export --db tables.db --to exported --format csv songs";

pub(super) const IMPORT_NOTES: &str = "\
Formats, packed by gzip or not:
  dynamodb  a folder that an export made, the service's too; or files with an item a line: {\"Item\": {\"id\": {\"S\": \"1\"}}}
  json      an item a line, as ordinary JSON: {\"id\": \"1\"}
  csv       columns of keys have the types of keys, all others are strings; an empty cell is no attribute
A table is what TABLE.table.json beside its items says, or --schema, and is of the name that stands there, or --table.

A table is made whole or not at all: nobody sees it before everything is in it, and nothing is left of it if a line is
bad or the import is ended. With --existing what was put stays; import the same again to go on. Bad lines are shown with
their numbers. It ends with 2 if there are more of them than --skip-bad says. No server may have the file meanwhile.

Examples:
  ddbmock import --db tables.db exported
  ddbmock import --db tables.db --format csv --schema songs.json songs.csv";

/// How items are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Dynamodb,
    Json,
    Csv,
}

/// What to export, and where to.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The tables; all that there are, if none is named
    pub(crate) tables: Vec<String>,
    /// File that `ddbmock serve --db` keeps tables in
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// Folder to write to, which is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: PathBuf,
    /// How to write items; see below
    #[arg(long, value_name = "dynamodb|json|csv", default_value = "dynamodb", hide_possible_values = true)]
    pub(crate) format: Format,
    /// Columns of CSV, as in id,title; else all attributes that there are
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) header: Vec<String>,
    /// File of settings, in place of ddbmock.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What to import, and where to.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Folders and files with items
    #[arg(required = true)]
    pub(crate) from: Vec<PathBuf>,
    /// File to put tables in, which is made if it is not there
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// How the items are written; see below
    #[arg(long, value_name = "dynamodb|json|csv", default_value = "dynamodb", hide_possible_values = true)]
    pub(crate) format: Format,
    /// The one table that all of it is of
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// File that says what the one table is: a CreateTable request, or what `aws dynamodb describe-table` prints
    #[arg(long, value_name = "FILE", conflicts_with = "existing")]
    pub(crate) schema: Option<PathBuf>,
    /// Put the items into tables that are there
    #[arg(long, value_parser = BoolishValueParser::new())]
    pub(crate) existing: bool,
    /// Columns of CSV, as in id,title; else the first line names them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) header: Vec<String>,
    /// How many bad lines may be left out, of each table
    #[arg(long, value_name = "NUMBER", default_value = "0")]
    pub(crate) skip_bad: u64,
    /// Account that new tables belong to, 12 digits
    #[arg(long, value_name = "ID", default_value = "123456789012", value_parser = account)]
    pub(crate) account: String,
    /// Region that new tables are in
    #[arg(long, value_name = "REGION", default_value = "us-east-1", value_parser = region)]
    pub(crate) region: String,
    /// File of settings, in place of ddbmock.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}
