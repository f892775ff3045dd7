//! Clears what is kept no longer: rounds of records as a whole, and streams that ended a day ago.

use ddbmock_model::Error;

use super::registry::Kept;
use super::{KEPT, Streams, horizon};
use crate::clock::Timestamp;
use crate::storage::{Batch, Cleared, Durable, Storage};

/// How many rounds of a stream are cleared together, so that nobody waits for long where time moved far on.
const ROUNDS_AT_ONCE: u32 = 1000;

impl Streams {
    /// Clears what came to its time by a moment.
    pub(crate) fn trim(&self, storage: &dyn Storage, by: Timestamp) -> Result<Durable, Error> {
        if self.due().is_none_or(|due| due > by) {
            return Ok(Durable::default());
        }
        self.clear(storage, |kept| trimmed(kept, by))
    }

    /// Forgets all of them.
    pub(crate) fn forget(&self, storage: &dyn Storage) -> Result<Durable, Error> {
        self.clear(storage, |_| None)
    }

    fn clear(&self, storage: &dyn Storage, decide: impl Fn(&Kept) -> Option<Kept>) -> Result<Durable, Error> {
        let change = self.change(decide);
        let mut batch = Batch::default();
        batch.cleared.extend(change.gone().iter().map(|number| Cleared::Table(*number)));
        for (before, after) in change.changed() {
            let rounds = before.first_round..after.first_round;
            batch.cleared.extend(rounds.map(|round| Cleared::Part(before.stream.space(round))));
        }
        change.stage(storage, batch)
    }
}

/// What is left of a stream at a moment; nothing if it ended long before.
fn trimmed(kept: &Kept, by: Timestamp) -> Option<Kept> {
    if kept.ended.is_some_and(|ended| ended.after(KEPT) <= by) {
        return None;
    }
    let oldest = kept.stream.round_at(horizon(by)).number;
    let most = kept.first_round.saturating_add(ROUNDS_AT_ONCE);
    Some(Kept { first_round: oldest.clamp(kept.first_round, most), ..kept.clone() })
}
