//! Engines on each storage there is.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fs, process};

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

/// A place for a file, in a folder that goes with it.
pub(crate) struct Place {
    pub(crate) file: PathBuf,
}

impl Place {
    /// A place where nothing is yet.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("file-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        Self { file: folder.join("tables.db") }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.file.parent().unwrap());
    }
}
