//! The strict forms of attribute values, and how what is wrong with them is refused: by itself, or framed.
//!
//! Source: captures of 2026, attribute values; older captures of production for the classic framing.

use ddbmock_model::{
    AttributeMap, AttributeValue, Error, Item, Key, LEVELS_MAX, NumberFault, SetKind, ValueFault, Wording,
};

use super::Voice;
use super::value_fault::worded;
use crate::limits::check_no_empty_value;

/// The strict form of an item.
pub(crate) fn strict(attributes: &AttributeMap, voice: Voice) -> Result<Item, Error> {
    strict_within(attributes, voice, LEVELS_MAX)
}

/// The strict form of attributes with so many maps and lists around a value at the most.
pub(crate) fn strict_within(
    attributes: &AttributeMap,
    voice: Voice,
    levels_max: usize,
) -> Result<Item, Error> {
    strict_but(attributes, voice, levels_max, is_framed)
}

/// The strict form of attributes of which a list is the only one.
pub(crate) fn strict_list(
    (name, list): (&str, &[AttributeValue]),
    voice: Voice,
    levels_max: usize,
) -> Result<Item, Error> {
    Item::strict_list(name, list, voice.wording, levels_max).or_else(|_| {
        let attributes = AttributeMap::from([(name.to_owned(), AttributeValue::L(list.to_vec()))]);
        strict_within(&attributes, voice, levels_max)
    })
}

/// The strict form of a key. Its empty sets are refused bare. Source: captures of 2026, envelopes; assumed.
pub(crate) fn strict_key(attributes: &AttributeMap, voice: Voice) -> Result<Item, Error> {
    strict_but(attributes, voice, LEVELS_MAX, |fault| {
        is_framed(fault) || matches!(fault, ValueFault::EmptySet(_))
    })
}

/// The strict form of a starting key. Faults of a value's type are framed; the older layer frames most others too, the
/// newer one only a scan's nesting. Source: captures of 2026, starting keys.
pub(crate) fn strict_start_key(
    attributes: &AttributeMap,
    voice: Voice,
    of_scan: bool,
) -> Result<Item, Error> {
    let item = Item::strict_as(attributes, voice.wording).map_err(|fault| {
        let fault = if has_empty_name(attributes) { ValueFault::EmptyName } else { fault };
        let (rule, text) = worded(&fault, voice.wording);
        let framed = match (voice.wording, &fault) {
            (_, fault) if is_framed(fault) => true,
            (Wording::Current, ValueFault::TooDeep) => of_scan,
            (Wording::Current, _) => false,
            (Wording::Classic, fault) => !matches!(
                fault,
                ValueFault::Number(..)
                    | ValueFault::EmptySet(SetKind::Numbers)
                    | ValueFault::DuplicateStrings(..)
                    | ValueFault::DuplicateNumbers
                    | ValueFault::DuplicateBinaries(..)
            ),
        };
        let text = if framed { format!("The provided starting key is invalid: {text}") } else { text };
        hinted(Error::validation(rule, text), &fault)
    })?;
    fit(item, voice)
}

/// The strict form of attributes; some faults are refused without the envelope.
fn strict_but(
    attributes: &AttributeMap,
    voice: Voice,
    levels_max: usize,
    is_bare: impl Fn(&ValueFault) -> bool,
) -> Result<Item, Error> {
    let item = Item::strict_within(attributes, voice.wording, levels_max).map_err(|fault| {
        let fault = if has_empty_name(attributes) { ValueFault::EmptyName } else { fault };
        let (rule, text) = worded(&fault, voice.wording);
        let bare = is_bare(&fault);
        hinted(if bare { Error::validation(rule, text) } else { voice.refuse(rule, text) }, &fault)
    })?;
    fit(item, voice)
}

/// An item, if the caller's values may be as empty as those in it.
fn fit(item: Item, voice: Voice) -> Result<Item, Error> {
    if !voice.empty_values {
        check_no_empty_value(&item)?;
    }
    Ok(item)
}

/// The strict form of the values of expressions. The older layer frames every fault with its placeholder, the newer
/// one only the faults of a value's type.
pub(super) fn strict_placeholders(
    values: &AttributeMap,
    voice: Voice,
    levels_max: usize,
) -> Result<Item, Error> {
    Item::strict_within(values, voice.wording, levels_max).map_err(|fault| {
        let found = first_fault(values, voice.wording, levels_max);
        let (key, fault) = found.unwrap_or((String::new(), fault));
        let (rule, text) = worded(&fault, voice.wording);
        if is_framed(&fault) || voice.wording == Wording::Classic {
            return hinted(Error::validation(rule, of_placeholder(&text, &key)), &fault);
        }
        hinted(voice.refuse(rule, text), &fault)
    })
}

/// What is wrong with the value of a placeholder.
fn of_placeholder(text: &str, key: &str) -> String {
    format!("ExpressionAttributeValues contains invalid value: {text} for key {key}")
}

/// The refusal of an empty name in the values of expressions, if there is one, as the older layer words it.
pub(crate) fn empty_name_of_placeholder(values: &AttributeMap) -> Option<Error> {
    let (key, _) = values.iter().find(|(_, value)| holds_empty_name(value, 0))?;
    let (rule, text) = worded(&ValueFault::EmptyName, Wording::Classic);
    Some(Error::validation(rule, of_placeholder(&text, key)))
}

/// The refusal of a number, with the bounds of numbers beside it.
fn hinted(error: Error, fault: &ValueFault) -> Error {
    let hint = match fault {
        ValueFault::Number(NumberFault::Empty | NumberFault::NotANumber, _) => {
            "a number is written as -12, 0.5 or 1.5e3; NaN and infinities are none"
        }
        ValueFault::Number(NumberFault::Overflow | NumberFault::Underflow, _) => {
            "a number is 0, or its magnitude is from 1E-130 to 9.9999999999999999999999999999999999999E+125"
        }
        ValueFault::Number(NumberFault::TooManyDigits, _) => {
            "a number has at most 38 significant digits; round it, or store it as a string"
        }
        _ => return error,
    };
    error.hinted(hint)
}

fn first_fault(values: &AttributeMap, wording: Wording, levels_max: usize) -> Option<(String, ValueFault)> {
    values.iter().find_map(|(key, value)| {
        let alone = AttributeMap::from([(key.clone(), value.clone())]);
        Some((key.clone(), Item::strict_within(&alone, wording, levels_max).err()?))
    })
}

/// Faults of a value's type are never enveloped, and always framed.
fn is_framed(fault: &ValueFault) -> bool {
    matches!(fault, ValueFault::Untyped | ValueFault::ManyTypes)
}

/// Checks that no map in values has an entry with an empty name.
pub(crate) fn check_names<'v>(
    values: impl IntoIterator<Item = &'v AttributeValue>,
    voice: Voice,
) -> Result<(), Error> {
    let empty = values.into_iter().any(|value| holds_empty_name(value, 0));
    if empty { Err(empty_name(voice)) } else { Ok(()) }
}

/// The refusal of an attribute whose name is empty.
pub(crate) fn empty_name(voice: Voice) -> Error {
    let (rule, text) = worded(&ValueFault::EmptyName, voice.wording);
    voice.refuse(rule, text)
}

/// Whether a name is empty in attributes, at any depth: that is refused before anything else is looked at.
pub(crate) fn has_empty_name(attributes: &AttributeMap) -> bool {
    attributes.iter().any(|(name, value)| name.is_empty() || holds_empty_name(value, 0))
}

/// Whether a name is empty in a key. A positional one has no names.
pub(crate) fn key_has_empty_name(key: &Key) -> bool {
    matches!(key, Key::Named(attributes) if attributes.sent().is_some_and(has_empty_name))
}

fn holds_empty_name(value: &AttributeValue, levels: usize) -> bool {
    if levels > LEVELS_MAX {
        return false;
    }
    match value {
        AttributeValue::M(map) => {
            map.iter().any(|(name, value)| name.is_empty() || holds_empty_name(value, levels + 1))
        }
        AttributeValue::L(list) => list.iter().any(|value| holds_empty_name(value, levels + 1)),
        _ => false,
    }
}
