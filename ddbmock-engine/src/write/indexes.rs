//! What a write may not do to the keys of indexes.
//!
//! An attribute of an index's key may be absent; if it is there, it must be fit for a key. Global indexes are checked
//! before local ones. Source: production captures, schema checks; captures of 2026, keys.

use ddbmock_model::{Error, Item, Rule, Value};

use crate::expression::{Path, Update};
use crate::index::{Index, IndexKind};
use crate::schema::{KeyAttribute, check_partition_size, check_sort_size, empty_kind, is_of, type_name};

const INVALID: &str = "One or more parameter values were invalid: ";

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
    Ok(())
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
    Ok(())
}

fn check_changed(index: &Index, attribute: &KeyAttribute, value: Value<'_>) -> Result<(), Error> {
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
        .flat_map(|index| index.schema.attributes().map(move |attribute| (index, attribute)))
}

fn check_type(index: &Index, attribute: &KeyAttribute, actual: &str) -> Result<(), Error> {
    let expected = type_name(attribute.scalar);
    if actual == expected {
        return Ok(());
    }
    let (name, index) = (&attribute.name, &index.name);
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
