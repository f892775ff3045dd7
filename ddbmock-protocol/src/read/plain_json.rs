//! JSON, read piece by piece.
//!
//! Brackets, words, whole numbers and plain texts are read here, for bodies are most of the work of a write; what is
//! escaped is the library's. Whatever is rare in JSON, or is none, ends the reading without a word: the library then
//! reads the body from its start.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// How many brackets can stand one inside the other.
const LEVELS_MAX: usize = 100;

/// A text that is being read.
#[derive(Debug)]
pub(crate) struct PlainJson<'de> {
    text: &'de str,
    at: usize,
    levels: usize,
}

/// The text is not read any further here.
#[derive(Debug)]
pub(crate) struct Unread;

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not read here")
    }
}

impl std::error::Error for Unread {}

impl de::Error for Unread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> PlainJson<'de> {
    /// At the start of a text.
    pub(crate) fn new(text: &'de str) -> Self {
        Self { text, at: 0, levels: 0 }
    }

    /// Whether nothing is left.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The next byte that is no blank. It is not taken.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Takes the next byte that is no blank, which must be this one.
    fn take(&mut self, wanted: u8) -> Result<(), Unread> {
        if self.peek() != Some(wanted) {
            return Err(Unread);
        }
        self.at += 1;
        Ok(())
    }

    /// Whether another element follows before the closing bracket, the comma taken. Neither of them is taken.
    fn has_another(&mut self, is_first: &mut bool, end: u8) -> Result<bool, Unread> {
        let is_first = std::mem::take(is_first);
        match self.peek() {
            Some(byte) if byte == end => Ok(false),
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(Unread),
        }
    }

    /// Takes a word.
    fn word(&mut self, word: &str) -> Result<(), Unread> {
        if !self.text[self.at..].starts_with(word) {
            return Err(Unread);
        }
        self.at += word.len();
        Ok(())
    }

    /// Takes a whole number of 64 bits.
    fn whole(&mut self) -> Result<i64, Unread> {
        let rest = &self.text[self.at..];
        let of_number = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let number = &rest[..rest.bytes().position(|byte| !of_number(byte)).unwrap_or(rest.len())];
        let is_whole =
            number == "0" || number.trim_start_matches('-').starts_with(|digit| matches!(digit, '1'..='9'));
        self.at += number.len();
        number.parse().ok().filter(|_| is_whole).ok_or(Unread)
    }

    /// Takes a string, of which the quote is next.
    fn string(&mut self) -> Result<Cow<'de, str>, Unread> {
        let start = self.at + 1;
        let length = plain_length(self.text.as_bytes().get(start..).ok_or(Unread)?);
        let end = start + length;
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                Ok(Cow::Borrowed(&self.text[start..end]))
            }
            Some(b'\\') => self.escaped(end).map(Cow::Owned),
            _ => Err(Unread),
        }
    }

    /// Takes a string whose first escape is at `end`.
    #[inline(never)]
    fn escaped(&mut self, mut end: usize) -> Result<String, Unread> {
        loop {
            match self.text.as_bytes().get(end).ok_or(Unread)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let quoted = self.text.get(self.at..=end).ok_or(Unread)?;
        self.at = end + 1;
        serde_json::from_str(quoted).map_err(|_| Unread)
    }

    /// Takes the opening bracket, what `read` takes, and the closing one.
    fn inside<R>(&mut self, end: u8, read: impl FnOnce(&mut Self) -> Result<R, Unread>) -> Result<R, Unread> {
        if self.levels == LEVELS_MAX {
            return Err(Unread);
        }
        self.at += 1;
        self.levels += 1;
        let read = read(self)?;
        self.levels -= 1;
        self.take(end)?;
        Ok(read)
    }
}

/// How many bytes stand before the first that ends a string, begins an escape, or must be escaped. Most strings are
/// short: eight bytes are looked at together, and more of a long one.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    let marks = bytes.first_chunk().map_or(0, |eight| marks(u64::from_le_bytes(*eight)));
    if marks == 0 { long_length(bytes) } else { marks.trailing_zeros() as usize / 8 }
}

#[inline(never)]
fn long_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk() {
        let marks = marks(u64::from_le_bytes(*eight));
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += eight.len();
        if at == SHORT {
            at += LONG * bytes[at..].chunks_exact(LONG).take_while(|long| !holds_end(long)).count();
        }
    }
    at + bytes[at..].iter().position(|byte| ends(*byte)).unwrap_or(bytes.len() - at)
}

/// A string is long that has more bytes than so many.
const SHORT: usize = 16;
/// How many bytes of a long string are looked at together.
const LONG: usize = 32;

/// Whether a byte ends what is plain of a string. All that must be escaped is below 0x20; what this turns around puts
/// the quote beside them.
fn ends(byte: u8) -> bool {
    byte ^ 0x02 <= 0x20 || byte == b'\\'
}

/// Whether one of many bytes does. All of them are looked at, for that can be done at once.
fn holds_end(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | ends(*byte))
}

/// The highest bits of those of eight bytes that end a string. The lowest of them is right; those above it may come
/// from it.
fn marks(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    let (turned, backslash) = (word ^ (ONES * 0x02), word ^ (ONES * u64::from(b'\\')));
    (below(turned, 0x21) | below(backslash, 1)) & (ONES << 7)
}

impl<'de> Deserializer<'de> for &mut PlainJson<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.peek().ok_or(Unread)? {
            b'"' => visit_string(self, visitor),
            b'{' => self.inside(b'}', |json| visitor.visit_map(Inside { json, is_first: true })),
            b'[' => self.inside(b']', |json| visitor.visit_seq(Inside { json, is_first: true })),
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => self.whole().and_then(|whole| visitor.visit_i64(whole)),
        }
    }

    /// So the library asks for a value's own text, which is not told here.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, _: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

fn visit_string<'de, V: Visitor<'de>>(json: &mut PlainJson<'de>, visitor: V) -> Result<V::Value, Unread> {
    match json.string()? {
        Cow::Borrowed(string) => visitor.visit_borrowed_str(string),
        Cow::Owned(string) => visitor.visit_str(&string),
    }
}

/// The inside of an object or a list.
struct Inside<'j, 'de> {
    json: &'j mut PlainJson<'de>,
    is_first: bool,
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        if !self.json.has_another(&mut self.is_first, b'}')? {
            return Ok(None);
        }
        seed.deserialize(Name(self.json)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        self.json.take(b':')?;
        seed.deserialize(&mut *self.json)
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        if !self.json.has_another(&mut self.is_first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.json).map(Some)
    }
}

/// The name of a member, which is a string.
struct Name<'j, 'de>(&'j mut PlainJson<'de>);

impl<'de> Deserializer<'de> for Name<'_, 'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.0.peek() {
            Some(b'"') => visit_string(self.0, visitor),
            _ => Err(Unread),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
