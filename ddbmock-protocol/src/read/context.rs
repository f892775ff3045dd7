//! What is known while a body is read: where the reading is, what was noted, and what ended it.

use std::fmt::Write;

use ddbmock_model::{ApiVersion, Call, Error, Message, Rule, Said};
use serde::de;

use super::mismatch::{self, Given, Kind, Place};

/// The most notes that are taken in one member of a request: a refusal shows ten.
const NOTES_MAX: usize = 50;

/// What is known while a body is read.
#[derive(Default)]
pub(crate) struct Context {
    /// What the body holds that a typed request cannot.
    pub(super) said: Said,
    /// How many lists and maps stand around the attribute value that is being read.
    pub(super) levels: usize,
    /// The API version that the body speaks.
    pub(super) version: ApiVersion,
    path: Vec<Step>,
    /// How much was noted in the member of the request that is being read.
    notes: usize,
    expected: (Kind, Place),
    refusal: Option<Message>,
    is_float: bool,
    unsupported: Vec<&'static str>,
    plain: Option<Plain>,
}

/// How attributes are read that are to be plainly right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain {
    /// Whether they are to be in the words of the strict form too.
    pub(super) canonical: bool,
}

/// One step of the way from the body to a member.
enum Step {
    Member(&'static str),
    /// The place in a list, from 1.
    Element(usize),
    /// The name in a map.
    Entry(String),
}

impl Context {
    /// For a reading that ends where attributes are not plainly right. With `canonical`, they are to be in the words of
    /// the strict form too.
    pub(super) fn plain(canonical: bool) -> Self {
        Self { plain: Some(Plain { canonical }), ..Self::default() }
    }

    /// For a body of an API version.
    pub(super) fn of_version(version: ApiVersion) -> Self {
        Self { version, ..Self::default() }
    }

    /// Whether attributes are to be plainly right, and how.
    pub(super) fn wants_plain(&self) -> Option<Plain> {
        self.plain
    }

    /// Notes what the value read next should be.
    pub(super) fn expect(&mut self, kind: Kind, place: Place) {
        self.expected = (kind, place);
    }

    /// Ends the reading: what was given is not what was expected.
    pub(super) fn refuse<E: de::Error>(&mut self, given: Given) -> E {
        let (kind, place) = self.expected;
        self.refuse_with(mismatch::message(kind, place, given, self.version))
    }

    /// Ends the reading.
    pub(super) fn refuse_with<E: de::Error>(&mut self, message: Message) -> E {
        self.refusal = Some(message);
        E::custom("refused")
    }

    /// Ends the reading at a number that only its own text tells the kind of, for the parser has made a float of it.
    pub(super) fn refuse_float<E: de::Error>(&mut self) -> E {
        self.is_float = true;
        E::custom("refused")
    }

    /// Completes the refusal of a text that is JSON: a number that was not wanted, or one so large that the parser
    /// gave up on it, is judged by its own characters.
    pub(super) fn blame_number(&mut self, text: &str, error: &serde_json::Error) {
        if self.refusal.is_some() {
            return;
        }
        let (kind, place) = self.expected;
        let number = number_at(text, error).filter(|number| self.is_float || is_huge(number));
        self.refusal =
            number.map(|number| mismatch::message(kind, place, Given::number(number), self.version));
    }

    /// What ended the reading of a body that is JSON, if it is known.
    pub(super) fn into_refusal(mut self, body: &str, error: &serde_json::Error) -> Option<Message> {
        self.blame_number(body, error);
        let member = match self.path.first() {
            Some(Step::Member(name)) => name,
            _ => "the body",
        };
        let hint = format!("in {member}, near line {} column {}", error.line(), error.column());
        self.refusal.map(|message| Message { hint: message.hint.or(Some(hint.into())), ..message })
    }

    /// The request with what was noted, or the refusal of a member that is not supported.
    pub(super) fn finish<T>(self, request: T, operation: &str) -> Result<Call<T>, Error> {
        let Some(member) = self.unsupported.first() else {
            return Ok(Call { request, said: self.said });
        };
        let text = format!("ddbmock does not support {member} of {operation} yet");
        Err(Error::validation(Rule("wire.unsupported_member"), text))
    }

    /// Notes whether a member that is not supported is given.
    pub(super) fn note_unsupported(&mut self, name: &'static str, given: bool) {
        self.unsupported.retain(|noted| *noted != name);
        if given {
            self.unsupported.push(name);
        }
    }

    /// Notes that a member of what is being read was left out.
    pub(super) fn note_missing(&mut self, name: &'static str) {
        self.enter(name);
        if let Some(path) = self.path_of_note() {
            self.said.note_missing(path);
        }
        self.leave();
    }

    /// Notes that the member that is being read holds a word that its enumeration does not have.
    pub(super) fn note_unknown(&mut self, word: &str) {
        if let Some(path) = self.path_of_note() {
            self.said.note_unknown(path, word);
        }
    }

    /// The path for a note; none if so many were taken in the same list that no refusal could show another.
    fn path_of_note(&mut self) -> Option<String> {
        self.notes += 1;
        (self.notes <= NOTES_MAX).then(|| self.path())
    }

    /// Drops what was noted of the member that is being read: it is given again.
    pub(super) fn forget(&mut self) {
        let path = self.path();
        self.said.forget(&path);
    }

    /// Goes into a member, until [`Context::leave`].
    pub(super) fn enter(&mut self, name: &'static str) {
        if self.path.is_empty() {
            self.notes = 0;
        }
        self.path.push(Step::Member(name));
    }

    /// Goes into an element by its index, until [`Context::leave`].
    pub(super) fn enter_element(&mut self, index: usize) {
        self.path.push(Step::Element(index + 1));
    }

    /// Goes into an entry of a map by its name, until [`Context::leave`].
    pub(super) fn enter_entry(&mut self, name: &str) {
        self.path.push(Step::Entry(name.to_owned()));
    }

    /// Goes back out.
    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// The path in the service's own form: `keySchema.2.member.keyType`.
    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.path {
            if !path.is_empty() {
                path.push('.');
            }
            match step {
                Step::Member(name) => push_lower_camel(&mut path, name),
                Step::Element(place) => {
                    let _ = write!(path, "{place}.member");
                }
                Step::Entry(name) => {
                    let _ = write!(path, "{name}.member");
                }
            }
        }
        path
    }
}

/// The service lowers the first letter alone: `sSESpecification`.
fn push_lower_camel(path: &mut String, name: &str) {
    let mut characters = name.chars();
    path.extend(characters.next().map(|first| first.to_ascii_lowercase()));
    path.push_str(characters.as_str());
}

/// The number that stands where an error was found, in or before it.
fn number_at<'a>(text: &'a str, error: &serde_json::Error) -> Option<&'a str> {
    let line_start: usize = text.split_inclusive('\n').take(error.line().checked_sub(1)?).map(str::len).sum();
    let at = line_start.checked_add(error.column())?.min(text.len());
    let bytes = text.as_bytes();
    let of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    let start = at - bytes[..at].iter().rev().take_while(|byte| of_number(byte)).count();
    let end = at + bytes[at..].iter().take_while(|byte| of_number(byte)).count();
    // An error inside a string may stand inside a character.
    text.get(start..end).filter(|number| !number.is_empty())
}

/// Whether a number is beyond every float.
fn is_huge(number: &str) -> bool {
    number.parse().is_ok_and(f64::is_infinite)
}
