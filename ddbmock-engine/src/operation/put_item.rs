//! PutItem: writes an item, in place of one with the same key.

use ddbmock_model::op::{PutItem, PutItemOutput};
use ddbmock_model::{Call, Caller, Error};

use super::check_return_values;
use crate::check::{Voice, check_item_size, strict};
use crate::simulation::Simulation;
use crate::write::{Action, ConditionalWrite};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<PutItem>,
) -> Result<PutItemOutput, Error> {
    let request = &call.request;
    let voice = Voice::of_write(world.check_members(call)?).within(world.limits(caller));
    let write = ConditionalWrite::of_put(request, &call.said, voice)?;
    write.check_first()?;
    let item = request.item.strict_by(|sent| strict(sent, voice))?;
    check_return_values(request.return_values, voice)?;
    check_item_size(&item, voice.item_bytes_max)?;
    let answer = write.strict()?.make(world, caller, |_| Ok(Action::Put(item)))?;
    Ok(answer.into())
}
