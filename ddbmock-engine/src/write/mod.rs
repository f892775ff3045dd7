//! Writes: what a request does to one item, once the stored one is known.
//!
//! Every write is prepared from the request alone, then changes an item under its table's lock. Put, update and
//! delete differ in [`Action`] only.

mod conditional;
mod indexes;

use std::borrow::Cow;
use std::sync::Arc;

use ddbmock_model::{Error, Item, Message, Rule};

use crate::check::{ITEM_BYTES_MAX, size_hint};
use crate::expression::{Condition, Update};
use crate::index::Index;
use crate::look_up::LookUp;
use crate::schema::KeySchema;

pub(crate) use conditional::ConditionalWrite;

/// A write to one item, prepared.
#[derive(Debug)]
pub(crate) struct Write<'r> {
    /// What it does.
    pub(crate) action: Action<'r>,
    /// What must hold of the stored item.
    pub(crate) condition: Option<Condition<'r>>,
    /// Whether a failed condition answers with the stored item.
    pub(crate) failure_with_item: bool,
}

/// What a write does.
#[derive(Debug)]
pub(crate) enum Action<'r> {
    /// Stores an item in place of what is there.
    Put(Item),
    /// Changes attributes of the item of a key, or creates it; without an update only that.
    Update(LookUp, Option<Update<'r>>),
    /// Removes the item of a key.
    Delete(LookUp),
}

impl Write<'_> {
    /// The row it writes, once the key fits the table.
    pub(crate) fn key(&self, schema: &KeySchema) -> Result<Arc<[u8]>, Error> {
        match &self.action {
            Action::Put(item) => schema.store(item),
            Action::Delete(look_up) => look_up.row(schema),
            Action::Update(look_up, update) => {
                let key = look_up.row(schema)?;
                update.as_ref().map_or(Ok(()), |update| check_update(update, schema))?;
                Ok(key)
            }
        }
    }

    /// Attributes that have the table's key: of the item that is stored, or those that a request looks up.
    pub(crate) fn attributes(&self, schema: &KeySchema) -> Cow<'_, Item> {
        match &self.action {
            Action::Put(item) => Cow::Borrowed(item),
            Action::Update(look_up, _) | Action::Delete(look_up) => look_up.named(schema),
        }
    }

    /// What is wrong with the write for the keys of indexes, as far as that is known without the stored item.
    pub(crate) fn check_indexes(&self, indexes: &[Index]) -> Result<(), Error> {
        match &self.action {
            Action::Put(item) => indexes::check_item(item, indexes),
            Action::Update(_, Some(update)) => indexes::check_update(update, indexes),
            Action::Update(_, None) | Action::Delete(_) => Ok(()),
        }
    }

    /// The item after the write, from the item before it.
    pub(crate) fn change(
        &self,
        before: Option<&Item>,
        schema: &KeySchema,
        indexes: &[Index],
    ) -> Result<Option<Item>, Error> {
        if self.condition.as_ref().is_some_and(|condition| !condition.holds(before)) {
            let text = "The conditional request failed";
            let message = Message::new(Rule("write.condition_failed"), text);
            let item = before.filter(|_| self.failure_with_item).cloned();
            return Err(Error::ConditionalCheckFailed { message, item });
        }
        match &self.action {
            Action::Put(item) => Ok(Some(item.clone())),
            Action::Delete(_) => Ok(None),
            Action::Update(look_up, update) => {
                let key = look_up.named(schema);
                let after = match update {
                    Some(update) if before.is_none() && !update.creates() => return Ok(None),
                    Some(update) => updated(update, before, &key)?,
                    None => before.unwrap_or(&key).clone(),
                };
                indexes::check_updated(before, &after, indexes)?;
                Ok(Some(after))
            }
        }
    }
}

/// What is wrong with an update once the table's key is known. Order: the charge of the request, then its targets,
/// then paths into the key. Source: captures of 2026, update size limit; production captures, schema checks.
fn check_update(update: &Update<'_>, schema: &KeySchema) -> Result<(), Error> {
    if update.charge() > ITEM_BYTES_MAX {
        return Err(too_large(format!("the update alone is charged with {} bytes", update.charge())));
    }
    if let Some(target) = update.targets().find(|target| schema.has(target.head())) {
        let text = format!(
            "One or more parameter values were invalid: Cannot update attribute {}. This attribute is part of the key",
            target.head()
        );
        return Err(Error::validation(Rule("write.key_attribute"), text));
    }
    schema.check_scalar(update.paths())
}

/// The item that an update makes of the stored one, or of the key alone.
fn updated(update: &Update<'_>, before: Option<&Item>, key: &Item) -> Result<Item, Error> {
    let after = update.apply(before, key).map_err(|fault| Error::validation(fault.rule, fault.text))?;
    if after.bytes() > ITEM_BYTES_MAX {
        return Err(too_large(size_hint(&after)));
    }
    Ok(after)
}

fn too_large(hint: String) -> Error {
    let text = "Item size to update has exceeded the maximum allowed size";
    Error::validation(Rule("write.size"), text).hinted(hint)
}
