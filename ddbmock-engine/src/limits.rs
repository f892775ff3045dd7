//! What DynamoDB allows at most, and the units it counts in: today, and in the days of its first API version.
//!
//! Which of the two hold for a request follows from the version that it speaks. Source: developer guide, limits; for
//! the first version the developer guide of 2012.

use ddbmock_model::{Error, Item, Rule, Value};

/// What a request may hold and do at most, and how it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of an item, names and values; never more than today's.
    pub item_bytes_max: usize,
    /// The bytes that one read unit reads, at least one.
    pub read_unit_bytes: usize,
    /// Whether strings, binaries and members of sets may be empty, where they are in no key.
    pub empty_values: bool,
    /// The most bytes of items that `BatchGetItem` answers with.
    pub batch_get_bytes_max: usize,
    /// The most bytes of items that `BatchWriteItem` takes; what a body can hold without it.
    pub batch_write_bytes_max: Option<usize>,
    /// The most provisioned units that a table can be given.
    pub units_max: i64,
    /// How many times as many units a table can have after an `UpdateTable`; any number of them without it.
    pub increase_max: Option<i64>,
    /// How often units may be lowered in a UTC day; no more than that without `hourly_decreases`.
    pub decreases_max: i64,
    /// Whether they may be lowered once an hour after that.
    pub hourly_decreases: bool,
}

impl Limits {
    /// Those of API version 2012-08-10, as they are now. The most bytes of an item are measured to the byte.
    pub const TODAY: Self = Self {
        item_bytes_max: 409_600,
        read_unit_bytes: 4096,
        empty_values: true,
        batch_get_bytes_max: 16_000_000, // of a hundred items of 300 KB it answers with 52
        batch_write_bytes_max: None,
        units_max: 1_000_000_000_000,
        increase_max: None,
        decreases_max: 4,
        hourly_decreases: true,
    };

    /// Those of API version 2011-12-05, as they were in its time.
    pub const FIRST: Self = Self {
        item_bytes_max: 64 * 1024,
        read_unit_bytes: 1024,
        empty_values: false,
        batch_get_bytes_max: 1024 * 1024,
        batch_write_bytes_max: Some(1024 * 1024),
        units_max: 10_000,
        increase_max: Some(2),
        decreases_max: 1,
        hourly_decreases: false,
    };
}

/// Refuses values that are empty, or have an empty member. Source: texts of production until 2020, when they became
/// allowed.
pub(crate) fn check_no_empty_value(item: &Item) -> Result<(), Error> {
    item.attributes().iter().try_for_each(|(_, value)| check_not_empty(value))
}

fn check_not_empty(value: Value<'_>) -> Result<(), Error> {
    let (rule, text) = match value {
        Value::S("") => (Rule("value.empty_string"), "An AttributeValue may not contain an empty string"),
        Value::B([]) => {
            (Rule("value.empty_binary"), "An AttributeValue may not contain a null or empty binary type.")
        }
        Value::Ss(set) if set.iter().any(<[u8]>::is_empty) => {
            (Rule("value.empty_string_member"), "An string set may not have a empty string as a member")
        }
        Value::Bs(set) if set.iter().any(<[u8]>::is_empty) => {
            (Rule("value.empty_binary_member"), "Binary sets may not contain null or empty values")
        }
        _ => return Ok(()),
    };
    Err(Error::validation(rule, format!("One or more parameter values were invalid: {text}")))
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn a_unit_of_no_bytes_is_one_of_one() {
        let limits = Limits { read_unit_bytes: 0, ..Limits::TODAY };
        let units = [0, 1, 3].map(|bytes| format!("{}", limits.read_units(bytes, true)));
        assert_eq!(units, ["1", "1", "3"]);
    }
}
