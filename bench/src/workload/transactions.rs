//! Transactions of four actions: songs are read again at the end, and so is a counter, which stands at how many were
//! made.

use serde_json::json;

use super::writes::{Manner, Writes};
use super::{Progress, Proof, Seat, Workload};
use crate::connection::Answer;
use crate::documents;
use crate::template::Template;

/// A connection that makes transactions, with a counter of its own.
#[derive(Debug)]
pub(super) struct Transactions {
    writes: Writes,
    table: &'static str,
    counter: String,
    made: u64,
}

impl Transactions {
    /// Transactions in a table, which look into another one.
    pub(super) fn new(table: &'static str, other_table: &str, seat: Seat) -> Self {
        let counter = format!("counter {} of round {}", seat.index, seat.round);
        let body = documents::transact(table, &counter, other_table);
        let template = Template::new("TransactWriteItems", &body);
        let manner = Manner { template, table, songs: 2, expected: json!({}), is_indexed: false };
        Self { writes: Writes::new(manner, seat), table, counter, made: 0 }
    }
}

impl Workload for Transactions {
    fn request(&mut self) -> &[u8] {
        self.writes.request()
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        let progress = self.writes.answered(answer)?;
        self.made += 1;
        Ok(progress)
    }

    fn proofs(&self) -> Vec<Proof> {
        let mut proofs = self.writes.proofs();
        if self.made > 0 {
            let get = Template::new("GetItem", &documents::get_one(self.table, &self.counter));
            let item = json!({ "id": { "S": self.counter }, "plays": { "N": self.made.to_string() } });
            proofs.push(Proof { request: get.request().to_owned(), expected: json!({ "Item": item }) });
        }
        proofs
    }
}
