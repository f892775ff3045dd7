//! Reads of many items: one walk over the rows of a table or the entries of an index serves Query and Scan.

mod page_size;
mod partition;
mod search;
mod selection;
mod source;
mod start_key;
mod walk;

pub(crate) use partition::Partition;
pub(crate) use search::Search;
pub(crate) use selection::{Selection, Wanted};
pub(crate) use source::Source;
pub(crate) use start_key::StartKey;
pub(crate) use walk::{KeyRange, Page, segment};
