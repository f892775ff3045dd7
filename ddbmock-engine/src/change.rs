//! What a write did to an item. Every commit yields one for each item it wrote.

use std::sync::Arc;

use ddbmock_model::Item;

use crate::clock::Timestamp;

/// What a write did to an item: counts and sizes are kept from it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The number of the table.
    pub table: u64,
    /// Its place in the order of the table's changes.
    pub sequence: u64,
    /// The row's key in storage.
    pub key: Arc<[u8]>,
    /// The item before, if there was one.
    pub before: Option<Item>,
    /// The item after, if there is one.
    pub after: Option<Item>,
    /// When it was written; never before the change that came before it.
    pub at: Timestamp,
    /// Why it was written.
    pub cause: Cause,
}

/// Why an item was written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cause {
    /// Somebody asked for it.
    Request,
}
