//! The parameters of the time before expressions: what is wrong with them, and the conditions, updates and projections
//! that they stand for.
//!
//! They become the trees that expressions become too ([`crate::expression`]): nothing is evaluated or applied here.
//! Source: production captures, legacy parameters; captures of 2026 where they say otherwise.

mod attributes;
mod comparison;
mod conditions;
mod expectations;
mod expected;
mod updates;

use ddbmock_model::{AttributeMap, AttributeValue, Error, Item, LEVELS_MAX, Rule};

pub(crate) use attributes::check_attributes;
pub(crate) use conditions::{Filter, KeyConditions, placed};
pub(crate) use expectations::{Expectations, check_conditional_operator};
pub(crate) use updates::Updates;

use crate::check::{Voice, strict_within};

/// A refusal that opens as most of them do.
fn invalid(voice: Voice, rule: Rule, text: &str) -> Error {
    voice.refuse(rule, format!("One or more parameter values were invalid: {text}"))
}

/// The strict form of some values, in their order: the attributes of an item that nobody names.
fn strict_values<'v>(
    values: impl IntoIterator<Item = &'v AttributeValue>,
    voice: Voice,
) -> Result<Item, Error> {
    strict_values_within(values, voice, LEVELS_MAX)
}

/// The same, with so many lists and maps around a value at the most.
fn strict_values_within<'v>(
    values: impl IntoIterator<Item = &'v AttributeValue>,
    voice: Voice,
    levels_max: usize,
) -> Result<Item, Error> {
    let places = (0..).map(|place: u32| format!("{place:010}"));
    let attributes: AttributeMap = places.zip(values.into_iter().cloned()).collect();
    strict_within(&attributes, voice, levels_max)
}
