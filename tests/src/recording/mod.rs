//! The format of recordings: what was sent to DynamoDB and what it answered, as people write and read it.
//!
//! ```text
//! # A condition that fails leaves the item alone.          what it shows, for a reader
//! # source: developer guide, conditional writes            where the truth is from
//! wording: both                                            current (if not said), classic or both
//! signatures: strict                                       they are verified; if not said, they are not
//! delays: yes                                              tables take time to change; no time if not said
//!
//! table songs artist:S year:N                              a table with that key, there before the next step
//!
//! > PutItem                                                an operation, or a whole target: `Other_2012.PutItem`
//! {"TableName": "songs", ...}                              the body to the letter, up to the answer; or `empty`
//! < 400
//! {"__type": "...", "message": "..."}                      the whole body, up to an empty line; or `empty`
//! ```
//!
//! - `table NAME KEY:TYPE [KEY:TYPE]` creates an on-demand table, which must succeed, and waits until it is active.
//!   `wait NAME` waits for a table that an exchange of its own created, or changed. `pass 15m` lets so much time pass,
//!   in seconds `s`, minutes `m` or hours `h`, which can be done in process only: then it is noon of 2026-11-23 at
//!   first, and time stands still else. Lines that start with `#` are comments between the steps.
//! - `Name: value` lines under a `>` line are headers to send instead of the usual ones, `Name: none` sends none of
//!   that name. `> PutItem?QUERY` sends a query string. In process only the target, the signature (`Authorization`,
//!   `X-Amz-Date`, `Date`, the query) and the body arrive.
//! - `Name: value` lines under a `<` line are headers that the answer must have, `Name: none` one that it must not
//!   have. They are held against the answer over HTTP; in process no headers are seen, and none are checked.
//! - Strict signatures are those of [`replay`](crate::replay): it is always noon of 2026-11-23, and the usual signature
//!   is right. So such a recording can be replayed in process only.
//! - A body that looks like a header has an empty line before it.
//! - Bodies are compared as JSON, see [`compare`](crate::compare), with its patterns for what differs each time. A
//!   body that is no JSON is compared as text. Long bodies are written with [`shorthand`].

pub mod shorthand;

mod folder;
mod parse;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use ddbmock_engine::{Clock, Config, Delays, Timestamp};
use ddbmock_model::Wording;

use crate::compare::Json;

pub(crate) use folder::shown;
pub use folder::{home, load};
pub use parse::{ParseError, parse};

/// One recording: steps that are replayed in order in a world of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Its folder and its file without `.rec`: `get-item/missing`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What it shows: the comment at its head.
    pub about: String,
    /// Where its truth is from.
    pub source: String,
    /// The wordings under which DynamoDB answers so.
    pub wordings: &'static [Wording],
    /// Whether signatures are verified.
    pub strict: bool,
    /// Whether tables take time to change, so that it shows what is answered meanwhile.
    pub delays: bool,
    /// What is done, in order.
    pub steps: Vec<Step>,
}

/// How long tables take to change where they take time.
pub const DELAY: Duration = Duration::from_mins(1);

/// The time at which recordings begin that let time pass: noon of 2026-11-23.
const NOON: Timestamp = Timestamp(1_795_435_200_000);

impl Recording {
    /// The world in which it is replayed in this process. Its time passes only where the recording waits.
    pub fn config(&self, wording: Wording) -> Config {
        if !self.stands_still() {
            return Config { wording, ..Config::default() };
        }
        let delay = if self.delays { DELAY } else { Duration::ZERO };
        let delays = Delays {
            create: delay,
            update: delay,
            delete: delay,
            time_to_live: delay,
            expire: Duration::ZERO,
        };
        let start = if self.passes() { NOON } else { Clock::default().now() };
        let clock = Clock::manual(start);
        Config { wording, delays, clock, ..Config::default() }
    }

    /// Whether time passes only where it says so.
    pub fn stands_still(&self) -> bool {
        self.delays || self.passes()
    }

    fn passes(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Pass { .. }))
    }

    /// The folder: the operation that it is about.
    pub fn operation(&self) -> &str {
        self.name.split_once('/').map_or(self.name.as_str(), |(operation, _)| operation)
    }
}

/// One thing that a recording does.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Sends a request and looks at its answer.
    Exchange(Exchange),
    /// Waits until a table is active.
    Wait {
        /// The line in the file, from 1.
        line: usize,
        /// The table.
        table: String,
    },
    /// Lets time pass.
    Pass {
        /// The line in the file, from 1.
        line: usize,
        /// How much.
        time: Duration,
    },
}

/// A request, and the answer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The line of the request in the file, from 1.
    pub line: usize,
    /// The operation as written, or the whole target.
    pub operation: String,
    /// The query string, where one is sent.
    pub query: Option<String>,
    /// Headers as written; `none` for one that is left out.
    pub headers: Vec<(String, String)>,
    /// The body, to the byte.
    pub body: Vec<u8>,
    /// What must be answered.
    pub expected: Expected,
}

/// What must be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The lines of the answer in the file, counted from 0; empty for the answer to a `table` line.
    pub lines: Range<usize>,
    /// The HTTP status.
    pub status: u16,
    /// Headers as written; `none` for one that must not be there.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// No bytes.
    Empty,
    /// JSON, with patterns.
    Json(Json),
    /// Text that is no JSON.
    Text(String),
}
