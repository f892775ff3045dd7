//! Stored maps, lists and sets: what is not looked at is skipped by its length.

use std::cmp::Ordering;

use super::cursor::Cursor;
use super::view::{RawValue, Value, text_of};
use crate::value::AttributeMap;

/// A stored map: an item's attributes, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Map<'a> {
    pub(super) packed: &'a [u8],
}

impl<'a> Map<'a> {
    /// How many entries it has.
    pub fn len(self) -> usize {
        Cursor(self.packed).length()
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value of a name. The cost grows with the number of entries before it, not with their size.
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        self.ascent().get(name)
    }

    /// As [`Map::get`], with texts as bytes.
    pub fn get_raw(self, name: &str) -> Option<RawValue<'a>> {
        self.ascent().get_raw(name)
    }

    /// Looks names up that ascend: all of them together cost what the last alone would.
    pub fn ascent(self) -> MapAscent<'a> {
        let mut cursor = Cursor(self.packed);
        MapAscent { left: cursor.length(), cursor }
    }

    /// Its entries, in name order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (&'a str, Value<'a>)> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| (text_of(cursor.content()), cursor.value()))
    }

    /// Its names, in order.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| {
            let name = text_of(cursor.content());
            cursor.skip_value();
            name
        })
    }

    /// Its entries, in name order, all texts as bytes.
    #[inline]
    pub fn raw_iter(self) -> RawEntries<'a> {
        let mut cursor = Cursor(self.packed);
        RawEntries { left: cursor.length(), cursor }
    }

    /// Its entries as owned values.
    pub fn to_map(self) -> AttributeMap {
        self.iter().map(|(name, value)| (name.to_owned(), value.to_owned_value())).collect()
    }

    /// The billed size of its names and values.
    pub(super) fn content_bytes(self) -> usize {
        self.raw_iter().map(|(name, value)| name.len() + value.bytes()).sum()
    }
}

/// The entries of a map, all texts as bytes.
#[derive(Debug)]
pub struct RawEntries<'a> {
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> Iterator for RawEntries<'a> {
    type Item = (&'a [u8], RawValue<'a>);

    #[expect(
        clippy::inline_always,
        reason = "whoever reads values looks at what they are, and so need not twice"
    )]
    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some((self.cursor.content(), self.cursor.raw_value()))
    }
}

/// The way up through a map's entries.
#[derive(Debug)]
pub struct MapAscent<'a> {
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> MapAscent<'a> {
    /// The value of a name that is after all names asked for before.
    pub fn get(&mut self, name: &str) -> Option<Value<'a>> {
        self.get_raw(name).map(RawValue::text)
    }

    /// As [`MapAscent::get`], with the name as it is stored.
    pub fn get_key_value(&mut self, name: &str) -> Option<(&'a str, Value<'a>)> {
        self.find(name).map(|(name, value)| (text_of(name), value.text()))
    }

    /// As [`MapAscent::get`], with texts as bytes.
    pub fn get_raw(&mut self, name: &str) -> Option<RawValue<'a>> {
        self.find(name).map(|(_, value)| value)
    }

    #[inline]
    fn find(&mut self, name: &str) -> Option<(&'a [u8], RawValue<'a>)> {
        while self.left > 0 {
            let before = self.cursor;
            let entry = self.cursor.content();
            match name_order(entry, name.as_bytes()) {
                Ordering::Less => self.cursor.skip_value(),
                Ordering::Equal => {
                    self.left -= 1;
                    return Some((entry, self.cursor.raw_value()));
                }
                Ordering::Greater => {
                    self.cursor = before;
                    return None;
                }
            }
            self.left -= 1;
        }
        None
    }
}

/// The order of two names. Most differ in their first byte.
#[inline]
fn name_order(one: &[u8], two: &[u8]) -> Ordering {
    match (one, two) {
        ([one, ..], [two, ..]) if one != two => one.cmp(two),
        _ => one.cmp(two),
    }
}

/// A stored list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List<'a> {
    pub(super) packed: &'a [u8],
}

impl<'a> List<'a> {
    /// How many elements it has.
    pub fn len(self) -> usize {
        Cursor(self.packed).length()
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// An element by its place.
    pub fn get(self, index: usize) -> Option<Value<'a>> {
        self.ascent().get(index)
    }

    /// As [`List::get`], with texts as bytes.
    pub fn get_raw(self, index: usize) -> Option<RawValue<'a>> {
        self.ascent().get_raw(index)
    }

    /// Looks places up that ascend: all of them together cost what the last alone would.
    pub fn ascent(self) -> ListAscent<'a> {
        let mut cursor = Cursor(self.packed);
        ListAscent { at: 0, length: cursor.length(), cursor }
    }

    /// Its elements.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Value<'a>> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| cursor.value())
    }

    /// Its elements, all texts as bytes.
    #[inline]
    pub fn raw_iter(self) -> impl ExactSizeIterator<Item = RawValue<'a>> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| cursor.raw_value())
    }
}

/// The way up through a list's elements.
#[derive(Debug)]
pub struct ListAscent<'a> {
    cursor: Cursor<'a>,
    at: usize,
    length: usize,
}

impl<'a> ListAscent<'a> {
    /// The element of a place that is after all places asked for before.
    pub fn get(&mut self, index: usize) -> Option<Value<'a>> {
        self.get_raw(index).map(RawValue::text)
    }

    /// As [`ListAscent::get`], with texts as bytes.
    pub fn get_raw(&mut self, index: usize) -> Option<RawValue<'a>> {
        if index >= self.length {
            return None;
        }
        (self.at..index).for_each(|_| self.cursor.skip_value());
        self.at = index + 1;
        Some(self.cursor.raw_value())
    }
}

/// A stored set, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set<'a> {
    pub(super) packed: &'a [u8],
}

impl<'a> Set<'a> {
    /// How many members it has.
    pub fn len(self) -> usize {
        Cursor(self.packed).length()
    }

    /// Whether it has none. A stored set always has some.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Its members as bytes: of a text for strings and numbers.
    pub fn iter(self) -> impl ExactSizeIterator<Item = &'a [u8]> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| cursor.content())
    }

    /// The members of a set of strings or numbers.
    pub fn texts(self) -> impl ExactSizeIterator<Item = &'a str> {
        self.iter().map(text_of)
    }

    /// Whether it has this member: a string's bytes, a number's canonical text, or bytes.
    pub fn contains(self, member: &[u8]) -> bool {
        self.iter().any(|own| own == member)
    }
}
