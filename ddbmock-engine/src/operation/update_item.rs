//! UpdateItem: changes attributes of an item, or creates it.

use ddbmock_model::op::{UpdateItem, UpdateItemOutput};
use ddbmock_model::{Call, Caller, Error, Item, ReturnValues, ReturnValuesOnConditionCheckFailure};

use crate::capacity::consumed_by_write;
use crate::change::Change;
use crate::check::{Parameters, Voice, parse};
use crate::collection::metrics;
use crate::engine::Simulation;
use crate::expression::{Condition, Kind, Placeholders, Update};
use crate::legacy::{Expectations, Updates};
use crate::write::{Action, LookUp, Write};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<UpdateItem>,
) -> Result<UpdateItemOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let voice = Voice::of_write(wording);
    let (update, condition) = (request.update_expression.as_deref(), request.condition_expression.as_deref());
    let parameters = Parameters {
        expressions: &[("UpdateExpression", update), ("ConditionExpression", condition)],
        legacy: &[
            ("AttributeUpdates", request.attribute_updates.is_some()),
            ("Expected", request.expected.is_some()),
            ("ConditionalOperator", request.conditional_operator.is_some()),
        ],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)?;
    let (updates, expected) = (request.attribute_updates.as_ref(), request.expected.as_ref());
    Updates::check_names(updates, voice)?;
    Expectations::check_first(expected, request.conditional_operator, &call.said, voice)?;
    let look_up = LookUp::strict(&request.key, voice)?;
    let updates = Updates::strict(updates, &call.said, voice)?;
    let expectations = Expectations::strict(expected, request.conditional_operator, &call.said, voice)?;
    let values = parameters.strict_values(voice)?;
    let placeholders = Placeholders::new(parameters.names, values.as_ref());
    // An empty condition is reported before an empty update. Source: captures of 2026, UpdateItem.
    let read =
        |text: &str| Condition::parse(Kind::Condition, text, &placeholders, wording, &world.expressions);
    parse(condition.filter(|text| text.is_empty()), voice, read)?;
    let update =
        parse(update, voice, |text| Update::parse(text, &placeholders, wording, &world.expressions))?;
    let condition = parse(condition, voice, read)?;
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;

    let table = world.table(caller, &request.table_name)?;
    let failure = request.return_values_on_condition_check_failure;
    let write = Write {
        action: Action::Update(look_up, update.or_else(|| updates.update())),
        condition: condition.or_else(|| expectations.condition()),
        failure_with_item: failure == ReturnValuesOnConditionCheckFailure::AllOld,
    };
    let written = table.write(world, &write)?;
    let asked = request.return_item_collection_metrics;
    let item_collection_metrics = metrics(world, &table, &written, &write, asked)?;
    let consumed_capacity =
        consumed_by_write(request.return_consumed_capacity, &request.table_name, &written);
    Ok(UpdateItemOutput {
        attributes: returned(request.return_values, &write, written.change),
        consumed_capacity,
        item_collection_metrics,
    })
}

fn returned(asked: ReturnValues, write: &Write<'_>, change: Change) -> Option<Item> {
    let updated = |item: Option<Item>| match &write.action {
        Action::Update(_, Some(update)) => update.updated(&item?),
        _ => None,
    };
    match asked {
        ReturnValues::None => None,
        ReturnValues::AllOld => change.before,
        ReturnValues::AllNew => change.after,
        ReturnValues::UpdatedOld => updated(change.before),
        ReturnValues::UpdatedNew => updated(change.after),
    }
}
