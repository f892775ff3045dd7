//! Items and attribute values, as stored and as owned.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::java_hash::hash_order;
use ddbmock_model::{AttributeValue, Item, Key, Set, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{As, Written};

impl Written for Item {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.attributes().iter().map(|(name, value)| (name, Stored(value, Order::Ascending))))
    }
}

/// Items whose sets of numbers are written in the order of a hash set. Source: captures of 2026, order of set members.
pub(crate) struct HashOrder<'a>(pub(crate) &'a Option<Vec<Item>>);

impl Written for HashOrder<'_> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let item = |item| {
            Entries(move || {
                Item::attributes(item).iter().map(|(name, value)| (name, Stored(value, Order::Hashed)))
            })
        };
        out.collect_seq(self.0.iter().flatten().map(item))
    }
}

/// The order in which sets of numbers are written.
#[derive(Clone, Copy)]
enum Order {
    Ascending,
    Hashed,
}

/// A stored value, and the order of its sets of numbers. Other sets are written in their stored order.
struct Stored<'a>(Value<'a>, Order);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let name = self.0.type_name();
        let order = self.1;
        match self.0 {
            Value::S(text) | Value::N(text) => typed(out, name, text),
            Value::B(bytes) => typed(out, name, &Bytes(bytes)),
            Value::Bool(boolean) => typed(out, name, &boolean),
            Value::Null => typed(out, name, &true),
            Value::Ns(set) if matches!(order, Order::Hashed) => typed(out, name, &hash_order(set.texts())),
            Value::Ss(set) | Value::Ns(set) => typed(out, name, &Each(|| set.texts())),
            Value::Bs(set) => typed(out, name, &Each(|| set_bytes(set))),
            Value::L(list) => typed(out, name, &Each(|| list.iter().map(|value| Stored(value, order)))),
            Value::M(map) => {
                typed(out, name, &Entries(|| map.iter().map(|(name, value)| (name, Stored(value, order)))))
            }
        }
    }
}

fn set_bytes(set: Set<'_>) -> impl Iterator<Item = Bytes<'_>> {
    set.iter().map(Bytes)
}

/// The values of a positional key have no names; only named ones are answered with.
impl Written for Key {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Named(attributes) => attributes.write(out),
            Self::Positional(partition, sort) => {
                out.collect_seq([Some(partition), sort.as_ref()].into_iter().flatten().map(As))
            }
        }
    }
}

impl Written for AttributeValue {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut members = out.serialize_map(None)?;
        if let Self::Mixed(parts) = self {
            parts.iter().try_for_each(|part| write_part(part, &mut members))?;
        } else {
            write_part(self, &mut members)?;
        }
        members.end()
    }
}

/// Writes a type's name and what stands under it.
fn write_part<M: SerializeMap>(value: &AttributeValue, members: &mut M) -> Result<(), M::Error> {
    let name = value.type_name();
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => members.serialize_entry(name, text),
        AttributeValue::B(bytes) => members.serialize_entry(name, &Bytes(bytes)),
        AttributeValue::Bool(boolean) | AttributeValue::Null(boolean) => {
            members.serialize_entry(name, boolean)
        }
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => members.serialize_entry(name, texts),
        AttributeValue::Bs(binaries) => {
            members.serialize_entry(name, &Each(|| binaries.iter().map(|bytes| Bytes(bytes))))
        }
        AttributeValue::L(elements) => members.serialize_entry(name, &As(elements)),
        AttributeValue::M(map) => members.serialize_entry(name, &As(map)),
        AttributeValue::Mixed(_) => Ok(()),
    }
}

fn typed<S: Serializer, T: Serialize + ?Sized>(out: S, name: &str, content: &T) -> Result<S::Ok, S::Error> {
    let mut value = out.serialize_map(Some(1))?;
    value.serialize_entry(name, content)?;
    value.end()
}

/// Bytes, in base64.
struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&STANDARD.encode(self.0))
    }
}

/// A list, element by element.
struct Each<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq((self.0)())
    }
}

/// A map, entry by entry.
struct Entries<F>(F);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)>, F: Fn() -> I> Serialize for Entries<F> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map((self.0)())
    }
}
