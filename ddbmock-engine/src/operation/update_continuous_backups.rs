//! UpdateContinuousBackups: has a table be as it is, which cannot be restored to a point in time.

use ddbmock_model::op::{UpdateContinuousBackups, UpdateContinuousBackupsOutput};
use ddbmock_model::{Call, Caller, Error, Message, Rule, TableStatus};

use super::describe_continuous_backups::{described, table_of};
use crate::simulation::Simulation;

/// Does it. That it cannot be done yet of a table that is made is assumed.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<UpdateContinuousBackups>,
) -> Result<UpdateContinuousBackupsOutput, Error> {
    world.check_members(call)?;
    let table = table_of(world, caller, &call.request.table_name)?;
    let status = table.status(|| world.config.clock.now());
    if status == TableStatus::Creating {
        let name = &table.identity.name;
        let text = format!("Backups are being enabled for the table: {name}. Please retry later");
        return Err(Error::ContinuousBackupsUnavailable(Message::new(Rule("backups.unavailable"), text)));
    }
    if call.request.point_in_time_recovery_specification.point_in_time_recovery_enabled {
        let text = "ddbmock does not support point-in-time recovery yet";
        return Err(Error::validation(Rule("backups.no_recovery"), text));
    }
    Ok(UpdateContinuousBackupsOutput { continuous_backups_description: described(status) })
}
