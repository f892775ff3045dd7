//! Storage in memory: persistent ordered maps, so that a view is a cheap clone.
//!
//! One lock a table, over all of its spaces: a reader never sees an index out of step with its table.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use ddbmock_model::Error;
use equivalent::{Comparable, Equivalent};
use imbl::OrdMap;
use rustc_hash::FxHashMap;

use super::{Batch, Bytes, Cleared, Direction, Durable, Range, Read, Space, Storage, Visit};
use crate::lock::RwLock;

type Rows = OrdMap<Key<Arc<[u8]>>, Bytes>;
type Spaces = FxHashMap<u32, Rows>;

/// To let go of so many rows takes about a millisecond.
const ROWS_LET_GO_AT_ONCE: usize = 10_000;

/// A key, and how it begins: most keys differ there, so that the way to one leads past few others elsewhere in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<B> {
    /// The first bytes as a number, zeros in place of those that are not there.
    beginning: u64,
    bytes: B,
}

impl<B: AsRef<[u8]>> Key<B> {
    fn new(bytes: B) -> Self {
        let mut first = [0; 8];
        let begins = &bytes.as_ref()[..bytes.as_ref().len().min(first.len())];
        first[..begins.len()].copy_from_slice(begins);
        Self { beginning: u64::from_be_bytes(first), bytes }
    }
}

impl Equivalent<Key<Arc<[u8]>>> for Key<&[u8]> {
    fn equivalent(&self, stored: &Key<Arc<[u8]>>) -> bool {
        self.compare(stored) == Ordering::Equal
    }
}

impl Comparable<Key<Arc<[u8]>>> for Key<&[u8]> {
    fn compare(&self, stored: &Key<Arc<[u8]>>) -> Ordering {
        self.beginning.cmp(&stored.beginning).then_with(|| self.bytes.cmp(&stored.bytes))
    }
}

/// Storage in memory.
#[derive(Debug, Default)]
pub struct Memory {
    tables: RwLock<FxHashMap<u64, Arc<RwLock<Spaces>>>>,
}

impl Memory {
    fn table(&self, table: u64) -> Option<Arc<RwLock<Spaces>>> {
        self.tables.read().get(&table).map(Arc::clone)
    }

    fn table_or_new(&self, table: u64) -> Arc<RwLock<Spaces>> {
        self.table(table).unwrap_or_else(|| Arc::clone(self.tables.write().entry(table).or_default()))
    }

    /// Lets go of tables that hold nothing any more.
    fn forget_empty(&self, numbers: &[u64]) {
        let mut tables = self.tables.write();
        for number in numbers {
            if tables.get(number).is_some_and(|table| table.read().is_empty()) {
                tables.remove(number);
            }
        }
    }
}

impl Read for Memory {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        let tables = self.tables.read();
        let spaces = tables.get(&space.table).map(|table| table.read());
        let rows = spaces.as_ref().and_then(|spaces| spaces.get(&space.part));
        Ok(rows.and_then(|rows| rows.get(&Key::new(key))).map(Arc::clone))
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        let rows = self.table(space.table).and_then(|table| table.read().get(&space.part).cloned());
        if let Some(rows) = rows {
            walk(&rows, range, direction, visit);
        }
        Ok(())
    }
}

fn walk(rows: &Rows, range: Range<'_>, direction: Direction, visit: &mut Visit<'_>) {
    let mut entries = rows.range((range.0.map(Key::new), range.1.map(Key::new)));
    loop {
        let entry = match direction {
            Direction::Forward => entries.next(),
            Direction::Backward => entries.next_back(),
        };
        let Some((key, bytes)) = entry else { return };
        if visit(&key.bytes, bytes) == ControlFlow::Break(()) {
            return;
        }
    }
}

/// Lets go of rows. Nobody waits for many.
fn let_go(gone: Vec<Rows>) {
    if gone.iter().map(Rows::len).sum::<usize>() > ROWS_LET_GO_AT_ONCE {
        // If there is no thread for it, it is done here.
        let _ = thread::Builder::new().spawn(move || drop(gone));
    }
}

/// The numbers of the tables that a batch is about, ascending.
fn numbers(batch: &Batch) -> Vec<u64> {
    let cleared = batch.cleared.iter().map(|cleared| match cleared {
        Cleared::Table(table) => *table,
        Cleared::Part(space) => space.table,
    });
    let mut numbers: Vec<u64> = cleared.chain(batch.writes.iter().map(|write| write.space.table)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

impl Storage for Memory {
    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        // All tables are locked, in their order, before the first is written: no reader sees half a batch.
        let numbers = numbers(&batch);
        let tables: Vec<_> = numbers.iter().map(|table| self.table_or_new(*table)).collect();
        let mut locked: Vec<_> = tables.iter().map(|table| table.write()).collect();
        let place = |table: u64| numbers.binary_search(&table).expect("every table of the batch is locked");
        let mut gone: Vec<Rows> = Vec::new();
        for cleared in &batch.cleared {
            match cleared {
                Cleared::Table(table) => gone.extend(locked[place(*table)].drain().map(|(_, rows)| rows)),
                Cleared::Part(Space { table, part }) => gone.extend(locked[place(*table)].remove(part)),
            }
        }
        for write in batch.writes {
            let rows = locked[place(write.space.table)].entry(write.space.part).or_default();
            match write.bytes {
                Some(bytes) => rows.insert(Key::new(write.key), bytes),
                None => rows.remove(&Key::new(&*write.key)),
            };
        }
        drop(locked);
        if batch.cleared.is_empty() {
            return Ok(Durable::default());
        }
        self.forget_empty(&numbers);
        let_go(gone);
        Ok(Durable::default())
    }

    fn view(&self, tables: &[u64]) -> Result<Arc<dyn Read>, Error> {
        // Locked together, and in their order: the view is of one moment. No table comes into being meanwhile, of which
        // the view would lack what it has of the others.
        let all = self.tables.read();
        let numbers: BTreeSet<u64> = tables.iter().copied().collect();
        let tables: Vec<_> =
            numbers.into_iter().filter_map(|table| Some((table, all.get(&table)?))).collect();
        let locked: Vec<_> = tables.iter().map(|(number, table)| (*number, table.read())).collect();
        let spaces = locked.iter().map(|(number, spaces)| (*number, Spaces::clone(spaces))).collect();
        Ok(Arc::new(View { tables: spaces }))
    }

    fn may_block(&self) -> bool {
        false
    }
}

/// Tables as they were at a moment.
#[derive(Debug)]
struct View {
    tables: FxHashMap<u64, Spaces>,
}

impl View {
    fn rows(&self, space: Space) -> Option<&Rows> {
        self.tables.get(&space.table)?.get(&space.part)
    }
}

impl Read for View {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        Ok(self.rows(space).and_then(|rows| rows.get(&Key::new(key))).map(Arc::clone))
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        if let Some(rows) = self.rows(space) {
            walk(rows, range, direction, visit);
        }
        Ok(())
    }
}
