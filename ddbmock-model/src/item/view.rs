//! Borrowed views over a packed item: nothing is copied, and what is not looked at is skipped by its length.
//!
//! Invariant: views exist only over bytes that [`pack`](super::pack) wrote.

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
        self.get_key_value(name).map(|(_, value)| value)
    }

    /// As [`Map::get`], with the name as it is stored.
    pub fn get_key_value(self, name: &str) -> Option<(&'a str, Value<'a>)> {
        self.ascent().get_key_value(name)
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
    pub fn raw_iter(self) -> impl ExactSizeIterator<Item = (&'a [u8], Value<'a, &'a [u8]>)> {
        let mut cursor = Cursor(self.packed);
        (0..cursor.length()).map(move |_| (cursor.content(), cursor.raw_value()))
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

/// The way up through a map's entries.
#[derive(Debug)]
pub struct MapAscent<'a> {
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> MapAscent<'a> {
    /// The value of a name that is after all names asked for before.
    pub fn get(&mut self, name: &str) -> Option<Value<'a>> {
        self.get_key_value(name).map(|(_, value)| value)
    }

    /// As [`MapAscent::get`], with the name as it is stored.
    pub fn get_key_value(&mut self, name: &str) -> Option<(&'a str, Value<'a>)> {
        while self.left > 0 {
            let before = self.cursor;
            let entry = self.cursor.content();
            if entry > name.as_bytes() {
                self.cursor = before;
                return None;
            }
            self.left -= 1;
            if entry == name.as_bytes() {
                return Some((text_of(entry), self.cursor.value()));
            }
            self.cursor.skip_value();
        }
        None
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
    pub fn raw_iter(self) -> impl ExactSizeIterator<Item = Value<'a, &'a [u8]>> {
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
        if index >= self.length {
            return None;
        }
        (self.at..index).for_each(|_| self.cursor.skip_value());
        self.at = index + 1;
        Some(self.cursor.value())
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
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().expect("packed bytes end where their lengths say");
        self.0 = rest;
        *first
    }

    fn length(&mut self) -> usize {
        let mut length = 0;
        for shift in (0..).step_by(7) {
            let byte = self.byte();
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        length
    }

    fn content(&mut self) -> &'a [u8] {
        let length = self.length();
        let (content, rest) = self.0.split_at(length);
        self.0 = rest;
        content
    }

    fn skip_value(&mut self) {
        if !matches!(self.byte(), tag::FALSE | tag::TRUE | tag::NULL) {
            self.content();
        }
    }

    fn value(&mut self) -> Value<'a> {
        self.value_with(text_of)
    }

    fn raw_value(&mut self) -> Value<'a, &'a [u8]> {
        self.value_with(|text| text)
    }

    fn value_with<Text>(&mut self, text: impl Fn(&'a [u8]) -> Text) -> Value<'a, Text> {
        match self.byte() {
            tag::S => Value::S(text(self.content())),
            tag::N => Value::N(text(self.content())),
            tag::B => Value::B(self.content()),
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::NULL => Value::Null,
            tag::SS => Value::Ss(Set { packed: self.content() }),
            tag::NS => Value::Ns(Set { packed: self.content() }),
            tag::BS => Value::Bs(Set { packed: self.content() }),
            tag::L => Value::L(List { packed: self.content() }),
            tag::M => Value::M(Map { packed: self.content() }),
            other => unreachable!("no value is packed with tag {other}"),
        }
    }
}
