//! What is measured: operations, and how each of their answers is known to be right.

mod constant;
mod counts;
mod known;
mod pages;
mod plan;
mod reads;
mod same;
mod transactions;
mod writes;

use serde_json::Value;

pub(crate) use constant::Constant;
pub(crate) use plan::{Cast, PLANS, Plan, Table};
pub(crate) use reads::{Questions, Reads};
pub(crate) use same::{parsed, same};

use crate::connection::Answer;

/// What one connection asks, and what it makes of the answers.
pub(crate) trait Workload {
    /// The next request.
    fn request(&mut self) -> &[u8];

    /// Takes in its answer, and says whether the operation is done. What is wrong with it is told in words.
    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String>;

    /// What must be read, now that all has been written.
    fn proofs(&self) -> Vec<Proof> {
        Vec::new()
    }
}

/// Whether an operation is done with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It is.
    Done,
    /// It takes more requests.
    More,
}

/// A request whose answer proves what was written.
#[derive(Debug)]
pub(crate) struct Proof {
    /// The whole request.
    pub(crate) request: Vec<u8>,
    /// What its answer has to hold.
    pub(crate) expected: Value,
}

/// A place among the connections: each has keys of its own, so that it knows what is stored under them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    /// Which connection it is, from 0 on.
    pub(crate) index: u64,
    /// Of how many.
    pub(crate) of: u64,
    /// Which round of the measurement it is: none writes the versions of the one before.
    pub(crate) round: u64,
}

/// The error for an answer that has not the status that it should.
fn expect_status(answer: &Answer<'_>, expected: u16) -> Result<(), String> {
    if answer.status == expected {
        return Ok(());
    }
    Err(format!("status {}, not {expected}: {}", answer.status, shown(answer.body)))
}

/// The begin of a body, for people.
fn shown(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned()
}

#[cfg(test)]
mod tests;
