//! How entries lie in the database.

use rusqlite::{Connection, Row, params};

use super::{Bytes, Fault, Space};

/// Without row ids the table *is* its primary key's tree: one search finds an entry, and its neighbours lie beside it.
/// Keys sort as their bytes do. The checksum is of everything else in the entry.
pub(super) const SCHEMA: &str = "
    CREATE TABLE entry (
        space_table INTEGER NOT NULL,
        space_part INTEGER NOT NULL,
        key BLOB NOT NULL,
        bytes BLOB NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (space_table, space_part, key)
    ) STRICT, WITHOUT ROWID";
pub(super) const GET: &str =
    "SELECT key, bytes, checksum FROM entry WHERE space_table = ?1 AND space_part = ?2 AND key = ?3";
const PUT: &str = "REPLACE INTO entry VALUES (?1, ?2, ?3, ?4, ?5)";
const REMOVE: &str = "DELETE FROM entry WHERE space_table = ?1 AND space_part = ?2 AND key = ?3";

/// A key and its bytes.
pub(super) type Entry = (Vec<u8>, Bytes);

/// Writes the bytes of a key, or removes it.
pub(super) fn put(
    connection: &Connection,
    space: Space,
    key: &[u8],
    bytes: Option<&[u8]>,
) -> rusqlite::Result<usize> {
    let table = space.table.cast_signed();
    match bytes {
        Some(bytes) => connection.prepare_cached(PUT)?.execute(params![
            table,
            space.part,
            key,
            bytes,
            checksum(space, key, bytes)
        ]),
        None => connection.prepare_cached(REMOVE)?.execute(params![table, space.part, key]),
    }
}

/// The key and the bytes of a row, if they are as they were written.
pub(super) fn of(row: &Row<'_>, space: Space) -> Result<Entry, Fault> {
    let key = row.get_ref(0)?.as_blob().map_err(|_| Fault::Kind)?.to_vec();
    let bytes = row.get_ref(1)?.as_blob().map_err(|_| Fault::Kind)?;
    let expected = row.get_ref(2)?.as_i64().map_err(|_| Fault::Kind)?;
    if i64::from(checksum(space, &key, bytes)) == expected {
        Ok((key, bytes.into()))
    } else {
        Err(Fault::Checksum(key))
    }
}

fn checksum(space: Space, key: &[u8], bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&space.table.to_le_bytes());
    hasher.update(&space.part.to_le_bytes());
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key);
    hasher.update(bytes);
    hasher.finalize()
}
