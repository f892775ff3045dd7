//! DescribeExport: there are no exports.

use std::convert::Infallible;

use ddbmock_model::op::DescribeExport;
use ddbmock_model::{Call, Caller, Error, Message, Rule};

use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeExport>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let arn = &call.request.export_arn;
    world.check_account(caller, arn)?;
    let message =
        Message::new(Rule("export.not_found"), format!("Export not found: Export not found: {arn}"));
    Err(Error::ExportNotFound(message).hinted("ddbmock makes no exports yet"))
}
