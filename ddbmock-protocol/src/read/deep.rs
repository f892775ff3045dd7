//! Attribute values inside attribute values.
//!
//! The parser's own limit is 128 brackets, of which a value takes two a level: every [`LEVELS_A_PARSER`] levels a new
//! parser reads on, over a text that was skipped without recursion. Nothing is read beyond [`LEVELS_READ`] levels;
//! what is there is skipped, and its depth measured, without recursion.

use std::marker::PhantomData;

use ddbmock_model::{Message, Rule};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde_json::value::RawValue;

use super::mismatch::{Given, Place};
use super::{Context, Wire};

/// From so many levels on, only the service's older layer answers. Source: captures of 2026, layers.
const LEVELS_OLDER: usize = 63;
/// The content of a list or map with so many around it is left out: the value is far too deep for every operation.
const LEVELS_READ: usize = 64;
/// The levels one parser reads.
const LEVELS_A_PARSER: usize = 32;
/// Beyond so many levels the body cannot be read at all. Source: captures of 2026, nesting ("about 2000 to 5000").
const LEVELS_MAX: usize = 2000;

/// Notes that a value is so deep that only the older layer answers.
pub(super) fn note(context: &mut Context) {
    context.said.older_layer |= context.levels >= LEVELS_OLDER;
}

/// Reads the content of a list or map that is a value.
pub(super) struct Nested<'c, T> {
    context: &'c mut Context,
    of: PhantomData<T>,
}

impl<'c, T> Nested<'c, T> {
    pub(super) fn new(context: &'c mut Context) -> Self {
        Self { context, of: PhantomData }
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Nested<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        let context = self.context;
        if context.levels == LEVELS_READ {
            return skip(source, context);
        }
        context.levels += 1;
        let read = if context.levels.is_multiple_of(LEVELS_A_PARSER) {
            read_on(source, context)
        } else {
            T::read(source, Place::Member, context)
        };
        context.levels -= 1;
        read
    }
}

/// Reads on with a parser of its own.
fn read_on<'de, T: Wire, D: Deserializer<'de>>(
    source: D,
    context: &mut Context,
) -> Result<Option<T>, D::Error> {
    let text = <&RawValue>::deserialize(source)?.get();
    let mut parser = serde_json::Deserializer::from_str(text);
    T::read(&mut parser, Place::Member, context).map_err(|error| {
        context.blame_number(text, &error);
        D::Error::custom(error)
    })
}

/// Leaves out what is there.
fn skip<'de, T: Wire, D: Deserializer<'de>>(source: D, context: &mut Context) -> Result<Option<T>, D::Error> {
    let text = <&RawValue>::deserialize(source)?.get();
    let given = Given::of(text);
    if given == Given::Null {
        return Ok(None);
    }
    context.expect(T::KIND, Place::Member);
    if !T::KIND.takes(given) {
        return Err(context.refuse(given));
    }
    if context.levels + brackets_deep(text).div_ceil(2) > LEVELS_MAX {
        return Err(context.refuse_with(Message::new(Rule("wire.too_deep"), "")));
    }
    Ok(Some(T::absent()))
}

/// How many brackets of a JSON text stand one inside the other, at most.
fn brackets_deep(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
