//! The key of a table: which attributes, of which types, and what is wrong with a key or an item that does not fit.

use std::sync::Arc;

use ddbmock_model::{AttributeDefinition, Error, Item, KeySchemaElement, KeyType, Rule, ScalarType, Value};

use crate::expression::Path;
use crate::key::row_key;

/// The most bytes of a partition key's value. Source: developer guide, limits.
const PARTITION_KEY_BYTES_MAX: usize = 2048;
/// The most bytes of a sort key's value. Source: developer guide, limits.
const SORT_KEY_BYTES_MAX: usize = 1024;

/// An attribute of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyAttribute {
    /// Its name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) scalar: ScalarType,
}

/// The key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySchema {
    /// The partition key.
    pub(crate) partition: KeyAttribute,
    /// The sort key, if there is one.
    pub(crate) sort: Option<KeyAttribute>,
}

impl KeySchema {
    /// The key of a table definition that was checked.
    pub(crate) fn of(elements: &[KeySchemaElement], definitions: &[AttributeDefinition]) -> Self {
        let attribute = |key_type| {
            let element = elements.iter().find(|element| element.key_type == key_type)?;
            let definition = definitions.iter().find(|one| one.attribute_name == element.attribute_name)?;
            Some(KeyAttribute { name: element.attribute_name.clone(), scalar: definition.attribute_type })
        };
        let partition = attribute(KeyType::Hash).expect("a checked definition has a partition key");
        Self { partition, sort: attribute(KeyType::Range) }
    }

    /// Its attributes, the partition key first.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        [&self.partition].into_iter().chain(&self.sort)
    }

    /// Whether an attribute is part of the key.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes().any(|attribute| attribute.name == name)
    }

    /// The row's key of a key that a request looks up.
    ///
    /// Order: count, presence and types of the attributes, then empty values, then sizes. Source: production
    /// captures, schema checks.
    pub(crate) fn look_up(&self, key: &Item) -> Result<Arc<[u8]>, Error> {
        let fits = |attribute: &KeyAttribute| {
            key.get(&attribute.name).filter(|value| is_of(*value, attribute.scalar))
        };
        let expected = 1 + usize::from(self.sort.is_some());
        if key.attributes().len() != expected || self.attributes().any(|attribute| fits(attribute).is_none())
        {
            let text = "The provided key element does not match the schema";
            return Err(Error::validation(Rule("key.mismatch"), text).hinted(self.mismatch_hint(key)));
        }
        self.row_key(key)
    }

    /// The row's key of an item that is to be stored. The partition key is checked whole before the sort key is looked
    /// at. Source: production captures, schema checks.
    pub(crate) fn store(&self, item: &Item) -> Result<Arc<[u8]>, Error> {
        let partition = stored(&self.partition, item)?;
        check_partition_size(partition)?;
        let sort = self.sort.as_ref().map(|attribute| stored(attribute, item)).transpose()?;
        sort.map_or(Ok(()), check_sort_size)?;
        Ok(row_key(partition, sort))
    }

    /// A path may not lead into an attribute of the key.
    pub(crate) fn check_scalar<'p>(&self, paths: impl IntoIterator<Item = Path<'p>>) -> Result<(), Error> {
        match paths.into_iter().find(|path| path.is_nested() && self.has(path.head())) {
            Some(path) => {
                let text = format!(
                    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: \
                     Key: {}",
                    path.head()
                );
                Err(Error::validation(Rule("key.nested_path"), text))
            }
            None => Ok(()),
        }
    }

    /// The row's key of attributes whose types fit.
    fn row_key(&self, attributes: &Item) -> Result<Arc<[u8]>, Error> {
        let value = |attribute: &KeyAttribute| {
            attributes
                .get(&attribute.name)
                .expect("the attributes of the key are there, their types are checked")
        };
        let partition = value(&self.partition);
        let sort = self.sort.as_ref().map(value);
        check_filled(&self.partition.name, partition)?;
        if let (Some(attribute), Some(sort)) = (&self.sort, sort) {
            check_filled(&attribute.name, sort)?;
        }
        check_partition_size(partition)?;
        sort.map_or(Ok(()), check_sort_size)?;
        Ok(row_key(partition, sort))
    }

    /// What a person would like to know of a key that does not fit.
    fn mismatch_hint(&self, key: &Item) -> String {
        let expected: Vec<String> = self
            .attributes()
            .map(|attribute| format!("{} ({})", attribute.name, type_name(attribute.scalar)))
            .collect();
        let given: Vec<String> =
            key.attributes().iter().map(|(name, value)| format!("{name} ({})", value.type_name())).collect();
        format!("the key is {}; given was {}", expected.join(" and "), given.join(", "))
    }
}

/// The short name of a key attribute's type.
pub(crate) fn type_name(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::S => "S",
        ScalarType::N => "N",
        ScalarType::B => "B",
    }
}

fn is_of(value: Value<'_>, scalar: ScalarType) -> bool {
    value.type_name() == type_name(scalar)
}

/// A key attribute may not be empty. Source: captures of 2026, keys (the same text on all paths).
fn check_filled(name: &str, value: Value<'_>) -> Result<(), Error> {
    let (rule, kind) = match value {
        Value::S("") => (Rule("key.empty_string"), "string"),
        Value::B([]) => (Rule("key.empty_binary"), "binary"),
        _ => return Ok(()),
    };
    let text = format!(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
         {kind} value. Key: {name}"
    );
    Err(Error::validation(rule, text))
}

/// The value of a key's attribute in an item that is to be stored: there, of its type, and not empty.
fn stored<'i>(attribute: &KeyAttribute, item: &'i Item) -> Result<Value<'i>, Error> {
    let name = &attribute.name;
    let Some(value) = item.get(name) else {
        let text = format!("One or more parameter values were invalid: Missing the key {name} in the item");
        return Err(Error::validation(Rule("key.missing"), text));
    };
    if !is_of(value, attribute.scalar) {
        let (expected, actual) = (type_name(attribute.scalar), value.type_name());
        let text = format!(
            "One or more parameter values were invalid: Type mismatch for key {name} expected: {expected} actual: \
             {actual}"
        );
        return Err(Error::validation(Rule("key.type"), text));
    }
    check_filled(name, value)?;
    Ok(value)
}

/// Strings and bytes have a most; numbers are always short enough.
fn check_partition_size(value: Value<'_>) -> Result<(), Error> {
    if value.bytes() <= PARTITION_KEY_BYTES_MAX {
        return Ok(());
    }
    let text = "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 \
                bytes";
    Err(Error::validation(Rule("key.partition_size"), text))
}

/// As [`check_partition_size`], of a sort key.
fn check_sort_size(value: Value<'_>) -> Result<(), Error> {
    if value.bytes() <= SORT_KEY_BYTES_MAX {
        return Ok(());
    }
    let text = "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size \
                limit of 1024 bytes";
    Err(Error::validation(Rule("key.sort_size"), text))
}
