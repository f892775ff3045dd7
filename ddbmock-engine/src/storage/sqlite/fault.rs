//! What goes wrong with a database, and how it is told.

use std::io;
use std::path::{Path, PathBuf};

use ddbmock_model::{Error, Message, Rule};
use rusqlite::ErrorCode;

use super::{Space, damaged};

/// What went wrong.
#[derive(Debug)]
pub(super) enum Fault {
    /// There can be no folder for it.
    Folder(io::Error),
    /// It can keep no write-ahead log where it is.
    NoLog,
    /// The file cannot be opened or made.
    Open(io::Error),
    /// The file cannot be one of tables here.
    Unfit(Unfit),
    /// A file that is open does not have its name any more; that.
    Taken(PathBuf),
    /// An earlier failure has not been recovered from.
    Failed,
    /// SQLite failed, or found damage.
    Sqlite(rusqlite::Error),
    /// A failure has ended the view's transaction.
    ViewLost,
    /// An entry is not what was written; its key as it was read.
    Checksum(Vec<u8>),
    /// An entry is not where it belongs; its key.
    Order(Vec<u8>),
    /// An entry holds something of another type than was written.
    Kind,
}

/// Why a file cannot be one of tables here.
#[derive(Debug)]
pub(super) enum Unfit {
    /// Another process has opened it; its id, if it is known.
    InUse(Option<u32>),
    /// It is something else's.
    NotOurs,
    /// Its format is newer than the one that is known here.
    Newer { version: u32, known: u32 },
    /// Nobody may write to it.
    ReadOnly,
    /// It has another name: the log of its writes would be beside one of the two.
    Linked,
}

impl Unfit {
    /// What is wrong with the file, and what to do.
    fn told(&self) -> String {
        match self {
            Self::InUse(process) => {
                let process = process.map_or("another process".to_owned(), |id| format!("process {id}"));
                format!("is in use by {process}. End that first, or choose another file")
            }
            Self::NotOurs => "is no file of ddbmock's. Choose another, or a new one".to_owned(),
            Self::Newer { version, known } => format!(
                "is of a newer ddbmock: its format is {version}, and {known} is the last that is known here. Use that \
                 ddbmock, or choose another file"
            ),
            Self::ReadOnly => "is read-only. Make it writable, or choose another file".to_owned(),
            Self::Linked => {
                let todo = "Remove one of the two, make it a symbolic link, or choose another file";
                format!("has a second name, a hard link. {todo}")
            }
        }
    }
}

impl From<Unfit> for Fault {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Fault {
    /// The error of something that is about the storage as a whole.
    pub(super) fn storage(self) -> Error {
        let text = format!("the storage failed: {}", self.cause());
        let error = Error::Internal(Message::new(Rule("internal.storage"), text));
        match self {
            Self::Taken(_) => error.hinted(
                "nothing is written, for nobody would find it. Put the file back, or end this process and begin anew",
            ),
            _ => error,
        }
    }

    /// The error of a file that cannot be opened, in one line: what is wrong, and what to do.
    pub(super) fn of_file(self, path: &Path) -> Error {
        let shown = shown(path);
        let text = match self {
            Self::Unfit(unfit) => format!("{shown} {}", unfit.told()),
            Self::Sqlite(error) if is_damage(&error) => {
                format!("{shown} is damaged: {error}. Restore it from a copy, or choose another file")
            }
            other => format!("{shown} cannot be opened: {}. Choose another file", other.cause()),
        };
        Error::Internal(Message::new(Rule("internal.file"), text))
    }

    /// The error of something at a key, or right beyond it if another key is not what it was.
    pub(super) fn at(self, space: Space, key: &[u8]) -> Error {
        let key = match &self {
            Self::Checksum(key) | Self::Order(key) => key,
            Self::Kind => key,
            Self::Sqlite(error) if is_damage(error) => key,
            _ => return self.storage(),
        };
        damaged(space, key).hinted(self.cause())
    }

    fn cause(&self) -> String {
        match self {
            Self::Folder(error) => format!("no folder for a temporary database: {error}"),
            Self::NoLog => "SQLite can keep no write-ahead log in this folder; choose another".to_owned(),
            Self::Sqlite(error) => error.to_string(),
            Self::Open(error) => error.to_string(),
            Self::Unfit(unfit) => format!("its file {}", unfit.told()),
            Self::Taken(path) => {
                format!("{} was removed, moved or replaced while it was open", shown(path))
            }
            Self::Failed => "an earlier write was lost; try again".to_owned(),
            Self::ViewLost => "an earlier failure ended this view; take another".to_owned(),
            Self::Checksum(_) => "the entry does not have its checksum".to_owned(),
            Self::Order(_) => "the entry is not where its key belongs".to_owned(),
            Self::Kind => "the entry holds values of other types".to_owned(),
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace(char::is_control, "?")
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
