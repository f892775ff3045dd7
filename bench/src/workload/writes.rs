//! Puts, of one song or of many at a time: what was written last is read at the end.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Value, json};

use super::{Progress, Proof, Seat, Workload, expect_status, parsed, same};
use crate::connection::Answer;
use crate::documents;
use crate::template::Template;

/// How many songs of each connection are read at the end.
const PROOFS_MAX: usize = 64;

/// How many versions there are: they have eight digits.
const VERSIONS: u64 = 100_000_000;
/// After how many rounds they come again.
const ROUNDS: u64 = 100;

/// How songs are put.
#[derive(Debug)]
pub(super) struct Manner {
    /// The operation, and its body with holes.
    pub(super) template: Template,
    /// The table that they are put into.
    pub(super) table: &'static str,
    /// How many a request puts, under keys that follow each other.
    pub(super) songs: u64,
    /// What is answered.
    pub(super) expected: Value,
    /// Whether the table has an index by code, in which they are then found too.
    pub(super) is_indexed: bool,
}

/// A connection that puts songs under keys of its own.
#[derive(Debug)]
pub(super) struct Writes {
    manner: Manner,
    seat: Seat,
    random: Rng,
    key: u64,
    version: u64,
    /// The version that was acknowledged last, by the first key of its request.
    written: BTreeMap<u64, u64>,
    /// The bytes of an answer that was right.
    known: Vec<u8>,
}

impl Writes {
    pub(super) fn new(manner: Manner, seat: Seat) -> Self {
        let random = Rng::with_seed(seat.round * seat.of + seat.index);
        let version = seat.round % ROUNDS * (VERSIONS / ROUNDS);
        Self { manner, seat, random, key: 0, version, written: BTreeMap::new(), known: Vec::new() }
    }
}

impl Workload for Writes {
    fn request(&mut self) -> &[u8] {
        let requests = documents::SONGS / self.manner.songs;
        let own = requests / self.seat.of;
        let nth = self.random.u64(..own.max(1)) * self.seat.of + self.seat.index;
        self.key = nth * self.manner.songs;
        self.version += 1;
        self.manner.template.fill(self.key, self.version);
        self.manner.template.request()
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        expect_status(answer, 200)?;
        if self.known != answer.body {
            let actual = parsed(answer.body)?;
            same(&self.manner.expected, &actual)?;
            if !actual.is_object() {
                return Err(format!("{actual} is no answer to a put"));
            }
            self.known.clear();
            self.known.extend_from_slice(answer.body);
        }
        self.written.insert(self.key, self.version);
        Ok(Progress::Done)
    }

    fn proofs(&self) -> Vec<Proof> {
        let mut get = Template::new("GetItem", &documents::get(self.manner.table));
        let mut query = Template::new("Query", &documents::by_code(self.manner.table));
        let every = self.written.len().div_ceil(PROOFS_MAX).max(1);
        let mut proofs = Vec::new();
        for (nth, (first, version)) in self.written.iter().step_by(every).enumerate() {
            let key = first + nth as u64 % self.manner.songs;
            let song = documents::stored_song(key, *version);
            get.fill(key, 0);
            proofs.push(Proof { request: get.request().to_owned(), expected: json!({ "Item": song }) });
            if self.manner.is_indexed {
                query.fill(key, 0);
                let expected = json!({ "Items": [song], "Count": 1, "ScannedCount": 1 });
                proofs.push(Proof { request: query.request().to_owned(), expected });
            }
        }
        proofs
    }
}
