//! Reads: one walk over the rows of a table or the entries of an index serves Query and Scan, another all searches of
//! vectors; what of an item is wanted is said alike wherever one is read by its key.

mod nearest;
mod page_size;
mod partition;
mod search;
mod selection;
mod source;
mod start_key;
mod walk;
mod wanted;

pub(crate) use nearest::Nearest;
pub(crate) use partition::Partition;
pub(crate) use search::Search;
pub(crate) use selection::{Selection, Sought};
pub(crate) use source::Source;
pub(crate) use start_key::StartKey;
pub(crate) use walk::{KeyRange, Page, Walk, borrowed, segment};
pub(crate) use wanted::{Wanted, wanted_part};
