//! DescribeBulkOperation: there are no writes from files. The words of the refusal are assumed.

use std::convert::Infallible;

use ddbmock_model::op::DescribeBulkOperation;
use ddbmock_model::{Call, Caller, Error, Message, Rule};

use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<DescribeBulkOperation>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let text =
        format!("Requested resource not found: BulkOperation: {} not found", call.request.bulk_operation_arn);
    let message = Message::new(Rule("bulk_operation.not_found"), text);
    Err(Error::ResourceNotFound(message).hinted("ddbmock writes nothing from files yet"))
}
