//! The constraints on members that define tables and indexes, shared by the operations that do.
//!
//! Source: API model, constraints; captures of 2026 for the lists that are too long.

use crate::constraint::{Violation, below, longer, null, pattern, required, shorter, word};
use crate::{
    AttributeDefinition, Enumeration, GlobalSecondaryIndex, KeySchemaElement, KeyType, LocalSecondaryIndex,
    Projection, ProjectionType, ProvisionedThroughput, Said, ScalarType, SearchSchemaElement,
    SearchSchemaElementType, StreamSpecification, StreamViewType, VectorDistanceFunction, VectorIndex,
};

/// The most attributes in the key of a table or of a local index.
pub(crate) const KEY_ELEMENTS_MAX: usize = 2;
/// The most attributes in the key of a global index.
const GLOBAL_KEY_ELEMENTS_MAX: usize = 8;
/// The most attributes that an index can list to hold.
const NON_KEY_ATTRIBUTES_MAX: usize = 20;
/// The fewest and the most characters of an index's name.
const INDEX_NAME_LENGTHS: (usize, usize) = (3, 255);
/// The most characters of an attribute's name in a definition.
const ATTRIBUTE_NAME_MAX: usize = 255;
/// The most characters of an attribute's name in a search schema.
const SEARCH_NAME_MAX: usize = 65_535;

/// What is wrong with the types of key attributes.
pub(crate) fn attribute_definitions(
    said: &Said,
    definitions: &[AttributeDefinition],
) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    for (at, definition) in (1..).zip(definitions) {
        let path = |member| format!("attributeDefinitions.{at}.member.{member}");
        found.extend(name(said, &path("attributeName"), &definition.attribute_name, ATTRIBUTE_NAME_MAX));
        found.extend(one_of::<ScalarType>(said, &path("attributeType")));
    }
    found
}

/// What is wrong with provisioned units.
pub(crate) fn throughput(
    said: &Said,
    path: &str,
    units: Option<ProvisionedThroughput>,
) -> Vec<Option<Violation>> {
    let Some(units) = units else {
        return Vec::new();
    };
    let least = |member: &str, value| {
        let path = format!("{path}.{member}");
        required(said, &path).or_else(|| below(&path, value, 1))
    };
    vec![
        least("writeCapacityUnits", units.write_capacity_units),
        least("readCapacityUnits", units.read_capacity_units),
    ]
}

/// What is wrong with a key. One that is too long is named without the index that it is of.
pub(crate) fn key_schema(
    said: &Said,
    path: &str,
    elements: &[KeySchemaElement],
    most: usize,
) -> Vec<Option<Violation>> {
    if said.is_missing(path) {
        return vec![null(path)];
    }
    let element_path = |at: usize| format!("{path}.{at}.member");
    let shown: Vec<String> =
        (1..).zip(elements).map(|(at, element)| shown_element(said, &element_path(at), element)).collect();
    let shown = format!("[{}]", shown.join(", "));
    let count = elements.len();
    let mut found = vec![shorter(path, &shown, count, 1), longer("keySchema", &shown, count, most)];
    for (at, element) in (1..).zip(elements) {
        let path = element_path(at);
        let (attribute, role) = (format!("{path}.attributeName"), format!("{path}.keyType"));
        found.extend(name(said, &attribute, &element.attribute_name, ATTRIBUTE_NAME_MAX));
        found.extend(one_of::<KeyType>(said, &role));
    }
    found
}

/// An element as the service prints it, with what was sent. Source: captures of 2026, request members.
fn shown_element(said: &Said, path: &str, element: &KeySchemaElement) -> String {
    let shown = |member: &str, value| {
        let path = format!("{path}.{member}");
        let sent = said.unknown_word(&path).unwrap_or(value);
        (if said.is_missing(&path) { "null" } else { sent }).to_owned()
    };
    let name = shown("attributeName", &element.attribute_name);
    format!("KeySchemaElement(attributeName={name}, keyType={})", shown("keyType", element.key_type.as_str()))
}

/// What is wrong with a local index.
pub(crate) fn local_index(said: &Said, path: &str, index: &LocalSecondaryIndex) -> Vec<Option<Violation>> {
    let mut found = index_name(said, path, &index.index_name);
    found.extend(key_schema(said, &format!("{path}.keySchema"), &index.key_schema, KEY_ELEMENTS_MAX));
    found.extend(projection(said, &format!("{path}.projection"), &index.projection));
    found
}

/// What is wrong with a global index.
pub(crate) fn global_index(said: &Said, path: &str, index: &GlobalSecondaryIndex) -> Vec<Option<Violation>> {
    let mut found = index_name(said, path, &index.index_name);
    let key = format!("{path}.keySchema");
    found.extend(key_schema(said, &key, &index.key_schema, GLOBAL_KEY_ELEMENTS_MAX));
    found.extend(projection(said, &format!("{path}.projection"), &index.projection));
    found.extend(throughput(said, &format!("{path}.provisionedThroughput"), index.provisioned_throughput));
    found
}

/// What is wrong with a vector index. Source: captures of 2026, vector indexes, the order of the members.
pub(crate) fn vector_index(said: &Said, path: &str, index: &VectorIndex) -> Vec<Option<Violation>> {
    let mut found = index_name(said, path, &index.index_name);
    let attribute = format!("{path}.vectorAttribute");
    if said.is_missing(&attribute) {
        found.push(null(&attribute));
    } else {
        let (path, given) = (format!("{attribute}.attributeName"), &index.vector_attribute.attribute_name);
        found.extend(name(said, &path, given, ATTRIBUTE_NAME_MAX));
    }
    if let Some(elements) = &index.search_schema {
        found.extend(search_schema(said, &format!("{path}.searchSchema"), elements));
    }
    found.extend(projection(said, &format!("{path}.projection"), &index.projection));
    let dimensions = format!("{path}.dimensions");
    found.push(required(said, &dimensions).or_else(|| below(&dimensions, index.dimensions, 1)));
    found.extend(one_of::<VectorDistanceFunction>(said, &format!("{path}.distanceFunction")));
    found
}

fn search_schema(said: &Said, path: &str, elements: &[SearchSchemaElement]) -> Vec<Option<Violation>> {
    let mut found = vec![shorter(path, "[]", elements.len(), 1)];
    for (at, SearchSchemaElement { attribute_name, .. }) in (1..).zip(elements) {
        let of = |member| format!("{path}.{at}.member.{member}");
        let (attribute, characters) = (of("attributeName"), attribute_name.chars().count());
        let long = || longer(&attribute, attribute_name, characters, SEARCH_NAME_MAX);
        found.push(required(said, &attribute).or_else(long));
        found.extend(one_of::<SearchSchemaElementType>(said, &of("searchSchemaElementType")));
    }
    found
}

/// What is wrong with an index's name.
pub(crate) fn index_name(said: &Said, path: &str, name: &str) -> Vec<Option<Violation>> {
    let path = &format!("{path}.indexName");
    if said.is_missing(path) {
        return vec![null(path)];
    }
    let (least, most) = INDEX_NAME_LENGTHS;
    let characters = name.chars().count();
    vec![pattern(path, name), shorter(path, name, characters, least), longer(path, name, characters, most)]
}

fn projection(said: &Said, path: &str, projection: &Projection) -> Vec<Option<Violation>> {
    if said.is_missing(path) {
        return vec![null(path)];
    }
    let mut found = vec![word::<ProjectionType>(said, &format!("{path}.projectionType"))];
    let Some(names) = &projection.non_key_attributes else {
        return found;
    };
    let path = &format!("{path}.nonKeyAttributes");
    let shown = format!("[{}]", names.join(", "));
    found.push(shorter(path, &shown, names.len(), 1));
    found.push(longer(path, &shown, names.len(), NON_KEY_ATTRIBUTES_MAX));
    for (at, one) in (1..).zip(names) {
        found.extend(name(said, &format!("{path}.{at}.member"), one, ATTRIBUTE_NAME_MAX));
    }
    found
}

/// What is wrong with a stream.
pub(crate) fn stream(said: &Said, stream: Option<StreamSpecification>) -> Vec<Option<Violation>> {
    if stream.is_none() {
        return Vec::new();
    }
    vec![
        required(said, "streamSpecification.streamEnabled"),
        word::<StreamViewType>(said, "streamSpecification.streamViewType"),
    ]
}

/// A name of 1 to `most` characters that must be there.
pub(crate) fn name(said: &Said, path: &str, name: &str, most: usize) -> [Option<Violation>; 2] {
    if said.is_missing(path) {
        return [null(path), None];
    }
    let characters = name.chars().count();
    [shorter(path, name, characters, 1), longer(path, name, characters, most)]
}

/// A word of an enumeration that must be there.
fn one_of<E: Enumeration>(said: &Said, path: &str) -> [Option<Violation>; 2] {
    [required(said, path), word::<E>(said, path)]
}
