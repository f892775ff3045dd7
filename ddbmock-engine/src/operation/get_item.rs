//! GetItem: reads the item of a key.

use ddbmock_model::op::{GetItem, GetItemOutput};
use ddbmock_model::{Call, Caller, Error, Item, Operation};

use crate::capacity::{consumed, read_units};
use crate::check::{Parameters, Voice, parse};
use crate::engine::Simulation;
use crate::expression::{Placeholders, Projection};
use crate::legacy::check_attributes;
use crate::write::LookUp;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<GetItem>,
) -> Result<GetItemOutput, Error> {
    let request = &call.request;
    let wording = call.said.wording(world.config.wording);
    GetItem::check_members(call, wording)?;
    let voice = Voice::of_read(wording);
    let projection = request.projection_expression.as_deref();
    let parameters = Parameters {
        expressions: &[("ProjectionExpression", projection)],
        legacy: &[("AttributesToGet", request.attributes_to_get.is_some())],
        names: request.expression_attribute_names.as_ref(),
        values: None,
    };
    parameters.check_presence(voice)?;
    let look_up = LookUp::strict(&request.key, voice)?;
    let attributes = request.attributes_to_get.as_deref();
    attributes.map_or(Ok(()), |names| check_attributes(names, voice))?;
    parameters.strict_values(voice)?;
    let placeholders = Placeholders::new(parameters.names, None);
    let projection =
        parse(projection, voice, |text| Projection::parse(text, &placeholders, wording, &world.expressions))?;
    let projection = projection.or_else(|| attributes.map(Projection::of_attributes));
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;

    let table = world.table(caller, &request.table_name)?;
    let key = table.schema.look_up(&look_up.named(&table.schema))?;
    if let Some(projection) = &projection {
        table.schema.check_scalar(projection.paths())?;
    }
    let item = table.get(&*world.storage, &key)?;
    let units = read_units(item.as_ref().map_or(0, Item::bytes), request.consistent_read);
    Ok(GetItemOutput {
        item: item.map(|item| match &projection {
            Some(projection) => projection.of(&item),
            None => item,
        }),
        consumed_capacity: consumed(request.return_consumed_capacity, &request.table_name, units),
    })
}
