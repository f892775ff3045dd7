//! DescribeLimits: the most units that an account and a table can have.

use ddbmock_model::op::{DescribeLimits, DescribeLimitsOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// The most units of an account, and of a table, until it asks for more. Source: developer guide, quotas; captures of
/// October 2026, DescribeLimits. They are told, and not enforced.
const ACCOUNT_UNITS_MAX: u64 = 80_000;
const TABLE_UNITS_MAX: u64 = 40_000;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<DescribeLimits>,
) -> Result<DescribeLimitsOutput, Error> {
    world.check_members(call)?;
    Ok(DescribeLimitsOutput {
        account_max_read_capacity_units: ACCOUNT_UNITS_MAX,
        account_max_write_capacity_units: ACCOUNT_UNITS_MAX,
        table_max_read_capacity_units: TABLE_UNITS_MAX,
        table_max_write_capacity_units: TABLE_UNITS_MAX,
    })
}
