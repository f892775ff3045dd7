//! ListExports: there are no exports.

pub(crate) use super::answer_nothing as run;
