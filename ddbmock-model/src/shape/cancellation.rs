//! Why a transaction was not done.

use super::enumeration::{Enumeration, enumeration};
use crate::{Item, Message};

/// Why an action kept its transaction from being done; of an action that did not, the code alone, which is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CancellationReason {
    /// What kind of reason it is.
    pub code: CancellationCode,
    /// What it says.
    pub message: Option<Message>,
    /// The stored item, where the action asked for it and there is one.
    pub item: Option<Item>,
}

enumeration! {
    /// The kind of reason for which a transaction was not done.
    CancellationCode {
        /// The action would have been done.
        #[default]
        None = "None",
        /// Its condition did not hold.
        ConditionalCheckFailed = "ConditionalCheckFailed",
        /// It does not fit the table, or what is stored.
        ValidationError = "ValidationError",
        /// It would have stored an item whose key another one has.
        DuplicateItem = "DuplicateItem",
        /// Its table is not there.
        ResourceNotFound = "ResourceNotFound",
    }
}
