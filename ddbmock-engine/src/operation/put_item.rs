//! PutItem: writes an item, in place of one with the same key.

use ddbmock_model::op::{PutItem, PutItemOutput};
use ddbmock_model::{Call, Caller, Error, ReturnValues, ReturnValuesOnConditionCheckFailure};

use super::check_return_values;
use crate::capacity::consumed_by_write;
use crate::check::{Parameters, Voice, check_item_size, parse, strict};
use crate::collection::metrics;
use crate::engine::Simulation;
use crate::expression::{Condition, Kind, Placeholders};
use crate::legacy::Expectations;
use crate::write::{Action, Write};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<PutItem>,
) -> Result<PutItemOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let voice = Voice::of_write(wording);
    let condition = request.condition_expression.as_deref();
    let parameters = Parameters {
        expressions: &[("ConditionExpression", condition)],
        legacy: &[
            ("Expected", request.expected.is_some()),
            ("ConditionalOperator", request.conditional_operator.is_some()),
        ],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)?;
    let (expected, operator) = (request.expected.as_ref(), request.conditional_operator);
    Expectations::check_first(expected, operator, &call.said, voice)?;
    let item = strict(&request.item, voice)?;
    check_return_values(request.return_values, voice)?;
    check_item_size(&item)?;
    let expectations = Expectations::strict(expected, operator, &call.said, voice)?;
    let values = parameters.strict_values(voice)?;
    let placeholders = Placeholders::new(parameters.names, values.as_ref());
    let condition = parse(condition, voice, |text| {
        Condition::parse(Kind::Condition, text, &placeholders, wording, &world.expressions)
    })?;
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;

    let table = world.table(caller, &request.table_name)?;
    let failure = request.return_values_on_condition_check_failure;
    let write = Write {
        action: Action::Put(item),
        condition: condition.or_else(|| expectations.condition()),
        failure_with_item: failure == ReturnValuesOnConditionCheckFailure::AllOld,
    };
    let written = table.write(world, &write)?;
    let asked = request.return_item_collection_metrics;
    let item_collection_metrics = metrics(world, &table, &written, &write, asked)?;
    let consumed_capacity =
        consumed_by_write(request.return_consumed_capacity, &request.table_name, &written);
    Ok(PutItemOutput {
        attributes: written.change.before.filter(|_| request.return_values == ReturnValues::AllOld),
        consumed_capacity,
        item_collection_metrics,
    })
}
