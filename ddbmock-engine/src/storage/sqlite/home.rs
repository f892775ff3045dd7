//! Where a database is.
//!
//! Whoever has a file open goes on with it when it is removed or moved: what is written then, nobody finds. So whoever
//! writes looks first whether the files that were opened are still those of their names.

use std::path::{self, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, io};

use super::identity::Identity;
use super::lock_file::LockFile;
use super::{Durability, Fault, Folder, file};
use crate::lock::Mutex;

/// How long what was found is taken to be so: to look takes a twentieth of the time of a write.
const TRUSTED: Duration = Duration::from_millis(10);

/// Where a database is, for as long as someone needs it.
#[derive(Debug)]
pub(super) struct Home {
    database: PathBuf,
    durability: Durability,
    opened: Mutex<Option<Opened>>,
    keeper: Keeper,
}

/// What keeps a database for its process.
#[derive(Debug)]
enum Keeper {
    /// A folder of its own, which goes with it.
    Folder { _folder: Folder },
    /// What keeps others out of a file.
    Lock(LockFile),
}

/// The files that are open, the database first, and what each is known by.
#[derive(Debug)]
struct Opened {
    files: Vec<(PathBuf, Identity)>,
    looked: Instant,
}

impl Home {
    /// A file, which is made if it is not there. Nothing is changed if it cannot be ours.
    pub(super) fn file(path: &Path, durability: Durability) -> Result<Arc<Self>, Fault> {
        let database = led_to(path)?;
        let keeper = Keeper::Lock(LockFile::take(&database)?);
        if file::check(&database)? {
            file::create(&database, durability)?;
        }
        Ok(Arc::new(Self { database, durability, opened: Mutex::default(), keeper }))
    }

    /// A folder of its own.
    pub(super) fn temporary(folder: Folder) -> Arc<Self> {
        let database = folder.database().to_owned();
        let keeper = Keeper::Folder { _folder: folder };
        Arc::new(Self { database, durability: Durability::Off, opened: Mutex::default(), keeper })
    }

    /// The file of the database. SQLite puts others beside it.
    pub(super) fn database(&self) -> &Path {
        &self.database
    }

    /// What its writes outlive. Every connection is told: the last one that is closed writes what is in the log.
    pub(super) fn durability(&self) -> Durability {
        self.durability
    }

    /// Whether it is there for whoever opens it later.
    pub(super) fn lasts(&self) -> bool {
        matches!(self.keeper, Keeper::Lock(_))
    }

    /// Notes what the files are known by that are open now.
    pub(super) fn note_opened(&self) -> Result<(), Fault> {
        let mut files = vec![self.database.clone(), file::beside(&self.database, "-wal")];
        if let Keeper::Lock(lock) = &self.keeper {
            files.push(lock.path().to_owned());
        }
        let known = |file: PathBuf| Identity::of(&file).map(|identity| (file, identity));
        let files = files.into_iter().map(known).collect::<io::Result<_>>().map_err(Fault::Open)?;
        *self.opened.lock() = Some(Opened { files, looked: Instant::now() });
        Ok(())
    }

    /// Checks that the files that are open have their names still, or had them shortly before.
    pub(super) fn check(&self, now: Instant) -> Result<(), Fault> {
        let mut opened = self.opened.lock();
        let Some(opened) = &mut *opened else { return Ok(()) };
        if now.saturating_duration_since(opened.looked) >= TRUSTED {
            check_names(&opened.files)?;
            opened.looked = now;
        }
        Ok(())
    }

    /// Checks that a connection that was just opened is to the database, if others are open.
    pub(super) fn check_database(&self) -> Result<(), Fault> {
        self.opened.lock().as_ref().map_or(Ok(()), |opened| check_names(&opened.files[..1]))
    }
}

fn check_names(opened: &[(PathBuf, Identity)]) -> Result<(), Fault> {
    let is_other =
        |file: &Path, identity: &Identity| !Identity::of(file).is_ok_and(|found| found == *identity);
    let other = opened.iter().find(|(file, identity)| is_other(file, identity));
    other.map_or(Ok(()), |(file, _)| Err(Fault::Taken(file.clone())))
}

/// The file that a path leads to: whoever comes by another link meets the same lock.
fn led_to(path: &Path) -> Result<PathBuf, Fault> {
    match fs::canonicalize(path) {
        Ok(path) => Ok(path),
        Err(error) if path.is_symlink() => Err(Fault::Open(error)),
        Err(_) => path::absolute(path).map_err(Fault::Open), // nothing is there yet
    }
}
