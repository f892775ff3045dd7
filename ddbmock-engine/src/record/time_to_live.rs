//! Whether items of a table expire, as it is stored.

use serde::{Deserialize, Serialize};

use super::encoding::Record;
use crate::clock::Timestamp;
use crate::expiry;

/// By which attribute they do, whether they do, and since when. Since the second version: in which part of the table's
/// space their times are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TimeToLive(String, bool, u64, Option<u32>);

/// The part in which they are of a table of the first version.
pub(super) const FIRST_EXPIRIES: u32 = u32::MAX >> 1;

impl Record for TimeToLive {
    const VERSION: u8 = 2;
}

impl TimeToLive {
    /// A time to live as it is stored.
    pub(super) fn of(live: &expiry::TimeToLive) -> Self {
        let expiry::TimeToLive { attribute, enabled, until, part } = live;
        Self(attribute.clone(), *enabled, until.0, Some(*part))
    }

    /// The time to live itself.
    pub(super) fn live(self) -> expiry::TimeToLive {
        let Self(attribute, enabled, until, part) = self;
        expiry::TimeToLive {
            attribute,
            enabled,
            until: Timestamp(until),
            part: part.unwrap_or(FIRST_EXPIRIES),
        }
    }
}
