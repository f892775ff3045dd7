//! The place of a record in its shard: when the item was written, and the place of that among the table's changes.
//!
//! Both are in the sequence number, and both make the record's key, whose bytes sort as the numbers do.

use crate::clock::Timestamp;

/// What the time is multiplied by in a sequence number: above every place among changes.
const TIME: u128 = 100_000_000_000_000_000_000;
/// The fewest digits of a sequence number. Source: captures of 2026, streams.
const DIGITS_MIN: usize = 21;
/// Bytes of a record's key.
pub(super) const KEY_BYTES: usize = 20;

/// The place of a record in its shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// When the item was written.
    pub(crate) at: Timestamp,
    /// The place among the changes of its table.
    pub(crate) sequence: u64,
}

impl Position {
    /// The sequence number.
    pub(crate) fn number(self) -> String {
        let number = u128::from(self.at.0) * TIME + u128::from(self.sequence);
        format!("{number:0>DIGITS_MIN$}")
    }

    /// The position of a sequence number; nothing if it cannot be one.
    pub(crate) fn read(number: &str) -> Option<Self> {
        let is_written = number.bytes().all(|byte| byte.is_ascii_digit());
        let number: u128 = number.parse().ok().filter(|_| is_written)?;
        let at = Timestamp(u64::try_from(number / TIME).ok()?);
        Some(Self { at, sequence: u64::try_from(number % TIME).ok()? })
    }

    /// The position right after it.
    pub(crate) fn next(self) -> Self {
        match self.sequence.checked_add(1) {
            Some(sequence) => Self { sequence, ..self },
            None => Self { at: Timestamp(self.at.0.saturating_add(1)), sequence: 0 },
        }
    }

    /// The key of a record there, in a shard.
    pub(super) fn key(self, slot: u32) -> [u8; KEY_BYTES] {
        let mut key = [0; KEY_BYTES];
        key[..4].copy_from_slice(&slot.to_be_bytes());
        key[4..12].copy_from_slice(&self.at.0.to_be_bytes());
        key[12..].copy_from_slice(&self.sequence.to_be_bytes());
        key
    }

    /// The position of a key.
    pub(super) fn of_key(key: &[u8]) -> Option<Self> {
        let key: &[u8; KEY_BYTES] = key.try_into().ok()?;
        let number = |bytes: &[u8]| Some(u64::from_be_bytes(bytes.try_into().ok()?));
        Some(Self { at: Timestamp(number(&key[4..12])?), sequence: number(&key[12..])? })
    }
}
