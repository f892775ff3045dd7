//! UpdateItem: changes attributes of an item, or creates it.

use super::{Names, expectation_words};
use crate::constraint::{alone, empty_name, joined, required, return_values_word, word};
use crate::{
    AttributeUpdates, Attributes, Call, ConditionalOperator, ConsumedCapacity, Error, Expected, Item,
    ItemCollectionMetrics, Key, Operation, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues,
    ReturnValuesOnConditionCheckFailure, Said, Wording, table_name,
};

/// What UpdateItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateItem {
    /// The table's name or ARN.
    pub table_name: String,
    /// The item's key.
    pub key: Key,
    /// The changes: `SET`, `REMOVE`, `ADD` and `DELETE` clauses.
    pub update_expression: Option<String>,
    /// What must hold of the item that is stored now.
    pub condition_expression: Option<String>,
    /// Names for the expressions: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Values for the expressions: `:v` to a value.
    pub expression_attribute_values: Option<Attributes>,
    /// What is to become of attributes. Legacy: never beside an expression.
    pub attribute_updates: Option<AttributeUpdates>,
    /// What must hold of attributes of the item that is stored now. Legacy: never beside an expression.
    pub expected: Option<Expected>,
    /// Whether all of that must hold, as it is without this, or any. Legacy.
    pub conditional_operator: Option<ConditionalOperator>,
    /// What to answer with: nothing, or the old or new item, whole or where it was updated.
    pub return_values: ReturnValues,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether to estimate the size of the item collection.
    pub return_item_collection_metrics: ReturnItemCollectionMetrics,
    /// Whether a failed condition answers with the stored item.
    pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
}

/// What UpdateItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateItemOutput {
    /// The attributes that were asked for, if there are any.
    pub attributes: Option<Item>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
    /// The size of the item collection, if it was asked for and the table has local secondary indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl Operation for UpdateItem {
    const NAME: &'static str = "UpdateItem";
    type Output = UpdateItemOutput;

    /// A request without a key is always answered by the older layer. Source: captures of 2026, all Regions.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (name, said) = (&call.request.table_name, &call.said);
        if said.is_missing("key") {
            return check_without_key(call);
        }
        match wording {
            Wording::Current => check_current(said, name),
            Wording::Classic => joined(
                [word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity")]
                    .into_iter()
                    .chain(table_name::all(said, name))
                    .chain([
                        word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
                        word::<ReturnValues>(said, "returnValues"),
                        word::<ReturnValuesOnConditionCheckFailure>(
                            said,
                            "returnValuesOnConditionCheckFailure",
                        ),
                    ])
                    .chain(expectation_words(said, call.request.expected.as_ref())),
            ),
        }
    }
}

/// Of bad words only the first is reported, two of the four without the frame.
fn check_current(said: &Said, name: &str) -> Result<(), Error> {
    if said.is_missing("tableName") {
        return joined([table_name::first(said, name), return_values_word(said)]);
    }
    alone(empty_name(said, "tableName", "TableName", name))?;
    joined(table_name::all(said, name))?;
    alone(return_values_word(said))?;
    if let Some(violation) =
        word::<ReturnValuesOnConditionCheckFailure>(said, "returnValuesOnConditionCheckFailure")
    {
        return Err(violation.bare());
    }
    alone(word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"))?;
    word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity")
        .map_or(Ok(()), |violation| Err(violation.bare()))
}

/// A malformed name is not reported here, a missing one is.
fn check_without_key(call: &Call<UpdateItem>) -> Result<(), Error> {
    let (name, said) = (&call.request.table_name, &call.said);
    let missing_name = if said.is_missing("tableName") { table_name::first(said, name) } else { None };
    let words = [
        word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
        missing_name,
        word::<ReturnValues>(said, "returnValues"),
        word::<ReturnValuesOnConditionCheckFailure>(said, "returnValuesOnConditionCheckFailure"),
        word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
        required(said, "key"),
    ];
    joined(words.into_iter().chain(expectation_words(said, call.request.expected.as_ref())))
}
