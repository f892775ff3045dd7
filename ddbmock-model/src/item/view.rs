//! Borrowed views over a packed item: nothing is copied, and what is not looked at is skipped by its length.
//!
//! Invariant: views exist only over bytes that [`pack`](super::pack) wrote.

use std::cmp::Ordering;

use super::pack::tag;
use crate::Number;
use crate::value::{AttributeMap, AttributeValue};

/// A stored value. Whoever only passes texts on has them as bytes ([`Map::raw_iter`]): that they are texts is then not
/// looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a, Text = &'a str> {
    /// A string.
    S(Text),
    /// A number in its canonical text: equal numbers have equal texts.
    N(Text),
    /// Bytes.
    B(&'a [u8]),
    /// A boolean.
    Bool(bool),
    /// The null value.
    Null,
    /// A set of strings, ordered by their bytes.
    Ss(Set<'a>),
    /// A set of numbers, ascending.
    Ns(Set<'a>),
    /// A set of byte strings, in their order.
    Bs(Set<'a>),
    /// A list.
    L(List<'a>),
    /// A map.
    M(Map<'a>),
}

/// A stored value with its texts as bytes.
pub type RawValue<'a> = Value<'a, &'a [u8]>;

impl<Text: Copy + AsRef<[u8]>> Value<'_, Text> {
    /// The type's short name: `S`, `N`, `BOOL` and so on.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::S(_) => "S",
            Self::N(_) => "N",
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Null => "NULL",
            Self::Ss(_) => "SS",
            Self::Ns(_) => "NS",
            Self::Bs(_) => "BS",
            Self::L(_) => "L",
            Self::M(_) => "M",
        }
    }

    /// The size it is billed for, without its name. Source: measured at the 400 KB gate, 2026.
    pub fn bytes(self) -> usize {
        match self {
            Self::S(text) => text.as_ref().len(),
            Self::N(text) => Number::bytes_of(text.as_ref()),
            Self::B(bytes) => bytes.len(),
            Self::Bool(_) | Self::Null => 1,
            Self::Ss(set) | Self::Bs(set) => set.iter().map(<[u8]>::len).sum(),
            Self::Ns(set) => set.iter().map(Number::bytes_of).sum(),
            Self::L(list) => nested_bytes(list.len(), list.raw_iter().map(Value::bytes).sum()),
            Self::M(map) => nested_bytes(map.len(), map.content_bytes()),
        }
    }
}

impl<'a> Value<'a> {
    /// The same with its texts as bytes.
    #[inline]
    pub fn raw(self) -> RawValue<'a> {
        self.with_texts(str::as_bytes)
    }
}

impl<'a> RawValue<'a> {
    /// The same with its texts as texts.
    #[inline]
    pub fn text(self) -> Value<'a> {
        self.with_texts(text_of)
    }
}

impl<'a, Text> Value<'a, Text> {
    #[inline]
    fn with_texts<Other>(self, text: impl Fn(Text) -> Other) -> Value<'a, Other> {
        match self {
            Self::S(own) => Value::S(text(own)),
            Self::N(own) => Value::N(text(own)),
            Self::B(bytes) => Value::B(bytes),
            Self::Bool(boolean) => Value::Bool(boolean),
            Self::Null => Value::Null,
            Self::Ss(set) => Value::Ss(set),
            Self::Ns(set) => Value::Ns(set),
            Self::Bs(set) => Value::Bs(set),
            Self::L(list) => Value::L(list),
            Self::M(map) => Value::M(map),
        }
    }
}

impl Value<'_> {
    /// The number, if it is one.
    pub fn as_number(self) -> Option<Number> {
        match self {
            Self::N(text) => Some(stored_number(text)),
            _ => None,
        }
    }

    /// How many maps and lists stand around the deepest value in it: 0 for a string, and for an empty list.
    pub fn levels(self) -> usize {
        match self {
            Self::L(list) => list.iter().map(|element| 1 + element.levels()).max().unwrap_or(0),
            Self::M(map) => map.iter().map(|(_, value)| 1 + value.levels()).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The value as an owned one.
    pub fn to_owned_value(self) -> AttributeValue {
        match self {
            Self::S(text) => AttributeValue::S(text.to_owned()),
            Self::N(text) => AttributeValue::N(text.to_owned()),
            Self::B(bytes) => AttributeValue::B(bytes.to_owned()),
            Self::Bool(boolean) => AttributeValue::Bool(boolean),
            Self::Null => AttributeValue::Null(true),
            Self::Ss(set) => AttributeValue::Ss(set.texts().map(str::to_owned).collect()),
            Self::Ns(set) => AttributeValue::Ns(set.texts().map(str::to_owned).collect()),
            Self::Bs(set) => AttributeValue::Bs(set.iter().map(<[u8]>::to_owned).collect()),
            Self::L(list) => AttributeValue::L(list.iter().map(Self::to_owned_value).collect()),
            Self::M(map) => AttributeValue::M(map.to_map()),
        }
    }
}

/// The size that a list or a map is billed for, by how many values it has and the size of these with their names.
/// Source: developer guide, item sizes.
pub(super) fn nested_bytes(count: usize, content: usize) -> usize {
    3 + count + content
}

pub(super) fn stored_number(text: &str) -> Number {
    Number::parse(text).expect("numbers are packed in their canonical text")
}

pub(super) fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("texts are packed from texts")
}

/// A stored map: an item's attributes, or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Map<'a> {
    packed: &'a [u8],
}

impl<'a> Map<'a> {
    pub(super) fn new(packed: &'a [u8]) -> Self {
        Self { packed }
    }

    pub(super) fn packed(self) -> &'a [u8] {
        self.packed
    }

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
    packed: &'a [u8],
}

impl<'a> List<'a> {
    pub(super) fn packed(self) -> &'a [u8] {
        self.packed
    }

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
    packed: &'a [u8],
}

impl<'a> Set<'a> {
    pub(super) fn packed(self) -> &'a [u8] {
        self.packed
    }

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

/// The rest of some packed bytes.
#[derive(Debug, Clone, Copy)]
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    #[inline]
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().expect("packed bytes end where their lengths say");
        self.0 = rest;
        *first
    }

    #[inline]
    fn length(&mut self) -> usize {
        let before = self.0;
        if let short @ 0..0x80 = self.byte() {
            return usize::from(short);
        }
        let (length, rest) = long_length(before);
        self.0 = rest;
        length
    }

    #[inline]
    fn content(&mut self) -> &'a [u8] {
        let length = self.length();
        let (content, rest) = self.0.split_at(length);
        self.0 = rest;
        content
    }

    #[inline]
    fn skip_value(&mut self) {
        self.tagged();
    }

    fn value(&mut self) -> Value<'a> {
        self.value_with(text_of)
    }

    #[inline]
    fn raw_value(&mut self) -> RawValue<'a> {
        self.value_with(|text| text)
    }

    #[expect(
        clippy::inline_always,
        reason = "whoever reads values looks at what they are, and so need not twice"
    )]
    #[inline(always)]
    fn value_with<Text>(&mut self, text: impl Fn(&'a [u8]) -> Text) -> Value<'a, Text> {
        let (tag, packed) = self.tagged();
        match tag {
            tag::S => Value::S(text(packed)),
            tag::N => Value::N(text(packed)),
            tag::B => Value::B(packed),
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::NULL => Value::Null,
            tag::SS => Value::Ss(Set { packed }),
            tag::NS => Value::Ns(Set { packed }),
            tag::BS => Value::Bs(Set { packed }),
            tag::L => Value::L(List { packed }),
            tag::M => Value::M(Map { packed }),
            other => unreachable!("no value is packed with tag {other}"),
        }
    }

    /// A value's tag, and its content if it has any.
    #[inline]
    fn tagged(&mut self) -> (u8, &'a [u8]) {
        match self.byte() {
            bare @ (tag::FALSE | tag::TRUE | tag::NULL) => (bare, &[]),
            tag => (tag, self.content()),
        }
    }
}

/// A length of several groups, and what follows it.
fn long_length(packed: &[u8]) -> (usize, &[u8]) {
    let (mut length, mut rest) = (0, Cursor(packed));
    for shift in (0..).step_by(7) {
        let byte = rest.byte();
        length |= usize::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    (length, rest.0)
}
