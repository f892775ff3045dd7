//! What `INSERT`, `UPDATE`, `DELETE` and `EXISTS` do, as the writes that other operations make.

use ddbmock_model::{Error, Item, ReturnValues, ReturnValuesOnConditionCheckFailure};

use super::keys;
use super::prepared::{Bound, Deed};
use crate::change::Change;
use crate::look_up::LookUp;
use crate::schema::KeySchema;
use crate::write::{Action, IfAbsent, Write, returned};

/// A write that a statement makes, and what it answers with.
#[derive(Debug)]
pub(crate) struct StatementWrite<'p> {
    /// The write.
    pub(crate) write: Write<'p>,
    returning: ReturnValues,
}

impl<'p> StatementWrite<'p> {
    /// The write of a statement that does not read. In a transaction the types of keys are looked at later, as they are
    /// of its other writes.
    pub(crate) fn of(
        bound: Bound<'p>,
        schema: &KeySchema,
        on_failure: ReturnValuesOnConditionCheckFailure,
        in_transaction: bool,
    ) -> Result<Self, Error> {
        let Bound { condition, deed, .. } = bound;
        let failure_with_item = on_failure == ReturnValuesOnConditionCheckFailure::AllOld;
        if let Deed::Insert(item) = deed {
            return Ok(Self { write: Write::always(Action::Insert(item)), returning: ReturnValues::None });
        }
        let key = keys::written(condition.as_ref(), schema)?;
        if !in_transaction {
            keys::check_types(&key, schema)?;
        }
        let alone = keys::single(condition.as_ref(), schema).is_some();
        let key = LookUp::Named(key);
        let (action, if_absent, returning) = match deed {
            Deed::Update(update, returning) => (Action::Update(key, Some(update)), IfAbsent::Ask, returning),
            Deed::Delete(returning) => {
                let if_absent = if alone { IfAbsent::Pass } else { IfAbsent::PassAlone };
                (Action::Delete(key), if_absent, returning)
            }
            _ => (Action::Check(key), IfAbsent::Ask, ReturnValues::None),
        };
        let write = Write { condition, failure_with_item, if_absent, ..Write::always(action) };
        Ok(Self { write, returning })
    }

    /// What is answered of what it did.
    pub(crate) fn returned(&self, change: Change) -> Option<Item> {
        returned(self.returning, &self.write, change)
    }
}
