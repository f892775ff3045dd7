//! Vectors: what an index of them holds, in 32-bit floats, and how near two of them are.
//!
//! A row keeps the numbers of its vector as they were sent. An index has a copy whose vector is bytes: a 32-bit float a
//! number, the lowest byte first, which is also what it is billed for.

use ddbmock_model::{
    AttributeDefinition, AttributeMap, AttributeValue, Draft, Item, KeySchemaElement, Number,
    SearchSchemaElement, SearchSchemaElementType, Value, VectorDistanceFunction, VectorIndex,
};

use crate::index::Index;
use crate::schema::{KeyAttribute, KeySchema, is_of};

/// Bytes of a number in an index.
const FLOAT_BYTES: usize = 4;

/// What makes an index one of vectors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vector {
    /// The attribute that holds the vectors.
    pub(crate) attribute: String,
    /// How many numbers each has.
    pub(crate) dimensions: usize,
    /// How near two of them are.
    pub(crate) function: VectorDistanceFunction,
    /// By what searches are narrowed, as it was sent.
    pub(crate) search: Option<Vec<SearchSchemaElement>>,
    /// The attributes among these that do not part the index.
    pub(crate) filters: Vec<KeyAttribute>,
}

/// Why a value is no vector of an index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum VectorFault {
    /// It is no list.
    NoList,
    /// It has another number of elements.
    Length {
        /// The one that the index has.
        expected: usize,
        /// Its own.
        actual: usize,
    },
    /// The element at this place is of this type.
    Element(usize, &'static str),
    /// The number at this place is beyond all 32-bit floats.
    Range(usize, f64),
}

impl Vector {
    /// Of a definition that was checked; and the key by which the index is parted.
    pub(crate) fn of(index: &VectorIndex, types: &[AttributeDefinition]) -> (Self, KeySchema) {
        let of = |role| -> Vec<KeySchemaElement> {
            let elements = index.search_schema.iter().flatten();
            let elements = elements.filter(|element| element.search_schema_element_type == role);
            let named = |element: &SearchSchemaElement| element.attribute_name.clone();
            elements
                .map(|element| KeySchemaElement { attribute_name: named(element), ..Default::default() })
                .collect()
        };
        let filters = KeySchema::of(&of(SearchSchemaElementType::InlineFilter), types).partition;
        let vector = Self {
            attribute: index.vector_attribute.attribute_name.clone(),
            dimensions: usize::try_from(index.dimensions).unwrap_or_default(),
            function: index.distance_function,
            search: index.search_schema.clone(),
            filters,
        };
        (vector, KeySchema::of(&of(SearchSchemaElementType::Hash), types))
    }

    /// The bytes of a vector in the index.
    pub(crate) fn packed(&self, value: Value<'_>) -> Result<Vec<u8>, VectorFault> {
        let Value::L(list) = value else {
            return Err(VectorFault::NoList);
        };
        if list.len() != self.dimensions {
            return Err(VectorFault::Length { expected: self.dimensions, actual: list.len() });
        }
        let mut bytes = Vec::with_capacity(self.dimensions * FLOAT_BYTES);
        for (place, element) in list.iter().enumerate() {
            let Value::N(text) = element else {
                return Err(VectorFault::Element(place, element.type_name()));
            };
            let float = float(text).ok_or_else(|| VectorFault::Range(place, number(text)))?;
            bytes.extend(float.to_le_bytes());
        }
        Ok(bytes)
    }

    /// The entry of an item: what is projected, with the vector in bytes; nothing if it has no vector, or a filter's
    /// attribute of another type. Source: captures of 2026, vector indexes.
    pub(crate) fn entry(&self, item: &Item, projects: impl Fn(&str) -> bool) -> Option<Item> {
        let bytes = self.packed(item.get(&self.attribute)?).ok()?;
        let fits =
            |filter: &KeyAttribute| item.get(&filter.name).is_none_or(|value| is_of(value, filter.scalar));
        if !self.filters.iter().all(fits) {
            return None;
        }
        let kept = |(name, value)| match name {
            name if name == self.attribute => Some((name, Value::B(&bytes))),
            name => projects(name).then_some((name, value)),
        };
        Some(Item::from_values(item.attributes().iter().filter_map(kept)))
    }

    /// What is answered of an entry, of which a part is wanted: the vector is a list of numbers again, or left out.
    pub(crate) fn answered(
        &self,
        entry: &Item,
        with_vector: bool,
        part: impl FnOnce(Item) -> Item,
    ) -> AttributeMap {
        let kept = |(name, value)| match value {
            Value::B(bytes) if name == self.attribute => with_vector.then(|| (name, list_of(bytes))),
            value => Some((name, Draft::Kept(value))),
        };
        let kept: Vec<_> = entry.attributes().iter().filter_map(kept).collect();
        let mut map = part(Item::from_drafts(&kept)).to_map();
        if let Some(AttributeValue::L(elements)) = map.get_mut(&self.attribute) {
            elements.iter_mut().for_each(point);
        }
        map
    }

    /// The bytes of the vector in an entry, and of its name.
    pub(crate) fn entry_bytes(&self) -> usize {
        self.attribute.len() + self.dimensions * FLOAT_BYTES
    }

    /// By how many bytes the vector of an item is larger as numbers than it is in the index.
    pub(crate) fn excess(&self, item: Option<&Item>) -> i64 {
        let value = item.and_then(|item| item.get(&self.attribute));
        let Some(value @ Value::L(list)) = value else { return 0 };
        let is_vector = list.len() == self.dimensions && list.iter().all(|one| matches!(one, Value::N(_)));
        if !is_vector {
            return 0;
        }
        signed(value.bytes()) - signed(self.dimensions * FLOAT_BYTES)
    }

    /// How near an entry's vector is to another.
    pub(crate) fn score(&self, entry: &Item, wanted: &[f32]) -> f64 {
        let Some(Value::B(bytes)) = entry.get(&self.attribute) else { return 0.0 };
        let pairs = || floats(bytes).map(f64::from).zip(wanted.iter().map(|float| f64::from(*float)));
        let score = match self.function {
            VectorDistanceFunction::Cosine => cosine(pairs()),
            // A sum of the library's begins with a negative zero.
            VectorDistanceFunction::DotProduct => pairs().fold(0.0, |sum, (one, other)| sum + one * other),
            VectorDistanceFunction::Euclidean => {
                pairs().map(|(one, other)| (one - other) * (one - other)).sum::<f64>().sqrt()
            }
        };
        score.clamp(f32::MIN.into(), f32::MAX.into())
    }

    /// Whether it is the largest score that is nearest.
    pub(crate) fn prefers_large(&self) -> bool {
        self.function == VectorDistanceFunction::DotProduct
    }
}

/// The bytes that an item of a table is billed for: a vector counts as it does in its index. Source: captures of
/// October 2026, sizes of tables with vector indexes.
pub(crate) fn billed_bytes(item: &Item, indexes: &[Index]) -> usize {
    if indexes.is_empty() {
        return item.bytes(); // as most tables are read, item by item
    }
    let excess: i64 = distinct(indexes).map(|(_, vector)| vector.excess(Some(item))).sum();
    item.bytes().saturating_add_signed(isize::try_from(-excess).unwrap_or_default())
}

/// The vector indexes, one an attribute: those of one attribute have the same dimensions.
pub(crate) fn distinct(indexes: &[Index]) -> impl Iterator<Item = (&Index, &Vector)> {
    indexes.iter().enumerate().filter_map(|(at, index)| {
        let vector = index.vector()?;
        let mut earlier = indexes[..at].iter().filter_map(Index::vector);
        earlier.all(|other| other.attribute != vector.attribute).then_some((index, vector))
    })
}

/// The 32-bit float that is nearest to a number, if the number is not beyond all of them.
pub(crate) fn float(text: &str) -> Option<f32> {
    text.parse().ok().filter(|float: &f32| float.is_finite())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::INFINITY)
}

/// The numbers of a vector that is bytes.
fn list_of(bytes: &[u8]) -> Draft<'static> {
    Draft::L(floats(bytes).filter_map(|float| Number::parse(&float.to_string()).ok()).map(Draft::N).collect())
}

/// A number of an index reads with a point. Source: captures of 2026, vector indexes.
fn point(number: &mut AttributeValue) {
    if let AttributeValue::N(text) = number
        && let Some(float) = float(text)
    {
        *text = format!("{float:?}");
    }
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    let (chunks, _) = bytes.as_chunks::<FLOAT_BYTES>();
    chunks.iter().map(|chunk| f32::from_le_bytes(*chunk))
}

/// One less the cosine; a vector without a direction is as far from all others as one at a right angle. Source:
/// captures of October 2026, SearchVectors.
fn cosine(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut dot, mut own, mut others) = (0.0, 0.0, 0.0);
    for (one, other) in pairs {
        dot += one * other;
        own += one * one;
        others += other * other;
    }
    if own == 0.0 || others == 0.0 { 1.0 } else { (1.0 - dot / (own * others).sqrt()).clamp(0.0, 2.0) }
}

fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
