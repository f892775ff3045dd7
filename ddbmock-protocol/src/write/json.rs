//! JSON, written piece by piece.
//!
//! Brackets, commas and plain texts are written here, for answers are most of the work of a read; whatever needs to be
//! escaped or formatted is the library's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::unescaped;

/// The bytes of short pieces that are gathered before they are added to a body.
const GATHERED_BYTES: usize = 256;

/// A body that is being written. Most of its pieces are a few bytes long: they are gathered in a room of a fixed size,
/// in which that costs little, and added to the body many at a time.
#[derive(Debug)]
pub(crate) struct Json {
    bytes: Vec<u8>,
    gathered: [u8; GATHERED_BYTES],
    length: usize,
}

impl Json {
    /// A body with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), gathered: [0; GATHERED_BYTES], length: 0 }
    }

    /// Makes room for so many more bytes.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
    }

    /// The body.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.body();
        self.bytes
    }

    /// The body, with all that was gathered.
    fn body(&mut self) -> &mut Vec<u8> {
        self.bytes.extend_from_slice(&self.gathered[..self.length]);
        self.length = 0;
        &mut self.bytes
    }

    /// Writes what is JSON already.
    #[inline]
    pub(crate) fn raw(&mut self, json: &str) {
        self.piece(json.as_bytes());
    }

    /// Writes how a value begins, behind which it goes on.
    #[inline]
    pub(crate) fn after(&mut self, opening: &'static str) -> &mut Self {
        self.raw(opening);
        self
    }

    #[inline]
    fn piece(&mut self, piece: &[u8]) {
        match self.gathered.get_mut(self.length..self.length + piece.len()) {
            Some(room) => {
                room.copy_from_slice(piece);
                self.length += piece.len();
            }
            None => self.body().extend_from_slice(piece),
        }
    }

    /// Writes a string.
    pub(crate) fn text(&mut self, text: &str) {
        self.stored_text(text.as_bytes());
    }

    /// Writes a string that is stored, which is to say UTF-8.
    pub(crate) fn stored_text(&mut self, text: &[u8]) {
        self.raw("\"");
        self.content(text);
        self.raw("\"");
    }

    /// Writes what stands between the quotes of a stored string, once the first of them is written.
    #[inline]
    pub(crate) fn content(&mut self, text: &[u8]) {
        let is_written = self.gathered[self.length..]
            .first_chunk_mut()
            .is_some_and(|room| unescaped::copy_short(text, room));
        if is_written {
            self.length += text.len();
        } else {
            self.long_content(text);
        }
    }

    #[inline(never)]
    fn long_content(&mut self, text: &[u8]) {
        if unescaped::is_plain_text(text) {
            return self.piece(text);
        }
        // The library writes both quotes.
        self.body().pop();
        self.formatted(std::str::from_utf8(text).expect("texts are stored from texts"));
        self.bytes.pop();
    }

    /// Writes a value of a type that the library knows.
    pub(crate) fn formatted<T: Serialize + ?Sized>(&mut self, value: &T) {
        serde_json::to_writer(self.body(), value).expect("a scalar is JSON and memory does not fail");
    }

    /// Writes bytes in base64.
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        let body = self.after("\"").body();
        let start = body.len();
        body.resize(start + base64::encoded_len(bytes.len(), true).expect("an item is small"), 0);
        let written = STANDARD.encode_slice(bytes, &mut body[start..]);
        body.truncate(start + written.expect("there is room for what was measured"));
        self.raw("\"");
    }

    /// Writes a list, one element after the other.
    #[inline]
    pub(crate) fn list<T>(&mut self, elements: impl IntoIterator<Item = T>, write: impl Fn(T, &mut Self)) {
        self.raw("[");
        let mut is_first = true;
        for element in elements {
            if !is_first {
                self.raw(",");
            }
            is_first = false;
            write(element, self);
        }
        self.raw("]");
    }

    /// Writes a map, one entry after the other.
    #[inline]
    pub(crate) fn map<N: AsRef<[u8]>, T>(
        &mut self,
        entries: impl IntoIterator<Item = (N, T)>,
        write: impl Fn(T, &mut Self),
    ) {
        self.raw("{");
        let mut is_first = true;
        for (name, value) in entries {
            if is_first {
                self.raw("\"");
            } else {
                self.raw(",\"");
            }
            is_first = false;
            self.content(name.as_ref());
            self.raw("\":");
            write(value, self);
        }
        self.raw("}");
    }

    /// Begins a structure.
    pub(crate) fn structure(&mut self) -> Members<'_> {
        self.raw("{");
        Members { json: self, separator: "" }
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
