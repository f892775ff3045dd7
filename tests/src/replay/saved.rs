//! What an answer told that later requests say again: ARNs, ids, numbers.

use std::collections::BTreeMap;

use crate::compare::Json;
use crate::compare::pattern::saves;

/// Texts of answers, by the names under which they were saved.
#[derive(Debug, Default)]
pub(super) struct Saved(BTreeMap<String, String>);

impl Saved {
    /// A text with what was saved in it.
    fn fill_text(&self, text: &str) -> String {
        let each = self.0.iter();
        each.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<saved {name}>"), value))
    }

    /// A body with what was saved in it, if it is a text.
    pub(super) fn fill_body(&self, body: Vec<u8>) -> Vec<u8> {
        if self.0.is_empty() {
            return body;
        }
        String::from_utf8(body)
            .map_or_else(std::string::FromUtf8Error::into_bytes, |text| self.fill_text(&text).into_bytes())
    }

    /// An expected answer with what was saved in it.
    pub(super) fn fill(&self, expected: &Json) -> Json {
        match expected {
            Json::String(text) => Json::String(self.fill_text(text)),
            Json::Array(elements) => Json::Array(elements.iter().map(|one| self.fill(one)).collect()),
            Json::Object(members) => {
                Json::Object(members.iter().map(|(name, value)| (name.clone(), self.fill(value))).collect())
            }
            other => other.clone(),
        }
    }

    /// Saves what an answer has where the expected one says so.
    pub(super) fn note(&mut self, expected: &Json, got: &Json) {
        match (expected, got) {
            (Json::String(pattern), Json::String(text)) => {
                if let Some(name) = saves(pattern) {
                    self.0.insert(name.to_owned(), text.clone());
                }
            }
            (Json::Array(expected), Json::Array(got)) => {
                expected.iter().zip(got).for_each(|(expected, got)| self.note(expected, got));
            }
            (Json::Object(expected), got) => {
                for (name, expected) in expected {
                    got.member(name).into_iter().for_each(|got| self.note(expected, got));
                }
            }
            _ => {}
        }
    }
}
