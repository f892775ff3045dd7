//! What keeps a second process out: a locked file beside the database.
//!
//! It is not the database itself that is locked: whoever closes a file loses all locks of his process on it, SQLite's
//! too. The system lets go of the lock when its process ends, however it does.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::Unfit;
use super::{Fault, file};

/// A file that is locked, and goes when it is not needed any more.
#[derive(Debug)]
pub(super) struct LockFile {
    path: PathBuf,
    /// What is in it, and in no other.
    line: String,
    _file: File,
}

impl LockFile {
    /// Locks what is beside a database. The file tells who did.
    pub(super) fn take(database: &Path) -> Result<Self, Fault> {
        let path = file::beside(database, "-lock");
        loop {
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(Fault::Open)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Unfit::InUse(holder(&path)).into()),
                Err(TryLockError::Error(error)) => return Err(Fault::Open(error)),
            }
            let line = line();
            file.set_len(0).and_then(|()| file.write_all(line.as_bytes())).map_err(Fault::Open)?;
            let lock = Self { path: path.clone(), line, _file: file };
            // Whoever had it may have taken it away before it was locked here; another one may have its name now.
            if lock.has_its_name() {
                return Ok(lock);
            }
        }
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn has_its_name(&self) -> bool {
        fs::read(&self.path).is_ok_and(|found| found == self.line.as_bytes())
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // It is still locked. What stays does no harm; what is another's is his.
        if self.has_its_name() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What nobody else writes into such a file: the process, and a number.
fn line() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{} {}\n", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The process that has locked a file, if that can be read.
fn holder(path: &Path) -> Option<u32> {
    let told: io::Result<String> = fs::read_to_string(path);
    told.ok()?.split(' ').next()?.parse().ok()
}
