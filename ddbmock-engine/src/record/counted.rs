//! How much a table holds, as it is stored.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::encoding::Record;
use crate::clock::Timestamp;
use crate::counts::{Counts, Statistics};

/// How much a table holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counted {
    /// Each part of the table's space, with its items and their bytes.
    parts: Vec<(u32, u64, u64)>,
    /// The last change's place, and its time.
    latest: (u64, u64),
    /// Since the second version: by how many bytes vectors are larger in rows than in each index of them.
    excess: Option<Vec<(u32, i64)>>,
}

impl Record for Counted {
    const VERSION: u8 = 2;
}

impl Counted {
    /// What is counted, as it is stored.
    pub(super) fn of(counts: &Counts) -> Self {
        let mut parts: Vec<_> =
            counts.parts.iter().map(|(part, held)| (*part, held.items, held.bytes)).collect();
        parts.sort_unstable();
        let excess = counts.parts.iter().filter(|(_, held)| held.excess != 0);
        let mut excess: Vec<_> = excess.map(|(part, held)| (*part, held.excess)).collect();
        excess.sort_unstable();
        let excess = Some(excess).filter(|excess| !excess.is_empty());
        Self { parts, latest: (counts.sequence, counts.at.0), excess }
    }

    /// What is counted itself.
    pub(super) fn live(self) -> Counts {
        let held = |(part, items, bytes)| (part, Statistics { items, bytes, excess: 0 });
        let mut parts: FxHashMap<u32, Statistics> = self.parts.into_iter().map(held).collect();
        for (part, excess) in self.excess.into_iter().flatten() {
            parts.entry(part).or_default().excess = excess;
        }
        let (sequence, at) = self.latest;
        Counts { parts, sequence, at: Timestamp(at) }
    }
}
