//! DeleteItem: removes the item of a key. That there is none is no error.

use super::{Names, expectation_words};
use crate::constraint::{Violation, alone, empty_name, joined, required, return_values_word, word};
use crate::{
    Attributes, Call, ConditionalOperator, ConsumedCapacity, Error, Expected, Item, ItemCollectionMetrics,
    Key, Operation, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues,
    ReturnValuesOnConditionCheckFailure, Rule, Wording, table_name,
};

/// What DeleteItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeleteItem {
    /// The table's name or ARN.
    pub table_name: String,
    /// The item's key.
    pub key: Key,
    /// What must hold of the item that is stored now.
    pub condition_expression: Option<String>,
    /// Names for the expression: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Values for the expression: `:v` to a value.
    pub expression_attribute_values: Option<Attributes>,
    /// What must hold of attributes of the item that is stored now. Legacy: never beside an expression.
    pub expected: Option<Expected>,
    /// Whether all of that must hold, as it is without this, or any. Legacy.
    pub conditional_operator: Option<ConditionalOperator>,
    /// What to answer with: nothing, or the old item.
    pub return_values: ReturnValues,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether to estimate the size of the item collection.
    pub return_item_collection_metrics: ReturnItemCollectionMetrics,
    /// Whether a failed condition answers with the stored item.
    pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
}

/// What DeleteItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeleteItemOutput {
    /// The old item, if it was asked for and there was one.
    pub attributes: Option<Item>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
    /// The size of the item collection, if it was asked for and the table has local secondary indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl Operation for DeleteItem {
    const NAME: &'static str = "DeleteItem";
    type Output = DeleteItemOutput;

    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (name, said) = (&call.request.table_name, &call.said);
        match wording {
            Wording::Current => {
                alone(empty_name(said, "tableName", "TableName", name))?;
                joined([
                    table_name::first(said, name),
                    required(said, "key"),
                    word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
                    return_values_word(said),
                    word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
                    word::<ReturnValuesOnConditionCheckFailure>(said, "returnValuesOnConditionCheckFailure"),
                    old_values_only(call),
                ])
            }
            Wording::Classic => joined(
                [word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity")]
                    .into_iter()
                    .chain(table_name::all(said, name))
                    .chain([required(said, "key")])
                    .chain(expectation_words(said, call.request.expected.as_ref()))
                    .chain([
                        word::<ReturnValues>(said, "returnValues"),
                        word::<ReturnValuesOnConditionCheckFailure>(
                            said,
                            "returnValuesOnConditionCheckFailure",
                        ),
                        word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
                    ]),
            ),
        }
    }
}

/// `ReturnValues` is a member constraint of DeleteItem in the newer layer, after all others, and unsaid where the
/// key is missing. Source: captures of 2026, request members.
fn old_values_only(call: &Call<DeleteItem>) -> Option<Violation> {
    let old = matches!(call.request.return_values, ReturnValues::None | ReturnValues::AllOld);
    if old || call.said.is_missing("key") {
        return None;
    }
    let text = "ReturnValues can only be ALL_OLD or NONE".to_owned();
    Some(Violation { rule: Rule("write.return_values"), text })
}
