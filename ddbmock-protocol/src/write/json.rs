//! JSON, written piece by piece.
//!
//! Brackets, commas and plain texts are written here, for answers are most of the work of a read; whatever needs to be
//! escaped or formatted is the library's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// A body that is being written.
#[derive(Debug)]
pub(crate) struct Json {
    bytes: Vec<u8>,
}

impl Json {
    /// A body with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// The body.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes what is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// Writes a string.
    pub(crate) fn text(&mut self, text: &str) {
        self.stored_text(text.as_bytes());
    }

    /// Writes a string that is stored, which is to say UTF-8.
    pub(crate) fn stored_text(&mut self, text: &[u8]) {
        if is_plain(text) {
            self.bytes.reserve(text.len() + 2);
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(text);
            self.bytes.push(b'"');
        } else {
            self.formatted(std::str::from_utf8(text).expect("texts are stored from texts"));
        }
    }

    /// Writes a value of a type that the library knows.
    pub(crate) fn formatted<T: Serialize + ?Sized>(&mut self, value: &T) {
        serde_json::to_writer(&mut self.bytes, value).expect("a scalar is JSON and memory does not fail");
    }

    /// Writes bytes in base64.
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        self.bytes.push(b'"');
        let start = self.bytes.len();
        self.bytes.resize(start + base64::encoded_len(bytes.len(), true).expect("an item is small"), 0);
        let written = STANDARD.encode_slice(bytes, &mut self.bytes[start..]);
        self.bytes.truncate(start + written.expect("there is room for what was measured"));
        self.bytes.push(b'"');
    }

    /// Writes a list, one element after the other.
    pub(crate) fn list<T>(&mut self, elements: impl IntoIterator<Item = T>, write: impl Fn(T, &mut Self)) {
        self.bytes.push(b'[');
        for (place, element) in elements.into_iter().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            write(element, self);
        }
        self.bytes.push(b']');
    }

    /// Writes a map, one entry after the other.
    pub(crate) fn map<N: AsRef<[u8]>, T>(
        &mut self,
        entries: impl IntoIterator<Item = (N, T)>,
        write: impl Fn(T, &mut Self),
    ) {
        self.bytes.push(b'{');
        for (place, (name, value)) in entries.into_iter().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            self.stored_text(name.as_ref());
            self.bytes.push(b':');
            write(value, self);
        }
        self.bytes.push(b'}');
    }

    /// Begins a structure.
    pub(crate) fn structure(&mut self) -> Members<'_> {
        self.bytes.push(b'{');
        Members { json: self, separator: "" }
    }

    /// Writes a structure with one member, from how it begins: `{"Name":`.
    pub(crate) fn single(&mut self, opening: &'static str, write: impl FnOnce(&mut Self)) {
        self.raw(opening);
        write(self);
        self.bytes.push(b'}');
    }
}

/// A structure that is being written; it is whole once it is dropped.
pub(crate) struct Members<'j> {
    json: &'j mut Json,
    separator: &'static str,
}

impl Members<'_> {
    /// Where the value of another member goes. The name is one that needs no escape.
    pub(crate) fn member(&mut self, name: &str) -> &mut Json {
        self.json.raw(self.separator);
        self.json.raw("\"");
        self.json.raw(name);
        self.json.raw("\":");
        self.separator = ",";
        self.json
    }
}

impl Drop for Members<'_> {
    fn drop(&mut self) {
        self.json.raw("}");
    }
}

/// Whether a string is written as it is. Pieces are looked at as a whole, which processors do many bytes at a time; the
/// last piece of a long one overlaps the one before.
fn is_plain(text: &[u8]) -> bool {
    match (text.as_chunks::<16>().0, text.last_chunk::<16>()) {
        (pieces, Some(last)) => pieces.iter().chain([last]).all(|piece| is_plain_piece(piece)),
        (_, None) => is_plain_piece(text),
    }
}

fn is_plain_piece(piece: &[u8]) -> bool {
    let special = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
    piece.iter().fold(0, |any, byte| any | special(*byte)) == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Json;

    fn text(text: &str) -> Vec<u8> {
        let mut json = Json::with_capacity(0);
        json.text(text);
        json.into_bytes()
    }

    proptest! {
        #[test]
        fn strings_are_the_librarys(given in ".{0,200}|[a\"\\\\\u{0}-\u{20}\u{7f}\u{2028}\u{ffff}]{0,80}") {
            prop_assert_eq!(text(&given), serde_json::to_vec(&given).unwrap());
        }
    }
}
