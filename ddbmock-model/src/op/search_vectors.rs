//! SearchVectors: finds the items whose vectors are nearest to another.

use super::Names;
use crate::constraint::{Violation, at_least, empty_name, joined, no_longer, no_shorter, word};
use crate::{
    AttributeValue, Attributes, Call, Error, Operation, ReturnConsumedCapacity, SearchResult, VectorCapacity,
    Wording, table_name,
};

/// The fewest and the most characters of an index's name.
const INDEX_NAME_LENGTHS: (usize, usize) = (3, 255);
/// The most numbers of a vector.
const VECTOR_LENGTH_MAX: usize = 4096;

/// What SearchVectors is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchVectors {
    /// The table's name or ARN.
    pub table_name: String,
    /// The vector index to search.
    pub index_name: String,
    /// The vector to which others are to be near: as many numbers as the index has dimensions.
    pub search_vector: Vec<AttributeValue>,
    /// The most items to find: from 1 to 100.
    pub top_k: i64,
    /// What attributes of the search schema must be equal to.
    pub search_condition_expression: Option<String>,
    /// The paths to answer with.
    pub projection_expression: Option<String>,
    /// Names for the expressions: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Values for the expressions: `:v` to a value.
    pub expression_attribute_values: Option<Attributes>,
    /// Whether to say what it consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What SearchVectors is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchVectorsOutput {
    /// What was found, the nearest first.
    pub search_results: Vec<SearchResult>,
    /// What was consumed, if it was asked for.
    pub consumed_capacity: Option<VectorCapacity>,
}

impl Operation for SearchVectors {
    const NAME: &'static str = "SearchVectors";
    const LONG: bool = true; // it looks at every vector
    type Output = SearchVectorsOutput;

    /// It came with the newer layer, and has no other. What is longer than it may be is assumed to be worded as what is
    /// shorter. Source: captures of October 2026, SearchVectors.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let (least, most) = INDEX_NAME_LENGTHS;
        let characters = request.index_name.chars().count();
        let numbers = request.search_vector.len();
        joined([
            no_shorter("IndexName", characters, least).or_else(|| no_longer("IndexName", characters, most)),
            no_shorter("SearchVector", numbers, 1)
                .or_else(|| no_longer("SearchVector", numbers, VECTOR_LENGTH_MAX)),
            at_least("TopK", request.top_k, 1),
            empty_name(said, "tableName", "TableName", &request.table_name),
        ])?;
        bare(table_name::first(said, &request.table_name))?;
        bare(word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"))
    }
}

fn bare(violation: Option<Violation>) -> Result<(), Error> {
    violation.map_or(Ok(()), |violation| Err(violation.bare()))
}
