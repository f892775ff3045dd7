//! A value of an enumeration, stored as the service's word for it.

use ddbmock_model::Enumeration;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value of an enumeration: the order of its variants is not part of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<E>(pub(super) E);

impl<E: Enumeration> Serialize for Word<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de, E: Enumeration> Deserialize<'de> for Word<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        E::parse(&word).map(Self).ok_or_else(|| D::Error::custom("no such word"))
    }
}
