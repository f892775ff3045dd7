//! DescribeBackup: there are no backups.

use std::convert::Infallible;

use ddbmock_model::op::DescribeBackup;
use ddbmock_model::{Call, Caller, Error, Message, Rule};

use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeBackup>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let arn = &call.request.backup_arn;
    world.check_account(caller, arn)?;
    let message = Message::new(Rule("backup.not_found"), format!("Backup not found: {arn}"));
    Err(Error::BackupNotFound(message).hinted("ddbmock makes no backups yet"))
}
