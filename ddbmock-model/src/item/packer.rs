//! Items packed value by value, as a reader comes upon them: without a map between.
//!
//! A reader tells what it finds in the order in which it finds it. Once it told something that is not plainly right,
//! there is no item, whatever comes after.

use std::cmp::Ordering;

use super::fault::SetKind;
use super::pack::{
    boolean_value, canonical_number, content, ended, packed_number, preceded, set_tag, single, tag, tagged,
};
use super::view::nested_bytes;
use super::{LEVELS_MAX, Room};
use crate::Number;

/// What takes the attributes of an item that is read: a name, what stands under it, the next name.
#[derive(Debug)]
pub struct Packer<'r> {
    room: &'r mut Room,
    /// What was taken so far is billed for so many bytes.
    bytes: usize,
    /// How many lists and maps stand around what comes next.
    levels: usize,
    canonical: bool,
    is_plain: bool,
}

/// An entry of a map or a member of a set that is not ended yet, by its places in the room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    start: usize,
    /// What it is sorted by: the entry's name, or the member.
    key: (usize, usize),
    /// How that begins, as a number: most keys differ there already.
    beginning: u64,
    end: usize,
}

impl<'r> Packer<'r> {
    /// Packs into a room. With `canonical`, what the strict form writes otherwise than its sender is not plain.
    pub(super) fn new(room: &'r mut Room, canonical: bool) -> Self {
        Self { room, bytes: 0, levels: 0, canonical, is_plain: true }
    }

    /// The attributes of the item; returns the bytes it is billed for, if all of it was plain.
    pub(super) fn attributes<E>(
        mut self,
        read: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<Option<usize>, E> {
        self.entries(read)?;
        Ok(self.is_plain.then_some(self.bytes))
    }

    /// The name of an attribute, or of an entry of a map.
    pub fn name(&mut self, name: &str) {
        self.is_plain &= !name.is_empty();
        self.bytes += name.len();
        self.part(name.as_bytes());
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.bytes += tagged(&mut self.room.packed, tag::S, text.as_bytes());
    }

    /// A number.
    pub fn number(&mut self, text: &str) {
        if Number::is_canonical(text) {
            self.bytes += canonical_number(&mut self.room.packed, text);
        } else if let Some(number) = self.plain_number(text) {
            self.bytes += packed_number(&mut self.room.packed, number);
        }
    }

    /// Bytes.
    pub fn binary(&mut self, bytes: &[u8]) {
        self.bytes += tagged(&mut self.room.packed, tag::B, bytes);
    }

    /// A boolean.
    pub fn boolean(&mut self, boolean: bool) {
        self.bytes += boolean_value(&mut self.room.packed, boolean);
    }

    /// The null value, which is written as `true`.
    pub fn null(&mut self, written: bool) {
        self.is_plain &= written;
        self.bytes += single(&mut self.room.packed, tag::NULL);
    }

    /// A list, of which `read` tells the elements and returns how many there are.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn list<E>(&mut self, read: impl FnOnce(&mut Self) -> Result<usize, E>) -> Result<(), E> {
        self.nested(tag::L, |packer| {
            let start = packer.room.packed.len();
            let count = read(packer)?;
            preceded(&mut packer.room.packed, start, count);
            Ok(count)
        })
    }

    /// A map, of which `read` tells the entries.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn map<E>(&mut self, read: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        self.nested(tag::M, |packer| packer.entries(read))
    }

    /// A set, of which `read` tells the members.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn set<E>(&mut self, kind: SetKind, read: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        self.room.packed.push(set_tag(kind));
        let start = self.room.packed.len();
        let (count, ascend) =
            if kind == SetKind::Numbers { self.parts(by_number, read) } else { self.parts(by_bytes, read) }?;
        self.is_plain &= count > 0 && (ascend || !self.canonical);
        ended(&mut self.room.packed, start);
        Ok(())
    }

    /// A member of a set of strings or of bytes.
    pub fn member(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        self.part(bytes);
    }

    /// A member of a set of numbers.
    pub fn number_member(&mut self, text: &str) {
        if Number::is_canonical(text) {
            self.bytes += Number::bytes_of(text.as_bytes());
            self.part(text.as_bytes());
        } else if let Some(number) = self.plain_number(text) {
            self.bytes += number.bytes();
            self.part(number.to_string().as_bytes());
        }
    }

    /// A number that both layers of the service read the same: they differ in exponents.
    fn plain_number(&mut self, text: &str) -> Option<Number> {
        let number =
            Some(text).filter(|text| !text.contains(['e', 'E'])).and_then(|text| Number::parse(text).ok());
        let number = number.filter(|number| !self.canonical || number.to_string() == text);
        self.is_plain &= number.is_some();
        number
    }

    /// A list or a map; `read` returns how many values it has.
    fn nested<E>(&mut self, tag: u8, read: impl FnOnce(&mut Self) -> Result<usize, E>) -> Result<(), E> {
        self.room.packed.push(tag);
        let start = self.room.packed.len();
        self.levels += 1;
        let count = read(self)?;
        self.is_plain &= count == 0 || self.levels <= LEVELS_MAX;
        self.levels -= 1;
        self.bytes += nested_bytes(count, 0);
        ended(&mut self.room.packed, start);
        Ok(())
    }

    /// The entries of a map, in name order, after their count.
    fn entries<E>(&mut self, read: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<usize, E> {
        Ok(self.parts(by_bytes, read)?.0)
    }

    /// Parts that `read` tells, in an order that has none of them twice, after their count. Returns that, and whether
    /// they were told in this order.
    fn parts<E>(
        &mut self,
        order: impl Fn(&[u8], &Part, &Part) -> Ordering,
        read: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(usize, bool), E> {
        let (start, first) = (self.room.packed.len(), self.room.parts.len());
        read(self)?;
        let Room { packed, parts } = &mut *self.room;
        let told = &mut parts[first..];
        let ascend = told.is_sorted_by(|one, next| order(packed, one, next).is_lt());
        if !ascend {
            let mut end = packed.len();
            told.iter_mut().rev().for_each(|part| part.end = std::mem::replace(&mut end, part.start));
            told.sort_unstable_by(|one, other| order(packed, one, other));
            self.is_plain &= told.is_sorted_by(|one, next| order(packed, one, next).is_lt());
            reorder(packed, start, told);
        }
        let count = told.len();
        preceded(packed, start, count);
        parts.truncate(first);
        Ok((count, ascend))
    }

    /// Begins a part with what it is sorted by.
    fn part(&mut self, key: &[u8]) {
        let Room { packed, parts } = &mut *self.room;
        let start = packed.len();
        content(packed, key);
        let end = packed.len();
        parts.push(Part { start, key: (end - key.len(), end), beginning: beginning(key), end });
    }
}

/// Puts parts that stand at the end of some bytes, from `start` on, into the order in which they are listed.
fn reorder(packed: &mut Vec<u8>, start: usize, parts: &[Part]) {
    let end = packed.len();
    for part in parts {
        packed.extend_from_within(part.start..part.end);
    }
    packed.copy_within(end.., start);
    packed.truncate(end);
}

impl Part {
    fn key<'p>(&self, packed: &'p [u8]) -> &'p [u8] {
        &packed[self.key.0..self.key.1]
    }
}

fn by_bytes(packed: &[u8], one: &Part, other: &Part) -> Ordering {
    one.beginning.cmp(&other.beginning).then_with(|| one.key(packed).cmp(other.key(packed)))
}

fn by_number(packed: &[u8], one: &Part, other: &Part) -> Ordering {
    Number::order_of_texts(one.key(packed), other.key(packed))
}

/// The first bytes of a key as a number: keys sort as these do, where they differ.
fn beginning(key: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = key.len().min(first.len());
    first[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(first)
}
