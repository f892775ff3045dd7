//! The key of an item, as a request names it.

use crate::attributes::Attributes;
use crate::value::{AttributeMap, AttributeValue};

/// The key of an item.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Key {
    /// Key attributes by name.
    Named(Attributes),
    /// The partition key's value and the sort key's, as API 2011-12-05 sends them. Their names are the table's.
    Positional(AttributeValue, Option<AttributeValue>),
}

impl Default for Key {
    fn default() -> Self {
        Self::Named(Attributes::default())
    }
}

impl From<AttributeMap> for Key {
    fn from(attributes: AttributeMap) -> Self {
        Self::Named(attributes.into())
    }
}
