//! The packed form: how values become bytes.
//!
//! A value is a tag, the length of its content, and the content; a length is in groups of seven bits, lowest first.
//! Sets, lists and maps open their content with a count. A map's entries are name and value, in name order.
//! [`view`](super::view) and its kin read what is written here, and by [`packer`](super::packer).
//!
//! What writes values returns the size they are billed for, which is [`Value::bytes`] of what was written.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::fault::{SetKind, ValueFault};
use super::view::{Value, nested_bytes};
use crate::value::{AttributeMap, AttributeValue};
use crate::{Number, Wording};

/// How the values of a request are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// As which layer of the service reads them.
    pub(super) wording: Wording,
    /// The most maps and lists that may stand around a value.
    pub(super) levels_max: usize,
}

pub(super) mod tag {
    pub(in crate::item) const S: u8 = 1;
    pub(in crate::item) const N: u8 = 2;
    pub(in crate::item) const B: u8 = 3;
    pub(in crate::item) const FALSE: u8 = 4;
    pub(in crate::item) const TRUE: u8 = 5;
    pub(in crate::item) const NULL: u8 = 6;
    pub(in crate::item) const SS: u8 = 7;
    pub(in crate::item) const NS: u8 = 8;
    pub(in crate::item) const BS: u8 = 9;
    pub(in crate::item) const L: u8 = 10;
    pub(in crate::item) const M: u8 = 11;
}

/// Writes a map's content from the attributes of a request; `levels` maps and lists stand around it.
pub(super) fn attributes(
    out: &mut Vec<u8>,
    map: &AttributeMap,
    rules: Rules,
    levels: usize,
) -> Result<usize, ValueFault> {
    length(out, map.len());
    let mut bytes = 0;
    for (name, value) in map {
        if name.is_empty() {
            return Err(ValueFault::EmptyName);
        }
        bytes += content(out, name.as_bytes());
        bytes += strict(out, value, rules, levels)?;
    }
    Ok(bytes)
}

/// Writes a map's content whose only entry is a list.
pub(super) fn single_list(
    out: &mut Vec<u8>,
    name: &str,
    elements: &[AttributeValue],
    rules: Rules,
) -> Result<usize, ValueFault> {
    length(out, 1);
    let bytes = content(out, name.as_bytes());
    Ok(bytes + nested_bytes(elements.len(), list(out, elements, rules, 1)?))
}

fn strict(
    out: &mut Vec<u8>,
    value: &AttributeValue,
    rules: Rules,
    levels: usize,
) -> Result<usize, ValueFault> {
    if levels > rules.levels_max {
        return Err(ValueFault::TooDeep);
    }
    Ok(match value {
        AttributeValue::S(text) => tagged(out, tag::S, text.as_bytes()),
        AttributeValue::N(text) if Number::is_canonical(text) => canonical_number(out, text),
        AttributeValue::N(text) => packed_number(out, number(text, rules.wording)?),
        AttributeValue::B(bytes) => tagged(out, tag::B, bytes),
        AttributeValue::Bool(boolean) => boolean_value(out, *boolean),
        AttributeValue::Null(true) => single(out, tag::NULL),
        AttributeValue::Null(false) => return Err(ValueFault::NullFalse),
        AttributeValue::Ss(members) => members_of(out, tag::SS, strings(members)?),
        AttributeValue::Ns(members) => {
            let numbers = numbers(members, rules.wording)?;
            let texts: Vec<String> = numbers.iter().map(Number::to_string).collect();
            members_of(out, tag::NS, texts.iter().map(String::as_bytes));
            numbers.into_iter().map(Number::bytes).sum()
        }
        AttributeValue::Bs(members) => members_of(out, tag::BS, binaries(members)?),
        AttributeValue::L(elements) => nested_bytes(elements.len(), list(out, elements, rules, levels + 1)?),
        AttributeValue::M(map) => {
            let bytes = nested(out, tag::M, |out| attributes(out, map, rules, levels + 1))?;
            nested_bytes(map.len(), bytes)
        }
        AttributeValue::Mixed(values) => return Err(mixed(values, rules, levels)),
    })
}

fn list(
    out: &mut Vec<u8>,
    elements: &[AttributeValue],
    rules: Rules,
    levels: usize,
) -> Result<usize, ValueFault> {
    nested(out, tag::L, |out| {
        length(out, elements.len());
        elements.iter().map(|element| strict(out, element, rules, levels)).sum()
    })
}

/// What is wrong with a value of no type or of several: its empty sets first, then its numbers, its null, and last
/// that it is several. Source: captures of 2026, order inside a value with several members.
fn mixed(values: &[AttributeValue], rules: Rules, levels: usize) -> ValueFault {
    if values.is_empty() {
        return ValueFault::Untyped;
    }
    let rank = |fault: &ValueFault| match fault {
        ValueFault::EmptySet(_) => 0,
        ValueFault::Number(..) => 1,
        ValueFault::NullFalse => 2,
        _ => 3,
    };
    let faults = values.iter().filter_map(|value| strict(&mut Vec::new(), value, rules, levels).err());
    faults.chain([ValueFault::ManyTypes]).min_by_key(rank).expect("it has several types at least")
}

fn number(text: &str, wording: Wording) -> Result<Number, ValueFault> {
    Number::parse_as(text, wording).map_err(|fault| ValueFault::Number(fault, text.to_owned()))
}

fn strings(members: &[String]) -> Result<impl ExactSizeIterator<Item = &[u8]>, ValueFault> {
    let sorted = sorted(members, SetKind::Strings)?;
    let sorted = sorted.ok_or_else(|| ValueFault::DuplicateStrings(members.to_vec(), second(members)))?;
    Ok(sorted.into_iter().map(|member: &String| member.as_bytes()))
}

fn binaries(members: &[Vec<u8>]) -> Result<impl ExactSizeIterator<Item = &[u8]>, ValueFault> {
    let sorted = sorted(members, SetKind::Binaries)?;
    let sorted = sorted.ok_or_else(|| ValueFault::DuplicateBinaries(members.to_vec(), second(members)))?;
    Ok(sorted.into_iter().map(Vec::as_slice))
}

fn numbers(members: &[String], wording: Wording) -> Result<Vec<Number>, ValueFault> {
    let numbers = members.iter().map(|text| number(text, wording)).collect::<Result<Vec<_>, _>>()?;
    let sorted = sorted(&numbers, SetKind::Numbers)?.ok_or(ValueFault::DuplicateNumbers)?;
    Ok(sorted.into_iter().copied().collect())
}

/// The members in order; nothing if one of them is there twice.
fn sorted<T: Ord>(members: &[T], kind: SetKind) -> Result<Option<BTreeSet<&T>>, ValueFault> {
    if members.is_empty() {
        return Err(ValueFault::EmptySet(kind));
    }
    let sorted: BTreeSet<&T> = members.iter().collect();
    Ok((sorted.len() == members.len()).then_some(sorted))
}

/// The place of the first member that stands earlier already.
fn second<T: Ord>(members: &[T]) -> usize {
    let mut seen = BTreeSet::new();
    members.iter().position(|member| !seen.insert(member)).expect("one of them is there twice")
}

/// Writes a map's content from drafts in name order.
pub(super) fn drafts<'a>(
    out: &mut Vec<u8>,
    entries: impl ExactSizeIterator<Item = (&'a str, &'a Draft<'a>)>,
) -> usize {
    length(out, entries.len());
    entries.map(|(name, value)| content(out, name.as_bytes()) + draft(out, value)).sum()
}

fn draft(out: &mut Vec<u8>, value: &Draft<'_>) -> usize {
    match value {
        Draft::Kept(value) => kept(out, *value),
        Draft::N(number) => packed_number(out, *number),
        Draft::Set(kind, members) => {
            let bytes = members_of(out, set_tag(*kind), members.iter().map(|member| &**member));
            match kind {
                SetKind::Strings | SetKind::Binaries => bytes,
                SetKind::Numbers => members.iter().map(|text| Number::bytes_of(text)).sum(),
            }
        }
        Draft::L(elements) => {
            let bytes = nested(out, tag::L, |out| {
                length(out, elements.len());
                elements.iter().map(|element| draft(out, element)).sum()
            });
            nested_bytes(elements.len(), bytes)
        }
        Draft::Joined(lists) => {
            let elements = lists.iter().map(|list| list.len()).sum();
            let bytes = nested(out, tag::L, |out| {
                length(out, elements);
                lists.iter().flat_map(|list| list.iter()).map(|element| kept(out, element)).sum()
            });
            nested_bytes(elements, bytes)
        }
        Draft::M(map) => {
            let entries = map.iter().map(|(name, value)| (&**name, value));
            nested_bytes(map.len(), nested(out, tag::M, |out| drafts(out, entries)))
        }
    }
}

pub(super) fn set_tag(kind: SetKind) -> u8 {
    match kind {
        SetKind::Strings => tag::SS,
        SetKind::Numbers => tag::NS,
        SetKind::Binaries => tag::BS,
    }
}

/// Writes a value that is packed already.
fn kept(out: &mut Vec<u8>, value: Value<'_>) -> usize {
    let (tag, packed) = match value {
        Value::Bool(boolean) => return boolean_value(out, boolean),
        Value::Null => return single(out, tag::NULL),
        Value::S(text) => (tag::S, text.as_bytes()),
        Value::N(text) => (tag::N, text.as_bytes()),
        Value::B(bytes) => (tag::B, bytes),
        Value::Ss(set) => (tag::SS, set.packed),
        Value::Ns(set) => (tag::NS, set.packed),
        Value::Bs(set) => (tag::BS, set.packed),
        Value::L(list) => (tag::L, list.packed),
        Value::M(map) => (tag::M, map.packed),
    };
    tagged(out, tag, packed);
    value.bytes()
}

/// Returns the bytes of the members' texts, which is what a set of numbers is not billed for.
fn members_of<'a>(out: &mut Vec<u8>, tag: u8, members: impl ExactSizeIterator<Item = &'a [u8]>) -> usize {
    nested(out, tag, |out| {
        length(out, members.len());
        members.map(|member| content(out, member)).sum()
    })
}

/// Writes a value whose content's length is known once it is written.
fn nested<R>(out: &mut Vec<u8>, tag: u8, write: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    out.push(tag);
    let start = out.len();
    let written = write(out);
    ended(out, start);
    written
}

/// Puts its length before the content that was written from `start` on.
pub(super) fn ended(out: &mut Vec<u8>, start: usize) {
    preceded(out, start, out.len() - start);
}

/// Puts a length or a count before what was written from `start` on.
pub(super) fn preceded(out: &mut Vec<u8>, start: usize, number: usize) {
    let end = out.len();
    length(out, number);
    let prefix = out.len() - end;
    out[start..].rotate_right(prefix);
}

pub(super) fn boolean_value(out: &mut Vec<u8>, boolean: bool) -> usize {
    single(out, if boolean { tag::TRUE } else { tag::FALSE })
}

/// A number whose text is canonical already.
pub(super) fn canonical_number(out: &mut Vec<u8>, text: &str) -> usize {
    tagged(out, tag::N, text.as_bytes());
    Number::bytes_of(text.as_bytes())
}

pub(super) fn packed_number(out: &mut Vec<u8>, number: Number) -> usize {
    tagged(out, tag::N, number.to_string().as_bytes());
    number.bytes()
}

pub(super) fn tagged(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) -> usize {
    out.push(tag);
    content(out, bytes)
}

pub(super) fn single(out: &mut Vec<u8>, tag: u8) -> usize {
    out.push(tag);
    1
}

pub(super) fn content(out: &mut Vec<u8>, bytes: &[u8]) -> usize {
    length(out, bytes.len());
    out.extend_from_slice(bytes);
    bytes.len()
}

fn length(out: &mut Vec<u8>, mut length: usize) {
    loop {
        let [group, ..] = length.to_le_bytes();
        length >>= 7;
        if length == 0 {
            return out.push(group & 0x7F);
        }
        out.push(group | 0x80);
    }
}
