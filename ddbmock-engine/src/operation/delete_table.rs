//! DeleteTable: removes a table with all its items.

use ddbmock_model::op::{DeleteTable, DeleteTableOutput};
use ddbmock_model::{Call, Caller, Error, IndexStatus, Rule, TableName, TableStatus};

use crate::clock::Timestamp;
use crate::describe::describe;
use crate::index::Index;
use crate::simulation::Simulation;
use crate::stage::{self, Current, Stage, in_use};
use crate::table::{Table, no_such_table};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DeleteTable>,
) -> Result<DeleteTableOutput, Error> {
    world.check_members(call)?;
    let name = &call.request.table_name;
    let table = world.table_itself(caller, name)?;
    let now = world.config.clock.now();
    let status = table.status(|| now);
    if status == TableStatus::Deleting {
        return Ok(answer(&table, now));
    }
    check_at_rest(&table, status, now)?;
    if table.definition().protected {
        let text = "Resource cannot be deleted as it is currently protected against deletion. Disable deletion \
                    protection first.";
        return Err(Error::validation(Rule("table.protected"), text));
    }
    let answer = answer(&table, now);
    match Stage::new(TableStatus::Deleting, now, world.config.delays.delete) {
        Some(stage) => {
            let until = Some(stage.until);
            let begin = |current: &Current| Some(Current { stage: Some(stage), ..current.clone() });
            let durable = table.restage(&*world.storage, begin)?;
            world.due.note(until);
            durable.wait()?;
        }
        None if world.remove(&table)? => {}
        None => return Err(no_such_table(TableName::read(name).name)),
    }
    Ok(answer)
}

fn answer(table: &Table, now: Timestamp) -> DeleteTableOutput {
    let table_description = describe(&table.identity, &table.snapshot(), TableStatus::Deleting, now);
    DeleteTableOutput { table_description }
}

/// A table can be deleted at rest, and while none of its indexes is. Source: captures of October 2026, DeleteTable.
fn check_at_rest(table: &Table, status: TableStatus, now: Timestamp) -> Result<(), Error> {
    let (shown, _) = table.described(now);
    let at_work = |index: &Index| index.status != IndexStatus::Active || index.building(now).is_some();
    if status != TableStatus::Creating && shown.definition.indexes.iter().any(at_work) {
        let text = "Cannot delete table while indexes are being created, updated, or deleted.";
        return Err(in_use(Rule("table.index_work"), text));
    }
    stage::check_at_rest(status, &table.identity.name)
}
