//! DescribeContinuousBackups: whether a table can be restored to a point in time: none can.

use std::sync::Arc;

use ddbmock_model::op::{
    ContinuousBackupsDescription, DescribeContinuousBackups, DescribeContinuousBackupsOutput,
};
use ddbmock_model::{Call, Caller, ContinuousBackupsStatus, Error, Message, Rule, TableStatus};

use crate::simulation::Simulation;
use crate::table::Table;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeContinuousBackups>,
) -> Result<DescribeContinuousBackupsOutput, Error> {
    world.check_members(call)?;
    let table = table_of(world, caller, &call.request.table_name)?;
    let status = table.status(|| world.config.clock.now());
    Ok(DescribeContinuousBackupsOutput { continuous_backups_description: described(status) })
}

/// The table whose backups a request is about. One that is not there is told as it was named. Source: captures of 2025,
/// exports.
pub(super) fn table_of(world: &Simulation, caller: &Caller<'_>, name: &str) -> Result<Arc<Table>, Error> {
    world.find(caller, name).ok_or_else(|| {
        let message = Message::new(Rule("backups.no_such_table"), format!("Table not found: {name}"));
        Error::TableNotFound(message).hinted(world.missing(caller, name))
    })
}

/// The backups of a table. That it could be restored begins soon after it is there, unasked. Source: captures of
/// October 2026, continuous backups.
pub(super) fn described(status: TableStatus) -> ContinuousBackupsDescription {
    let continuous_backups_status = match status {
        TableStatus::Creating => ContinuousBackupsStatus::Disabled,
        _ => ContinuousBackupsStatus::Enabled,
    };
    ContinuousBackupsDescription { continuous_backups_status, ..Default::default() }
}
