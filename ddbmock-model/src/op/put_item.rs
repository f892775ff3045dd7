//! PutItem: writes an item, in place of one with the same key.

use super::{Names, expectation_words};
use crate::constraint::{alone, empty_name, joined, required, return_values_word, word};
use crate::{
    Attributes, Call, ConditionalOperator, ConsumedCapacity, Error, Expected, Item, ItemCollectionMetrics,
    Operation, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues,
    ReturnValuesOnConditionCheckFailure, Wording, table_name,
};

/// What PutItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PutItem {
    /// The table's name or ARN.
    pub table_name: String,
    /// The item: its key attributes and any others, 400 KB at most.
    pub item: Attributes,
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

/// What PutItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PutItemOutput {
    /// The old item, if it was asked for and there was one.
    pub attributes: Option<Item>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
    /// The size of the item collection, if it was asked for and the table has local secondary indexes.
    pub item_collection_metrics: Option<ItemCollectionMetrics>,
}

impl Operation for PutItem {
    const NAME: &'static str = "PutItem";
    type Output = PutItemOutput;

    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (name, said) = (&call.request.table_name, &call.said);
        match wording {
            Wording::Current => {
                alone(empty_name(said, "tableName", "TableName", name))?;
                joined([
                    table_name::first(said, name),
                    required(said, "item"),
                    word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
                    return_values_word(said),
                    word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
                    word::<ReturnValuesOnConditionCheckFailure>(said, "returnValuesOnConditionCheckFailure"),
                ])
            }
            Wording::Classic => joined(
                [word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity")]
                    .into_iter()
                    .chain(table_name::all(said, name))
                    .chain([required(said, "item")])
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
