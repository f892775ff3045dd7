//! Requests, read from JSON in one pass.
//!
//! Each type a member can have says what it makes of each JSON type; what it makes nothing of is a mismatch. A
//! mismatch ends the reading, so the first one in the body is the one that is reported; whether the rest of the body
//! is JSON is then looked at apart. `null` is always the same as nothing.
//!
//! Attributes that are plainly right are packed at once ([`plain`]). Where any are not, or anything else is wrong with
//! a body, it is read once more, with care: only that reading knows what is wrong.

mod attribute_value;
mod collection;
mod context;
mod deep;
pub(crate) mod mismatch;
mod plain;
mod scalar;
pub(crate) mod strict;
mod structure;

use std::fmt;
use std::marker::PhantomData;

use ddbmock_model::{ApiVersion, Call, Error, Message, Operation, Rule};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(crate) use context::Context;
pub(crate) use mismatch::Kind;
use mismatch::{Given, Place};
pub(crate) use scalar::word;
pub(crate) use structure::{Entry, Member, Structure, structure};

/// A request that is read from a body.
pub(crate) trait Body: Operation {
    /// Reads it.
    ///
    /// # Errors
    /// As [`decode`].
    fn decode(body: &str) -> Result<Call<Self>, Error>;

    /// The same, with all attributes as they were sent.
    #[cfg(test)]
    fn decode_as_sent(body: &str) -> Result<Call<Self>, Error> {
        Self::decode(body)
    }
}

impl<T: Structure + Operation> Body for T {
    fn decode(body: &str) -> Result<Call<Self>, Error> {
        decode(body)
    }

    #[cfg(test)]
    fn decode_as_sent(body: &str) -> Result<Call<Self>, Error> {
        decode_with_care(body)
    }
}

/// Reads the request of an operation.
///
/// # Errors
/// `SerializationException` if the body is not JSON, or not of the operation's types; `ValidationException` if it
/// uses a member that ddbmock does not support.
pub(crate) fn decode<T: Structure + Operation>(body: &str) -> Result<Call<T>, Error> {
    decode_plain(body).map_or_else(|| decode_with_care(body), Ok)
}

/// The request of a body about which nothing is unusual; else nothing.
fn decode_plain<T: Structure + Operation>(body: &str) -> Option<Call<T>> {
    let mut context = Context::plain(T::PRINTED);
    let request = read_whole(body, &mut context).ok()??;
    context.finish(request, T::NAME).ok()
}

/// The same, with all attributes as they were sent.
pub(crate) fn decode_with_care<T: Structure + Operation>(body: &str) -> Result<Call<T>, Error> {
    read_with_care(body, Context::default(), T::NAME)
}

/// Reads the request of an operation of the first API version.
///
/// # Errors
/// `SerializationException`, as [`decode`].
pub(crate) fn decode_first<T: Structure>(body: &str, operation: &str) -> Result<Call<T>, Error> {
    read_with_care(body, Context::of_version(ApiVersion::V20111205), operation)
}

fn read_with_care<T: Structure>(body: &str, mut context: Context, operation: &str) -> Result<Call<T>, Error> {
    match read_whole(body, &mut context) {
        Ok(Some(request)) => context.finish(request, operation),
        Ok(None) => Err(Error::Serialization(mismatch::no_structure())),
        Err(error) => Err(blame(body, &error, context)),
    }
}

/// Reads a body to its end; nothing if it is `null`.
fn read_whole<T: Wire>(body: &str, context: &mut Context) -> Result<Option<T>, serde_json::Error> {
    let mut source = serde_json::Deserializer::from_str(body);
    let read = T::read(&mut source, Place::Body, context)?;
    source.end().map(|()| read)
}

/// Reads what was written.
#[cfg(test)]
pub(crate) fn read_back<T: Wire>(body: &str) -> T {
    read_whole(body, &mut Context::default()).unwrap().unwrap()
}

/// Whether a text is JSON, whatever it holds and however deep it nests.
///
/// # Errors
/// `SerializationException` without a message if it is not.
pub(crate) fn check_syntax(body: &str) -> Result<(), Error> {
    serde_json::from_str::<IgnoredAny>(body).map_or_else(|error| Err(not_json(&error)), |_| Ok(()))
}

/// The refusal of a body that is not JSON.
pub(crate) fn not_json(reason: &impl fmt::Display) -> Error {
    let message = Message::new(Rule("wire.body_syntax"), "");
    Error::Serialization(message).hinted(format!("the body is not JSON: {reason}"))
}

/// Why a body could not be read. Its syntax is blamed first, wherever the mismatch stands.
fn blame(body: &str, error: &serde_json::Error, context: Context) -> Error {
    match check_syntax(body) {
        Err(refusal) => refusal,
        Ok(()) => context.into_refusal(body, error).map_or_else(|| not_json(error), Error::Serialization),
    }
}

/// A type that a member of a request, an element of a list or a value of a map can have.
pub(crate) trait Wire: Sized {
    /// The type's name in refusals.
    const KIND: Kind;
    /// Whether there is anything in it that is noted beside the request.
    const NOTES: bool = false;

    /// What stands where nothing was given.
    fn absent() -> Self;

    /// Reads a value; `null` is nothing.
    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        context.expect(Self::KIND, place);
        source.deserialize_any(Reading { context, of: PhantomData })
    }

    /// What the type makes of a string.
    fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
        let _ = text;
        Err(context.refuse(Given::Text))
    }

    /// What the type makes of `true` and `false`.
    fn from_boolean<E: de::Error>(boolean: bool, context: &mut Context) -> Result<Self, E> {
        Err(context.refuse(Given::Boolean(boolean)))
    }

    /// What the type makes of a list.
    fn from_list<'de, A: SeqAccess<'de>>(elements: A, context: &mut Context) -> Result<Self, A::Error> {
        let _ = elements;
        Err(context.refuse(Given::List))
    }

    /// What the type makes of an object.
    fn from_map<'de, A: MapAccess<'de>>(entries: A, context: &mut Context) -> Result<Self, A::Error> {
        let _ = entries;
        Err(context.refuse(Given::Map))
    }
}

impl<T: Wire> Wire for Option<T> {
    const KIND: Kind = T::KIND;
    const NOTES: bool = T::NOTES;

    fn absent() -> Self {
        None
    }

    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::read(source, place, context)?.map(Some))
    }
}

/// Hands each JSON type to the reader of a [`Wire`] type.
struct Reading<'c, T> {
    context: &'c mut Context,
    of: PhantomData<T>,
}

impl<'de, T: Wire> Visitor<'de> for Reading<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, boolean: bool) -> Result<Self::Value, E> {
        T::from_boolean(boolean, self.context).map(Some)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(self.context.refuse(Given::Whole))
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Err(self.context.refuse(Given::Whole))
    }

    /// Large whole numbers and `-0` come here too: the token's own text decides, and [`Context::blame_number`] has it.
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(self.context.refuse_float())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::from_text(text, self.context).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Self::Value, A::Error> {
        T::from_list(elements, self.context).map(Some)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        T::from_map(entries, self.context).map(Some)
    }
}

/// Reads one value at a given place.
pub(crate) struct Slot<'c, T> {
    place: Place,
    context: &'c mut Context,
    of: PhantomData<T>,
}

impl<'c, T> Slot<'c, T> {
    /// A member of a structure.
    pub(crate) fn member(context: &'c mut Context) -> Self {
        Self { place: Place::Member, context, of: PhantomData }
    }

    /// An element of a list, or a value of a map.
    pub(crate) fn element(context: &'c mut Context) -> Self {
        Self { place: Place::Element, context, of: PhantomData }
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Slot<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        T::read(source, self.place, self.context)
    }
}

/// Reads the name of a member as one of those that are known, without keeping its text.
pub(crate) struct KnownName(pub(crate) fn(&str) -> Option<usize>);

impl<'de> DeserializeSeed<'de> for KnownName {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KnownName {
    type Value = Option<usize>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok((self.0)(name))
    }
}
