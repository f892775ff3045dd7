//! Bodies that are read strictly: a member is of its type or refused, in the words of the library that reads them.
//!
//! A value of another type is a `SerializationException`, and so is, without a word, what is no JSON or not the one
//! member that an attribute value has; everything else is a `ValidationException`. Source: captures of October 2026,
//! SearchVectors.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{AttributeMap, AttributeValue, Error, Message, Rule};
use serde::de::{self, IgnoredAny, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;

/// Reads a body.
///
/// # Errors
/// `SerializationException` or `ValidationException`, as the module says.
pub(crate) fn read<'b, T: Deserialize<'b>>(body: &'b str) -> Result<T, Error> {
    serde_json::from_str(body).map_err(|error| {
        if error.classify() != Category::Data {
            let message = Message::new(Rule("strict.syntax"), "");
            return Error::Serialization(message).hinted(error.to_string());
        }
        let text = error.to_string();
        // The library tells what it found by its words alone.
        if text.starts_with("invalid type") {
            Error::Serialization(Message::new(Rule("strict.type"), text))
        } else {
            Error::validation(Rule("strict.member"), text)
        }
    })
}

/// An attribute value: an object with one member. There are more types than items can be of.
#[derive(Deserialize)]
pub(crate) enum Value {
    B(Blob),
    #[serde(rename = "BOOL")]
    Bool(bool),
    #[serde(rename = "BS")]
    Bs(Vec<Blob>),
    #[serde(rename = "DECIMAL")]
    Decimal(IgnoredAny),
    #[serde(rename = "DECIMALSET")]
    DecimalSet(IgnoredAny),
    #[serde(rename = "DOUBLE")]
    Double(IgnoredAny),
    #[serde(rename = "DOUBLESET")]
    DoubleSet(IgnoredAny),
    #[serde(rename = "INT")]
    Int(IgnoredAny),
    #[serde(rename = "INTSET")]
    IntSet(IgnoredAny),
    L(Vec<Value>),
    M(BTreeMap<String, Value>),
    N(String),
    #[serde(rename = "NS")]
    Ns(Vec<String>),
    #[serde(rename = "NULL")]
    Null(bool),
    S(String),
    #[serde(rename = "SS")]
    Ss(Vec<String>),
}

impl Value {
    /// The value, if it is of a type that items can be of.
    pub(crate) fn known(self) -> Result<AttributeValue, Error> {
        Ok(match self {
            Self::B(Blob(bytes)) => AttributeValue::B(bytes),
            Self::Bool(boolean) => AttributeValue::Bool(boolean),
            Self::Bs(members) => AttributeValue::Bs(members.into_iter().map(|Blob(bytes)| bytes).collect()),
            Self::L(elements) => AttributeValue::L(known_list(elements)?),
            Self::M(map) => AttributeValue::M(known_map(map)?),
            Self::N(text) => AttributeValue::N(text),
            Self::Ns(members) => AttributeValue::Ns(members),
            Self::Null(null) => AttributeValue::Null(null),
            Self::S(text) => AttributeValue::S(text),
            Self::Ss(members) => AttributeValue::Ss(members),
            _ => return Err(Error::validation(Rule("strict.mapping"), "This type mapping is not supported")),
        })
    }
}

/// The values of a list.
pub(crate) fn known_list(values: Vec<Value>) -> Result<Vec<AttributeValue>, Error> {
    values.into_iter().map(Value::known).collect()
}

/// The values of a map.
pub(crate) fn known_map(values: BTreeMap<String, Value>) -> Result<AttributeMap, Error> {
    values.into_iter().map(|(name, value)| Ok((name, value.known()?))).collect()
}

/// Bytes in base64.
pub(crate) struct Blob(Vec<u8>);

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Blob;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a Base64-encoded string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Blob, E> {
                STANDARD.decode(text).map(Blob).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        source.deserialize_str(Text)
    }
}
