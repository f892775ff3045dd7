//! What PutItem, UpdateItem and DeleteItem have in common: the parameters that all three have, their checks, the write
//! that is made, and what is answered of it. What is checked in between is each operation's own.

use ddbmock_model::op::{self, Names};
use ddbmock_model::{
    Attributes, Caller, ConditionalOperator, ConsumedCapacity, Error, Expected, Item, ItemCollectionMetrics,
    ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues, ReturnValuesOnConditionCheckFailure,
    Said,
};

use super::{Action, Write};
use crate::capacity::{SINGLE, consumed_by_writes};
use crate::change::Change;
use crate::check::{Parameters, Voice, parse, placeholder_values};
use crate::collection::metrics;
use crate::expression::{Cache, Condition, Kind, Placeholders};
use crate::legacy::Expectations;
use crate::simulation::Simulation;

/// The parameters that every write has that has a condition: also an action of a transaction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conditional<'r> {
    /// How refusals are worded.
    pub(crate) voice: Voice,
    /// The condition.
    pub(crate) condition: Option<&'r str>,
    /// The names of the expressions.
    pub(crate) names: Option<&'r Names>,
    /// Whether a failed condition answers with the stored item.
    pub(crate) on_failure: ReturnValuesOnConditionCheckFailure,
}

impl<'r> Conditional<'r> {
    /// Reads the expressions, among them those of the action, with their values, which are strict.
    pub(crate) fn write<'v>(
        self,
        values: Option<&'v Item>,
        cache: &Cache,
        action: impl FnOnce(&Placeholders<'v>) -> Result<Action<'v>, Error>,
    ) -> Result<Write<'v>, Error>
    where
        'r: 'v,
    {
        let Conditional { voice, condition, names, on_failure } = self;
        let placeholders = Placeholders::new(names, values);
        let read = |text: &str| Condition::parse(Kind::Condition, text, &placeholders, voice.wording, cache);
        // An empty condition is reported before an empty update. Source: captures of 2026, UpdateItem.
        parse(condition.filter(|text| text.is_empty()), voice, read)?;
        let action = action(&placeholders)?;
        let condition = parse(condition, voice, read)?;
        placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;
        let failure_with_item = on_failure == ReturnValuesOnConditionCheckFailure::AllOld;
        let item_bytes_max = voice.item_bytes_max;
        Ok(Write { condition, failure_with_item, item_bytes_max, ..Write::always(action) })
    }
}

/// The parameters that PutItem, UpdateItem and DeleteItem all have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConditionalWrite<'r> {
    head: Conditional<'r>,
    said: &'r Said,
    table_name: &'r str,
    values: Option<&'r Attributes>,
    expected: Option<&'r Expected>,
    operator: Option<ConditionalOperator>,
    return_values: ReturnValues,
    capacity: ReturnConsumedCapacity,
    metrics: ReturnItemCollectionMetrics,
}

/// What is answered of a write.
#[derive(Debug)]
pub(crate) struct Answer {
    attributes: Option<Item>,
    consumed_capacity: Option<ConsumedCapacity>,
    item_collection_metrics: Option<ItemCollectionMetrics>,
}

macro_rules! conditional_writes {
    ($(
        $name:ident of $request:ident -> $output:ident
        $(, $expression:literal $text:ident, $legacy:literal $updates:ident)?;
    )+) => {
        impl<'r> ConditionalWrite<'r> {$(
            #[doc = concat!("The parameters of ", stringify!($request), ", if those that are given go together.")]
            pub(crate) fn $name(
                request: &'r op::$request,
                said: &'r Said,
                voice: Voice,
            ) -> Result<Self, Error> {
                let condition = request.condition_expression.as_deref();
                let names = request.expression_attribute_names.as_ref();
                let values = request.expression_attribute_values.as_ref();
                let parameters = Parameters {
                    expressions: &[
                        $(($expression, request.$text.as_deref()),)?
                        ("ConditionExpression", condition),
                    ],
                    legacy: &[
                        $(($legacy, request.$updates.is_some()),)?
                        ("Expected", request.expected.is_some()),
                        ("ConditionalOperator", request.conditional_operator.is_some()),
                    ],
                    names,
                    values,
                };
                parameters.check_presence(voice)?;
                let on_failure = request.return_values_on_condition_check_failure;
                Ok(Self {
                    head: Conditional { voice, condition, names, on_failure },
                    said,
                    table_name: &request.table_name,
                    values,
                    expected: request.expected.as_ref(),
                    operator: request.conditional_operator,
                    return_values: request.return_values,
                    capacity: request.return_consumed_capacity,
                    metrics: request.return_item_collection_metrics,
                })
            }
        )+}

        $(impl From<Answer> for op::$output {
            fn from(answer: Answer) -> Self {
                let Answer { attributes, consumed_capacity, item_collection_metrics } = answer;
                Self { attributes, consumed_capacity, item_collection_metrics }
            }
        })+
    };
}
conditional_writes! {
    of_put of PutItem -> PutItemOutput;
    of_update of UpdateItem -> UpdateItemOutput,
        "UpdateExpression" update_expression, "AttributeUpdates" attribute_updates;
    of_delete of DeleteItem -> DeleteItemOutput;
}

impl<'r> ConditionalWrite<'r> {
    /// Checks what comes before the values of the request: names in `Expected`, and how its conditions go together.
    pub(crate) fn check_first(&self) -> Result<(), Error> {
        Expectations::check_first(self.expected, self.operator, self.said, self.head.voice)
    }

    /// Checks the values of conditions, and then those of expressions.
    pub(crate) fn strict(self) -> Result<StrictWrite<'r>, Error> {
        let Conditional { voice, names, .. } = self.head;
        let expectations = Expectations::strict(self.expected, self.operator, self.said, voice)?;
        let values = placeholder_values(names, self.values, voice)?;
        Ok(StrictWrite { asked: self, expectations, values })
    }
}

/// The same, their values in order.
#[derive(Debug)]
pub(crate) struct StrictWrite<'r> {
    asked: ConditionalWrite<'r>,
    expectations: Expectations<'r>,
    values: Option<Item>,
}

impl StrictWrite<'_> {
    /// Reads the expressions, among them those of the action, and makes the write.
    pub(crate) fn make<'v>(
        &'v self,
        world: &Simulation,
        caller: &Caller<'_>,
        action: impl FnOnce(&Placeholders<'v>) -> Result<Action<'v>, Error>,
    ) -> Result<Answer, Error> {
        let ConditionalWrite { table_name, return_values, capacity, metrics: asked, .. } = self.asked;
        let mut write = self.asked.head.write(self.values.as_ref(), &world.expressions, action)?;
        write.condition = write.condition.or_else(|| self.expectations.condition());
        let table = world.table(caller, table_name)?;
        let written = table.write(world, &write)?;
        Ok(Answer {
            item_collection_metrics: metrics(world, &table, &written, &write, asked)?,
            consumed_capacity: consumed_by_writes(capacity, table_name, [&written], SINGLE),
            attributes: returned(return_values, &write, written.change),
        })
    }
}

/// The attributes that are answered with.
pub(crate) fn returned(asked: ReturnValues, write: &Write<'_>, change: Change) -> Option<Item> {
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
