//! ListBulkOperations: nothing is written from files.

pub(crate) use super::answer_nothing as run;
