//! Writes: what a request does to one item, once the stored one is known.
//!
//! Every write is prepared from the request alone, then changes an item under its table's lock. Put, update, delete and
//! the check of a condition differ in [`Action`] only.

mod conditional;
pub(crate) mod indexes;

use std::borrow::Cow;
use std::sync::Arc;

use ddbmock_model::{Error, Item, KeyFault, LEVELS_MAX, Message, Rule};

use crate::change::Cause;
use crate::check::size_hint;
use crate::expiry::TimeToLive;
use crate::expression::{Condition, Update};
use crate::index::Index;
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::schema::KeySchema;

pub(crate) use conditional::{Conditional, ConditionalWrite, returned};

/// A write to one item, prepared.
#[derive(Debug)]
pub(crate) struct Write<'r> {
    /// What it does.
    pub(crate) action: Action<'r>,
    /// What must hold of the stored item.
    pub(crate) condition: Option<Condition<'r>>,
    /// Whether a failed condition answers with the stored item.
    pub(crate) failure_with_item: bool,
    /// What becomes of the condition where there is no item.
    pub(crate) if_absent: IfAbsent,
    /// The most bytes of the item that an update makes.
    pub(crate) item_bytes_max: usize,
}

/// What becomes of a condition where there is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum IfAbsent {
    /// It is asked: every attribute is absent.
    #[default]
    Ask,
    /// It holds.
    Pass,
    /// It holds, unless its transaction is cancelled for something else.
    PassAlone,
}

/// What a write does.
#[derive(Debug)]
pub(crate) enum Action<'r> {
    /// Stores an item in place of what is there.
    Put(Item),
    /// Stores an item where there is none.
    Insert(Item),
    /// Changes attributes of the item of a key, or creates it; without an update only that.
    Update(LookUp, Option<Update<'r>>),
    /// Removes the item of a key.
    Delete(LookUp),
    /// Leaves the item of a key as it is: only the condition matters.
    Check(LookUp),
    /// Removes an item, if it still expires when this one does.
    Expire(Item, &'r TimeToLive),
}

impl<'r> Write<'r> {
    /// A write without a condition.
    pub(crate) fn always(action: Action<'r>) -> Self {
        let item_bytes_max = Limits::TODAY.item_bytes_max;
        Self { action, condition: None, failure_with_item: false, if_absent: IfAbsent::Ask, item_bytes_max }
    }

    /// The row it writes, once the key fits the table.
    pub(crate) fn row(&self, schema: &KeySchema) -> Result<Arc<[u8]>, Error> {
        match &self.action {
            Action::Put(item) | Action::Insert(item) | Action::Expire(item, _) => schema.store(item),
            Action::Update(look_up, _) | Action::Delete(look_up) | Action::Check(look_up) => {
                look_up.row(schema)
            }
        }
    }

    /// What the request alone is charged with may not be too much: of a write that is a request of its own. Source:
    /// captures of 2026, update size limit.
    pub(crate) fn check_charge(&self) -> Result<(), Error> {
        match self.update().map(Update::charge) {
            Some(charge) if charge > self.item_bytes_max => {
                Err(too_large(format!("the update alone is charged with {charge} bytes")))
            }
            _ => Ok(()),
        }
    }

    /// What is wrong with an update once the table's key is known: first its targets, then paths into the key. Source:
    /// production captures, schema checks.
    pub(crate) fn check_targets(&self, schema: &KeySchema) -> Result<(), Error> {
        let Some(update) = self.update() else {
            return Ok(());
        };
        if let Some(target) = update.targets().find(|target| schema.has(target.head())) {
            let text = format!(
                "One or more parameter values were invalid: Cannot update attribute {}. This attribute is part of the key",
                target.head()
            );
            return Err(Error::validation(Rule("write.key_attribute"), text).of_key(KeyFault::Changed));
        }
        schema.check_scalar(update.paths())
    }

    /// Attributes that have the table's key: of the item that is stored, or those that a request looks up.
    pub(crate) fn attributes(&self, schema: &KeySchema) -> Cow<'_, Item> {
        match &self.action {
            Action::Put(item) | Action::Insert(item) | Action::Expire(item, _) => Cow::Borrowed(item),
            Action::Update(look_up, _) | Action::Delete(look_up) | Action::Check(look_up) => {
                look_up.named(schema)
            }
        }
    }

    /// No attribute of a key may be empty, of the table's or, in an item that is stored as it is, of an index's.
    pub(crate) fn check_filled(&self, schema: &KeySchema, indexes: &[Index]) -> Result<(), Error> {
        schema.check_filled(&self.attributes(schema))?;
        match &self.action {
            Action::Put(item) | Action::Insert(item) => indexes::check_filled_item(item, indexes),
            _ => Ok(()),
        }
    }

    /// What is wrong with the write for the keys of indexes, as far as that is known without the stored item.
    pub(crate) fn check_indexes(&self, indexes: &[Index]) -> Result<(), Error> {
        match &self.action {
            Action::Put(item) | Action::Insert(item) => indexes::check_item(item, indexes),
            Action::Update(_, Some(update)) => indexes::check_update(update, indexes),
            Action::Update(_, None) | Action::Delete(_) | Action::Check(_) | Action::Expire(..) => Ok(()),
        }
    }

    /// The item after the write, from the item before it.
    pub(crate) fn change(
        &self,
        before: Option<&Item>,
        schema: &KeySchema,
        indexes: &[Index],
    ) -> Result<Option<Item>, Error> {
        let asked = before.is_some() || self.if_absent == IfAbsent::Ask;
        if asked && self.condition.as_ref().is_some_and(|condition| !condition.holds(before)) {
            return Err(self.failed(before));
        }
        match &self.action {
            Action::Put(item) => Ok(Some(item.clone())),
            Action::Insert(item) => inserted(item, before),
            Action::Delete(_) => Ok(None),
            Action::Check(_) => Ok(before.cloned()),
            Action::Expire(item, time_to_live) => {
                let expires = time_to_live.seconds(item);
                Ok(before.filter(|before| time_to_live.seconds(before) != expires).cloned())
            }
            Action::Update(look_up, update) => {
                let key = look_up.named(schema);
                let after = match update {
                    Some(update) if before.is_none() && !update.creates() => return Ok(None),
                    Some(update) => self.updated(update, before, &key)?,
                    None => before.unwrap_or(&key).clone(),
                };
                indexes::check_updated(before, &after, indexes)?;
                Ok(Some(after))
            }
        }
    }

    /// Why it is made.
    pub(crate) fn cause(&self) -> Cause {
        if matches!(self.action, Action::Expire(..)) { Cause::Expired } else { Cause::Request }
    }

    /// The refusal of a write whose condition fails.
    pub(crate) fn failed(&self, before: Option<&Item>) -> Error {
        let message = Message::new(Rule("write.condition_failed"), "The conditional request failed");
        let item = before.filter(|_| self.failure_with_item).cloned();
        Error::ConditionalCheckFailed { message, item }
    }

    /// The item that an update makes of the stored one, or of the key alone.
    fn updated(&self, update: &Update<'_>, before: Option<&Item>, key: &Item) -> Result<Item, Error> {
        let after = update.apply(before, key).map_err(|fault| Error::validation(fault.rule, fault.text))?;
        if after.bytes() > self.item_bytes_max {
            return Err(too_large(size_hint(&after, self.item_bytes_max)));
        }
        Ok(after)
    }

    fn update(&self) -> Option<&Update<'_>> {
        match &self.action {
            Action::Update(_, update) => update.as_ref(),
            _ => None,
        }
    }
}

/// The item that is stored where there is none. Only then is it looked at how deep it is. Source: captures of 2026,
/// PartiQL keys, nesting.
fn inserted(item: &Item, before: Option<&Item>) -> Result<Option<Item>, Error> {
    if before.is_some() {
        let text = "Duplicate primary key exists in table";
        return Err(Error::DuplicateItem(Message::new(Rule("write.duplicate_item"), text)));
    }
    if item.attributes().iter().any(|(_, value)| value.levels() > LEVELS_MAX) {
        let text = "Nesting Levels have exceeded supported limits";
        return Err(Error::validation(Rule("write.levels"), text));
    }
    Ok(Some(item.clone()))
}

fn too_large(hint: String) -> Error {
    let text = "Item size to update has exceeded the maximum allowed size";
    Error::validation(Rule("write.size"), text).hinted(hint)
}
