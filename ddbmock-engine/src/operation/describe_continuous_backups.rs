//! DescribeContinuousBackups: whether a table can be restored to a point in time: none can.

use ddbmock_model::op::{
    ContinuousBackupsDescription, DescribeContinuousBackups, DescribeContinuousBackupsOutput,
};
use ddbmock_model::{Call, Caller, ContinuousBackupsStatus, Error, Message, Rule, TableName, TableStatus};

use crate::engine::Simulation;

/// Does it. That it could be begins soon after a table is there, unasked. Source: captures of October 2026, continuous
/// backups.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeContinuousBackups>,
) -> Result<DescribeContinuousBackupsOutput, Error> {
    world.check_members(call)?;
    let name = &call.request.table_name;
    let table = world.find(caller, name).ok_or_else(|| {
        let text = format!("Table not found: {}", TableName::read(name).name);
        let message = Message::new(Rule("backups.no_such_table"), text);
        Error::TableNotFound(message).hinted(world.missing(caller, name))
    })?;
    let continuous_backups_status = match table.status(|| world.config.clock.now()) {
        TableStatus::Creating => ContinuousBackupsStatus::Disabled,
        _ => ContinuousBackupsStatus::Enabled,
    };
    Ok(DescribeContinuousBackupsOutput {
        continuous_backups_description: ContinuousBackupsDescription {
            continuous_backups_status,
            ..Default::default()
        },
    })
}
