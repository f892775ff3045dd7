//! A table that is plain to be right: a map of items. What an index holds and what a request costs is worked out from
//! whole items, each time again.

use std::collections::BTreeMap;

use ddbmock_engine::{AttributeMap, AttributeValue, Capacity, ConsumedCapacity, ReturnConsumedCapacity};

use super::shape::{INDEXES, Kind, Shape, TABLE, fits, plain};
use super::sizes::{item_bytes, write_units};

/// The table, with the indexes that it has at the moment.
#[derive(Debug, Clone)]
pub(super) struct Naive {
    items: BTreeMap<(String, String), AttributeMap>,
    pub(super) indexes: Vec<&'static Shape>,
}

impl Default for Naive {
    fn default() -> Self {
        Self { items: BTreeMap::new(), indexes: INDEXES.iter().collect() }
    }
}

fn place(key: &AttributeMap) -> (String, String) {
    match (&key["artist"], &key["year"]) {
        (AttributeValue::S(artist), AttributeValue::N(year)) => (artist.clone(), year.clone()),
        other => panic!("{other:?} is no key"),
    }
}

impl Naive {
    /// The table, then its indexes.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'static Shape> {
        [&TABLE].into_iter().chain(self.indexes.iter().copied())
    }

    /// The item of a key.
    pub(super) fn item(&self, key: &AttributeMap) -> Option<&AttributeMap> {
        self.items.get(&place(key))
    }

    /// All that the table or an index holds.
    pub(super) fn entries(&self, source: &Shape) -> Vec<AttributeMap> {
        self.items.values().filter_map(|item| source.entry(item)).collect()
    }

    /// How many items the table or an index holds, and of how many bytes.
    pub(super) fn statistics(&self, source: &Shape) -> (u64, u64) {
        let entries = self.entries(source);
        (entries.len() as u64, entries.iter().map(item_bytes).sum::<usize>() as u64)
    }

    /// Whether attributes are of a type that an index's key does not allow.
    pub(super) fn misfits(&self, attributes: &AttributeMap) -> bool {
        let mut keys = self.indexes.iter().flat_map(|shape| shape.key());
        keys.any(|name| attributes.get(name).is_some_and(|value| !fits(name, value)))
    }

    /// Has an item of a key from now on, or none; what that costs.
    pub(super) fn write(&mut self, key: &AttributeMap, after: Option<AttributeMap>) -> Cost {
        let after = after.map(plain);
        let before = match &after {
            Some(after) => self.items.insert(place(key), after.clone()),
            None => self.items.remove(&place(key)),
        };
        let bytes = |item: &Option<AttributeMap>| item.as_ref().map_or(0, item_bytes);
        let mut cost = Cost { table: write_units(bytes(&before).max(bytes(&after))), ..Cost::default() };
        for index in &self.indexes {
            let entry = |item: &Option<AttributeMap>| index.entry(item.as_ref()?);
            if let Some(units) = index_units(index, entry(&before), entry(&after)) {
                cost.indexes.push((index, units));
            }
        }
        cost
    }
}

/// Source: captures of 2026, writes and indexes.
fn index_units(index: &Shape, before: Option<AttributeMap>, after: Option<AttributeMap>) -> Option<f64> {
    let units = |entry: &AttributeMap| write_units(item_bytes(entry));
    match (before, after) {
        (None, None) => None,
        (Some(entry), None) | (None, Some(entry)) => Some(units(&entry)),
        (Some(before), Some(after)) if before == after => None,
        (Some(before), Some(after)) if index.position(&before) == index.position(&after) => {
            Some(units(&before).max(units(&after)))
        }
        (Some(before), Some(after)) => Some(units(&before) + units(&after)),
    }
}

/// What a request consumes.
#[derive(Debug, Default)]
pub(super) struct Cost {
    pub(super) table: f64,
    pub(super) indexes: Vec<(&'static Shape, f64)>,
}

impl Cost {
    /// What is answered of it.
    pub(super) fn told(&self, asked: ReturnConsumedCapacity) -> Option<ConsumedCapacity> {
        let capacity = |units| Capacity { capacity_units: units, ..Capacity::default() };
        let of = |kind| {
            let indexes = self.indexes.iter().filter(move |(index, _)| index.kind == kind);
            indexes.map(|(index, units)| (index.name.to_owned(), capacity(*units))).collect()
        };
        let sum = self.table + self.indexes.iter().map(|(_, units)| units).sum::<f64>();
        let total =
            ConsumedCapacity { table_name: TABLE.name.into(), total: capacity(sum), ..Default::default() };
        match asked {
            ReturnConsumedCapacity::None => None,
            ReturnConsumedCapacity::Total => Some(total),
            ReturnConsumedCapacity::Indexes => Some(ConsumedCapacity {
                table: Some(capacity(self.table)),
                local_secondary_indexes: of(Kind::Local),
                global_secondary_indexes: of(Kind::Global),
                ..total
            }),
        }
    }
}
