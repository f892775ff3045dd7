//! A value being put together from parts of stored values, kept as they are, and from new ones.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fault::SetKind;
use super::nested::List;
use super::view::Value;
use crate::Number;

/// A value being put together. All of its parts are strict already.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft<'a> {
    /// A value as it stands elsewhere.
    Kept(Value<'a>),
    /// A number that was computed.
    N(Number),
    /// A set: its members in the set's order, numbers in their canonical text.
    Set(SetKind, Vec<Cow<'a, [u8]>>),
    /// A list.
    L(Vec<Draft<'a>>),
    /// The elements of lists that stand elsewhere, one after the other.
    Joined(Vec<List<'a>>),
    /// A map.
    M(BTreeMap<Cow<'a, str>, Draft<'a>>),
}

impl Draft<'_> {
    /// The same value, opened one level if it is a list or a map, so that its parts can be changed.
    #[must_use]
    pub fn opened(self) -> Self {
        match self {
            Self::Kept(Value::M(map)) => {
                Self::M(map.iter().map(|(name, value)| (Cow::Borrowed(name), Self::Kept(value))).collect())
            }
            Self::Kept(Value::L(list)) => Self::L(list.iter().map(Self::Kept).collect()),
            other => other,
        }
    }

    /// How many maps and lists stand around the deepest value in it: 0 for a string, and for an empty list.
    pub fn levels(&self) -> usize {
        match self {
            Self::Kept(value) => value.levels(),
            Self::N(_) | Self::Set(..) => 0,
            Self::L(elements) => elements.iter().map(|element| 1 + element.levels()).max().unwrap_or(0),
            Self::Joined(lists) => lists.iter().map(|list| Value::L(*list).levels()).max().unwrap_or(0),
            Self::M(map) => map.values().map(|value| 1 + value.levels()).max().unwrap_or(0),
        }
    }
}
