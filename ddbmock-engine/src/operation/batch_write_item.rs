//! BatchWriteItem: stores and removes up to twenty-five items, of one table or of several.
//!
//! Order: the values of all writes; then table by table whether it is there, the writes fit it, and none is about the
//! item of another. Nothing is written before all of that. Source: captures of 2026, batch operations; production
//! captures, BatchWriteItem.

use std::collections::BTreeSet;
use std::sync::Arc;

use ddbmock_model::op::{BatchWriteItem, BatchWriteItemOutput, DeleteRequest, PutRequest, WriteRequest};
use ddbmock_model::{Call, Caller, Error, Rule};

use super::batch_get_item::{duplicates, listed};
use crate::capacity::{SINGLE, consumed_by_writes};
use crate::change::Written;
use crate::check::{self, Voice, check_item_size, empty_name, strict};
use crate::collection::metrics_of_all;
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::simulation::Simulation;
use crate::table::{RowWrite, Table, write_all};
use crate::write::{Action, Write};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<BatchWriteItem>,
) -> Result<BatchWriteItemOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let limits = world.limits(caller);
    let voice = Voice::older().within(limits);
    let prepared = prepare_all(request, voice)?;
    check_size(prepared.iter().flat_map(|(_, writes)| writes), limits)?;
    let batches = batches(world, caller, prepared)?;
    let writes: Vec<_> = batches.iter().flat_map(Batch::row_writes).collect();
    let all = write_all(world, &writes, |decided, _| decided.collect())?;
    answer(world, request, &batches, &all)
}

/// The writes of each table, by its name in the request.
type Prepared<'r> = Vec<(&'r str, Vec<Write<'static>>)>;

/// The writes, their values checked.
fn prepare_all(request: &BatchWriteItem, voice: Voice) -> Result<Prepared<'_>, Error> {
    let mut prepared = Vec::with_capacity(request.request_items.len());
    for (name, writes) in &request.request_items {
        let writes: Result<Vec<_>, _> = writes.iter().map(|write| prepare(write, voice)).collect();
        // Empty names come before what is wrong with any value.
        let writes = writes.map_err(|error| if has_empty_name(request) { empty_name(voice) } else { error });
        prepared.push((name.as_str(), writes?));
    }
    Ok(prepared)
}

/// The writes of each table, which fit it.
fn batches<'r>(
    world: &Simulation,
    caller: &Caller<'_>,
    prepared: Prepared<'r>,
) -> Result<Vec<Batch<'r>>, Error> {
    let mut batches = Vec::with_capacity(prepared.len());
    let mut known = BTreeSet::new();
    for (name, writes) in prepared {
        batches.push(Batch::of(name, writes, world.table(caller, name)?, &mut known)?);
    }
    Ok(batches)
}

/// What is answered of all that was written, in the order of the batches.
fn answer(
    world: &Simulation,
    request: &BatchWriteItem,
    batches: &[Batch<'_>],
    all: &[Written],
) -> Result<BatchWriteItemOutput, Error> {
    let mut output = BatchWriteItemOutput::default();
    let mut consumed_capacity = Vec::new();
    let mut rest = all;
    for batch in batches {
        let (written, others) = rest.split_at(batch.writes.len());
        rest = others;
        let asked = request.return_consumed_capacity;
        consumed_capacity.extend(consumed_by_writes(asked, batch.name, written, SINGLE));
        let made = written.iter().zip(&batch.writes);
        let metrics = metrics_of_all(world, &batch.table, made, request.return_item_collection_metrics)?;
        if !metrics.is_empty() {
            output.item_collection_metrics.insert(batch.name.to_owned(), metrics);
        }
    }
    output.consumed_capacity = listed(consumed_capacity);
    Ok(output)
}

/// All items together may not be too large. The text is assumed.
fn check_size<'w>(writes: impl Iterator<Item = &'w Write<'static>>, limits: &Limits) -> Result<(), Error> {
    let Some(bytes_max) = limits.batch_write_bytes_max else {
        return Ok(());
    };
    let bytes = writes.map(|write| if let Action::Put(item) = &write.action { item.bytes() } else { 0 });
    if bytes.sum::<usize>() <= bytes_max {
        return Ok(());
    }
    let text = format!("The total size of the items of a BatchWriteItem cannot exceed {bytes_max} bytes");
    Err(Error::validation(Rule("batch_write.size"), text))
}

/// A write, its values checked.
fn prepare(request: &WriteRequest, voice: Voice) -> Result<Write<'static>, Error> {
    let action = match (&request.put_request, &request.delete_request) {
        (Some(PutRequest { item }), None) => {
            let item = item.strict_by(|sent| strict(sent, voice))?;
            check_item_size(&item, voice.item_bytes_max)?;
            Action::Put(item)
        }
        (None, Some(DeleteRequest { key })) => Action::Delete(LookUp::strict(key, voice)?),
        _ => {
            // The text is the service's, for none as for two. Source: production captures, BatchWriteItem; assumed of
            // two.
            let text = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the \
                        supported datatypes";
            return Err(Error::validation(Rule("batch_write.no_request"), text));
        }
    };
    Ok(Write::always(action))
}

/// Whether a name is empty in any of the writes.
fn has_empty_name(request: &BatchWriteItem) -> bool {
    let in_item = |put: &PutRequest| put.item.sent().is_some_and(check::has_empty_name);
    let in_key = |delete: &DeleteRequest| check::key_has_empty_name(&delete.key);
    let mut writes = request.request_items.values().flatten();
    writes.any(|write| {
        write.put_request.as_ref().is_some_and(in_item) || write.delete_request.as_ref().is_some_and(in_key)
    })
}

/// The writes to a table, which fit it.
struct Batch<'r> {
    /// The table, as the request names it.
    name: &'r str,
    table: Arc<Table>,
    writes: Vec<Write<'static>>,
    /// The keys of the rows.
    rows: Vec<Arc<[u8]>>,
}

impl<'r> Batch<'r> {
    /// The items that are known are those of the tables before it: one of them can be this one by another name.
    fn of(
        name: &'r str,
        writes: Vec<Write<'static>>,
        table: Arc<Table>,
        known: &mut BTreeSet<(u64, Arc<[u8]>)>,
    ) -> Result<Self, Error> {
        let definition = table.definition();
        let mut rows = Vec::with_capacity(writes.len());
        for write in &writes {
            // A batch refuses the key of an item as it does one that is looked up.
            let row = match &write.action {
                Action::Put(item) => table.schema.find(item)?,
                _ => write.row(&table.schema)?,
            };
            write.check_indexes(&definition.indexes)?;
            rows.push(row);
        }
        if !rows.iter().all(|row| known.insert((table.number, Arc::clone(row)))) {
            return Err(duplicates());
        }
        Ok(Self { name, table, writes, rows })
    }

    fn row_writes(&self) -> impl Iterator<Item = RowWrite<'_>> {
        let of_row = |(key, write)| RowWrite { table: &self.table, key: Arc::clone(key), write };
        self.rows.iter().zip(&self.writes).map(of_row)
    }
}
