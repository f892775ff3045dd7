//! ListTables: the names of the tables, a page at a time.

use ddbmock_model::op::{ListTables, ListTablesOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// Names on a page that asks for no number. Source: API reference.
const PAGE: i64 = 100;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ListTables>,
) -> Result<ListTablesOutput, Error> {
    world.check_members(call)?;
    let limit =
        usize::try_from(call.request.limit.unwrap_or(PAGE)).expect("the limit is checked to be 1 to 100");
    let start = call.request.exclusive_start_table_name.as_deref();
    let (table_names, more) = world.catalog.names_after(world.place(caller), start, limit);
    let last_evaluated_table_name = table_names.last().filter(|_| more).cloned();
    Ok(ListTablesOutput { table_names, last_evaluated_table_name })
}
