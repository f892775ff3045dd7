//! The key of the item that a request is about.

use std::borrow::Cow;
use std::sync::Arc;

use ddbmock_model::{ApiVersion, AttributeMap, AttributeValue, Error, Item, Key, Value};

use crate::check::{Voice, strict_key, strict_start_key};
use crate::schema::KeySchema;

/// The places of a key, which stand for the names of its attributes until the table is known.
pub(crate) const POSITIONS: [&str; 2] = ["HashKeyElement", "RangeKeyElement"];

/// The key of an answer, as an API version says it: by the names of its attributes, or by their places in a table's
/// key.
pub(crate) fn told(key: Item, schema: &KeySchema, version: ApiVersion) -> Key {
    match version {
        ApiVersion::V20120810 => Key::Named(key.into()),
        ApiVersion::V20111205 => {
            let mut values = schema.attributes().filter_map(|attribute| key.get(&attribute.name));
            let mut next = || values.next().map(Value::to_owned_value);
            let partition = next().unwrap_or(AttributeValue::Mixed(Vec::new()));
            Key::Positional(partition, next())
        }
    }
}

/// A key whose values are in order; whether it fits the table is not known yet.
#[derive(Debug, Clone)]
pub(crate) enum LookUp {
    /// Its attributes.
    Named(Item),
    /// Its values, under [`POSITIONS`].
    Positional(Item),
}

impl LookUp {
    /// The key of a request, its values checked.
    pub(crate) fn strict(key: &Key, voice: Voice) -> Result<Self, Error> {
        Self::checked(key, |attributes| strict_key(attributes, voice))
    }

    /// The starting key of a query or a scan, its values checked.
    pub(crate) fn strict_start(key: &Key, voice: Voice, of_scan: bool) -> Result<Self, Error> {
        Self::checked(key, |attributes| strict_start_key(attributes, voice, of_scan))
    }

    fn checked(key: &Key, strict: impl Fn(&AttributeMap) -> Result<Item, Error>) -> Result<Self, Error> {
        match key {
            Key::Named(attributes) => Ok(Self::Named(attributes.strict_by(strict)?)),
            Key::Positional(partition, sort) => {
                let values = [Some(partition), sort.as_ref()].into_iter().flatten().cloned();
                let attributes: AttributeMap = POSITIONS.map(str::to_owned).into_iter().zip(values).collect();
                Ok(Self::Positional(strict(&attributes)?))
            }
        }
    }

    /// Its values as they are, by their names or their places.
    pub(crate) fn item(&self) -> &Item {
        match self {
            Self::Named(item) | Self::Positional(item) => item,
        }
    }

    /// The key of its row, if it fits a table.
    pub(crate) fn row(&self, schema: &KeySchema) -> Result<Arc<[u8]>, Error> {
        schema.look_up(&self.named(schema))
    }

    /// The key by the names of a table's attributes. A place that the table does not have stays, and the table
    /// refuses it.
    pub(crate) fn named(&self, schema: &KeySchema) -> Cow<'_, Item> {
        match self {
            Self::Named(item) => Cow::Borrowed(item),
            Self::Positional(item) => {
                let names = schema
                    .attributes()
                    .map(|attribute| attribute.name.as_str())
                    .chain(POSITIONS.into_iter().skip(schema.attributes().count()));
                let values = item.attributes().iter().map(|(_, value)| value);
                let mut attributes: Vec<(&str, Value<'_>)> = names.zip(values).collect();
                attributes.sort_by_key(|(name, _)| *name);
                Cow::Owned(Item::from_values(attributes))
            }
        }
    }
}
