//! Item collections: the items of a partition key with their entries in local indexes, and how large they are.
//!
//! Source: developer guide, item collections; captures of 2026 for the range.

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use ddbmock_model::{Error, Item, ItemCollectionMetrics, ReturnItemCollectionMetrics};

use crate::change::Written;
use crate::index::IndexKind;
use crate::key;
use crate::simulation::Simulation;
use crate::storage::Direction;
use crate::table::{ROWS, Table};
use crate::write::Write;

const GIGABYTE: u64 = 1 << 30;

/// What a write answers of the size of the collection it wrote to: only tables with local indexes have collections. The
/// size is looked up only for who asks.
pub(crate) fn metrics(
    world: &Simulation,
    table: &Table,
    written: &Written,
    write: &Write<'_>,
    asked: ReturnItemCollectionMetrics,
) -> Result<Option<ItemCollectionMetrics>, Error> {
    let locals = || written.definition.indexes.iter().filter(|index| index.kind == IndexKind::Local);
    if asked == ReturnItemCollectionMetrics::None || locals().next().is_none() {
        return Ok(None);
    }
    let schema = &table.schema;
    let attributes = write.attributes(schema);
    let partition: Vec<_> = schema
        .partition
        .iter()
        .filter_map(|attribute| Some((attribute.name.as_str(), attributes.get(&attribute.name)?)))
        .collect();
    let beginning = key::partition(partition.iter().map(|(_, value)| *value));
    let parts = [ROWS].into_iter().chain(locals().map(|index| index.part));
    let bytes = bytes(world, table, parts, &beginning)?;
    let item_collection_key = Item::from_values(partition).to_map();
    #[expect(clippy::cast_precision_loss, reason = "no computer holds so many gigabytes")]
    let gigabytes = (bytes / GIGABYTE) as f64;
    let size_estimate_range_gb = [gigabytes, gigabytes + 1.0];
    Ok(Some(ItemCollectionMetrics { item_collection_key, size_estimate_range_gb }))
}

/// What writes to one table answer of the sizes of the collections that they wrote to, each once.
pub(crate) fn metrics_of_all<'w>(
    world: &Simulation,
    table: &Table,
    made: impl IntoIterator<Item = (&'w Written, &'w Write<'w>)>,
    asked: ReturnItemCollectionMetrics,
) -> Result<Vec<ItemCollectionMetrics>, Error> {
    let mut all: Vec<ItemCollectionMetrics> = Vec::new();
    for (written, write) in made {
        let found = metrics(world, table, written, write, asked)?;
        all.extend(
            found.filter(|one| all.iter().all(|other| other.item_collection_key != one.item_collection_key)),
        );
    }
    Ok(all)
}

/// The bytes of a partition in some parts of a table. Local indexes have the table's partition key, so that it is at
/// the beginning of their keys too.
fn bytes(
    world: &Simulation,
    table: &Table,
    parts: impl Iterator<Item = u32>,
    beginning: &[u8],
) -> Result<u64, Error> {
    let view = world.storage.view(&[table.number])?;
    let end = key::after(beginning);
    let end = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
    let mut bytes = 0;
    for part in parts {
        let range = (Bound::Included(beginning), end);
        view.walk(table.space(part), range, Direction::Forward, &mut |_, packed| {
            bytes += Item::from_packed(Arc::clone(packed)).bytes() as u64;
            ControlFlow::Continue(())
        })?;
    }
    Ok(bytes)
}
