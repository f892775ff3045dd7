//! BatchGetItem: reads the items of up to a hundred keys, of one table or of several.
//!
//! Order: empty names anywhere; parameters of different ages, wherever they stand; then table by table what is wanted,
//! the values of the keys, and keys that are there twice; then table by table whether it is there and the keys fit it.
//! Source: captures of 2026, batch operations; production captures, BatchGetItem.

use std::collections::BTreeMap;
use std::sync::Arc;

use ddbmock_model::op::batch_get_item::KEYS_MAX;
use ddbmock_model::op::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};
use ddbmock_model::{Call, Caller, ConsumedCapacity, Error, Item, Rule};
use rustc_hash::FxHashSet;

use crate::capacity::consumed;
use crate::check::{Voice, empty_name, key_has_empty_name};
use crate::expression::Projection;
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::read::{Wanted, wanted_part};
use crate::simulation::Simulation;
use crate::table::Table;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<BatchGetItem>,
) -> Result<BatchGetItemOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let limits = world.limits(caller);
    let voice = Voice::of_read(wording).within(limits);
    check_empty_names(&request.request_items, voice)?;
    check_one_age(&request.request_items, voice)?;
    let mut total = 0;
    let mut prepared = Vec::with_capacity(request.request_items.len());
    for (name, asked) in &request.request_items {
        prepared.push((name, asked, Prepared::of(asked, &mut total, voice, world)?));
    }
    let mut reads = Vec::with_capacity(prepared.len());
    for (name, asked, prepared) in prepared {
        reads.push(Read::of(name, asked, prepared, world.table(caller, name)?)?);
    }
    answer(world, request, limits, &reads)
}

/// What a request wants of a table; whether it fits the table is not known yet.
struct Prepared<'r> {
    projection: Option<Projection<'r>>,
    keys: Vec<LookUp>,
}

impl<'r> Prepared<'r> {
    fn of(
        asked: &'r KeysAndAttributes,
        total: &mut usize,
        voice: Voice,
        world: &Simulation,
    ) -> Result<Self, Error> {
        let wanted = wanted(asked);
        wanted.check_presence(voice)?;
        let projection = wanted.projection(voice, &world.expressions)?;
        let mut keys = Vec::with_capacity(asked.keys.len());
        let mut seen = FxHashSet::default();
        for key in &asked.keys {
            let key = LookUp::strict(key, voice)?;
            if !seen.insert(Arc::clone(key.item().packed())) {
                return Err(duplicates());
            }
            keys.push(key);
            *total += 1;
            // The newer layer has counted them with the members.
            if *total > KEYS_MAX {
                let text = "Too many items requested for the BatchGetItem call";
                return Err(Error::validation(Rule("batch_get.too_many"), text));
            }
        }
        Ok(Self { projection, keys })
    }
}

/// The refusal of a batch in which a key is there twice.
pub(super) fn duplicates() -> Error {
    Error::validation(Rule("batch.duplicates"), "Provided list of item keys contains duplicates")
}

/// What is read of a table.
struct Read<'r> {
    /// The table, as the request names it.
    name: &'r str,
    asked: &'r KeysAndAttributes,
    table: Arc<Table>,
    projection: Option<Projection<'r>>,
    /// The keys of the rows.
    rows: Vec<Arc<[u8]>>,
}

impl<'r> Read<'r> {
    fn of(
        name: &'r str,
        asked: &'r KeysAndAttributes,
        Prepared { projection, keys }: Prepared<'r>,
        table: Arc<Table>,
    ) -> Result<Self, Error> {
        let rows = keys.iter().map(|key| key.row(&table.schema));
        let rows = rows.collect::<Result<_, Error>>()?;
        if let Some(projection) = &projection {
            table.schema.check_scalar(projection.paths())?;
        }
        Ok(Self { name, asked, table, projection, rows })
    }
}

/// Reads the items, in the order of the tables and the keys, as long as there is room in the answer.
fn answer(
    world: &Simulation,
    request: &BatchGetItem,
    limits: &Limits,
    reads: &[Read<'_>],
) -> Result<BatchGetItemOutput, Error> {
    let mut output = BatchGetItemOutput::default();
    let mut consumed_capacity = Vec::new();
    let mut room = limits.batch_get_bytes_max;
    for read in reads {
        let (mut items, mut units, mut done) = (Vec::with_capacity(read.rows.len()), 0.0, 0);
        for row in &read.rows {
            let item = read.table.get(&*world.storage, row)?;
            let bytes = item.as_ref().map_or(0, Item::bytes);
            let is_first = items.is_empty() && output.responses.values().all(Vec::is_empty);
            // The first item is always in: whoever asks again for the rest must come to an end.
            let Some(rest) = room.checked_sub(bytes).or(is_first.then_some(0)) else { break };
            room = rest;
            let billed = read.table.billed_bytes(item.as_ref());
            units += limits.read_units(billed, read.asked.consistent_read);
            done += 1;
            items.extend(item.map(|item| wanted_part(read.projection.as_ref(), item)));
        }
        output.responses.insert(read.name.to_owned(), items);
        if done < read.rows.len() {
            let keys = read.asked.keys[done..].to_vec();
            output
                .unprocessed_keys
                .insert(read.name.to_owned(), KeysAndAttributes { keys, ..read.asked.clone() });
            // What is small enough to fit would leave gaps: nothing more is read.
            room = 0;
        }
        if done > 0 {
            consumed_capacity.extend(consumed(request.return_consumed_capacity, read.name, units));
        }
    }
    output.consumed_capacity = listed(consumed_capacity);
    Ok(output)
}

/// The list of what was consumed, if that was asked for.
pub(super) fn listed(consumed: Vec<ConsumedCapacity>) -> Option<Vec<ConsumedCapacity>> {
    if consumed.is_empty() { None } else { Some(consumed) }
}

fn wanted(asked: &KeysAndAttributes) -> Wanted<'_> {
    Wanted {
        expression: asked.projection_expression.as_deref(),
        attributes: asked.attributes_to_get.as_deref(),
        names: asked.expression_attribute_names.as_ref(),
    }
}

fn check_empty_names(tables: &BTreeMap<String, KeysAndAttributes>, voice: Voice) -> Result<(), Error> {
    let in_table = |asked: &KeysAndAttributes| {
        let unnamed = asked.attributes_to_get.iter().flatten().any(String::is_empty);
        unnamed || asked.keys.iter().any(key_has_empty_name)
    };
    if tables.values().any(in_table) { Err(empty_name(voice)) } else { Ok(()) }
}

/// An expression for one table and attributes for another do not go together either.
fn check_one_age(tables: &BTreeMap<String, KeysAndAttributes>, voice: Voice) -> Result<(), Error> {
    let expression = tables.values().find_map(|asked| asked.projection_expression.as_deref());
    let attributes = tables.values().find_map(|asked| asked.attributes_to_get.as_deref());
    Wanted { expression, attributes, names: None }.check_presence(voice)
}
