//! Engines on each storage there is.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fs, process};

use ddbmock_engine::storage::Sqlite;
use ddbmock_engine::{Clock, Config, Durability, Engine};

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

/// An engine that can end and be opened again, where its storage lasts.
pub(crate) struct Restartable {
    /// Always there but in the middle of a restart: a file is one engine's at a time.
    engine: Option<Engine>,
    config: Box<dyn Fn() -> Config>,
    place: Option<Place>,
}

impl Restartable {
    /// An engine in memory, which never ends, and one in a file.
    pub(crate) fn on_each(config: impl Fn() -> Config + Clone + 'static) -> [Self; 2] {
        [None, Some(Place::new())].map(|place| {
            let mut engine = Self { engine: None, config: Box::new(config.clone()), place };
            engine.open((engine.config)().clock);
            engine
        })
    }

    /// Ends it and opens it again at the same time, if it is in a file.
    pub(crate) fn restart(&mut self) {
        if self.place.is_some() {
            let clock = Clock::manual(self.now());
            self.engine = None;
            self.open(clock);
        }
    }

    fn open(&mut self, clock: Clock) {
        let file = self.place.as_ref().map(|place| place.file.clone());
        let config = Config { clock, file, durability: Durability::Off, ..(self.config)() };
        self.engine = Some(Engine::open(config).unwrap());
    }
}

impl Deref for Restartable {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        self.engine.as_ref().expect("it is there")
    }
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
