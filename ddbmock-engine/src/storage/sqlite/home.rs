//! Where a database is.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lock_file::LockFile;
use super::{Durability, Fault, Folder, file};

/// Where a database is, for as long as someone needs it.
#[derive(Debug)]
pub(super) enum Home {
    /// In a folder of its own, which goes with it.
    Temporary(Folder),
    /// In a file that nobody else can open.
    File {
        /// The file.
        path: PathBuf,
        /// How long its writes wait for a disk.
        durability: Durability,
        /// What keeps others out.
        _lock: LockFile,
    },
}

impl Home {
    /// A file, which is made if it is not there. Nothing is changed if it cannot be ours.
    pub(super) fn file(path: &Path, durability: Durability) -> Result<Arc<Self>, Fault> {
        let path = led_to(path)?;
        let lock = LockFile::take(&path)?;
        if file::check(&path)? {
            file::create(&path, durability)?;
        }
        Ok(Arc::new(Self::File { path, durability, _lock: lock }))
    }

    /// The file of the database. SQLite puts others beside it.
    pub(super) fn database(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.database(),
            Self::File { path, .. } => path,
        }
    }

    /// What its writes outlive. Every connection is told: the last one that is closed writes what is in the log.
    pub(super) fn durability(&self) -> Durability {
        match self {
            Self::Temporary(_) => Durability::Off,
            Self::File { durability, .. } => *durability,
        }
    }
}

/// The file that a path leads to: whoever comes by another link meets the same lock.
fn led_to(path: &Path) -> Result<PathBuf, Fault> {
    match fs::canonicalize(path) {
        Ok(path) => Ok(path),
        Err(error) if path.is_symlink() => Err(Fault::Open(error)),
        Err(_) => Ok(path.to_owned()), // nothing is there yet
    }
}
