//! DeleteTable: removes a table with all its items.

use ddbmock_model::op::{DeleteTable, DeleteTableOutput};
use ddbmock_model::{Call, Caller, Error, Operation, Rule, TableDescription, TableName, TableStatus};

use super::no_such_table;
use crate::describe::describe;
use crate::engine::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DeleteTable>,
) -> Result<DeleteTableOutput, Error> {
    DeleteTable::check_members(call, world.config.wording)?;
    let name = &call.request.table_name;
    let table = world.table_itself(caller, name)?;
    if table.definition().protected {
        let text = "Resource cannot be deleted as it is currently protected against deletion. Disable deletion \
                    protection first.";
        return Err(Error::validation(Rule("table.protected"), text));
    }
    let now = world.config.clock.now();
    let description = describe(&table.identity, &table.snapshot(), TableStatus::Deleting, now);
    if !world.remove(&table)? {
        return Err(no_such_table(TableName::read(name).name));
    }
    // The global indexes are not spoken of any more. Source: production captures, DeleteTable.
    let table_description = TableDescription { global_secondary_indexes: Vec::new(), ..description };
    Ok(DeleteTableOutput { table_description })
}
