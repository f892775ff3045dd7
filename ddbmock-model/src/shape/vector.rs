//! Vector indexes, as requests define them and answers describe them, and what a search of one finds.

use super::enumeration::{Enumeration, enumeration};
use super::index::{IndexStatus, Projection};
use crate::value::AttributeMap;

enumeration! {
    /// How near two vectors are to each other.
    VectorDistanceFunction {
        /// One less the cosine of the angle between them: from 0 to 2, the nearest first.
        #[default]
        Cosine = "COSINE",
        /// Their dot product: the largest first.
        DotProduct = "DOT_PRODUCT",
        /// The length of their difference, the shortest first.
        Euclidean = "EUCLIDEAN",
    }
}

enumeration! {
    /// What an attribute is to the searches of a vector index.
    SearchSchemaElementType {
        /// It parts the index: every search is of one value.
        #[default]
        Hash = "HASH",
        /// A search can be for one value.
        InlineFilter = "INLINE_FILTER",
    }
}

/// The attribute that holds vectors: lists of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VectorAttributeDefinition {
    /// The attribute.
    pub attribute_name: String,
}

/// An attribute by which searches are narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchSchemaElement {
    /// The attribute.
    pub attribute_name: String,
    /// Its role.
    pub search_schema_element_type: SearchSchemaElementType,
}

/// A vector index: it finds the items whose vectors are nearest to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VectorIndex {
    /// Its name.
    pub index_name: String,
    /// Where the vectors are.
    pub vector_attribute: VectorAttributeDefinition,
    /// By what searches are narrowed.
    pub search_schema: Option<Vec<SearchSchemaElement>>,
    /// What it holds.
    pub projection: Projection,
    /// How many numbers each vector has.
    pub dimensions: i64,
    /// How near two vectors are.
    pub distance_function: VectorDistanceFunction,
}

/// What is to become of a vector index: one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VectorIndexUpdate {
    /// An index to create.
    pub create: Option<CreateVectorIndex>,
    /// An index to delete.
    pub delete: Option<DeleteVectorIndex>,
}

/// A vector index to add to a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CreateVectorIndex(pub VectorIndex);

/// A vector index to take from a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeleteVectorIndex {
    /// The index.
    pub index_name: String,
}

/// A vector index, described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VectorIndexDescription {
    /// What it was defined to be.
    pub definition: VectorIndex,
    /// Where it is in its life.
    pub index_status: IndexStatus,
    /// Whether it is being filled from the table, while it is being added to one.
    pub backfilling: Option<bool>,
    /// The bytes of its entries.
    pub index_size_bytes: u64,
    /// The number of its entries.
    pub item_count: u64,
    /// Its ARN.
    pub index_arn: String,
}

/// An item that a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchResult {
    /// Its attributes that the index holds, or those of them that were asked for.
    pub item: AttributeMap,
    /// How near it is.
    pub score: f64,
}

/// What a vector index consumed, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct VectorCapacity {
    /// What a search consumed.
    pub vector_search_request_bytes: Option<f64>,
    /// What a write consumed.
    pub vector_write_request_bytes: Option<f64>,
}
