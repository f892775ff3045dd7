//! Answers, written as JSON.
//!
//! Each type says how it is written, and whether it is left out where it stands as a member: what is not there is
//! never written as `null`.

mod item;
mod json;
mod unescaped;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;

use ddbmock_model::Enumeration;

pub(crate) use item::{HashOrder, value};
pub(crate) use json::{Json, Members};

/// The room an answer is given at first.
const ANSWER_BYTES: usize = 512;

/// An answer's body.
pub(crate) fn encode<T: Written>(answer: &T) -> Vec<u8> {
    let mut body = Json::with_capacity(ANSWER_BYTES);
    answer.write(&mut body);
    body.into_bytes()
}

/// A type that a member of an answer can have.
pub(crate) trait Written {
    /// Whether it is left out of the structure that it is a member of.
    fn is_absent(&self) -> bool {
        false
    }

    /// About as many bytes as it is written in, if there are many of it: room for all of them is made at once.
    fn room(&self) -> usize {
        0
    }

    /// Writes it.
    fn write(&self, out: &mut Json);
}

impl<T: Written> Written for &T {
    fn write(&self, out: &mut Json) {
        (**self).write(out);
    }
}

impl<T: Written> Written for Option<T> {
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(Written::is_absent)
    }

    fn write(&self, out: &mut Json) {
        match self {
            Some(value) => value.write(out),
            None => out.raw("null"),
        }
    }
}

impl<T: Written> Written for Vec<T> {
    fn write(&self, out: &mut Json) {
        out.reserve(self.iter().map(Written::room).sum());
        out.list(self, Written::write);
    }
}

impl<T: Written, const N: usize> Written for [T; N] {
    fn write(&self, out: &mut Json) {
        out.list(self, Written::write);
    }
}

impl<T: Written> Written for BTreeMap<String, T> {
    fn write(&self, out: &mut Json) {
        out.map(self, Written::write);
    }
}

/// A map that is left out when it is empty.
pub(crate) struct Filled<'a, T>(pub(crate) &'a BTreeMap<String, T>);

impl<T: Written> Written for Filled<'_, T> {
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn write(&self, out: &mut Json) {
        self.0.write(out);
    }
}

/// A list that is left out when it is empty.
pub(crate) struct Listed<'a, T>(pub(crate) &'a Vec<T>);

impl<T: Written> Written for Listed<'_, T> {
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn write(&self, out: &mut Json) {
        self.0.write(out);
    }
}

/// A boolean that is left out unless it is set.
pub(crate) struct Set<'a>(pub(crate) &'a bool);

impl Written for Set<'_> {
    fn is_absent(&self) -> bool {
        !self.0
    }

    fn write(&self, out: &mut Json) {
        self.0.write(out);
    }
}

impl Written for str {
    fn write(&self, out: &mut Json) {
        out.text(self);
    }
}

impl Written for String {
    fn write(&self, out: &mut Json) {
        out.text(self);
    }
}

impl Written for Cow<'_, str> {
    fn write(&self, out: &mut Json) {
        out.text(self);
    }
}

/// An answer that says nothing: it has no body.
impl Written for () {
    fn write(&self, _: &mut Json) {}
}

/// What there is none of yet.
impl Written for Infallible {
    fn write(&self, _: &mut Json) {
        match *self {}
    }
}

impl Written for bool {
    fn write(&self, out: &mut Json) {
        out.raw(if *self { "true" } else { "false" });
    }
}

macro_rules! numbers {
    ($($type:ty),+) => {$(
        impl Written for $type {
            fn write(&self, out: &mut Json) {
                out.formatted(self);
            }
        }
    )+};
}
numbers!(i64, u64, usize, f64);

/// Writes the word of an enumeration.
pub(crate) fn word<T: Enumeration>(value: T, out: &mut Json) {
    out.text(value.as_str());
}

/// Declares the members of an answer or of a shape in it, one a line, in the order in which they are written:
/// - `"Name" => field`: the field's type says how it is written;
/// - `"Name" => part.field`: a field of a part, which has no name of its own on the wire;
/// - `"Name" => field as Form`: the field, in a form of its own.
///
/// Several types may share them. Tests also read what is declared so of one, and hold it against what they write.
macro_rules! written {
    (@writes $type:ty; $($name:literal => $($field:ident).+ $(as $form:ident)?,)+) => {
        impl $crate::write::Written for $type {
            fn write(&self, out: &mut $crate::write::Json) {
                let mut members = out.structure();
                $($crate::write::entry(&mut members, $name, &$crate::write::written!(@form self $($field).+ $(as $form)?));)+
            }
        }
    };
    (@form $self:ident $($field:ident).+ as $form:ident) => { $form(&$self.$($field).+) };
    (@form $self:ident $($field:ident).+) => { $self.$($field).+ };
    // What is told a second time is not read.
    (@read $self:ident $entry:ident $($field:ident).+ as ThroughputMode) => { $entry.pass() };
    (@read $self:ident $entry:ident $($field:ident).+ $(as $form:ident)?) => { $entry.read(&mut $self.$($field).+) };
    ($type:ident; $($name:literal => $($field:ident).+ $(as $form:ident)?,)+) => {
        #[cfg(test)]
        impl $crate::read::Structure for $type {
            const SHAPE: &'static str = stringify!($type);
            const MEMBERS: &'static [$crate::read::Member] =
                &[$($crate::read::Member { name: $name, required: false }),+];

            fn read_member<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                name: &'static str,
                entry: $crate::read::Entry<'_, A>,
            ) -> Result<bool, A::Error> {
                match name {
                    $($name => $crate::write::written!(@read self entry $($field).+ $(as $form)?),)+
                    _ => Ok(false),
                }
            }
        }

        $crate::write::written! { @writes $type; $($name => $($field).+ $(as $form)?,)+ }
    };
    ($type:ty; $($members:tt)+) => { $crate::write::written! { @writes $type; $($members)+ } };
    ($type:ty, $($others:ty),+; $($members:tt)+) => {
        $crate::write::written! { @writes $type; $($members)+ }
        $crate::write::written! { $($others),+; $($members)+ }
    };
}
pub(crate) use written;

/// Writes a member, unless there is nothing to write.
pub(crate) fn entry<T: Written>(members: &mut Members<'_>, name: &'static str, value: &T) {
    if !value.is_absent() {
        value.write(members.member(name));
    }
}
