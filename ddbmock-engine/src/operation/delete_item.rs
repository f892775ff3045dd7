//! DeleteItem: removes the item of a key.

use ddbmock_model::op::{DeleteItem, DeleteItemOutput};
use ddbmock_model::{Call, Caller, Error};

use super::check_return_values;
use crate::check::Voice;
use crate::look_up::LookUp;
use crate::simulation::Simulation;
use crate::write::{Action, ConditionalWrite};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DeleteItem>,
) -> Result<DeleteItemOutput, Error> {
    let request = &call.request;
    let voice = Voice::of_write(world.check_members(call)?).within(world.limits(caller));
    let write = ConditionalWrite::of_delete(request, &call.said, voice)?;
    write.check_first()?;
    let look_up = LookUp::strict(&request.key, voice)?;
    check_return_values(request.return_values, voice)?;
    let answer = write.strict()?.make(world, caller, |_| Ok(Action::Delete(look_up)))?;
    Ok(answer.into())
}
