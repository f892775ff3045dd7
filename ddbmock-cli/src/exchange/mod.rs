//! `ddbmock export` and `ddbmock import`: tables out of a file and into one, while no server has it.
//!
//! Everything streams: of a table, a page and a batch of items are held, however large it is.

mod digest;
mod export;
mod import;
mod incoming;
mod layout;
mod lines;
mod progress;
mod rows;
mod sheet;

use std::path::Path;

use crate::outcome::Outcome;

pub(crate) use export::export;
pub(crate) use import::import;

/// What follows the name of a table in the file that describes it, beside its items.
const DEFINITION: &str = ".table.json";

/// The file that tables are in, which a setting may name as well as a flag.
fn named(file: Option<&Path>) -> Result<&Path, Outcome> {
    file.ok_or_else(|| {
        Outcome::Refused("no file is named. Name the one that tables are kept in with --db FILE".to_owned())
    })
}

#[cfg(test)]
mod tests;
