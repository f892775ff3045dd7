//! The place of a record in its shard: when the item was written, and the place of that among the table's changes.
//!
//! Both are in the sequence number, and both make the record's key, whose bytes sort as the numbers do.

use crate::clock::Timestamp;

/// Digits of the place among changes: those of the highest. With those of a time they are 21 to 40. Source: captures of
/// 2026, streams.
const PLACE_DIGITS: usize = 20;
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
        format!("{}{:0>PLACE_DIGITS$}", self.at.0, self.sequence)
    }

    /// The position of a sequence number; nothing if it cannot be one.
    pub(crate) fn read(number: &str) -> Option<Self> {
        let (at, sequence) = number.split_at_checked(number.len().checked_sub(PLACE_DIGITS)?)?;
        let read = |digits: &str| {
            let is_written = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_written)
        };
        Some(Self { at: Timestamp(read(at)?), sequence: read(sequence)? })
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
