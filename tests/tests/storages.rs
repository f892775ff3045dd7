//! Engines on each storage there is.

use std::path::Path;

use ddbmock_engine::storage::Sqlite;
use ddbmock_engine::{Config, Engine};

/// An engine on each storage.
pub(crate) const ON_EACH: [fn(Config) -> Engine; 2] = [in_memory, in_sqlite];

/// An engine in memory.
pub(crate) fn in_memory(config: Config) -> Engine {
    Engine::new(config)
}

/// An engine in a database of its own, which goes with it.
pub(crate) fn in_sqlite(config: Config) -> Engine {
    let storage = Sqlite::temporary(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    Engine::with_storage(config, storage).unwrap()
}
