//! What is left of a walk.

use std::ops::Bound;

use super::{Direction, Range};

/// The keys that a walk has not seen: from `low` on, and below `high` if there is one.
#[derive(Debug)]
pub(super) struct Rest {
    low: Vec<u8>,
    high: Option<Vec<u8>>,
}

impl Rest {
    /// All of a range.
    pub(super) fn of((low, high): Range<'_>) -> Self {
        let low = match low {
            Bound::Included(key) => key.to_vec(),
            Bound::Excluded(key) => next(key),
            Bound::Unbounded => Vec::new(),
        };
        let high = match high {
            Bound::Included(key) => Some(next(key)),
            Bound::Excluded(key) => Some(key.to_vec()),
            Bound::Unbounded => None,
        };
        Self { low, high }
    }

    /// The lowest key that may be left.
    pub(super) fn low(&self) -> &[u8] {
        &self.low
    }

    /// The key below which all that is left lies.
    pub(super) fn high(&self) -> Option<&[u8]> {
        self.high.as_deref()
    }

    /// The end from which a walk goes on.
    pub(super) fn start(&self, direction: Direction) -> &[u8] {
        match direction {
            Direction::Forward => &self.low,
            Direction::Backward => self.high().unwrap_or_default(),
        }
    }

    /// Leaves a key behind, and all before it; false if it was not among those left.
    pub(super) fn pass(&mut self, key: &[u8], direction: Direction) -> bool {
        let was_left = key >= self.low() && self.high().is_none_or(|high| key < high);
        match direction {
            Direction::Forward => self.low = next(key),
            Direction::Backward => self.high = Some(key.to_vec()),
        }
        was_left
    }
}

/// The key right after a key: there is none between.
fn next(key: &[u8]) -> Vec<u8> {
    [key, &[0]].concat()
}
