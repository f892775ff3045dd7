//! Which item, or which items, a condition is about: what it says of a key.
//!
//! Source: captures of 2026, PartiQL keys.

use ddbmock_model::{Error, Item, Rule, Value};

use crate::expression::{Branch, Condition, KeyComparison};
use crate::schema::{KeyAttribute, KeySchema, is_of};

/// The key of the item that is written: each of its attributes must be said to be one value.
pub(super) fn written(condition: Option<&Condition<'_>>, schema: &KeySchema) -> Result<Item, Error> {
    let branches = condition.and_then(|condition| condition.branches(|name| schema.has(name)));
    let [branch] = &branches.unwrap_or_default()[..] else {
        return Err(unpinned(schema));
    };
    if schema.attributes().any(|attribute| pins(branch, attribute).next().is_none()) {
        return Err(unpinned(schema));
    }
    for attribute in schema.attributes() {
        let mut values = pins(branch, attribute);
        let first = values.next();
        if values.any(|value| Some(value) != first) {
            let text = format!(
                "Multiple conditions on same key {}. Only single item Update/Insert/Delete are supported",
                attribute.name
            );
            return Err(Error::validation(Rule("partiql.key_twice"), text));
        }
    }
    Ok(key_of(branch, schema))
}

/// The key of the item that is read, if it is all that is said, and of each attribute once.
pub(super) fn single(condition: Option<&Condition<'_>>, schema: &KeySchema) -> Option<Item> {
    let branches = condition?.branches(|name| schema.has(name))?;
    let [branch] = &branches[..] else {
        return None;
    };
    let once = schema.attributes().all(|attribute| pins(branch, attribute).count() == 1);
    (once && !branch.more && branch.clauses.len() == schema.attributes().count())
        .then(|| key_of(branch, schema))
}

/// The values that an attribute is said to be.
pub(super) fn pins<'s, 'b>(
    branch: &'s Branch<'b>,
    attribute: &'s KeyAttribute,
) -> impl Iterator<Item = Value<'b>> + use<'s, 'b> {
    branch.of_attribute(&attribute.name).filter_map(|comparison| match comparison {
        KeyComparison::Equal(value) => Some(value),
        _ => None,
    })
}

fn key_of(branch: &Branch<'_>, schema: &KeySchema) -> Item {
    let mut values: Vec<(&str, Value<'_>)> = schema
        .attributes()
        .filter_map(|attribute| Some((&*attribute.name, pins(branch, attribute).next()?)))
        .collect();
    values.sort_unstable_by_key(|(name, _)| *name);
    Item::from_values(values)
}

/// The attributes of a key are of the types that it has.
pub(super) fn check_types(key: &Item, schema: &KeySchema) -> Result<(), Error> {
    let values = || schema.attributes().filter_map(|one| Some((one, key.get(&one.name)?)));
    values().try_for_each(|(attribute, value)| check_kind(attribute, value))?;
    values().try_for_each(|(attribute, value)| check_type(attribute, value))
}

/// No key has a value of any other type.
pub(super) fn check_kind(attribute: &KeyAttribute, value: Value<'_>) -> Result<(), Error> {
    if matches!(value, Value::S(_) | Value::N(_) | Value::B(_)) {
        return Ok(());
    }
    let text = format!(
        "Key value must be of type S, N, or B. Key name: {}, Key type: {}",
        attribute.name,
        value.type_name()
    );
    Err(Error::validation(Rule("partiql.key_kind"), text))
}

/// A value is of its key attribute's type.
pub(super) fn check_type(attribute: &KeyAttribute, value: Value<'_>) -> Result<(), Error> {
    if is_of(value, attribute.scalar) {
        return Ok(());
    }
    let text = format!(
        "Key attribute's data type should match its data type in table's schema: Key {}",
        attribute.name
    );
    Err(Error::validation(Rule("partiql.key_type"), text))
}

fn unpinned(schema: &KeySchema) -> Error {
    let text = "Where clause does not contain a mandatory equality on all key attributes";
    Error::validation(Rule("partiql.key_missing"), text).hinted(format!("the key is {}", schema.told()))
}
