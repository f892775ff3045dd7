//! UpdateItem: changes attributes of an item, or creates it.

use ddbmock_model::op::{UpdateItem, UpdateItemOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::check::{Voice, parse};
use crate::expression::Update;
use crate::legacy::Updates;
use crate::look_up::LookUp;
use crate::simulation::Simulation;
use crate::write::{Action, ConditionalWrite};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<UpdateItem>,
) -> Result<UpdateItemOutput, Error> {
    let request = &call.request;
    let voice = Voice::of_write(world.check_members(call)?).within(world.limits(caller));
    let write = ConditionalWrite::of_update(request, &call.said, voice)?;
    let updates = request.attribute_updates.as_ref();
    Updates::check_names(updates, voice)?;
    write.check_first()?;
    let look_up = LookUp::strict(&request.key, voice)?;
    let updates = Updates::strict(updates, &call.said, voice)?;
    let write = write.strict()?;
    let answer = write.make(world, caller, |placeholders| {
        let update = parse(request.update_expression.as_deref(), voice, |text| {
            Update::parse(text, placeholders, voice.wording, &world.expressions)
        })?;
        Ok(Action::Update(look_up, update.or_else(|| updates.update())))
    })?;
    Ok(answer.into())
}
