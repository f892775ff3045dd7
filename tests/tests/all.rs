//! Everything that is tested from outside a crate.

mod recordings;
