//! ListImports: there are no imports.

pub(crate) use super::answer_nothing as run;
