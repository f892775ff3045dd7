//! Attributes that are plainly right, packed as they are read.
//!
//! Whatever is unusual about one of them ends the reading, without a word of what it was.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{Item, Packer, SetKind};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::KnownName;
use super::attribute_value::type_named;
use super::context::Plain;

/// Packs attributes.
///
/// # Errors
/// One of the parser's, or one that says nothing: they are to be read with care.
pub(super) fn pack<'de, A: MapAccess<'de>>(entries: A, plain: Plain) -> Result<Item, A::Error> {
    let packed = Item::plain(plain.canonical, |packer| read_entries(entries, packer))?;
    packed.ok_or_else(unusual)
}

fn unusual<E: de::Error>() -> E {
    E::custom("unusual")
}

/// What is read next.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// The name of an attribute.
    Name,
    /// A value: an object with one member, the type.
    Value,
    S,
    N,
    B,
    Bool,
    Null,
    Set(SetKind),
    Member(SetKind),
    L,
    M,
}

/// What stands under the names of the types, in the order of [`TYPES`](super::attribute_value::TYPES).
const UNDER: [Next; 10] = [
    Next::S,
    Next::N,
    Next::B,
    Next::Bool,
    Next::Null,
    Next::Set(SetKind::Strings),
    Next::Set(SetKind::Numbers),
    Next::Set(SetKind::Binaries),
    Next::L,
    Next::M,
];

/// Reads what comes next into a packer.
struct Into<'p, 'r> {
    packer: &'p mut Packer<'r>,
    next: Next,
}

impl<'de> DeserializeSeed<'de> for Into<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("what is plainly right")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        let packer = self.packer;
        match self.next {
            Next::Name => packer.name(text),
            Next::S => packer.string(text),
            Next::N => packer.number(text),
            Next::B => packer.binary(&bytes(text)?),
            Next::Member(SetKind::Strings) => packer.member(text.as_bytes()),
            Next::Member(SetKind::Numbers) => packer.number_member(text),
            Next::Member(SetKind::Binaries) => packer.member(&bytes(text)?),
            _ => return Err(unusual()),
        }
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, boolean: bool) -> Result<(), E> {
        match self.next {
            Next::Bool => self.packer.boolean(boolean),
            Next::Null => self.packer.null(boolean),
            _ => return Err(unusual()),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        match self.next {
            Next::Set(kind) => {
                self.packer.set(kind, |packer| read_elements(elements, Next::Member(kind), packer).map(drop))
            }
            Next::L => self.packer.list(|packer| read_elements(elements, Next::Value, packer)),
            _ => Err(unusual()),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        match self.next {
            Next::Value => read_value(entries, self.packer),
            Next::M => self.packer.map(|packer| read_entries(entries, packer)),
            _ => Err(unusual()),
        }
    }
}

/// Reads all elements of a list or a set; returns how many they are.
fn read_elements<'de, A: SeqAccess<'de>>(
    mut elements: A,
    next: Next,
    packer: &mut Packer<'_>,
) -> Result<usize, A::Error> {
    let mut count = 0;
    while elements.next_element_seed(Into { packer, next })?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Reads all entries of a map.
fn read_entries<'de, A: MapAccess<'de>>(mut entries: A, packer: &mut Packer<'_>) -> Result<(), A::Error> {
    while entries.next_key_seed(Into { packer, next: Next::Name })?.is_some() {
        entries.next_value_seed(Into { packer, next: Next::Value })?;
    }
    Ok(())
}

/// Reads a value, which has one type and nothing beside it.
fn read_value<'de, A: MapAccess<'de>>(mut members: A, packer: &mut Packer<'_>) -> Result<(), A::Error> {
    let Some(Some(at)) = members.next_key_seed(KnownName(type_named))? else {
        return Err(unusual());
    };
    members.next_value_seed(Into { packer, next: UNDER[at] })?;
    if members.next_key::<IgnoredAny>()?.is_some() { Err(unusual()) } else { Ok(()) }
}

/// The bytes of a text in base64.
fn bytes<E: de::Error>(text: &str) -> Result<Vec<u8>, E> {
    STANDARD.decode(text).map_err(|_| unusual())
}
