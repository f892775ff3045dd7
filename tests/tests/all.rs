//! Everything that is tested from outside a crate.

mod bodies;
mod embedded;
mod recordings;
