//! Holds an answer against the expected one: every member, no more and no less.
//!
//! Numbers are compared by value (`1` is `1.0`), strings exactly, except for those that [`pattern`] gives a meaning.

pub mod layout;
pub mod pattern;

mod json;

#[cfg(test)]
mod tests;

use std::fmt;

pub use json::Json;

/// One place where an answer is not what was expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// What was expected there; `None` where nothing was.
    pub expected: Option<Json>,
    /// What was there; `None` if nothing was.
    pub got: Option<Json>,
}

/// A place in what came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All of the answer: there is none.
    Answer,
    /// Its HTTP status.
    Status,
    /// One of its headers.
    Header(String),
    /// A member of its body by its path, `Item.tags.L[0]`; empty for the whole body.
    Body(String),
    /// The status of a table that the next step needs.
    Table(String),
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer => out.write_str("the answer"),
            Self::Status => out.write_str("status"),
            Self::Header(name) => write!(out, "header {name}"),
            Self::Body(path) if path.is_empty() => out.write_str("the body"),
            Self::Body(path) => out.write_str(path),
            Self::Table(name) => write!(out, "table {name}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<Json>| {
            value.as_ref().map_or_else(|| "nothing".to_owned(), |value| value.shortened().to_string())
        };
        write!(out, "{}: expected {}, got {}", self.place, shown(&self.expected), shown(&self.got))?;
        if let Some(at) = self.first_unlike_character() {
            write!(out, " (alike up to character {at})")?;
        }
        Ok(())
    }
}

impl Difference {
    /// How many characters two texts share at their start, where they share enough to make that worth saying.
    fn first_unlike_character(&self) -> Option<usize> {
        let (expected, got) = (self.expected.as_ref()?.as_str()?, self.got.as_ref()?.as_str()?);
        let alike = expected.chars().zip(got.chars()).take_while(|(one, other)| one == other).count();
        (alike >= 20).then_some(alike)
    }
}

/// Every place where `got` is not what was expected, in the order of the expected document.
pub fn differences(expected: &Json, got: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", expected, got, &mut found);
    found
}

fn compare(path: &str, expected: &Json, got: &Json, found: &mut Vec<Difference>) {
    match (expected, got) {
        (Json::Object(expected), Json::Object(got)) => members(path, expected, got, found),
        (Json::Array(expected), Json::Array(got)) => match expected.split_first() {
            Some((Json::String(first), expected)) if first == pattern::UNORDERED => {
                unordered(path, expected, got, found);
            }
            _ => elements(path, expected, got, found),
        },
        _ if same_leaf(expected, got) => {}
        _ => found.push(difference(path.to_owned(), Some(expected), Some(got))),
    }
}

fn same_leaf(expected: &Json, got: &Json) -> bool {
    match (expected, got) {
        (Json::String(pattern), _) => pattern::matches(pattern, got),
        // Whole numbers beyond 2^53 would be rounded together as floats.
        (Json::Number(one), Json::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        _ => expected == got,
    }
}

fn members(path: &str, expected: &[(String, Json)], got: &[(String, Json)], found: &mut Vec<Difference>) {
    let mut rest: Vec<&(String, Json)> = got.iter().collect();
    for (name, value) in expected {
        let below = layout::member_path(path, name);
        match rest.iter().position(|(other, _)| other == name) {
            Some(at) => compare(&below, value, &rest.remove(at).1, found),
            None => found.push(difference(below, Some(value), None)),
        }
    }
    found.extend(
        rest.iter().map(|(name, value)| difference(layout::member_path(path, name), None, Some(value))),
    );
}

fn elements(path: &str, expected: &[Json], got: &[Json], found: &mut Vec<Difference>) {
    for index in 0..expected.len().max(got.len()) {
        let below = layout::element_path(path, index);
        match (expected.get(index), got.get(index)) {
            (Some(expected), Some(got)) => compare(&below, expected, got, found),
            (expected, got) => found.push(difference(below, expected, got)),
        }
    }
}

fn unordered(path: &str, expected: &[Json], got: &[Json], found: &mut Vec<Difference>) {
    let mut rest: Vec<(usize, &Json)> = got.iter().enumerate().collect();
    for value in expected {
        match rest.iter().position(|(_, other)| differences(value, other).is_empty()) {
            Some(at) => drop(rest.remove(at)),
            None => found.push(difference(path.to_owned(), Some(value), None)),
        }
    }
    let unexpected =
        |(index, value): &(usize, &Json)| difference(layout::element_path(path, *index), None, Some(value));
    found.extend(rest.iter().map(unexpected));
}

fn difference(path: String, expected: Option<&Json>, got: Option<&Json>) -> Difference {
    Difference { place: Place::Body(path), expected: expected.cloned(), got: got.cloned() }
}
