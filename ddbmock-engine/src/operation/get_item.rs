//! GetItem: reads the item of a key.

use ddbmock_model::op::{GetItem, GetItemOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::capacity::consumed;
use crate::check::Voice;
use crate::look_up::LookUp;
use crate::read::{Wanted, wanted_part};
use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<GetItem>,
) -> Result<GetItemOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let limits = world.limits(caller);
    let voice = Voice::of_read(wording).within(limits);
    let wanted = Wanted {
        expression: request.projection_expression.as_deref(),
        attributes: request.attributes_to_get.as_deref(),
        names: request.expression_attribute_names.as_ref(),
    };
    wanted.check_presence(voice)?;
    let look_up = LookUp::strict(&request.key, voice)?;
    let projection = wanted.projection(voice, &world.expressions)?;

    let table = world.table(caller, &request.table_name)?;
    let key = look_up.row(&table.schema)?;
    if let Some(projection) = &projection {
        table.schema.check_scalar(projection.paths())?;
    }
    let item = table.get(&*world.storage, &key)?;
    let units = limits.read_units(table.billed_bytes(item.as_ref()), request.consistent_read);
    Ok(GetItemOutput {
        item: item.map(|item| wanted_part(projection.as_ref(), item)),
        consumed_capacity: consumed(request.return_consumed_capacity, &request.table_name, units),
    })
}
