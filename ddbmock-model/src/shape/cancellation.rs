//! Why a transaction was not done.

use super::CancellationCode;
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
