//! What was cleared is let go of piece by piece, a piece with each commit: nobody waits for all of a large table, and a
//! process that is killed meanwhile goes on with it the next time.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Cleared, Space};

/// What was cleared and is not gone yet: spaces, and with `ALL_PARTS` whole tables.
pub(super) const SCHEMA: &str = "
    CREATE TABLE cleared (
        space_table INTEGER NOT NULL,
        space_part INTEGER NOT NULL,
        PRIMARY KEY (space_table, space_part)
    ) STRICT, WITHOUT ROWID";
const ALL_PARTS: i64 = -1;

const ADD: &str = "INSERT OR IGNORE INTO cleared VALUES (?1, ?2)";
const FIRST: &str = "SELECT space_table, space_part FROM cleared LIMIT 1";
const DONE: &str = "DELETE FROM cleared WHERE space_table = ?1 AND space_part = ?2";
const FIRST_PART: &str = "SELECT min(space_part) FROM entry WHERE space_table = ?1";
const KEYS: &str =
    "SELECT key, length(bytes) FROM entry WHERE space_table = ?1 AND space_part = ?2 ORDER BY key";
const REMOVE: &str = "DELETE FROM entry WHERE space_table = ?1 AND space_part = ?2 AND key <= ?3";

/// How much goes at once, in entries and in bytes: whichever comes first.
const PIECE_ENTRIES: usize = 500;
const PIECE_BYTES: i64 = 1 << 18;

/// Notes what is cleared.
pub(super) fn add(connection: &Connection, cleared: &Cleared) -> rusqlite::Result<()> {
    let row = match cleared {
        Cleared::Table(table) => (table.cast_signed(), ALL_PARTS),
        Cleared::Part(Space { table, part }) => (table.cast_signed(), i64::from(*part)),
    };
    connection.prepare_cached(ADD)?.execute(row).map(drop)
}

/// Lets go of a piece; whether there was one.
pub(super) fn piece(connection: &Connection) -> rusqlite::Result<bool> {
    let of_row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let first: Option<(i64, i64)> = connection.prepare_cached(FIRST)?.query_row([], of_row).optional()?;
    let Some((table, cleared)) = first else {
        return Ok(false);
    };
    let part = if cleared == ALL_PARTS { first_part(connection, table)? } else { Some(cleared) };
    let last = part.map(|part| last_key(connection, table, part)).transpose()?.flatten();
    match (part, last) {
        (Some(part), Some(last)) => {
            connection.prepare_cached(REMOVE)?.execute(params![table, part, last])?;
        }
        _ => drop(connection.prepare_cached(DONE)?.execute([table, cleared])?),
    }
    Ok(true)
}

fn first_part(connection: &Connection, table: i64) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached(FIRST_PART)?.query_row([table], |row| row.get(0))
}

/// The last key of a piece of a space; nothing if the space is empty.
fn last_key(connection: &Connection, table: i64, part: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut keys = connection.prepare_cached(KEYS)?;
    let mut rows = keys.query([table, part])?;
    let (mut last, mut entries, mut bytes) = (None, 0, 0_i64);
    while let Some(row) = rows.next()? {
        last = Some(row.get(0)?);
        entries += 1;
        bytes += row.get::<_, i64>(1)?;
        if entries == PIECE_ENTRIES || bytes >= PIECE_BYTES {
            break;
        }
    }
    Ok(last)
}
