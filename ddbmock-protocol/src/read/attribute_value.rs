//! Attribute values: `{"S": "a"}`, `{"L": [..]}` and so on.
//!
//! A value may hold no type or several; the operation refuses that in its turn, so it is kept. Members that are no
//! type are dropped, and so are those that are `null`.

use ddbmock_model::{ApiVersion, AttributeMap, AttributeValue};
use serde::de::{IgnoredAny, MapAccess};

use super::deep::{self, Nested};
use super::mismatch::Kind;
use super::scalar::{Blob, ValueBoolean};
use super::{Context, KnownName, Slot, Wire};

/// The types' names.
pub(super) const TYPES: [&str; 10] = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"];
/// The types that the first API version does not have.
const LATER_TYPES: [&str; 4] = ["BOOL", "NULL", "L", "M"];

impl Wire for AttributeValue {
    const KIND: Kind = Kind::Structure("AttributeValue");

    fn absent() -> Self {
        Self::Mixed(Vec::new())
    }

    fn from_map<'de, A: MapAccess<'de>>(mut entries: A, context: &mut Context) -> Result<Self, A::Error> {
        deep::note(context);
        let mut value = Self::absent();
        while let Some(name) = entries.next_key_seed(KnownName(type_named))? {
            let Some(at) = name.filter(|at| has_type(context.version, TYPES[*at])) else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            let part = read_part(TYPES[at], &mut entries, context)?;
            value = with_part(value, TYPES[at], part);
        }
        context.said.older_layer |= matches!(&value, Self::Mixed(parts) if parts.len() > 1);
        Ok(value)
    }
}

/// Whether values can be of a type in an API version.
fn has_type(version: ApiVersion, name: &str) -> bool {
    version == ApiVersion::V20120810 || !LATER_TYPES.contains(&name)
}

/// The place of a type's name in [`TYPES`].
pub(super) fn type_named(name: &str) -> Option<usize> {
    // Most names are of one letter, which is faster compared than a text.
    match name.as_bytes() {
        [letter] => TYPES.iter().position(|known| known.as_bytes() == [*letter]),
        _ => TYPES.iter().position(|known| *known == name),
    }
}

/// Reads what stands under a type's name.
fn read_part<'de, A: MapAccess<'de>>(
    name: &str,
    entries: &mut A,
    context: &mut Context,
) -> Result<Option<AttributeValue>, A::Error> {
    let part = match name {
        "S" => member(entries, context)?.map(AttributeValue::S),
        "N" => member(entries, context)?.map(AttributeValue::N),
        "B" => member(entries, context)?.map(|Blob(bytes)| AttributeValue::B(bytes)),
        "BOOL" => member(entries, context)?.map(|ValueBoolean(boolean)| AttributeValue::Bool(boolean)),
        "NULL" => member(entries, context)?.map(|ValueBoolean(boolean)| AttributeValue::Null(boolean)),
        "SS" => member(entries, context)?.map(AttributeValue::Ss),
        "NS" => member(entries, context)?.map(AttributeValue::Ns),
        "BS" => member::<Vec<Blob>, A>(entries, context)?
            .map(|members| AttributeValue::Bs(members.into_iter().map(|Blob(bytes)| bytes).collect())),
        "L" => entries.next_value_seed(Nested::<Vec<AttributeValue>>::new(context))?.map(AttributeValue::L),
        _ => entries.next_value_seed(Nested::<AttributeMap>::new(context))?.map(AttributeValue::M),
    };
    Ok(part)
}

fn member<'de, T: Wire, A: MapAccess<'de>>(
    entries: &mut A,
    context: &mut Context,
) -> Result<Option<T>, A::Error> {
    entries.next_value_seed(Slot::member(context))
}

/// A value with one more part, in place of an earlier one of the same type: the last counts, also if it is `null`.
fn with_part(value: AttributeValue, name: &str, part: Option<AttributeValue>) -> AttributeValue {
    let mut parts = match (value, part) {
        (AttributeValue::Mixed(parts), Some(part)) if parts.is_empty() => return part,
        (AttributeValue::Mixed(mut parts), part) => {
            parts.retain(|earlier| earlier.type_name() != name);
            parts.extend(part);
            parts
        }
        (single, part) => {
            let single = Some(single).filter(|single| single.type_name() != name);
            single.into_iter().chain(part).collect()
        }
    };
    match (parts.len(), parts.pop()) {
        (1, Some(single)) => single,
        (_, last) => {
            parts.extend(last);
            AttributeValue::Mixed(parts)
        }
    }
}
