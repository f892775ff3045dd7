//! The key of a table or an index: which attributes, of which types, and what is wrong with a key or an item that does
//! not fit.

use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, Error, Item, KeyFault, KeySchemaElement, KeyType, Rule, ScalarType, Value,
};

use crate::expression::Path;
use crate::key;

/// The most bytes of a partition key's value. Source: developer guide, limits.
const PARTITION_KEY_BYTES_MAX: usize = 2048;
/// The most bytes of a sort key's value. Source: developer guide, limits.
pub(crate) const SORT_KEY_BYTES_MAX: usize = 1024;

/// An attribute of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyAttribute {
    /// Its name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) scalar: ScalarType,
}

/// The key of a table or of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySchema {
    /// The partition key: one attribute; of an index up to four.
    pub(crate) partition: Vec<KeyAttribute>,
    /// The sort key: one attribute or none; of an index up to four.
    pub(crate) sort: Vec<KeyAttribute>,
}

impl KeySchema {
    /// The key of a definition that was checked.
    pub(crate) fn of(elements: &[KeySchemaElement], definitions: &[AttributeDefinition]) -> Self {
        let attribute = |element: &KeySchemaElement| {
            let definition = definitions.iter().find(|one| one.attribute_name == element.attribute_name);
            let scalar =
                definition.expect("in a checked definition every key attribute is defined").attribute_type;
            KeyAttribute { name: element.attribute_name.clone(), scalar }
        };
        let of = |role| elements.iter().filter(|element| element.key_type == role).map(attribute).collect();
        Self { partition: of(KeyType::Hash), sort: of(KeyType::Range) }
    }

    /// Its attributes, the partition key first.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.partition.iter().chain(&self.sort)
    }

    /// The name of the first attribute of the sort key, if there is one.
    pub(crate) fn sort_name(&self) -> Option<&str> {
        self.sort.first().map(|attribute| attribute.name.as_str())
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
        if key.attributes().len() == self.len() { self.find(key) } else { Err(self.mismatch(key)) }
    }

    /// The row's key of attributes that have a key among them, refused as one that a request looks up.
    pub(crate) fn find(&self, attributes: &Item) -> Result<Arc<[u8]>, Error> {
        let values = self.values(attributes).ok_or_else(|| self.mismatch(attributes))?;
        self.check_each(&values)?;
        Ok(self.bytes_of(&values).into())
    }

    fn mismatch(&self, key: &Item) -> Error {
        let text = "The provided key element does not match the schema";
        Error::validation(Rule("key.mismatch"), text)
            .of_key(KeyFault::Mismatch)
            .hinted(self.mismatch_hint(key))
    }

    /// The row's key of an item that is to be stored. The partition key is checked whole before the sort key is looked
    /// at. Source: production captures, schema checks.
    pub(crate) fn store(&self, item: &Item) -> Result<Arc<[u8]>, Error> {
        let stored =
            |attribute| stored(attribute, item).map_err(|error| error.hinted(self.mismatch_hint(item)));
        let mut values = Vec::with_capacity(self.len());
        for attribute in &self.partition {
            values.push(stored(attribute)?);
            check_partition_size(values[values.len() - 1])?;
        }
        for attribute in &self.sort {
            values.push(stored(attribute)?);
            check_sort_size(values[values.len() - 1])?;
        }
        Ok(self.bytes_of(&values).into())
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

    /// Those attributes of the key that are there are not empty.
    pub(crate) fn check_filled(&self, attributes: &Item) -> Result<(), Error> {
        self.attributes().try_for_each(|one| {
            attributes.get(&one.name).map_or(Ok(()), |value| check_filled(&one.name, value))
        })
    }

    /// Key attributes whose types fit are neither empty nor too large.
    pub(crate) fn check_values(&self, attributes: &Item) -> Result<(), Error> {
        self.check_each(&self.values(attributes).expect(FITS))
    }

    fn check_each(&self, values: &[Value<'_>]) -> Result<(), Error> {
        for (attribute, value) in self.attributes().zip(values) {
            check_filled(&attribute.name, *value)?;
        }
        let (partition, sort) = values.split_at(self.partition.len());
        partition.iter().try_for_each(|value| check_partition_size(*value))?;
        sort.iter().try_for_each(|value| check_sort_size(*value))
    }

    /// The key of attributes that are known to fit.
    pub(crate) fn key_bytes(&self, attributes: &Item) -> Vec<u8> {
        self.bytes_of(&self.values(attributes).expect(FITS))
    }

    /// The key of an item that has all of the key's attributes, each fit for a key. Source: developer guide, sparse
    /// indexes and backfilling.
    pub(crate) fn key_of(&self, item: &Item) -> Option<Vec<u8>> {
        let values = self.values(item)?;
        let fit = |value: &Value<'_>, most: usize| empty_kind(*value).is_none() && value.bytes() <= most;
        let (partition, sort) = values.split_at(self.partition.len());
        let fits = partition.iter().all(|value| fit(value, PARTITION_KEY_BYTES_MAX))
            && sort.iter().all(|value| fit(value, SORT_KEY_BYTES_MAX));
        fits.then(|| self.bytes_of(&values))
    }

    /// Whether two items have the same attributes of the key.
    pub(crate) fn is_same(&self, one: &Item, other: &Item) -> bool {
        self.attributes().all(|attribute| one.get(&attribute.name) == other.get(&attribute.name))
    }

    /// Whether an item has such a key.
    pub(crate) fn fits(&self, item: &Item) -> bool {
        self.key_of(item).is_some()
    }

    /// The values of its attributes in an item, if they are all there and of their types.
    fn values<'i>(&self, item: &'i Item) -> Option<Vec<Value<'i>>> {
        let mut values = Vec::with_capacity(self.len());
        for attribute in self.attributes() {
            let value = item.get(&attribute.name)?;
            values.push(Some(value).filter(|value| is_of(*value, attribute.scalar))?);
        }
        Some(values)
    }

    /// The key of the values of its attributes.
    fn bytes_of(&self, values: &[Value<'_>]) -> Vec<u8> {
        let (partition, sort) = values.split_at(self.partition.len());
        let mut key = key::partition(partition.iter().copied());
        for value in sort {
            key::push_sort(&mut key, *value);
        }
        key
    }

    /// How many attributes it has.
    fn len(&self) -> usize {
        self.partition.len() + self.sort.len()
    }

    /// What a person would like to know of attributes whose key does not fit.
    fn mismatch_hint(&self, attributes: &Item) -> String {
        let count = attributes.attributes().len();
        let mut given: Vec<String> = attributes
            .attributes()
            .iter()
            .take(ATTRIBUTES_TOLD)
            .map(|(name, value)| format!("{name} ({})", value.type_name()))
            .collect();
        if count > ATTRIBUTES_TOLD {
            given.push(format!("and {} more", count - ATTRIBUTES_TOLD));
        }
        format!("the key is {}; given was {}", self.told(), given.join(", "))
    }

    /// Its attributes with their types, for a person.
    pub(crate) fn told(&self) -> String {
        let told = |attribute: &KeyAttribute| format!("{} ({})", attribute.name, type_name(attribute.scalar));
        self.attributes().map(told).collect::<Vec<_>>().join(" and ")
    }
}

/// Why attributes have a key.
const FITS: &str = "the attributes of the key are there, their types are checked";

/// How many attributes a hint names.
const ATTRIBUTES_TOLD: usize = 8;

/// The short name of a key attribute's type.
pub(crate) fn type_name(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::S => "S",
        ScalarType::N => "N",
        ScalarType::B => "B",
    }
}

/// Whether a value is of a key attribute's type.
pub(crate) fn is_of(value: Value<'_>, scalar: ScalarType) -> bool {
    matches!(
        (value, scalar),
        (Value::S(_), ScalarType::S) | (Value::N(_), ScalarType::N) | (Value::B(_), ScalarType::B)
    )
}

/// What an empty value is, if it is one that no key may hold.
pub(crate) fn empty_kind(value: Value<'_>) -> Option<&'static str> {
    match value {
        Value::S("") => Some("string"),
        Value::B([]) => Some("binary"),
        _ => None,
    }
}

/// A key attribute may not be empty. Source: captures of 2026, keys (the same text on all paths).
pub(crate) fn check_filled(name: &str, value: Value<'_>) -> Result<(), Error> {
    let Some(kind) = empty_kind(value) else {
        return Ok(());
    };
    let rule = if kind == "string" { Rule("key.empty_string") } else { Rule("key.empty_binary") };
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
pub(crate) fn check_partition_size(value: Value<'_>) -> Result<(), Error> {
    if value.bytes() <= PARTITION_KEY_BYTES_MAX {
        return Ok(());
    }
    let text = "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 \
                bytes";
    Err(Error::validation(Rule("key.partition_size"), text).of_key(KeyFault::Size))
}

/// As [`check_partition_size`], of a sort key.
pub(crate) fn check_sort_size(value: Value<'_>) -> Result<(), Error> {
    if value.bytes() <= SORT_KEY_BYTES_MAX {
        return Ok(());
    }
    let text = "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size \
                limit of 1024 bytes";
    Err(Error::validation(Rule("key.sort_size"), text).of_key(KeyFault::Size))
}
