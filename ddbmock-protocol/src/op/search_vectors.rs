//! SearchVectors, which is read strictly.

use std::collections::BTreeMap;

use ddbmock_model::op::{Names, SearchVectors, SearchVectorsOutput};
use ddbmock_model::{Call, Enumeration, Error, ReturnConsumedCapacity, Said};
use serde::Deserialize;

use crate::read::Body;
use crate::read::strict::{self, Value};
use crate::write::written;

/// The members, in the order in which one that is missing is told of.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SearchVectorsInput {
    expression_attribute_names: Option<Names>,
    expression_attribute_values: Option<BTreeMap<String, Value>>,
    index_name: String,
    projection_expression: Option<String>,
    return_consumed_capacity: Option<String>,
    search_condition_expression: Option<String>,
    search_vector: Vec<Value>,
    table_name: String,
    top_k: i32,
}

impl Body for SearchVectors {
    fn decode(body: &str) -> Result<Call<Self>, Error> {
        let sent: SearchVectorsInput = strict::read(body)?;
        let mut said = Said::default();
        let word = sent.return_consumed_capacity.unwrap_or_else(|| "NONE".to_owned());
        let return_consumed_capacity = Enumeration::parse(&word).unwrap_or_else(|| {
            said.note_unknown("returnConsumedCapacity", word);
            ReturnConsumedCapacity::default()
        });
        let values = sent.expression_attribute_values.map(strict::known_map).transpose()?;
        let request = Self {
            table_name: sent.table_name,
            index_name: sent.index_name,
            search_vector: strict::known_list(sent.search_vector)?,
            top_k: sent.top_k.into(),
            search_condition_expression: sent.search_condition_expression,
            projection_expression: sent.projection_expression,
            expression_attribute_names: sent.expression_attribute_names,
            expression_attribute_values: values.map(Into::into),
            return_consumed_capacity,
        };
        Ok(Call { request, said })
    }
}

written! { SearchVectorsOutput;
    "SearchResults" => search_results,
    "ConsumedCapacity" => consumed_capacity,
}
