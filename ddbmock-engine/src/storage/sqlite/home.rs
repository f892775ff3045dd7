//! Where a database is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lock_file::LockFile;
use super::{Fault, Folder, file};

/// Where a database is, for as long as someone needs it.
#[derive(Debug)]
pub(super) enum Home {
    /// In a folder of its own, which goes with it.
    Temporary(Folder),
    /// In a file that nobody else can open.
    File {
        /// The file.
        path: PathBuf,
        /// What keeps others out.
        _lock: LockFile,
    },
}

impl Home {
    /// A file, which is made if it is not there. Nothing is changed if it cannot be ours.
    pub(super) fn file(path: &Path) -> Result<Arc<Self>, Fault> {
        let lock = LockFile::take(path)?;
        if file::check(path)? {
            file::create(path)?;
        }
        Ok(Arc::new(Self::File { path: path.to_owned(), _lock: lock }))
    }

    /// The file of the database. SQLite puts others beside it.
    pub(super) fn database(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.database(),
            Self::File { path, .. } => path,
        }
    }
}
