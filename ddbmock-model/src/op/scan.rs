//! Scan: reads all items of a table or an index, or a segment of them, a page at a time.

use super::{Names, comparison_words, lacks_operator, too_few, too_many};
use crate::constraint::{
    Violation, above, at_least, at_most, below, empty_name, joined, longer, pattern, shorter, word,
};
use crate::{
    Attributes, Call, ConditionalOperator, Conditions, ConsumedCapacity, Error, Item, Key, Operation,
    ReturnConsumedCapacity, Said, Select, Wording, table_name,
};

/// The most segments. Source: API reference, Scan.
const SEGMENTS_MAX: i64 = 1_000_000;

/// What Scan is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scan {
    /// The table's name or ARN.
    pub table_name: String,
    /// The index to read; the table itself without it.
    pub index_name: Option<String>,
    /// What must hold of the items that are answered with. What does not pass was read all the same.
    pub filter_expression: Option<String>,
    /// What must hold of attributes of these items. Legacy: never beside an expression.
    pub scan_filter: Option<Conditions>,
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
    /// The segment to read, from 0, of `total_segments`.
    pub segment: Option<i64>,
    /// How many segments the items are split into.
    pub total_segments: Option<i64>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What Scan is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScanOutput {
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

impl Operation for Scan {
    const NAME: &'static str = "Scan";
    type Output = ScanOutput;

    /// A request without a table's name, or with a condition that has no comparison operator, is always answered by the
    /// older layer. Source: captures of 2026, Scan.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let older = wording == Wording::Classic
            || said.is_missing("tableName")
            || lacks_operator(said, "scanFilter", request.scan_filter.as_ref());
        if older {
            return joined(classic(call, wording));
        }
        let segment = request.segment.unwrap_or(0);
        let segments = request.total_segments.unwrap_or(1);
        joined([
            limit_at_least_one(request.limit),
            at_least("Segment", segment, 0),
            at_most("Segment", segment, SEGMENTS_MAX - 1),
            at_least("TotalSegments", segments, 1),
            at_most("TotalSegments", segments, SEGMENTS_MAX),
            empty_name(said, "tableName", "TableName", &request.table_name),
        ])?;
        let attributes = request.attributes_to_get.as_deref();
        joined(of_search(said, &request.table_name, request.index_name.as_deref(), attributes))
    }
}

fn classic(call: &Call<Scan>, wording: Wording) -> Vec<Option<Violation>> {
    let (request, said) = (&call.request, &call.said);
    let (segment, segments) = (request.segment, request.total_segments);
    let attributes = request.attributes_to_get.as_deref();
    let mut found = vec![word::<Select>(said, "select")];
    found.extend(check_index_name(request.index_name.as_deref()));
    found.push(segments.and_then(|segments| below("totalSegments", segments, 1)));
    found.push(segments.and_then(|segments| above("totalSegments", segments, SEGMENTS_MAX)));
    found.push(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"));
    found.extend(older_table_name(said, &request.table_name, wording));
    found.push(word::<ConditionalOperator>(said, "conditionalOperator"));
    let filtered = request.scan_filter.iter().flat_map(Conditions::keys);
    found.extend(comparison_words(said, "scanFilter", filtered));
    found.push(segment.and_then(|segment| below("segment", segment, 0)));
    found.push(segment.and_then(|segment| above("segment", segment, SEGMENTS_MAX - 1)));
    found.push(request.limit.and_then(|limit| below("limit", limit, 1)));
    found.extend([too_few("attributesToGet", attributes), too_many("attributesToGet", attributes)]);
    found
}

/// The newer layer's second group, of Query and Scan alike. That names to get come last is assumed.
pub(super) fn of_search(
    said: &Said,
    table_name: &str,
    index_name: Option<&str>,
    attributes: Option<&[String]>,
) -> Vec<Option<Violation>> {
    let mut found = vec![table_name::first(said, table_name)];
    found.extend(check_index_name(index_name));
    found.push(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"));
    found.push(too_few("attributesToGet", attributes));
    found
}

/// What the older layer finds wrong with the table's name, if that layer was chosen or the request was handed to it.
pub(super) fn older_table_name(said: &Said, name: &str, wording: Wording) -> [Option<Violation>; 3] {
    if wording == Wording::Current || said.older_layer {
        [table_name::handed_back(said, name), None, None]
    } else {
        table_name::all(said, name)
    }
}

/// The newer layer's form for a limit that lets nothing through.
pub(super) fn limit_at_least_one(limit: Option<i64>) -> Option<Violation> {
    limit.and_then(|limit| at_least("Limit", limit, 1))
}

/// What is wrong with the name of an index.
pub(super) fn check_index_name(name: Option<&str>) -> [Option<Violation>; 2] {
    let Some(name) = name else {
        return [None, None];
    };
    let path = "indexName";
    let characters = name.chars().count();
    let length = shorter(path, name, characters, 3).or_else(|| longer(path, name, characters, 255));
    [pattern(path, name), length]
}
