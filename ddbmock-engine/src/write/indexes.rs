//! What a write may not do to the keys of indexes.
//!
//! An attribute of an index's key may be absent; if it is there, it must be fit for a key. Global indexes are checked
//! before local ones. Source: production captures, schema checks; captures of 2026, keys. Those of vectors come last,
//! with texts of their own; their place is assumed.

use ddbmock_model::{Error, Item, Rule, Value};

use crate::expression::{Path, Update};
use crate::index::{Index, IndexKind};
use crate::schema::{KeyAttribute, check_partition_size, check_sort_size, empty_kind, is_of, type_name};
use crate::vector::VectorFault;

const INVALID: &str = "One or more parameter values were invalid: ";
const INVALID_VECTOR: &str = "One or more parameter values were invalid. ";

/// Checks an item that is to be stored as it is.
pub(super) fn check_item(item: &Item, indexes: &[Index]) -> Result<(), Error> {
    for (index, attribute) in key_attributes(indexes) {
        let Some(value) = item.get(&attribute.name) else { continue };
        check_type(index, attribute, value.type_name())?;
        check_filled(index, attribute, value)?;
        if index.schema.partition.contains(attribute) {
            check_partition_size(value)?;
        } else {
            check_sort_size(value)?;
        }
    }
    check_vectors(item, indexes, |_| true)
}

/// Checks the vectors of an item, and what searches of them are narrowed by: of those attributes that are asked for.
fn check_vectors(item: &Item, indexes: &[Index], is_asked: impl Fn(&str) -> bool) -> Result<(), Error> {
    let vectors = indexes.iter().filter_map(|index| Some((index, index.vector()?)));
    for (index, vector) in vectors {
        let asked = |name: &str| item.get(name).filter(|_| is_asked(name));
        if let Some(value) = asked(&vector.attribute) {
            vector.packed(value).map_err(|fault| no_vector(&fault, &vector.attribute, index))?;
        }
        for filter in &vector.filters {
            asked(&filter.name).map_or(Ok(()), |value| check_type(index, filter, value.type_name()))?;
        }
    }
    Ok(())
}

/// The refusal of what is no vector of an index. Source: captures of 2026, vector indexes.
fn no_vector(fault: &VectorFault, attribute: &str, index: &Index) -> Error {
    let expected = "32-bit floating point number";
    let (rule, what) = match fault {
        VectorFault::NoList => (
            Rule("vector.no_list"),
            format!("Invalid type for parameter {attribute}, Expected: {expected} list"),
        ),
        VectorFault::Length { expected, actual } => (
            Rule("vector.length"),
            format!("Invalid size for parameter {attribute}, Expected: {expected}, Actual: {actual}"),
        ),
        VectorFault::Element(place, actual) => (
            Rule("vector.element"),
            format!(
                "Invalid type for parameter {attribute}[{place}], Expected: {expected}, Actual: {actual}."
            ),
        ),
        VectorFault::Range(place, number) => (
            Rule("vector.range"),
            format!(
                "Invalid value for parameter {attribute}[{place}], Value: {number:E} is outside valid range [{:E}, \
                 {:E}].",
                f32::MIN,
                f32::MAX
            ),
        ),
    };
    Error::validation(rule, format!("{INVALID_VECTOR}{what} IndexName: {}", index.name))
}

/// Checks that an item that is to be stored as it is has nothing empty in the key of an index.
pub(super) fn check_filled_item(item: &Item, indexes: &[Index]) -> Result<(), Error> {
    key_attributes(indexes).try_for_each(|(index, attribute)| {
        item.get(&attribute.name).map_or(Ok(()), |value| check_filled(index, attribute, value))
    })
}

/// Checks what is known of an update without the stored item.
pub(super) fn check_update(update: &Update<'_>, indexes: &[Index]) -> Result<(), Error> {
    if indexes.is_empty() {
        return Ok(());
    }
    for (name, known) in update.known_types() {
        let keys = key_attributes(indexes).filter(|(_, attribute)| attribute.name == name);
        for (index, attribute) in keys {
            check_type(index, attribute, known)?;
        }
    }
    check_scalar(update.paths(), indexes)
}

/// Paths may not lead into an attribute of an index's key.
pub(crate) fn check_scalar<'p>(
    paths: impl IntoIterator<Item = Path<'p>>,
    indexes: &[Index],
) -> Result<(), Error> {
    let in_key = |name: &str| indexes.iter().any(|index| index.schema.has(name));
    match paths.into_iter().find(|path| path.is_nested() && in_key(path.head())) {
        Some(path) => {
            let text = format!(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: \
                 IndexKey: {}",
                path.head()
            );
            Err(Error::validation(Rule("index.nested_path"), text))
        }
        None => Ok(()),
    }
}

/// Checks what an update made of the attributes of index keys. Those that it left alone are not looked at.
pub(super) fn check_updated(before: Option<&Item>, after: &Item, indexes: &[Index]) -> Result<(), Error> {
    for (index, attribute) in key_attributes(indexes) {
        let value = after.get(&attribute.name);
        if before.and_then(|before| before.get(&attribute.name)) == value {
            continue;
        }
        value.map_or(Ok(()), |value| check_changed(index, attribute, value))?;
    }
    let before = |name: &str| before.and_then(|before| before.get(name));
    check_vectors(after, indexes, |name| before(name) != after.get(name))
}

fn check_changed(index: &Index, attribute: &KeyAttribute, value: Value<'_>) -> Result<(), Error> {
    if index.vector().is_some() {
        check_type(index, attribute, value.type_name())?;
    }
    if !is_of(value, attribute.scalar) {
        let text = "The update expression attempted to update the secondary index key to unsupported type";
        return Err(Error::validation(Rule("index.updated_type"), text));
    }
    if let Some(kind) = empty_kind(value) {
        let text = format!(
            "One or more parameter values are not valid. The update expression attempted to update a secondary index \
             key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty \
             {kind} value."
        );
        return Err(Error::validation(Rule("index.updated_empty"), text));
    }
    let partition = index.schema.partition.contains(attribute);
    let size = if partition { check_partition_size(value) } else { check_sort_size(value) };
    size.map_err(|_| {
        let text =
            "The update expression attempted to update the secondary index key beyond allowed size limits";
        Error::validation(Rule("index.updated_size"), text)
    })
}

fn key_attributes(indexes: &[Index]) -> impl Iterator<Item = (&Index, &KeyAttribute)> {
    let of = |kind| indexes.iter().filter(move |index| index.kind == kind);
    of(IndexKind::Global)
        .chain(of(IndexKind::Local))
        .chain(indexes.iter().filter(|index| index.vector().is_some()))
        .flat_map(|index| index.schema.attributes().map(move |attribute| (index, attribute)))
}

fn check_type(index: &Index, attribute: &KeyAttribute, actual: &str) -> Result<(), Error> {
    let expected = type_name(attribute.scalar);
    if actual == expected {
        return Ok(());
    }
    let (name, is_vectors, index) = (&attribute.name, index.vector().is_some(), &index.name);
    if is_vectors {
        let text = format!(
            "{INVALID_VECTOR}Attribute '{name}' type mismatch. Expected: {expected}, Actual: {actual}. IndexName: {index}"
        );
        return Err(Error::validation(Rule("vector.type"), text));
    }
    let text = format!(
        "{INVALID}Type mismatch for Index Key {name} Expected: {expected} Actual: {actual} IndexName: {index}"
    );
    Err(Error::validation(Rule("index.type"), text))
}

fn check_filled(index: &Index, attribute: &KeyAttribute, value: Value<'_>) -> Result<(), Error> {
    let Some(kind) = empty_kind(value) else {
        return Ok(());
    };
    let text = format!(
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. \
         The AttributeValue for a key attribute cannot contain an empty {kind} value. IndexName: {}, IndexKey: {}",
        index.name, attribute.name
    );
    Err(Error::validation(Rule("index.empty"), text))
}
