//! Everything that is tested from outside a crate.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is a test to the last line")]

mod bodies;
mod embedded;
mod recordings;
mod tables;
