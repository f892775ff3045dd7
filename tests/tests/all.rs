//! Everything that is tested from outside a crate.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is a test to the last line")]

mod bodies;
mod delays;
mod embedded;
mod hints;
mod indexes;
mod legacy;
mod paging;
mod readme;
mod recordings;
mod rust_sdk;
mod scopes;
mod storages;
mod tables;
