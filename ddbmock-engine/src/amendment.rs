//! Changes of what is kept of a table beside its items: its tags, its policy, whether its items expire. They take no
//! time, and a table can be changed so whatever else it goes through.

use std::sync::Arc;

use ddbmock_model::Error;

use crate::definition::Definition;
use crate::stage::Current;
use crate::storage::Storage;
use crate::table::Table;

impl Table {
    /// Makes it what `decide` says, which has a word for the caller too; nothing if the table is gone. Returns when all
    /// that the decision was based on lasts, also if it was to refuse.
    pub(crate) fn amend<T>(
        &self,
        storage: &dyn Storage,
        decide: impl FnOnce(&Definition) -> Result<(Definition, T), Error>,
    ) -> Result<Option<T>, Error> {
        let mut word = None;
        self.restage(storage, |current| {
            let (after, said) = match decide(&current.definition) {
                Ok((after, said)) => (Some(after), Ok(said)),
                Err(error) => (None, Err(error)),
            };
            word = Some(said);
            let changed = after.filter(|after| *after != *current.definition)?;
            Some(Current { definition: Arc::new(changed), stage: current.stage.clone() })
        })?;
        storage.all_staged().wait()?;
        word.transpose()
    }
}
