//! GetItem: reads the item of a key.

use super::{Names, too_few, too_many};
use crate::constraint::{alone, empty_name, joined, required, word};
use crate::{
    Call, ConsumedCapacity, Error, Item, Key, Operation, ReturnConsumedCapacity, Wording, table_name,
};

/// What GetItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GetItem {
    /// The table's name or ARN.
    pub table_name: String,
    /// The item's key.
    pub key: Key,
    /// The paths to answer with; all attributes without it.
    pub projection_expression: Option<String>,
    /// The attributes to answer with. Legacy: never beside an expression.
    pub attributes_to_get: Option<Vec<String>>,
    /// Names for the expression: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What GetItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GetItemOutput {
    /// The item, or what was asked of it, if there is one.
    pub item: Option<Item>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
}

impl Operation for GetItem {
    const NAME: &'static str = "GetItem";
    type Output = GetItemOutput;

    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (name, said) = (&call.request.table_name, &call.said);
        let attributes = call.request.attributes_to_get.as_deref();
        match wording {
            Wording::Current => {
                alone(empty_name(said, "tableName", "TableName", name))?;
                joined([
                    required(said, "key"),
                    table_name::first(said, name),
                    word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
                    too_few("attributesToGet", attributes),
                ])
            }
            Wording::Classic => joined(
                [
                    word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
                    too_few("attributesToGet", attributes),
                    too_many("attributesToGet", attributes),
                ]
                .into_iter()
                .chain(table_name::all(said, name))
                .chain([required(said, "key")]),
            ),
        }
    }
}
