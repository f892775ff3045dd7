//! Everything that is tested from outside a crate.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is a test to the last line")]

mod bodies;
mod catalogue;
mod constraints;
mod delays;
mod drawn;
mod embedded;
mod expiry;
mod files;
mod first_version;
mod fuzz;
mod hints;
mod importing;
mod indexes;
mod large;
mod lasting;
mod legacy;
mod linearizable;
mod observed;
mod pages;
mod paging;
mod partiql;
mod readers;
mod recordings;
mod restarts;
mod rust_sdk;
mod scopes;
mod signatures;
mod storages;
mod streams;
mod table;
mod tables;
mod transactions;
mod vectors;
