//! UpdateTable: changes what a table is.

use ddbmock_model::op::{UpdateTable, UpdateTableOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::describe::describe;
use crate::redefinition::{Asked, check_request};
use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<UpdateTable>,
) -> Result<UpdateTableOutput, Error> {
    let wording = world.check_members(call)?;
    let limits = world.limits(caller);
    check_request(&call.request, wording, limits)?;
    let table = world.table_itself(caller, &call.request.table_name)?;
    let now = world.config.clock.now();
    let asked = Asked { world, request: &call.request, table: &table.identity, now, limits };
    let (shown, status) = table.redefine(world, |before, status| asked.redefine(before, status))?;
    Ok(UpdateTableOutput { table_description: describe(&table.identity, &shown, status, now) })
}
