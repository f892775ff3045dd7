//! `AttributeUpdates`: what is to become of attributes.

use ddbmock_model::{
    AttributeAction, AttributeUpdates, AttributeValueUpdate, Error, Item, Rule, Said, Value, action_path,
};

use super::{invalid, strict_values};
use crate::check::{Voice, check_names, empty_name};
use crate::expression::{AttributeChange, Update};

/// What is to become of attributes, checked.
#[derive(Debug)]
pub(crate) struct Updates<'r> {
    updates: Vec<(&'r str, AttributeAction, Item)>,
}

impl<'r> Updates<'r> {
    /// Checks that nothing in the updates has an empty name: that comes before other values are looked at.
    pub(crate) fn check_names(updates: Option<&AttributeUpdates>, voice: Voice) -> Result<(), Error> {
        let updates = || updates.into_iter().flatten();
        if updates().any(|(name, _)| name.is_empty()) {
            return Err(empty_name(voice));
        }
        check_names(updates().filter_map(|(_, update)| update.value.as_ref()), voice)
    }

    /// Checks the words of all updates, then one update after the other.
    pub(crate) fn strict(
        updates: Option<&'r AttributeUpdates>,
        said: &Said,
        voice: Voice,
    ) -> Result<Self, Error> {
        let updates = || updates.into_iter().flatten();
        if updates().any(|(name, _)| said.unknown_word(&action_path(name)).is_some()) {
            // The stray quote is the service's.
            let text = "Member must satisfy enum value set: [ADD, DELETE, PUT]' for Action";
            return Err(voice.refuse(Rule("legacy.action_word"), text));
        }
        let update = |(name, update): (&'r String, &AttributeValueUpdate)| {
            let value = strict_values(&update.value, voice)?;
            check(update.action, single(&value), voice)?;
            Ok((name.as_str(), update.action, value))
        };
        Ok(Self { updates: updates().map(update).collect::<Result<_, Error>>()? })
    }

    /// The update that they are; none if nothing is to become of any attribute.
    pub(crate) fn update(&self) -> Option<Update<'_>> {
        if self.updates.is_empty() {
            return None;
        }
        let changes = self.updates.iter().map(|(name, action, value)| AttributeChange {
            name,
            value: single(value).map(|value| (*action, value)),
        });
        Some(Update::of_attributes(changes))
    }
}

fn single(values: &Item) -> Option<Value<'_>> {
    values.attributes().iter().next().map(|(_, value)| value)
}

/// Checks what is done with a value: deleting is the only thing that is done without one.
fn check(action: AttributeAction, value: Option<Value<'_>>, voice: Voice) -> Result<(), Error> {
    match (action, value) {
        (AttributeAction::Put, Some(_))
        | (AttributeAction::Delete, None | Some(Value::Ss(_) | Value::Ns(_) | Value::Bs(_)))
        | (
            AttributeAction::Add,
            Some(Value::N(_) | Value::Ss(_) | Value::Ns(_) | Value::Bs(_) | Value::L(_)),
        ) => Ok(()),
        (_, None) => {
            let text = "Only DELETE action is allowed when no attribute value is specified";
            Err(invalid(voice, Rule("legacy.update_value"), text))
        }
        (AttributeAction::Delete, Some(value)) => {
            let text =
                format!("DELETE action with value is not supported for the type {}", value.type_name());
            Err(invalid(voice, Rule("legacy.delete_type"), &text))
        }
        (AttributeAction::Add, Some(value)) => {
            let text = format!("ADD action is not supported for the type {}", value.type_name());
            Err(invalid(voice, Rule("legacy.add_type"), &text))
        }
    }
}
