//! Query: reads the items of one partition, in order, a page at a time.

use super::Names;
use super::scan::{check_index_name, limit_at_least_one};
use crate::constraint::{below, empty_name, joined, word};
use crate::{
    AttributeMap, Call, ConsumedCapacity, Error, Item, Key, Operation, ReturnConsumedCapacity, Select,
    Wording, table_name,
};

/// What Query is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The table's name or ARN.
    pub table_name: String,
    /// The index to read; the table itself without it.
    pub index_name: Option<String>,
    /// The partition, and the range of sort keys in it.
    pub key_condition_expression: Option<String>,
    /// What must hold of the items that are answered with. What does not pass was read all the same.
    pub filter_expression: Option<String>,
    /// The paths to answer with.
    pub projection_expression: Option<String>,
    /// Names for the expressions: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Values for the expressions: `:v` to a value.
    pub expression_attribute_values: Option<AttributeMap>,
    /// Which attributes to answer with, or how many items there are.
    pub select: Option<Select>,
    /// The most items to read.
    pub limit: Option<i64>,
    /// The key after which the page begins: the last one of the page before.
    pub exclusive_start_key: Option<Key>,
    /// Whether to read in ascending order; it does unless it is told not to.
    pub scan_index_forward: Option<bool>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What Query is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryOutput {
    /// The items, unless only their number was asked for.
    pub items: Option<Vec<Item>>,
    /// How many items passed.
    pub count: usize,
    /// How many items were read.
    pub scanned_count: usize,
    /// The key after which the next page begins, if there may be one.
    pub last_evaluated_key: Option<Item>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
}

impl Operation for Query {
    const NAME: &'static str = "Query";
    type Output = QueryOutput;

    /// A request without a table's name is always answered by the older layer. Source: captures of 2026, Query.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let name = &request.table_name;
        if wording == Wording::Classic || said.is_missing("tableName") {
            let mut found = vec![word::<Select>(said, "select")];
            found.extend(check_index_name(request.index_name.as_deref()));
            found.push(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"));
            if said.older_layer {
                found.push(table_name::handed_back(said, name));
            } else {
                found.extend(table_name::all(said, name));
            }
            found.push(request.limit.and_then(|limit| below("limit", limit, 1)));
            return joined(found);
        }
        joined([limit_at_least_one(request.limit), empty_name(said, "tableName", "TableName", name)])?;
        let mut found = vec![table_name::first(said, name)];
        found.extend(check_index_name(request.index_name.as_deref()));
        found.push(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"));
        joined(found)
    }
}
