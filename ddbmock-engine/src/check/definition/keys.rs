//! What is wrong with the keys of a table and its indexes, and with the types of their attributes.

use ddbmock_model::{AttributeDefinition, Error, KeySchemaElement, KeyType, Rule};

use super::invalid;
use ddbmock_model::java_hash::sized;

/// The most attributes of one role in the key of a global index.
const ROLE_MAX: usize = 4;

/// No attribute is defined twice. Source: captures of October 2026, CreateTable.
pub(super) fn check_unique(definitions: &[AttributeDefinition]) -> Result<(), Error> {
    let name = |at: usize| &definitions[at].attribute_name;
    let repeated = |at: &usize| (0..*at).any(|earlier| name(earlier) == name(*at));
    match (0..definitions.len()).find(repeated) {
        Some(at) => {
            let text = format!("Attribute Name is duplicated: {}", name(at));
            Err(Error::validation(Rule("definition.duplicated"), text))
        }
        None => Ok(()),
    }
}

/// Every attribute of a key has a definition.
pub(crate) fn check_defined(
    key: &[KeySchemaElement],
    definitions: &[AttributeDefinition],
) -> Result<(), Error> {
    if key.len() > definitions.len() {
        let text = "Invalid KeySchema: Some index key attribute have no definition";
        return Err(Error::validation(Rule("definition.too_few"), text));
    }
    let keys = key.iter().map(|element| element.attribute_name.as_str());
    let defined: Vec<&str> = definitions.iter().map(|one| one.attribute_name.as_str()).collect();
    if keys.clone().all(|key| defined.contains(&key)) {
        return Ok(());
    }
    let text = format!(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [{}], AttributeDefinitions: [{}]",
        sized(keys).join(", "),
        sized(defined).join(", ")
    );
    Err(invalid(Rule("definition.undefined"), text))
}

/// The key of a table or of a local index is a partition key, and then a sort key or none.
pub(super) fn check_roles(key: &[KeySchemaElement]) -> Result<(), Error> {
    if let [first, second] = key
        && first.attribute_name == second.attribute_name
    {
        return Err(same_name());
    }
    check_first(key)?;
    if key.get(1).is_some_and(|element| element.key_type != KeyType::Range) {
        let text = "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type";
        return Err(Error::validation(Rule("definition.second_not_range"), text));
    }
    Ok(())
}

/// The key of a global index is up to four attributes of the partition key, and then up to four of the sort key.
/// Source: captures of 2026, multi-attribute keys; the order of the checks is assumed.
pub(crate) fn check_global_roles(key: &[KeySchemaElement]) -> Result<(), Error> {
    if let [first, second] = key
        && first.attribute_name == second.attribute_name
        && first.key_type != second.key_type
    {
        return Err(same_name());
    }
    check_first(key)?;
    let of = |role| key.iter().filter(|element| element.key_type == role).count();
    if let Some((_, name)) = [(KeyType::Hash, "HASH"), (KeyType::Range, "RANGE")]
        .into_iter()
        .find(|(role, _)| of(*role) > ROLE_MAX)
    {
        let text = format!("The KeySchema exceeds the maximum allowed number of {name} key attributes");
        return Err(invalid(Rule("definition.roles_max"), text));
    }
    if key.iter().skip(of(KeyType::Hash)).any(|element| element.key_type == KeyType::Hash) {
        let text = "All HASH key attributes must precede RANGE key attributes in the KeySchema";
        return Err(invalid(Rule("definition.roles_order"), text));
    }
    let name = |at: usize| &key[at].attribute_name;
    if (0..key.len()).any(|at| (0..at).any(|earlier| name(earlier) == name(at))) {
        let text = "The KeySchema contains multiple key attributes with the same name";
        return Err(Error::validation(Rule("definition.name_twice"), text));
    }
    Ok(())
}

fn same_name() -> Error {
    let text = "Both the Hash Key and the Range Key element in the KeySchema have the same name";
    Error::validation(Rule("definition.same_name"), text)
}

fn check_first(key: &[KeySchemaElement]) -> Result<(), Error> {
    if key.first().is_none_or(|element| element.key_type == KeyType::Hash) {
        return Ok(());
    }
    let text = "Invalid KeySchema: The first KeySchemaElement is not a HASH key type";
    Err(Error::validation(Rule("definition.first_not_hash"), text))
}

/// A table without indexes defines the attributes of its key alone.
pub(super) fn check_count(
    key: &[KeySchemaElement],
    definitions: &[AttributeDefinition],
) -> Result<(), Error> {
    if key.len() == definitions.len() {
        return Ok(());
    }
    Err(invalid(
        Rule("definition.unused"),
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    ))
}
