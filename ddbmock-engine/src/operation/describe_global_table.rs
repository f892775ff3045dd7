//! DescribeGlobalTable: no table is a global table of the first version.

use std::convert::Infallible;

use ddbmock_model::op::DescribeGlobalTable;
use ddbmock_model::{Call, Caller, Error, Rule};

use super::no_global_table;
use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<DescribeGlobalTable>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let name = &call.request.global_table_name;
    Err(Error::GlobalTableNotFound(no_global_table(Rule("global_table.not_found"), name)))
}
