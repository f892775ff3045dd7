//! The flags of `ddbmock serve` for API version 2011-12-05: what its requests may do at most, and how they are charged.

use clap::Args;
use clap::builder::{BoolishValueParser, RangedI64ValueParser, RangedU64ValueParser};
use ddbmock_engine::Limits;

const HEADING: &str = "API version 2011-12-05";

/// The limits of the first API version.
#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the fields are named as the flags are")]
pub(crate) struct First {
    /// Most bytes of an item, names and values
    #[arg(help_heading = HEADING, long, value_name = "BYTES", default_value = "65536", value_parser = bytes(409_600))]
    first_item_bytes: usize,
    /// Bytes that one read unit reads
    #[arg(help_heading = HEADING, long, value_name = "BYTES", default_value = "1024", value_parser = bytes(409_600))]
    first_read_unit: usize,
    /// Most bytes of items that one batch reads or writes
    #[arg(help_heading = HEADING, long, value_name = "BYTES", default_value = "1048576", value_parser = bytes(16_000_000))]
    first_batch_bytes: usize,
    /// Store strings and binaries that are empty, where they are in no key
    #[arg(help_heading = HEADING, long, value_parser = BoolishValueParser::new())]
    first_empty_values: bool,
    /// Most provisioned units of a table
    #[arg(help_heading = HEADING, long, value_name = "NUMBER", default_value = "10000", value_parser = number(1))]
    first_units: i64,
    /// How many times as many units a table can have after one update; 0 for any number
    #[arg(help_heading = HEADING, long, value_name = "TIMES", default_value = "2", value_parser = number(0))]
    first_increase: i64,
    /// How often units may be lowered in a UTC day
    #[arg(help_heading = HEADING, long, value_name = "NUMBER", default_value = "1", value_parser = number(0))]
    first_decreases: i64,
}

impl First {
    /// The limits.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            item_bytes_max: self.first_item_bytes,
            read_unit_bytes: self.first_read_unit,
            empty_values: self.first_empty_values,
            batch_get_bytes_max: self.first_batch_bytes,
            batch_write_bytes_max: Some(self.first_batch_bytes),
            units_max: self.first_units,
            increase_max: Some(self.first_increase).filter(|times| *times > 0),
            decreases_max: self.first_decreases,
            ..Limits::FIRST
        }
    }
}

fn bytes(most: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=most)
}

fn number(least: i64) -> RangedI64ValueParser<i64> {
    RangedI64ValueParser::new().range(least..=1_000_000_000_000)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{First, Limits};

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        first: First,
    }

    fn limits(words: &[&str]) -> Limits {
        Command::parse_from(["ddbmock"].iter().chain(words)).first.limits()
    }

    #[test]
    fn limits_are_those_of_the_first_version_unless_said() {
        assert_eq!(limits(&[]), Limits::FIRST);
        let said = limits(&["--first-item-bytes=409600", "--first-increase=0", "--first-empty-values"]);
        let expected =
            Limits { item_bytes_max: 409_600, increase_max: None, empty_values: true, ..Limits::FIRST };
        assert_eq!(said, expected);
    }
}
