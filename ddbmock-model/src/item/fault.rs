//! What can be wrong with a value, before any wording.

use crate::NumberFault;

/// The three kinds of set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetKind {
    /// Strings.
    Strings,
    /// Numbers.
    Numbers,
    /// Byte strings.
    Binaries,
}

/// What is wrong with a value of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueFault {
    /// The value has no type.
    Untyped,
    /// The value has several types.
    ManyTypes,
    /// A number that cannot be stored, and its text.
    Number(NumberFault, String),
    /// A null that is not `true`.
    NullFalse,
    /// A set without members.
    EmptySet(SetKind),
    /// A string that is in its set twice: the members as sent, and the place of the second.
    DuplicateStrings(Vec<String>, usize),
    /// A number that is in its set twice, by value.
    DuplicateNumbers,
    /// A byte string that is in its set twice: the members as sent, and the place of the second.
    DuplicateBinaries(Vec<Vec<u8>>, usize),
    /// More maps and lists around a value than [`LEVELS_MAX`](super::LEVELS_MAX).
    TooDeep,
    /// An attribute whose name is empty.
    EmptyName,
}
