//! Items and attribute values, as stored and as owned.

use ddbmock_model::java_hash::hash_order;
use ddbmock_model::{AttributeValue, Item, Key, Value};

use super::json::Members;
use super::{Json, Written};

impl Written for Item {
    fn write(&self, out: &mut Json) {
        attributes(self, Order::Ascending, out);
    }
}

/// Items whose sets of numbers are written in the order of a hash set. Source: captures of 2026, order of set members.
pub(crate) struct HashOrder<'a, T>(pub(crate) &'a Option<T>);

impl Written for HashOrder<'_, Vec<Item>> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, out: &mut Json) {
        out.list(self.0.iter().flatten(), |item, out| attributes(item, Order::Hashed, out));
    }
}

impl Written for HashOrder<'_, Item> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, out: &mut Json) {
        self.0.iter().for_each(|item| attributes(item, Order::Hashed, out));
    }
}

/// The order in which sets of numbers are written.
#[derive(Clone, Copy)]
enum Order {
    Ascending,
    Hashed,
}

fn attributes(item: &Item, order: Order, out: &mut Json) {
    out.map(Item::attributes(item).raw_iter(), |value, out| stored(value, order, out));
}

/// Writes a stored value. Sets are written in their stored order, but for those of numbers.
fn stored(value: Value<'_, &[u8]>, order: Order, out: &mut Json) {
    out.single(opening(&value), |out| match value {
        Value::S(text) | Value::N(text) => out.stored_text(text),
        Value::B(bytes) => out.base64(bytes),
        Value::Bool(boolean) => boolean.write(out),
        Value::Null => out.raw("true"),
        Value::Ns(set) if matches!(order, Order::Hashed) => {
            out.list(hash_order(set.texts()), |text, out| out.text(text));
        }
        Value::Ss(set) | Value::Ns(set) => out.list(set.iter(), |text, out| out.stored_text(text)),
        Value::Bs(set) => out.list(set.iter(), |bytes, out| out.base64(bytes)),
        Value::L(list) => out.list(list.raw_iter(), |value, out| stored(value, order, out)),
        Value::M(map) => out.map(map.raw_iter(), |value, out| stored(value, order, out)),
    });
}

/// How a value begins.
fn opening(value: &Value<'_, &[u8]>) -> &'static str {
    match value {
        Value::S(_) => r#"{"S":"#,
        Value::N(_) => r#"{"N":"#,
        Value::B(_) => r#"{"B":"#,
        Value::Bool(_) => r#"{"BOOL":"#,
        Value::Null => r#"{"NULL":"#,
        Value::Ss(_) => r#"{"SS":"#,
        Value::Ns(_) => r#"{"NS":"#,
        Value::Bs(_) => r#"{"BS":"#,
        Value::L(_) => r#"{"L":"#,
        Value::M(_) => r#"{"M":"#,
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
