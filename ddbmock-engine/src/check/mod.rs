//! The checks that need nothing but the request, and how their refusals are framed.

mod definition;
mod parameters;
mod value;
mod value_fault;

use std::borrow::Cow;

use ddbmock_model::constraint::ENVELOPE;
use ddbmock_model::{Error, Item, Message, Rule, Wording};

pub(crate) use definition::{
    GLOBAL_INDEXES_MAX, Held, Maxima, ON_DEMAND_WARM, Warmth, check_count_of_non_key_attributes,
    check_defined, check_definition, check_global_roles, check_listed, check_no_vector, check_projection,
    check_undefined, check_units, check_vector, check_vector_billing, check_vector_count, invalid,
};
pub(crate) use parameters::{
    Parameters, parse, placeholder_values, placeholder_values_within, strict_values,
};
pub(crate) use value::{
    check_names, empty_name, empty_name_of_placeholder, has_empty_name, key_has_empty_name, strict,
    strict_key, strict_list, strict_start_key, strict_within,
};
pub(crate) use value_fault::worded;

use crate::expression::Fault;
use crate::limits::Limits;

/// How the refusals of one request are worded and framed, and what its values may be: decided once, before anything is
/// checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Voice {
    /// Which layer words them.
    pub(crate) wording: Wording,
    /// Whether the operation puts most of its refusals in the envelope of member constraints.
    enveloped: bool,
    /// Whether values may be empty where they are in no key.
    empty_values: bool,
    /// The most bytes of an item.
    pub(crate) item_bytes_max: usize,
}

impl Voice {
    /// The voice of PutItem, UpdateItem and DeleteItem: the newer layer envelops nearly all they refuse.
    /// Source: captures of 2026, envelopes.
    pub(crate) fn of_write(wording: Wording) -> Self {
        Self { enveloped: wording == Wording::Current, ..Self::of_read(wording) }
    }

    /// The voice of a read: bare.
    pub(crate) fn of_read(wording: Wording) -> Self {
        let Limits { empty_values, item_bytes_max, .. } = Limits::TODAY;
        Self { wording, enveloped: false, empty_values, item_bytes_max }
    }

    /// The voice of what the older layer serves still, whatever the wording, and bare: PartiQL, BatchWriteItem and, in
    /// most Regions, transactions. Source: captures of 2026, layers.
    pub(crate) fn older() -> Self {
        Self::of_read(Wording::Classic)
    }

    /// The same, of a caller to whom other limits apply.
    pub(crate) fn within(self, limits: &Limits) -> Self {
        let Limits { empty_values, item_bytes_max, .. } = *limits;
        Self { empty_values, item_bytes_max, ..self }
    }

    /// A refusal of a family that the operation may envelop.
    pub(crate) fn refuse(self, rule: Rule, text: impl Into<Cow<'static, str>>) -> Error {
        let text = text.into();
        Error::validation(rule, if self.enveloped { format!("{ENVELOPE}{text}").into() } else { text })
    }

    /// The refusal of an expression.
    pub(crate) fn refuse_expression(self, fault: Fault) -> Error {
        let error = self.refuse(fault.rule, fault.text);
        match fault.hint {
            Some(hint) => error.hinted(hint),
            None => error,
        }
    }
}

/// An item that is to be stored may not be too large.
pub(crate) fn check_item_size(item: &Item, bytes_max: usize) -> Result<(), Error> {
    if item.bytes() <= bytes_max {
        return Ok(());
    }
    let message = Message::new(Rule("item.size"), "Item size has exceeded the maximum allowed size");
    Err(Error::Validation(message).hinted(size_hint(item, bytes_max)))
}

/// What a person would like to know of an item that is too large.
pub(crate) fn size_hint(item: &Item, bytes_max: usize) -> String {
    format!("the item has {} bytes, names and values; the most is {bytes_max}", item.bytes())
}
