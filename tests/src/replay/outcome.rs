//! What came of a replay, and how it is told.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ddbmock_model::Rule;

use super::transport::Reply;
use crate::compare::layout::{self, Line};
use crate::compare::{Difference, Json, Place};
use crate::recording::{Body, Recording, Step, shown};

/// What came of replaying one recording.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Its steps, as far as they were replayed.
    pub replayed: Vec<Replayed>,
    /// The tables that were created.
    pub tables: Vec<String>,
}

/// What came of one step.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The operation.
    pub operation: String,
    /// Whether it only makes way for the others.
    pub is_setup: bool,
    /// Where the answer was not the expected one.
    pub differences: Vec<Difference>,
    /// The answer, if there was one.
    pub reply: Option<Reply>,
}

impl Replayed {
    /// Whether the answer was the expected one.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

impl Outcome {
    /// Whether all answers were the expected ones.
    pub fn passed(&self) -> bool {
        self.replayed.iter().all(Replayed::passed)
    }

    /// The rules that refused something.
    pub fn rules(&self) -> BTreeSet<Rule> {
        self.replayed.iter().filter_map(|replayed| replayed.reply.as_ref()?.rule).collect()
    }

    /// Everything that differs, for a reader: empty if nothing does.
    pub fn describe(&self, recording: &Recording) -> String {
        let mut out = String::new();
        for replayed in self.replayed.iter().filter(|replayed| !replayed.passed()) {
            describe(&mut out, recording, replayed);
        }
        out
    }
}

/// The body of an answer as JSON; one that is no JSON is a string.
pub(super) fn body(bytes: &[u8]) -> Json {
    let text = String::from_utf8_lossy(bytes);
    Json::parse(&text).unwrap_or_else(|_| Json::String(text.into_owned()))
}

fn describe(out: &mut String, recording: &Recording, replayed: &Replayed) {
    let mut text = format!("{}:{}: {}\n", shown(&recording.path), replayed.line, replayed.operation);
    for difference in &replayed.differences {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {difference}");
    }
    if let (Some(expected), Some(reply)) = (expected(recording, replayed.line), &replayed.reply) {
        let paths: Vec<&str> = replayed.differences.iter().filter_map(body_path).collect();
        text.push_str(&marked("expected", '-', expected, &paths));
        text.push_str(&marked("got", '+', &body(&reply.body), &paths));
    }
    out.push_str(&text);
    out.push('\n');
}

fn body_path(difference: &Difference) -> Option<&str> {
    if let Place::Body(path) = &difference.place { Some(path) } else { None }
}

fn expected(recording: &Recording, line: usize) -> Option<&Json> {
    recording.steps.iter().find_map(|step| match step {
        Step::Exchange(exchange) if exchange.line == line => match &exchange.expected.body {
            Body::Json(body) => Some(body),
            Body::Empty | Body::Text(_) => None,
        },
        _ => None,
    })
}

fn marked(title: &str, mark: char, document: &Json, paths: &[&str]) -> String {
    let line = |line: Line| {
        let mark = if paths.iter().any(|path| line.shows(path)) { mark } else { ' ' };
        format!("  {mark} {}\n", line.text)
    };
    let lines: String = layout::lines(&document.shortened()).into_iter().map(line).collect();
    format!("  {title}:\n{lines}")
}
