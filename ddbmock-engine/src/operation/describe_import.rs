//! DescribeImport: there are no imports.

use std::convert::Infallible;

use ddbmock_model::op::DescribeImport;
use ddbmock_model::{Call, Caller, Error, Message, Rule};

use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeImport>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let arn = &call.request.import_arn;
    world.check_account(caller, arn)?;
    let message =
        Message::new(Rule("import.not_found"), format!("Import not found: Import not found: {arn}"));
    Err(Error::ImportNotFound(message).hinted("ddbmock makes no imports yet"))
}
