//! ListBackups: there are no backups.

pub(crate) use super::answer_nothing as run;
