//! Who reads a database: connections, of which each reader takes one for itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ddbmock_model::Error;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::entry::{self, Entry, GET};
use super::rest::Rest;
use super::{Bytes, Direction, Fault, Home, Range, Read, Space, Visit, file};
use crate::lock::Mutex;

/// How much of a walk is read at once, in entries and in bytes: whichever comes first.
const PAGE_ENTRIES: usize = 100;
const PAGE_BYTES: usize = 1 << 18;

/// The space after another, and whether it was cleared, itself or, as -1 says, with its table. Each is found without a
/// look at the entries of the one before.
const NEXT_SPACE: &str = "
    SELECT space_table, space_part, EXISTS (
        SELECT 1 FROM cleared
        WHERE cleared.space_table = entry.space_table AND cleared.space_part IN (-1, entry.space_part)
    ) FROM entry WHERE (space_table, space_part) > (?1, ?2) ORDER BY space_table, space_part LIMIT 1";

/// How many connections that nobody uses are kept.
const IDLE_MAX: usize = 3;

/// The connections of a database that read.
#[derive(Debug)]
pub(super) struct Readers {
    idle: Mutex<Vec<Idle>>,
    /// How often something was committed.
    commits: AtomicU64,
    /// Dropped after the connections, which need it until they are closed.
    home: Arc<Home>,
}

/// A connection that nobody uses. It stays in its transaction: whoever takes it before anything is committed needs no
/// other, which costs more than to find an entry.
#[derive(Debug)]
struct Idle {
    connection: Connection,
    /// How often something had been committed when the transaction began.
    as_of: u64,
}

impl Readers {
    /// None yet.
    pub(super) fn new(home: Arc<Home>) -> Self {
        Self { idle: Mutex::default(), commits: AtomicU64::new(0), home }
    }

    /// A connection that nobody else uses, in a transaction that sees what was committed.
    pub(super) fn take(self: &Arc<Self>) -> Result<Reader, Fault> {
        let idle = self.idle.lock().pop();
        let as_of = self.commits.load(Ordering::Acquire);
        let connection = match idle {
            Some(idle) if idle.as_of == as_of && !idle.connection.is_autocommit() => idle.connection,
            idle => {
                let connection =
                    idle.map_or_else(|| file::connect(&self.home), |idle| Ok(idle.connection))?;
                end(&connection)?;
                connection.prepare_cached("BEGIN")?.execute([])?;
                connection
            }
        };
        Ok(Reader { connection: Some(connection), as_of, readers: Arc::clone(self) })
    }

    /// Notes that something was committed, before anybody is told.
    pub(super) fn note_commit(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
    }

    /// How often something was committed.
    #[cfg(test)]
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Has those that nobody uses let go of their transactions.
    pub(super) fn let_go(&self) {
        // One that cannot is in none the next time it is looked at.
        self.idle.lock().iter().for_each(|idle| drop(end(&idle.connection)));
    }
}

/// Ends a connection's transaction, if it is in one.
fn end(connection: &Connection) -> Result<(), Fault> {
    if !connection.is_autocommit() {
        connection.prepare_cached("ROLLBACK")?.execute([])?;
    }
    Ok(())
}

/// The bytes of a key.
pub(super) fn find(connection: &Connection, space: Space, key: &[u8]) -> Result<Option<Bytes>, Fault> {
    let mut get = connection.prepare_cached(GET)?;
    let row = params![space.table.cast_signed(), space.part, key];
    match get.query_row(row, |row| Ok(entry::of(row, space))).optional()?.transpose()? {
        // A search of a damaged tree can end at a neighbour.
        Some((other, _)) if other != key => Err(Fault::Order(other)),
        found => Ok(found.map(|(_, bytes)| bytes)),
    }
}

/// A connection that is given back when it is not needed any more.
#[derive(Debug)]
pub(super) struct Reader {
    connection: Option<Connection>,
    as_of: u64,
    readers: Arc<Readers>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        let as_of = self.as_of;
        let connection = self.connection.take().map(|connection| Idle { connection, as_of });
        let mut idle = self.readers.idle.lock();
        if idle.len() < IDLE_MAX {
            idle.extend(connection);
        }
    }
}

/// Entries that follow one another, and whether none follow these.
pub(super) struct Page {
    entries: Vec<Entry>,
    is_last: bool,
}

impl Reader {
    pub(super) fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is given back at its end")
    }

    /// What SQLite finds wrong, a line each.
    pub(super) fn check(&self) -> Result<Vec<String>, Fault> {
        let mut check = self.connection().prepare("PRAGMA integrity_check")?;
        let lines = check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        let is_well = |line: &String| line == "ok";
        Ok(lines.into_iter().filter(|line| !is_well(line)).map(|line| line.replace('\n', "; ")).collect())
    }

    /// The spaces in which something is that was not cleared.
    pub(super) fn spaces(&self) -> Result<Vec<Space>, Fault> {
        let mut next = self.connection().prepare(NEXT_SPACE)?;
        let mut spaces = Vec::new();
        let mut last = (i64::MIN, -1);
        while let Some((table, part, is_cleared)) = next.query_row(last, |row| row.try_into()).optional()? {
            last = (table, part);
            let part = u32::try_from(part).map_err(|_| Fault::Kind)?;
            let is_cleared: bool = is_cleared;
            spaces.extend((!is_cleared).then_some(Space { table: table.cast_unsigned(), part }));
        }
        Ok(spaces)
    }

    /// Reads the next entries of a walk, and moves its rest behind them.
    pub(super) fn page(&self, space: Space, rest: &mut Rest, direction: Direction) -> Result<Page, Fault> {
        let mut entries = Vec::new();
        let mut bytes_read = 0;
        let mut select = self.connection().prepare_cached(&select(rest, direction))?;
        let mut rows =
            select.query(params![space.table.cast_signed(), space.part, rest.low(), rest.high()])?;
        while entries.len() < PAGE_ENTRIES && bytes_read < PAGE_BYTES {
            let Some(row) = rows.next()? else {
                return Ok(Page { entries, is_last: true });
            };
            let (key, bytes) = entry::of(row, space)?;
            // Entries that are whole but not where they belong come from a damaged tree.
            if !rest.pass(&key, direction) {
                return Err(Fault::Order(key));
            }
            bytes_read += key.len() + bytes.len();
            entries.push((key, bytes));
        }
        Ok(Page { entries, is_last: false })
    }
}

/// What selects the rest of a walk. The texts are few, so that each stays prepared.
fn select(rest: &Rest, direction: Direction) -> String {
    let below = if rest.high().is_some() { "key < ?4" } else { "?4 IS NULL" };
    let order = match direction {
        Direction::Forward => "ASC",
        Direction::Backward => "DESC",
    };
    format!(
        "SELECT key, bytes, checksum FROM entry \
         WHERE space_table = ?1 AND space_part = ?2 AND key >= ?3 AND {below} ORDER BY key {order}"
    )
}

/// Reads pages, and visits them while nothing is held.
pub(super) fn walk(
    space: Space,
    range: Range<'_>,
    direction: Direction,
    visit: &mut Visit<'_>,
    page: impl Fn(&mut Rest) -> Result<Page, Fault>,
) -> Result<(), Error> {
    let mut rest = Rest::of(range);
    loop {
        let page = page(&mut rest).map_err(|fault| fault.at(space, rest.start(direction)))?;
        let has_enough = page.entries.iter().any(|(key, bytes)| visit(key, bytes).is_break());
        if has_enough || page.is_last {
            return Ok(());
        }
    }
}

/// What there was at one moment: a reader in a transaction.
#[derive(Debug)]
pub(super) struct View(Mutex<Reader>);

impl View {
    /// What there is now.
    pub(super) fn of_now(reader: Reader) -> Result<Self, Fault> {
        // A transaction begins to be of a moment when it first reads.
        reader.connection().prepare_cached("SELECT 1 FROM entry LIMIT 1")?.exists([])?;
        Ok(Self(Mutex::new(reader)))
    }

    fn read<T>(&self, read: impl FnOnce(&Reader) -> Result<T, Fault>) -> Result<T, Fault> {
        let reader = self.0.lock();
        // SQLite ends a transaction after some failures; what is read then would be of another moment.
        if reader.connection().is_autocommit() { Err(Fault::ViewLost) } else { read(&reader) }
    }

    /// Ends its transaction.
    #[cfg(test)]
    pub(super) fn lose(&self) {
        self.0.lock().connection().execute_batch("ROLLBACK").unwrap();
    }
}

impl Read for View {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.read(|reader| find(reader.connection(), space, key)).map_err(|fault| fault.at(space, key))
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        walk(space, range, direction, visit, |rest| self.read(|reader| reader.page(space, rest, direction)))
    }
}
