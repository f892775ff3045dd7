//! Folders for files that are measured, beside this program: temporary folders of the system may be in memory.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, process};

/// A folder that goes when it is not needed any more.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A new one.
    pub(crate) fn new() -> Result<Self, String> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let program = env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
        let name = format!("bench-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = program.with_file_name(name);
        fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self(folder))
    }

    /// The file of a server in it.
    pub(crate) fn file(&self) -> PathBuf {
        self.at("tables.db")
    }

    /// Another file in it.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
