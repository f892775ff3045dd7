//! Answers, written as JSON.
//!
//! Each type says how it is written, and whether it is left out where it stands as a member: what is not there is
//! never written as `null`.

mod item;

pub(crate) use item::HashOrder;
use std::collections::BTreeMap;

use ddbmock_model::Enumeration;
use serde::ser::{Serialize, Serializer};

/// The room an answer is given at first.
const ANSWER_BYTES: usize = 512;

/// An answer's body.
pub(crate) fn encode<T: Written>(answer: &T) -> Vec<u8> {
    let mut body = Vec::with_capacity(ANSWER_BYTES);
    serde_json::to_writer(&mut body, &As(answer)).expect("names are strings and memory does not fail");
    body
}

/// A type that a member of an answer can have.
pub(crate) trait Written {
    /// Whether it is left out of the structure that it is a member of.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's.
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error>;
}

/// Hands a value to a serializer.
pub(crate) struct As<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Written> Serialize for As<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

impl<T: Written> Written for Option<T> {
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(Written::is_absent)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(As).serialize(out)
    }
}

impl<T: Written> Written for Vec<T> {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(As))
    }
}

impl<T: Written, const N: usize> Written for [T; N] {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(As))
    }
}

impl<T: Written> Written for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter().map(|(name, value)| (name, As(value))))
    }
}

/// A map that is left out when it is empty.
pub(crate) struct Filled<'a, T>(pub(crate) &'a BTreeMap<String, T>);

impl<T: Written> Written for Filled<'_, T> {
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

/// A list that is left out when it is empty.
pub(crate) struct Listed<'a, T>(pub(crate) &'a Vec<T>);

impl<T: Written> Written for Listed<'_, T> {
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

/// A boolean that is left out unless it is set.
pub(crate) struct Set<'a>(pub(crate) &'a bool);

impl Written for Set<'_> {
    fn is_absent(&self) -> bool {
        !self.0
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

/// The types that JSON knows itself.
macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Written for $type {
            fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                self.serialize(out)
            }
        }
    )+};
}
plain!(str, String, bool, i64, u64, usize, f64);

/// Writes the word of an enumeration.
pub(crate) fn word<T: Enumeration, S: Serializer>(value: T, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(value.as_str())
}

/// Declares the members of an answer or of a shape in it, one a line, in the order in which they are written:
/// - `"Name" => field`: the field's type says how it is written;
/// - `"Name" => part.field`: a field of a part, which has no name of its own on the wire;
/// - `"Name" => field as Form`: the field, in a form of its own.
macro_rules! written {
    ($type:ty; $($name:literal => $($field:ident).+ $(as $form:ident)?,)+) => {
        impl $crate::write::Written for $type {
            fn write<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                let mut members = serde::Serializer::serialize_map(out, None)?;
                $($crate::write::entry(&mut members, $name, &$crate::write::written!(@form self $($field).+ $(as $form)?))?;)+
                serde::ser::SerializeMap::end(members)
            }
        }
    };
    (@form $self:ident $($field:ident).+ as $form:ident) => { $form(&$self.$($field).+) };
    (@form $self:ident $($field:ident).+) => { $self.$($field).+ };
}
pub(crate) use written;

/// Writes a member, unless there is nothing to write.
pub(crate) fn entry<T: Written, M: serde::ser::SerializeMap>(
    members: &mut M,
    name: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.is_absent() { Ok(()) } else { members.serialize_entry(name, &As(value)) }
}
