//! Items and requests outside of HTTP: in files, as DynamoDB's JSON or as ordinary JSON.
//!
//! Ordinary JSON has strings, numbers, booleans, null, lists and objects, and no types beside them. It holds whatever
//! of an item can be told from these.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use ddbmock_model::op::{CreateTable, PutItem};
use ddbmock_model::{AttributeMap, AttributeValue, Call, Error, Item, RawValue, Value};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue as RawJson;

use crate::read;
use crate::write::{self, Json, Written as _};

/// Checks that no object of a text of JSON has two members of the same name: one of them would be dropped. What else
/// may be wrong with the text is for its reader to tell.
///
/// # Errors
/// Where the second one stands.
pub fn check_names(text: &str) -> Result<(), serde_json::Error> {
    match serde_json::from_str(text) {
        Err(error) if error.is_data() => Err(error),
        Ok(Unambiguous) | Err(_) => Ok(()),
    }
}

/// What is wrong with a text of JSON, and where.
pub fn no_json(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let why = told.split(" at line ").next().unwrap_or_default();
    let what = if error.is_data() { "" } else { "this is no JSON: " };
    format!("column {}: {what}{why}", error.column())
}

/// The most lists and objects around a value of ordinary JSON that is read. DynamoDB allows fewer, and says so itself.
const LEVELS_MAX: usize = 64;

/// Reads the body of a CreateTable request.
///
/// # Errors
/// As the service refuses bodies.
pub fn create_table(body: &str) -> Result<Call<CreateTable>, Error> {
    read::decode(body)
}

/// Reads the body of a PutItem request.
///
/// # Errors
/// As the service refuses bodies.
pub fn put_item(body: &str) -> Result<Call<PutItem>, Error> {
    read::decode(body)
}

/// An item in DynamoDB's JSON.
pub fn item_json(item: &Item) -> Vec<u8> {
    write::encode(item)
}

/// A value in DynamoDB's JSON.
pub fn value_json(value: Value<'_>) -> Vec<u8> {
    let mut out = Json::with_capacity(0);
    write::value(value.raw(), &mut out);
    out.into_bytes()
}

/// An item in ordinary JSON.
///
/// # Errors
/// The name of the first attribute that has a value in it that ordinary JSON cannot tell from another, and the type of
/// that: a binary or a set.
pub fn ordinary_json(item: &Item) -> Result<Vec<u8>, (String, &'static str)> {
    for (name, value) in item.attributes().iter() {
        untold(value).map_or(Ok(()), |kind| Err((name.to_owned(), kind)))?;
    }
    let mut out = Json::with_capacity(item.packed().len());
    out.map(item.attributes().raw_iter(), ordinary);
    Ok(out.into_bytes())
}

/// The type of the first value in a value that ordinary JSON cannot tell from another.
fn untold(value: Value<'_>) -> Option<&'static str> {
    match value {
        Value::B(_) | Value::Ss(_) | Value::Ns(_) | Value::Bs(_) => Some(value.type_name()),
        Value::L(list) => list.iter().find_map(untold),
        Value::M(map) => map.iter().find_map(|(_, value)| untold(value)),
        Value::S(_) | Value::N(_) | Value::Bool(_) | Value::Null => None,
    }
}

fn ordinary(value: RawValue<'_>, out: &mut Json) {
    match value.text() {
        Value::S(text) => out.text(text),
        Value::N(text) => out.raw(text),
        Value::Bool(boolean) => boolean.write(out),
        Value::L(list) => out.list(list.raw_iter(), ordinary),
        Value::M(map) => out.map(map.raw_iter(), ordinary),
        // What cannot be told was refused before.
        Value::Null | Value::B(_) | Value::Ss(_) | Value::Ns(_) | Value::Bs(_) => out.raw("null"),
    }
}

/// Reads an item from an object of ordinary JSON. Numbers keep all of their digits.
///
/// # Errors
/// What is wrong with the text.
pub fn ordinary_item(text: &str) -> Result<AttributeMap, String> {
    if !text.trim_start().starts_with('{') {
        return Err("this is no object of JSON".to_owned());
    }
    let item = object(text, 0)?;
    check_names(text).map_err(|error| no_json(&error))?;
    Ok(item)
}

fn object(text: &str, levels: usize) -> Result<AttributeMap, String> {
    let entries: BTreeMap<String, &RawJson> = parsed(text)?;
    entries.into_iter().map(|(name, value)| Ok((name, ordinary_value(value.get(), levels)?))).collect()
}

/// The value of a text that is JSON.
fn ordinary_value(text: &str, levels: usize) -> Result<AttributeValue, String> {
    if levels > LEVELS_MAX {
        return Err(format!("more than {LEVELS_MAX} lists and objects stand around a value"));
    }
    Ok(match text.as_bytes().first() {
        Some(b'"') => AttributeValue::S(parsed(text)?),
        Some(b'{') => AttributeValue::M(object(text, levels + 1)?),
        Some(b'[') => {
            let elements: Vec<&RawJson> = parsed(text)?;
            let values = elements.into_iter().map(|element| ordinary_value(element.get(), levels + 1));
            AttributeValue::L(values.collect::<Result<_, _>>()?)
        }
        Some(b't' | b'f') => AttributeValue::Bool(parsed(text)?),
        Some(b'n') => AttributeValue::Null(true),
        _ => AttributeValue::N(text.to_owned()),
    })
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| no_json(&error))
}

/// Any JSON in which no object has two members of the same name.
struct Unambiguous;

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Unambiguous {
    type Value = Self;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if let Some(name) = names.replace(name) {
                return Err(A::Error::custom(format!("{name:?} stands twice in one object. Write it once")));
            }
            members.next_value::<Self>()?;
        }
        Ok(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self, A::Error> {
        while elements.next_element::<Self>()?.is_some() {}
        Ok(Self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use ddbmock_model::{AttributeValue, Item, attributes};

    use super::{check_names, no_json, ordinary_item, ordinary_json};

    fn written(value: AttributeValue) -> Result<String, (String, &'static str)> {
        let item = Item::strict(&[("a".to_owned(), value)].into()).unwrap();
        ordinary_json(&item).map(|json| String::from_utf8(json).unwrap())
    }

    #[test]
    fn what_can_be_told_is_written_and_read() {
        let check = |json: &str| {
            let item = Item::strict(&ordinary_item(json).unwrap()).unwrap();
            assert_eq!(String::from_utf8(ordinary_json(&item).unwrap()).unwrap(), json);
        };
        check(r#"{"a":"\u0001\"é"}"#);
        check(r#"{"a":12345678901234567890123456789012345678}"#);
        check(r#"{"a":-0.00000000000000000000000000000000000001}"#);
        check(r#"{"a":[true,false,null,"",[],{"b":{}}]}"#);
    }

    #[test]
    fn what_cannot_be_told_is_not_written() {
        let check = |value: AttributeValue, kind| assert_eq!(written(value), Err(("a".to_owned(), kind)));
        check(AttributeValue::B(vec![1]), "B");
        check(AttributeValue::Ss(vec!["a".into()]), "SS");
        check(
            AttributeValue::L(vec![AttributeValue::M(
                attributes! { "n" => AttributeValue::Ns(vec!["1".into()]) },
            )]),
            "NS",
        );
    }

    #[test]
    fn names_stand_once() {
        let check = |text: &str, expected: Result<(), String>| {
            assert_eq!(check_names(text).map_err(|error| no_json(&error)), expected);
        };
        check(r#"{"a": {"b": [1, -1, 1.5, true, null, "c"]}, "b": {"b": 1e400}}"#, Ok(()));
        let twice = |place: &str| Err(format!("{place} stands twice in one object. Write it once"));
        check(r#"{"a": {"S": "1"}, "\u0061": {"S": "1"}}"#, twice("column 26: \"a\""));
        check(r#"[{"a": [{"b": 1, "b": 2}]}]"#, twice("column 20: \"b\""));
        assert_eq!(ordinary_item(r#"{"a": 1, "a": 1}"#).map(drop), twice("column 12: \"a\""));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let check = |text: &str, expected: &str| assert_eq!(ordinary_item(text).unwrap_err(), expected);
        check("[]", "this is no object of JSON");
        check(r#"{"a": }"#, "column 7: this is no JSON: expected value");
        let deep = format!(r#"{{"a": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        check(&deep, "more than 64 lists and objects stand around a value");
    }
}
