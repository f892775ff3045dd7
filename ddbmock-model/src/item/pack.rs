//! The packed form: how values become bytes.
//!
//! A value is a tag, the length of its content, and the content; a length is in groups of seven bits, lowest first.
//! Sets, lists and maps open their content with a count. A map's entries are name and value, in name order.
//! [`view`](super::view) reads what is written here.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::fault::{SetKind, ValueFault};
use super::view::Value;
use crate::value::{AttributeMap, AttributeValue};
use crate::{Number, Reading};

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
    reading: Reading,
    levels: usize,
) -> Result<(), ValueFault> {
    length(out, map.len());
    for (name, value) in map {
        if name.is_empty() {
            return Err(ValueFault::EmptyName);
        }
        content(out, name.as_bytes());
        strict(out, value, reading, levels)?;
    }
    Ok(())
}

fn strict(
    out: &mut Vec<u8>,
    value: &AttributeValue,
    reading: Reading,
    levels: usize,
) -> Result<(), ValueFault> {
    if levels > super::LEVELS_MAX {
        return Err(ValueFault::TooDeep);
    }
    match value {
        AttributeValue::S(text) => tagged(out, tag::S, text.as_bytes()),
        AttributeValue::N(text) => tagged(out, tag::N, number(text, reading)?.to_string().as_bytes()),
        AttributeValue::B(bytes) => tagged(out, tag::B, bytes),
        AttributeValue::Bool(boolean) => out.push(if *boolean { tag::TRUE } else { tag::FALSE }),
        AttributeValue::Null(true) => out.push(tag::NULL),
        AttributeValue::Null(false) => return Err(ValueFault::NullFalse),
        AttributeValue::Ss(members) => members_of(out, tag::SS, strings(members)?),
        AttributeValue::Ns(members) => {
            let texts: Vec<String> = numbers(members, reading)?.iter().map(Number::to_string).collect();
            members_of(out, tag::NS, texts.iter().map(String::as_bytes));
        }
        AttributeValue::Bs(members) => members_of(out, tag::BS, binaries(members)?),
        AttributeValue::L(elements) => return list(out, elements, reading, levels + 1),
        AttributeValue::M(map) => {
            return nested(out, tag::M, |out| attributes(out, map, reading, levels + 1));
        }
        AttributeValue::Mixed(values) => return Err(mixed(values, reading, levels)),
    }
    Ok(())
}

fn list(
    out: &mut Vec<u8>,
    elements: &[AttributeValue],
    reading: Reading,
    levels: usize,
) -> Result<(), ValueFault> {
    nested(out, tag::L, |out| {
        length(out, elements.len());
        elements.iter().try_for_each(|element| strict(out, element, reading, levels))
    })
}

/// What is wrong with a value of no type or of several: its empty sets first, then its numbers, its null, and last
/// that it is several. Source: captures of 2026, order inside a value with several members.
fn mixed(values: &[AttributeValue], reading: Reading, levels: usize) -> ValueFault {
    if values.is_empty() {
        return ValueFault::Untyped;
    }
    let rank = |fault: &ValueFault| match fault {
        ValueFault::EmptySet(_) => 0,
        ValueFault::Number(..) => 1,
        ValueFault::NullFalse => 2,
        _ => 3,
    };
    let faults = values.iter().filter_map(|value| strict(&mut Vec::new(), value, reading, levels).err());
    faults.chain([ValueFault::ManyTypes]).min_by_key(rank).expect("it has several types at least")
}

fn number(text: &str, reading: Reading) -> Result<Number, ValueFault> {
    Number::parse_as(text, reading).map_err(|fault| ValueFault::Number(fault, text.to_owned()))
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

fn numbers(members: &[String], reading: Reading) -> Result<Vec<Number>, ValueFault> {
    let numbers = members.iter().map(|text| number(text, reading)).collect::<Result<Vec<_>, _>>()?;
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
) {
    length(out, entries.len());
    for (name, value) in entries {
        content(out, name.as_bytes());
        draft(out, value);
    }
}

fn draft(out: &mut Vec<u8>, value: &Draft<'_>) {
    let written = match value {
        Draft::Kept(value) => {
            kept(out, *value);
            Ok(())
        }
        Draft::N(number) => {
            tagged(out, tag::N, number.to_string().as_bytes());
            Ok(())
        }
        Draft::Set(kind, members) => {
            members_of(out, set_tag(*kind), members.iter().map(|member| &**member));
            Ok(())
        }
        Draft::L(elements) => nested(out, tag::L, |out| {
            length(out, elements.len());
            for element in elements {
                draft(out, element);
            }
            Ok(())
        }),
        Draft::Joined(lists) => nested(out, tag::L, |out| {
            length(out, lists.iter().map(|list| list.len()).sum());
            lists.iter().flat_map(|list| list.iter()).for_each(|element| kept(out, element));
            Ok(())
        }),
        Draft::M(map) => nested(out, tag::M, |out| {
            drafts(out, map.iter().map(|(name, value)| (&**name, value)));
            Ok(())
        }),
    };
    written.expect("drafts hold strict values only");
}

fn set_tag(kind: SetKind) -> u8 {
    match kind {
        SetKind::Strings => tag::SS,
        SetKind::Numbers => tag::NS,
        SetKind::Binaries => tag::BS,
    }
}

/// Writes a value that is packed already.
fn kept(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::S(text) => tagged(out, tag::S, text.as_bytes()),
        Value::N(text) => tagged(out, tag::N, text.as_bytes()),
        Value::B(bytes) => tagged(out, tag::B, bytes),
        Value::Bool(boolean) => out.push(if boolean { tag::TRUE } else { tag::FALSE }),
        Value::Null => out.push(tag::NULL),
        Value::Ss(set) => tagged(out, tag::SS, set.packed()),
        Value::Ns(set) => tagged(out, tag::NS, set.packed()),
        Value::Bs(set) => tagged(out, tag::BS, set.packed()),
        Value::L(list) => tagged(out, tag::L, list.packed()),
        Value::M(map) => tagged(out, tag::M, map.packed()),
    }
}

fn members_of<'a>(out: &mut Vec<u8>, tag: u8, members: impl ExactSizeIterator<Item = &'a [u8]>) {
    let written = nested(out, tag, |out| {
        length(out, members.len());
        members.for_each(|member| content(out, member));
        Ok(())
    });
    written.expect("members are checked before they are written");
}

/// Writes a value whose content's length is known once it is written.
fn nested(
    out: &mut Vec<u8>,
    tag: u8,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), ValueFault>,
) -> Result<(), ValueFault> {
    out.push(tag);
    let start = out.len();
    write(out)?;
    let mut prefix = Vec::with_capacity(4);
    length(&mut prefix, out.len() - start);
    out.splice(start..start, prefix);
    Ok(())
}

fn tagged(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    content(out, bytes);
}

fn content(out: &mut Vec<u8>, bytes: &[u8]) {
    length(out, bytes.len());
    out.extend_from_slice(bytes);
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
