//! What keys are made of, as it is stored.

use ddbmock_model::{KeySchemaElement, KeyType, ScalarType};
use serde::{Deserialize, Serialize};

use super::word::Word;
use crate::schema::KeyAttribute;

/// An attribute and its type.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Attribute(pub(super) String, pub(super) Word<ScalarType>);

/// An attribute and its role.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Element(pub(super) String, Word<KeyType>);

impl Attribute {
    /// An attribute as it is stored.
    pub(super) fn of(live: &KeyAttribute) -> Self {
        Self(live.name.clone(), Word(live.scalar))
    }

    /// The attribute itself.
    pub(super) fn live(self) -> KeyAttribute {
        KeyAttribute { name: self.0, scalar: self.1.0 }
    }
}

impl Element {
    /// An element as it is stored.
    pub(super) fn of(live: &KeySchemaElement) -> Self {
        Self(live.attribute_name.clone(), Word(live.key_type))
    }

    /// The element itself.
    pub(super) fn live(self) -> KeySchemaElement {
        KeySchemaElement { attribute_name: self.0, key_type: self.1.0 }
    }
}
