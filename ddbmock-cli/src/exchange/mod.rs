//! `ddbmock export` and `ddbmock import`: tables out of a file and into one, while no server has it.
//!
//! Everything streams: of a table, a page and a batch of items are held, however large it is.

mod digest;
mod export;
mod import;
mod layout;
mod lines;
mod progress;
mod sheet;
mod source;

pub(crate) use export::export;
pub(crate) use import::import;

/// What follows the name of a table in the file that describes it, beside its items.
const DEFINITION: &str = ".table.json";

#[cfg(test)]
mod tests;
