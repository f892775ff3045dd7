//! Counters: what each stands at is known after every add, and their sum at the end.

use std::collections::BTreeMap;
use std::io::Write as _;

use fastrand::Rng;
use serde_json::json;

use super::{Progress, Proof, Seat, Workload, expect_status, parsed, same};
use crate::connection::Answer;
use crate::documents;
use crate::template::Template;

/// How many counters there are, for all connections together.
const COUNTERS: u64 = 1_000;

/// A connection that counts in counters of its own.
#[derive(Debug)]
pub(super) struct Counts {
    template: Template,
    table: &'static str,
    seat: Seat,
    random: Rng,
    key: u64,
    /// The acknowledged adds by counter: together, that is all of them.
    counted: BTreeMap<u64, u64>,
    expected: Vec<u8>,
}

impl Counts {
    pub(super) fn new(table: &'static str, seat: Seat) -> Self {
        Self {
            template: Template::new("UpdateItem", &documents::count(table)),
            table,
            seat,
            random: Rng::with_seed(seat.round * seat.of + seat.index),
            key: 0,
            counted: BTreeMap::new(),
            expected: Vec::new(),
        }
    }
}

impl Workload for Counts {
    fn request(&mut self) -> &[u8] {
        let own = (COUNTERS / self.seat.of).max(1);
        // Each round has new counters, which begin at nothing.
        self.key = self.seat.round * 2 * COUNTERS + self.random.u64(..own) * self.seat.of + self.seat.index;
        self.template.fill(self.key, 0);
        self.template.request()
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        expect_status(answer, 200)?;
        let count = self.counted.entry(self.key).or_default();
        *count += 1;
        self.expected.clear();
        let written = write!(self.expected, r#"{{"Attributes":{{"plays":{{"N":"{count}"}}}}}}"#);
        if written.is_err() || self.expected != answer.body {
            let expected = json!({ "Attributes": { "plays": { "N": count.to_string() } } });
            same(&expected, &parsed(answer.body)?)?;
        }
        Ok(Progress::Done)
    }

    fn proofs(&self) -> Vec<Proof> {
        let mut get = Template::new("GetItem", &documents::get(self.table));
        let proof = |(key, count): (&u64, &u64)| {
            get.fill(*key, 0);
            let item = json!({ "id": { "S": format!("{key:08}") }, "plays": { "N": count.to_string() } });
            Proof { request: get.request().to_owned(), expected: json!({ "Item": item }) }
        };
        self.counted.iter().map(proof).collect()
    }
}
