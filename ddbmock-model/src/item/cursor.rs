//! The way through packed bytes.

use super::nested::{List, Map, Set};
use super::pack::tag;
use super::view::{RawValue, Value, text_of};

/// The rest of some packed bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    #[inline]
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().expect("packed bytes end where their lengths say");
        self.0 = rest;
        *first
    }

    #[inline]
    pub(super) fn length(&mut self) -> usize {
        let before = self.0;
        if let short @ 0..0x80 = self.byte() {
            return usize::from(short);
        }
        let (length, rest) = long_length(before);
        self.0 = rest;
        length
    }

    #[inline]
    pub(super) fn content(&mut self) -> &'a [u8] {
        let length = self.length();
        let (content, rest) = self.0.split_at(length);
        self.0 = rest;
        content
    }

    #[inline]
    pub(super) fn skip_value(&mut self) {
        self.tagged();
    }

    pub(super) fn value(&mut self) -> Value<'a> {
        self.value_with(text_of)
    }

    #[inline]
    pub(super) fn raw_value(&mut self) -> RawValue<'a> {
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
