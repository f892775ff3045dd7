//! The name of a table in a request: the bare name, or the table's ARN.

use crate::call::Said;
use crate::constraint::{Violation, alone, length, null, pattern, shorter};
use crate::error::{Error, Rule};
use crate::resource_arn::Arn;

const PATH: &str = "tableName";
/// The fewest and the most characters of a name.
const LENGTHS: (usize, usize) = (3, 255);

/// A table as a request names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableName<'a> {
    /// The name.
    pub name: &'a str,
    /// The account and region of an ARN.
    pub place: Option<Place<'a>>,
}

/// Where a table is: tables are kept by account, region and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The account.
    pub account: &'a str,
    /// The region.
    pub region: &'a str,
}

impl<'a> TableName<'a> {
    /// Reads what a request holds: anything that is not the ARN of a table is a bare name.
    pub fn read(text: &'a str) -> Self {
        Self::read_arn(text).unwrap_or(Self { name: text, place: None })
    }

    fn read_arn(text: &'a str) -> Option<Self> {
        let Arn { place, resource, .. } = Arn::of_dynamodb(text)?;
        let name = resource.strip_prefix("table/")?;
        Some(Self { name, place: Some(place) })
    }
}

/// What is wrong with the name, one violation at most: its length before its characters.
pub(crate) fn first(said: &Said, text: &str) -> Option<Violation> {
    let [missing, pattern, length] = all(said, text);
    missing.or(length).or(pattern)
}

/// All that is wrong with the name: missing, its characters, its length.
pub(crate) fn all(said: &Said, text: &str) -> [Option<Violation>; 3] {
    if said.is_missing(PATH) {
        return [null(PATH), None, None];
    }
    let [length, pattern] = inside(PATH, text);
    [None, pattern, length]
}

/// What is wrong with a name that a request holds at `path`: its length, its characters.
pub(crate) fn inside(path: &str, text: &str) -> [Option<Violation>; 2] {
    let name = TableName::read(text).name;
    if name.is_empty() {
        return [shorter(path, name, 0, 1), None];
    }
    [length(path, name, LENGTHS), pattern(path, name)]
}

/// Whether a name has the length and the characters of one.
pub(crate) fn is_fit(text: &str) -> bool {
    let name = TableName::read(text).name;
    (LENGTHS.0..=LENGTHS.1).contains(&name.chars().count()) && pattern(PATH, name).is_none()
}

/// What is wrong with the name where a request was handed to the older layer: a malformed one is not reported there.
/// Source: captures of 2026, Query and Scan.
pub(crate) fn handed_back(said: &Said, text: &str) -> Option<Violation> {
    if said.is_missing(PATH) {
        return null(PATH);
    }
    shorter(PATH, text, text.len().min(1), 1)
}

/// The checks of operations on tables that ask for nothing but the table: first their own, then its characters.
pub(crate) fn check(said: &Said, text: &str) -> Result<(), Error> {
    check_at(PATH, said, text)
}

/// The same, of a name that a request holds at `path`.
pub(crate) fn check_at(path: &str, said: &Said, text: &str) -> Result<(), Error> {
    check_present(path, said, text)?;
    alone(pattern(path, TableName::read(text).name))
}

/// The checks that operations on tables make before anything else. Source: production captures, "operations that
/// bypass the constraint list".
pub(crate) fn check_first(said: &Said, text: &str) -> Result<(), Error> {
    check_present(PATH, said, text)
}

fn check_present(path: &str, said: &Said, text: &str) -> Result<(), Error> {
    if said.is_missing(path) {
        let text = "The parameter 'TableName' is required but was not present in the request";
        return Err(Error::validation(Rule("table_name.missing"), text));
    }
    let characters = TableName::read(text).name.chars().count();
    if !(LENGTHS.0..=LENGTHS.1).contains(&characters) {
        let text = "TableName must be at least 3 characters long and at most 255 characters long";
        return Err(Error::validation(Rule("table_name.length"), text));
    }
    Ok(())
}

/// The characters of a name, for operations on tables.
pub(crate) fn characters(text: &str) -> Option<Violation> {
    pattern(PATH, TableName::read(text).name)
}
