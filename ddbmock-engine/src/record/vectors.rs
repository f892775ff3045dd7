//! What makes an index one of vectors, as it is stored.

use ddbmock_model::{SearchSchemaElement, SearchSchemaElementType, VectorDistanceFunction};
use serde::{Deserialize, Serialize};

use super::key::Attribute;
use super::word::Word;
use crate::vector::Vector;

/// What makes an index one of vectors.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Vectors {
    attribute: String,
    dimensions: u64,
    function: Word<VectorDistanceFunction>,
    /// By what searches are narrowed.
    search: Option<Vec<(String, Word<SearchSchemaElementType>)>>,
    filters: Vec<Attribute>,
}

impl Vectors {
    /// It, as it is stored.
    pub(super) fn of(live: &Vector) -> Self {
        let element =
            |one: &SearchSchemaElement| (one.attribute_name.clone(), Word(one.search_schema_element_type));
        Self {
            attribute: live.attribute.clone(),
            dimensions: live.dimensions as u64,
            function: Word(live.function),
            search: live.search.as_ref().map(|elements| elements.iter().map(element).collect()),
            filters: live.filters.iter().map(Attribute::of).collect(),
        }
    }

    /// It itself.
    pub(super) fn live(self) -> Vector {
        let element = |(attribute_name, Word(search_schema_element_type))| SearchSchemaElement {
            attribute_name,
            search_schema_element_type,
        };
        Vector {
            attribute: self.attribute,
            dimensions: usize::try_from(self.dimensions).unwrap_or_default(),
            function: self.function.0,
            search: self.search.map(|elements| elements.into_iter().map(element).collect()),
            filters: self.filters.into_iter().map(Attribute::live).collect(),
        }
    }
}
