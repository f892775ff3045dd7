//! DescribeLimits: the most units that an account and a table can have.

use crate::{Call, Error, Operation, Wording};

/// What DescribeLimits is asked: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DescribeLimits {}

/// What DescribeLimits is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DescribeLimitsOutput {
    /// The most units all tables of an account and Region can read.
    pub account_max_read_capacity_units: u64,
    /// The most units they can write.
    pub account_max_write_capacity_units: u64,
    /// The most units a table can read.
    pub table_max_read_capacity_units: u64,
    /// The most units it can write.
    pub table_max_write_capacity_units: u64,
}

impl Operation for DescribeLimits {
    const NAME: &'static str = "DescribeLimits";
    type Output = DescribeLimitsOutput;

    fn check_members(_: &Call<Self>, _: Wording) -> Result<(), Error> {
        Ok(())
    }
}
