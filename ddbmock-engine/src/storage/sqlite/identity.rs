//! Which file it is that has a name.
//!
//! Unix alone tells, and only there a file that is open can be removed or moved.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// What a file is known by, whatever its name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    device_and_number: (u64, u64),
}

impl Identity {
    /// Of the file that has a name.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|about| Self::told(&about))
    }

    #[cfg(unix)]
    fn told(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self { device_and_number: (about.dev(), about.ino()) }
    }

    #[cfg(not(unix))]
    fn told(_: &Metadata) -> Self {
        Self {}
    }
}

/// Whether a file has more names than one.
#[cfg(unix)]
pub(super) fn has_other_names(about: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(about) > 1
}

#[cfg(not(unix))]
pub(super) fn has_other_names(_: &Metadata) -> bool {
    false
}
