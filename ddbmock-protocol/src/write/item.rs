//! Items and attribute values, as stored and as owned.

use ddbmock_model::java_hash::hash_order;
use ddbmock_model::{AttributeValue, Attributes, Item, Key, RawValue, Value};

use super::json::Members;
use super::{Json, Written};

impl Written for Item {
    fn room(&self) -> usize {
        room(self)
    }

    fn write(&self, out: &mut Json) {
        out.reserve(room(self));
        attributes(self, Order::Ascending, out);
    }
}

/// Items whose sets of numbers are written in the order of a hash set. Source: captures of 2026, order of set members.
pub(crate) struct HashOrder<'a, T>(pub(crate) &'a T);

impl<T> Written for HashOrder<'_, Option<T>>
where
    for<'t> HashOrder<'t, T>: Written,
{
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, out: &mut Json) {
        self.0.iter().for_each(|items| HashOrder(items).write(out));
    }
}

impl Written for HashOrder<'_, Vec<Item>> {
    fn write(&self, out: &mut Json) {
        out.reserve(self.0.iter().map(room).sum());
        out.list(self.0, |item, out| attributes(item, Order::Hashed, out));
    }
}

impl Written for HashOrder<'_, Item> {
    fn write(&self, out: &mut Json) {
        attributes(self.0, Order::Hashed, out);
    }
}

/// The order in which sets of numbers are written.
#[derive(Clone, Copy)]
enum Order {
    Ascending,
    Hashed,
}

/// About as many bytes as an item is written in: names and values as they are stored, and what stands around them.
fn room(item: &Item) -> usize {
    let stored = item.packed().len();
    stored + stored / 4 + 64
}

fn attributes(item: &Item, order: Order, out: &mut Json) {
    out.map(Item::attributes(item).raw_iter(), |value, out| stored(value, order, out));
}

/// Writes a stored value, its sets as they are stored.
pub(crate) fn value(value: RawValue<'_>, out: &mut Json) {
    stored(value, Order::Ascending, out);
}

/// Writes a stored value. Most of them are strings and numbers.
#[inline]
fn stored(value: RawValue<'_>, order: Order, out: &mut Json) {
    match value {
        Value::S(text) => out.after(r#"{"S":""#).content(text),
        Value::N(text) => out.after(r#"{"N":""#).content(text),
        other => return any(other, order, out),
    }
    out.raw(r#""}"#);
}

/// Writes a stored value, whatever it is. Sets stand as they are stored, but for numbers with [`Order::Hashed`].
#[inline(never)] // so that the way of strings and numbers stays short
fn any(value: RawValue<'_>, order: Order, out: &mut Json) {
    match value {
        Value::S(_) | Value::N(_) => return stored(value, order, out),
        Value::B(bytes) => out.after(r#"{"B":"#).base64(bytes),
        Value::Bool(boolean) => boolean.write(out.after(r#"{"BOOL":"#)),
        Value::Null => out.raw(r#"{"NULL":true"#),
        Value::Ss(set) => out.after(r#"{"SS":"#).list(set.iter(), |text, out| out.stored_text(text)),
        Value::Ns(set) => {
            let out = out.after(r#"{"NS":"#);
            match order {
                Order::Ascending => out.list(set.iter(), |text, out| out.stored_text(text)),
                Order::Hashed => out.list(hash_order(set.texts()), |text, out| out.text(text)),
            }
        }
        Value::Bs(set) => out.after(r#"{"BS":"#).list(set.iter(), |bytes, out| out.base64(bytes)),
        Value::L(list) => {
            out.after(r#"{"L":"#).list(list.raw_iter(), |value, out| stored(value, order, out));
        }
        Value::M(map) => {
            out.after(r#"{"M":"#).map(map.raw_iter(), |value, out| stored(value, order, out));
        }
    }
    out.raw("}");
}

impl Written for Attributes {
    fn write(&self, out: &mut Json) {
        match self {
            Self::Sent(map) => map.write(out),
            Self::Packed(item) => item.write(out),
        }
    }
}

/// The values of a positional key have no names; only named ones are answered with.
impl Written for Key {
    fn write(&self, out: &mut Json) {
        match self {
            Self::Named(attributes) => attributes.write(out),
            Self::Positional(partition, sort) => {
                out.list([Some(partition), sort.as_ref()].into_iter().flatten(), Written::write);
            }
        }
    }
}

impl Written for AttributeValue {
    fn write(&self, out: &mut Json) {
        let mut members = out.structure();
        if let Self::Mixed(parts) = self {
            for part in parts {
                write_part(part, &mut members);
            }
        } else {
            write_part(self, &mut members);
        }
    }
}

/// Writes a type's name and what stands under it.
fn write_part(value: &AttributeValue, members: &mut Members<'_>) {
    if matches!(value, AttributeValue::Mixed(_)) {
        return;
    }
    let out = members.member(value.type_name());
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => out.text(text),
        AttributeValue::B(bytes) => out.base64(bytes),
        AttributeValue::Bool(boolean) | AttributeValue::Null(boolean) => boolean.write(out),
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => texts.write(out),
        AttributeValue::Bs(binaries) => out.list(binaries, |bytes, out| out.base64(bytes)),
        AttributeValue::L(elements) => elements.write(out),
        AttributeValue::M(map) => map.write(out),
        AttributeValue::Mixed(_) => {}
    }
}
