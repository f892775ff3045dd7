//! Query: reads the items of one partition, in order, a page at a time.

use super::scan::{check_index_name, limit_at_least_one, of_search, older_table_name};
use super::{Names, comparison_words, lacks_operator, too_few, too_many};
use crate::constraint::{Violation, below, empty_name, joined, word};
use crate::{
    Attributes, Call, ConditionalOperator, Conditions, ConsumedCapacity, Error, Item, Key, KeyConditions,
    Operation, ReturnConsumedCapacity, Select, Wording,
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
    /// The same without an expression. Legacy: never beside that one.
    pub key_conditions: Option<KeyConditions>,
    /// What must hold of the items that are answered with. What does not pass was read all the same.
    pub filter_expression: Option<String>,
    /// What must hold of attributes of these items. Legacy: never beside an expression.
    pub query_filter: Option<Conditions>,
    /// Whether all of that must hold, as it is without this, or any. Legacy.
    pub conditional_operator: Option<ConditionalOperator>,
    /// The paths to answer with.
    pub projection_expression: Option<String>,
    /// The attributes to answer with. Legacy: never beside an expression.
    pub attributes_to_get: Option<Vec<String>>,
    /// Names for the expressions: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Values for the expressions: `:v` to a value.
    pub expression_attribute_values: Option<Attributes>,
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
    pub last_evaluated_key: Option<Key>,
    /// The capacity consumed, if it was asked for.
    pub consumed_capacity: Option<ConsumedCapacity>,
}

impl Operation for Query {
    const NAME: &'static str = "Query";
    type Output = QueryOutput;

    /// A request without a table's name is always answered by the older layer. Source: captures of 2026, Query. One
    /// with a condition that has no comparison operator is too; assumed, as it was captured of Scan.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let older = wording == Wording::Classic
            || said.is_missing("tableName")
            || lacks_operator(said, "queryFilter", request.query_filter.as_ref())
            || lacks_operator(said, "keyConditions", key_conditions(request));
        if older {
            return joined(classic(call, wording));
        }
        let name = &request.table_name;
        joined([limit_at_least_one(request.limit), empty_name(said, "tableName", "TableName", name)])?;
        let attributes = request.attributes_to_get.as_deref();
        joined(of_search(said, name, request.index_name.as_deref(), attributes))
    }
}

/// The conditions on attributes of the key that are named.
fn key_conditions(request: &Query) -> Option<&Conditions> {
    request.key_conditions.as_ref().and_then(KeyConditions::named)
}

fn classic(call: &Call<Query>, wording: Wording) -> Vec<Option<Violation>> {
    let (request, said) = (&call.request, &call.said);
    let attributes = request.attributes_to_get.as_deref();
    let mut found = vec![word::<Select>(said, "select")];
    found.extend(check_index_name(request.index_name.as_deref()));
    found.push(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"));
    let filtered = request.query_filter.iter().flat_map(Conditions::keys);
    found.extend(comparison_words(said, "queryFilter", filtered));
    found.extend(older_table_name(said, &request.table_name, wording));
    found.push(word::<ConditionalOperator>(said, "conditionalOperator"));
    found.extend([too_few("attributesToGet", attributes), too_many("attributesToGet", attributes)]);
    found.push(request.limit.and_then(|limit| below("limit", limit, 1)));
    let keys = key_conditions(request).into_iter().flat_map(Conditions::keys);
    found.extend(comparison_words(said, "keyConditions", keys));
    found
}
