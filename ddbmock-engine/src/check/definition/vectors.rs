//! What is wrong with vector indexes, of a table that is to be created or of one that is updated.
//!
//! Source: captures of 2026, vector indexes. The order of the checks is assumed.

use ddbmock_model::op::CreateTable;
use ddbmock_model::{
    AttributeDefinition, BillingMode, Enumeration, Error, KeySchemaElement, Rule, SearchSchemaElementType,
    VectorIndex,
};

use super::indexes::{check_listed, check_projection};
use super::invalid;

/// The most vector indexes of a table.
const VECTOR_INDEXES_MAX: usize = 5;
/// The most numbers of a vector.
const DIMENSIONS_MAX: i64 = 4096;

/// An attribute that holds vectors, and how many numbers each has.
pub(crate) type Held<'h> = (&'h str, i64);

/// Checks the vector indexes of a table that is to be created.
pub(super) fn check(request: &CreateTable, billing: BillingMode) -> Result<(), Error> {
    let Some(vectors) = &request.vector_indexes else {
        return Ok(());
    };
    if vectors.is_empty() {
        return Err(invalid(Rule("definition.no_vector_index"), "List of VectorIndexes is empty"));
    }
    check_vector_billing(billing)?;
    check_vector_count(vectors.len())?;
    let mut held: Vec<Held<'_>> = Vec::new();
    for index in vectors {
        check_vector(index, &request.attribute_definitions, &held)?;
        held.push((&index.vector_attribute.attribute_name, index.dimensions));
    }
    let (globals, definitions) = (&request.global_secondary_indexes, &request.attribute_definitions);
    let keys = globals.iter().flatten().map(|global| &global.key_schema);
    keys.into_iter().try_for_each(|key| check_no_vector(key, definitions, &held))?;
    check_undefined(&held, definitions)
}

/// Vectors are indexed on demand only.
pub(crate) fn check_vector_billing(billing: BillingMode) -> Result<(), Error> {
    match billing {
        BillingMode::PayPerRequest => Ok(()),
        BillingMode::Provisioned => Err(invalid(
            Rule("definition.vectors_provisioned"),
            "Vector indexes are only supported for PAY_PER_REQUEST tables",
        )),
    }
}

/// A table has few vector indexes.
pub(crate) fn check_vector_count(count: usize) -> Result<(), Error> {
    if count <= VECTOR_INDEXES_MAX {
        return Ok(());
    }
    let text = format!("VectorIndex count exceeds the per-table limit of {VECTOR_INDEXES_MAX}");
    Err(invalid(Rule("definition.vector_indexes"), text))
}

/// Checks a vector index beside those that hold other vectors.
pub(crate) fn check_vector(
    index: &VectorIndex,
    definitions: &[AttributeDefinition],
    others: &[Held<'_>],
) -> Result<(), Error> {
    if index.dimensions > DIMENSIONS_MAX {
        let text = format!("Number of dimensions must be between 1 and {DIMENSIONS_MAX} inclusive.");
        return Err(invalid(Rule("definition.dimensions"), text));
    }
    check_search_schema(index, definitions)?;
    check_projection(&index.projection)?;
    check_listed(&index.projection)?;
    let attribute = &index.vector_attribute.attribute_name;
    if others.iter().any(|(other, dimensions)| other == attribute && *dimensions != index.dimensions) {
        return Err(conflict(
            attribute,
            "All VectorIndexes on the same vector attribute must use the same dimensions.",
        ));
    }
    Ok(())
}

fn check_search_schema(index: &VectorIndex, definitions: &[AttributeDefinition]) -> Result<(), Error> {
    let elements = index.search_schema.as_deref().unwrap_or_default();
    let name = |at: usize| &elements[at].attribute_name;
    if (0..elements.len()).any(|at| definitions.iter().all(|one| one.attribute_name != *name(at))) {
        let text = "One element in SearchSchema is not defined in attribute definitions";
        return Err(invalid(Rule("definition.search_undefined"), text));
    }
    let hashes =
        elements.iter().filter(|one| one.search_schema_element_type == SearchSchemaElementType::Hash).count();
    if hashes > 1 {
        let text = format!(
            "Value '{hashes}' at 'SearchSchema' failed to satisfy constraint: Member must have HASH count less than or \
             equal to 1"
        );
        return Err(invalid(Rule("definition.search_hashes"), text));
    }
    if (0..elements.len()).any(|at| (0..at).any(|earlier| name(earlier) == name(at))) {
        let text = "SearchSchema contains a duplicate AttributeName";
        return Err(invalid(Rule("definition.search_twice"), text));
    }
    Ok(())
}

/// An attribute that holds vectors is of no key's type.
pub(crate) fn check_undefined(held: &[Held<'_>], definitions: &[AttributeDefinition]) -> Result<(), Error> {
    match held.iter().find(|(held, _)| definitions.iter().any(|one| one.attribute_name == *held)) {
        Some((attribute, _)) => Err(conflict(
            attribute,
            "An attribute cannot be defined in AttributeDefinitions when used as a VectorAttribute.",
        )),
        None => Ok(()),
    }
}

fn conflict(attribute: &str, why: &str) -> Error {
    let text = format!("Conflicting attribute definition for '{attribute}'. {why}");
    invalid(Rule("definition.vector_conflict"), text)
}

/// A global index is of no attribute that holds vectors.
pub(crate) fn check_no_vector(
    key: &[KeySchemaElement],
    definitions: &[AttributeDefinition],
    held: &[Held<'_>],
) -> Result<(), Error> {
    let held = |element: &KeySchemaElement| held.iter().find(|(held, _)| *held == element.attribute_name);
    let Some((element, (attribute, dimensions))) =
        key.iter().find_map(|element| Some((element, held(element)?)))
    else {
        return Ok(());
    };
    let definition = definitions.iter().find(|one| one.attribute_name == *attribute);
    let scalar = definition.map_or("", |one| one.attribute_type.as_str());
    let text = format!(
        "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. \
         Existing schema: VectorIndexSchema:[VectorAttribute: key{{{attribute}:L:{dimensions}}}] New schema: \
         Schema:[SchemaElement: key{{{attribute}:{scalar}:{}}}]",
        element.key_type.as_str()
    );
    Err(invalid(Rule("definition.vector_key"), text))
}
