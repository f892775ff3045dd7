//! Where a temporary database is.

use std::path::{Path, PathBuf};
use std::{fs, io, process};

/// A folder that is removed when nobody needs it any more.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    database: PathBuf,
}

impl Folder {
    /// A new folder within another.
    pub(super) fn new(within: &Path) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let path = within.join(format!("ddbmock-{}-{number}", process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { database: path.join("tables.db"), path }),
                // Another's, of this process or of one that had its number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// The file of the database. SQLite puts others beside it.
    pub(super) fn database(&self) -> &Path {
        &self.database
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nobody is left to be told of a failure, and what stays harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}
