//! What goes wrong with a database, and how it is told.

use std::io;

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

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Fault {
    /// The error of something that is about the storage as a whole.
    pub(super) fn storage(self) -> Error {
        let text = format!("the storage failed: {}", self.cause());
        Error::Internal(Message::new(Rule("internal.storage"), text))
    }

    /// The error of something at a key, or right beyond it if another key is not what it was.
    pub(super) fn at(self, space: Space, key: &[u8]) -> Error {
        let key = match &self {
            Self::Checksum(key) | Self::Order(key) => key,
            Self::Kind => key,
            Self::Sqlite(error) if is_damage(error) => key,
            Self::Folder(_) | Self::NoLog | Self::Sqlite(_) | Self::ViewLost => return self.storage(),
        };
        damaged(space, key).hinted(self.cause())
    }

    fn cause(&self) -> String {
        match self {
            Self::Folder(error) => format!("no folder for a temporary database: {error}"),
            Self::NoLog => "SQLite can keep no write-ahead log in this folder; choose another".to_owned(),
            Self::Sqlite(error) => error.to_string(),
            Self::ViewLost => "an earlier failure ended this view; take another".to_owned(),
            Self::Checksum(_) => "the entry does not have its checksum".to_owned(),
            Self::Order(_) => "the entry is not where its key belongs".to_owned(),
            Self::Kind => "the entry holds values of other types".to_owned(),
        }
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
