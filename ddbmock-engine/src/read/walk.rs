//! The one walk: over ranges of a table or an index, a page at a time.

use std::ops::{Bound, ControlFlow, RangeBounds as _};
use std::sync::Arc;

use ddbmock_model::{Error, Item};

use super::page_size::Fullness;
use super::selection::Selection;
use super::source::Source;
use crate::limits::Limits;
use crate::storage::{self, Direction, Read, Storage};
use crate::table::ROWS;

/// Bits of a key's hash that choose its segment, and how many values they have.
const SEGMENT_BITS: u32 = 12;
const SEGMENT_VALUES: u64 = 1 << SEGMENT_BITS;

/// The most items of a page for which room is made before any is read.
const ROOM_MAX: usize = 128;

/// A range of keys with owned ends, of which the upper one is never in it.
pub(crate) type KeyRange = (Bound<Vec<u8>>, Bound<Vec<u8>>);

/// A range of keys, its ends borrowed.
pub(crate) fn borrowed((low, high): &KeyRange) -> (Bound<&[u8]>, Bound<&[u8]>) {
    (low.as_ref().map(Vec::as_slice), high.as_ref().map(Vec::as_slice))
}

/// What is read, and how much of it.
#[derive(Debug)]
pub(crate) struct Walk<'w> {
    /// The table or index.
    pub(crate) source: &'w Source,
    /// The keys to read, range by range.
    pub(crate) ranges: Vec<KeyRange>,
    /// In which order.
    pub(crate) direction: Direction,
    /// The most items to read.
    pub(crate) limit: Option<usize>,
    /// What is answered with.
    pub(crate) selection: &'w Selection<'w>,
    /// Whether it reads what was written last.
    pub(crate) consistent: bool,
    /// How it is charged.
    pub(crate) limits: &'w Limits,
}

/// What a walk read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The items that passed, unless only their number was asked for.
    pub(crate) items: Option<Vec<Item>>,
    /// How many passed.
    pub(crate) count: usize,
    /// How many were read.
    pub(crate) scanned: usize,
    /// The billed bytes of what was read from the source.
    pub(crate) bytes: usize,
    /// The units of the rows that were fetched for an index's entries.
    pub(crate) fetched_units: f64,
    /// The position of the last item read, if the page ended before the range did.
    pub(crate) last: Option<Item>,
}

impl Walk<'_> {
    /// Leaves out all up to and including a position, which is in one of the ranges.
    #[must_use]
    pub(crate) fn after(mut self, position: Option<Vec<u8>>) -> Self {
        if let Some(position) = position {
            let place = self.ranges.iter().position(|range| range.contains(&position));
            self.ranges.drain(..place.unwrap_or_default());
            match self.direction {
                Direction::Forward => self.ranges[0].0 = Bound::Excluded(position),
                Direction::Backward => self.ranges[0].1 = Bound::Excluded(position),
            }
        }
        self
    }

    /// Reads a page.
    pub(crate) fn page(&self, storage: &dyn Storage) -> Result<Page, Error> {
        let items =
            (!self.selection.count_only).then(|| Vec::with_capacity(self.limit.unwrap_or(0).min(ROOM_MAX)));
        let mut page = Page { items, ..Page::default() };
        // Entries and the rows they stand for are read at one moment.
        let view = if self.selection.fetch { Some(storage.view(&[self.source.table.number])?) } else { None };
        let mut fullness = Fullness::default();
        for range in self.ranges.iter().filter(|range| !is_empty(range)) {
            self.read(range, (storage, view.as_deref()), (&mut page, &mut fullness))?;
            if page.last.is_some() {
                break;
            }
        }
        Ok(page)
    }

    /// Reads of a range what there is room for on a page.
    fn read<'s>(
        &'s self,
        range: &KeyRange,
        (storage, view): (&dyn Storage, Option<&dyn Read>),
        (page, fullness): (&mut Page, &mut Fullness<'s>),
    ) -> Result<(), Error> {
        let read = view.unwrap_or(storage);
        storage::walk(read, self.source.space(), borrowed(range), self.direction, |_, bytes| {
            let entry = Item::from_packed(Arc::clone(bytes));
            self.add(page, fullness, entry, view)?;
            if self.limit == Some(page.scanned) || fullness.is_full() {
                page.last = Some(self.position(&Item::from_packed(Arc::clone(bytes))));
                return Ok(ControlFlow::Break(()));
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Counts an entry, and keeps it if it passes. The row that is fetched for it counts towards the page's end too, or
    /// pages of small entries would have no end. Assumed of rows.
    fn add<'s>(
        &'s self,
        page: &mut Page,
        fullness: &mut Fullness<'s>,
        entry: Item,
        view: Option<&dyn Read>,
    ) -> Result<(), Error> {
        page.scanned += 1;
        page.bytes += self.source.billed_bytes(&entry);
        let fetched = view.map(|view| self.fetch(view, &entry)).transpose()?;
        if self.selection.passes(fetched.as_ref().unwrap_or(&entry)) {
            page.count += 1;
            if let Some(items) = &mut page.items {
                items.push(self.selection.of_item(&entry, fetched.as_ref()));
            }
        }
        if let Some(row) = fetched {
            page.fetched_units += self.limits.read_units(row.bytes(), self.consistent);
            fullness.add(row, self.source.table.schema.sort_name());
        }
        fullness.add(entry, self.source.schema().sort_name());
        Ok(())
    }

    fn fetch(&self, view: &dyn Read, entry: &Item) -> Result<Item, Error> {
        let table = &self.source.table;
        let row = view.get(table.space(ROWS), &table.schema.key_bytes(entry))?;
        Ok(Item::from_packed(row.expect("every index row has a base row")))
    }

    /// The attributes that say where an item stands.
    fn position(&self, entry: &Item) -> Item {
        let mut names = self.source.position_names();
        names.sort_unstable();
        Item::from_values(names.iter().filter_map(|name| Some((*name, entry.get(name)?))))
    }
}

fn is_empty(range: &KeyRange) -> bool {
    match range {
        (Bound::Included(low) | Bound::Excluded(low), Bound::Excluded(high)) => low >= high,
        _ => false,
    }
}

/// The keys of one of the segments that a parallel scan splits a table into: a range of hashes.
/// Source: production captures of parallel scans.
pub(crate) fn segment(segment: u64, total: u64) -> KeyRange {
    let first = |segment: u64| (SEGMENT_VALUES * segment).div_ceil(total);
    let bytes =
        |value: u64| u16::try_from(value << (16 - SEGMENT_BITS)).map(|start| start.to_be_bytes().to_vec());
    let low = bytes(first(segment)).map_or(Bound::Excluded(vec![0xFF; 64]), Bound::Included);
    let high = bytes(first(segment + 1)).map_or(Bound::Unbounded, Bound::Excluded);
    (low, high)
}
