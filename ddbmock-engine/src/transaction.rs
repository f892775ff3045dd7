//! What transactions that read and those that write have in common: the rows that their actions are about, each once,
//! and what is answered of the tables.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use ddbmock_model::op::ItemResponse;
use ddbmock_model::{Caller, ConsumedCapacity, Error, Item, Operation, ReturnConsumedCapacity, Rule};

use crate::cancellation::all_or_cancelled;
use crate::capacity::{IN_TRANSACTION, consumed, consumed_by_writes, told_apart, written_bytes};
use crate::change::Written;
use crate::limits::Limits;
use crate::simulation::Simulation;
use crate::table::{RowWrite, Table, write_all};
use crate::tokens::{Begun, Outcome, Running};
use crate::write::{IfAbsent, Write};

/// The most bytes of the items of a transaction. Source: API reference, transactions.
const BYTES_MAX: usize = 4 << 20;

/// What is answered of the units of each table, if that was asked for.
type Consumed = Option<Vec<ConsumedCapacity>>;

/// The row that an action is about.
#[derive(Debug)]
pub(crate) struct ActionRow<'r> {
    /// The table, as the request names it.
    pub(crate) table_name: &'r str,
    /// The table.
    pub(crate) table: Arc<Table>,
    /// The row's key.
    pub(crate) key: Arc<[u8]>,
}

impl ActionRow<'_> {
    fn write<'w>(&'w self, write: &'w Write<'w>) -> RowWrite<'w> {
        RowWrite { table: &self.table, key: Arc::clone(&self.key), write }
    }
}

/// Finds the rows of actions, which are given with the names of their tables; `row` says which it is in a table,
/// `check` what is refused of the whole request.
///
/// Order: rows that are there twice; what `check` refuses; a table that is not there; then what is wrong with the rows,
/// as reasons. Source: captures of 2026, transactions.
pub(crate) fn find_rows<'r, A>(
    world: &Simulation,
    caller: &Caller<'_>,
    actions: &[(&'r str, A)],
    row: impl Fn(&A, &Table) -> Result<Arc<[u8]>, Error>,
    check: impl Fn(&A, &Table) -> Result<(), Error>,
) -> Result<Vec<ActionRow<'r>>, Error> {
    let mut found = rows(world, caller, actions, row, check)?;
    let missing = |row: &Result<ActionRow<'_>, Error>| matches!(row, Err(Error::ResourceNotFound(_)));
    if let Some(place) = found.iter().position(missing) {
        found.swap(0, place);
        found.truncate(1);
        return found.into_iter().collect();
    }
    all_or_cancelled(found)
}

/// What came of looking for the rows of actions, as [`find_rows`] does: what is wrong with a row, or that its table is
/// not there, is told of each.
pub(crate) fn rows<'r, A>(
    world: &Simulation,
    caller: &Caller<'_>,
    actions: &[(&'r str, A)],
    row: impl Fn(&A, &Table) -> Result<Arc<[u8]>, Error>,
    check: impl Fn(&A, &Table) -> Result<(), Error>,
) -> Result<Vec<Result<ActionRow<'r>, Error>>, Error> {
    let found = tables(world, caller, actions);
    let rows: Vec<_> = actions
        .iter()
        .zip(&found)
        .map(|((_, action), table)| row(action, table.as_ref().map_err(Error::clone)?))
        .collect();
    let there =
        found.iter().zip(&rows).filter_map(|(table, row)| Some((table.as_ref().ok()?, row.as_ref().ok()?)));
    let mut seen = BTreeSet::new();
    if !there.map(|(table, row)| (table.number, row)).all(|row| seen.insert(row)) {
        return Err(twice());
    }
    for ((_, action), table) in actions.iter().zip(&found) {
        table.as_ref().map_or(Ok(()), |table| check(action, table))?;
    }
    let found = actions.iter().zip(found).zip(rows);
    let row = |(((table_name, _), table), key): ((&(&'r str, A), _), _)| {
        Ok(ActionRow { table_name, table: table?, key: key? })
    };
    Ok(found.map(row).collect())
}

/// The table of each action; it is often that of the one before.
fn tables<A>(
    world: &Simulation,
    caller: &Caller<'_>,
    actions: &[(&str, A)],
) -> Vec<Result<Arc<Table>, Error>> {
    let mut found: Vec<Result<Arc<Table>, Error>> = Vec::with_capacity(actions.len());
    let mut before = None;
    for (name, _) in actions {
        let same = found.last().filter(|_| before == Some(*name)).cloned();
        found.push(same.unwrap_or_else(|| world.table(caller, name)));
        before = Some(*name);
    }
    found
}

/// Begins a transaction, if its request has a token by which it is known.
pub(crate) fn begin<'w, T: Operation>(
    world: &'w Simulation,
    caller: &Caller<'_>,
    token: Option<&str>,
    actions: &impl Hash,
) -> Result<Option<Begun<'w>>, Error> {
    let (scope, now) = ((T::NAME, world.place(caller)), world.config.clock.now());
    token.map(|token| world.tokens.begin(scope, token, actions, now)).transpose()
}

/// What a transaction that writes came to.
pub(crate) struct Transacted {
    /// What is answered of units: of reading, if it was made before.
    pub(crate) consumed: Consumed,
    /// What was written, unless it was made before.
    pub(crate) written: Option<Vec<Written>>,
}

/// Makes the writes of a transaction, unless it was made before.
pub(crate) fn write_once(
    world: &Simulation,
    rows: &[ActionRow<'_>],
    writes: &[(&str, Write<'_>)],
    begun: Option<Begun<'_>>,
    asked: ReturnConsumedCapacity,
) -> Result<Transacted, Error> {
    let running = match begun {
        Some(Begun::Before(bytes)) => {
            return Ok(Transacted { consumed: consumed_by_reading(asked, rows, &bytes), written: None });
        }
        Some(Begun::Now(running)) => Some(running),
        None => None,
    };
    let written = write_rows(world, rows, writes, running)?;
    Ok(Transacted { consumed: consumed_by_writing(asked, rows, &written), written: Some(written) })
}

/// Makes the writes of a transaction to the rows that were found for them: all of them or none. If it is known by a
/// token, it is remembered with them.
fn write_rows(
    world: &Simulation,
    rows: &[ActionRow<'_>],
    writes: &[(&str, Write<'_>)],
    mut running: Option<Running<'_>>,
) -> Result<Vec<Written>, Error> {
    let now = world.config.clock.now();
    let pairs = rows.iter().zip(writes.iter().map(|(_, write)| write));
    let writes: Vec<_> = pairs.map(|(row, write)| row.write(write)).collect();
    let written = write_all(world, &writes, |decided, batch| {
        let mut decided: Vec<_> = decided.collect();
        judge(&mut decided, &writes);
        let all = all_or_cancelled(decided)?;
        check_bytes(all.iter().map(written_bytes))?;
        if let Some(running) = running.as_mut().filter(|_| world.storage.lasts()) {
            batch.writes.extend(running.stored(&outcome(&all), now));
        }
        Ok(all)
    })?;
    if let Some(running) = running {
        world.due.note(running.done(outcome(&written), now));
    }
    Ok(written)
}

/// What is remembered of a transaction that wrote.
fn outcome(written: &[Written]) -> Outcome {
    written.iter().map(written_bytes).collect()
}

/// The items of rows, as they were together at one moment, and what is answered of units.
pub(crate) fn read_rows(
    world: &Simulation,
    rows: &[ActionRow<'_>],
    asked: ReturnConsumedCapacity,
) -> Result<(Vec<Option<Item>>, Consumed), Error> {
    let tables: Vec<u64> = rows.iter().map(|row| row.table.number).collect();
    let view = world.storage.view(&tables)?;
    let items = rows.iter().map(|row| row.table.get(&*view, &row.key)).collect::<Result<Vec<_>, _>>()?;
    let pairs = rows.iter().zip(&items);
    let bytes: Vec<usize> = pairs.map(|(row, item)| row.table.billed_bytes(item.as_ref())).collect();
    check_bytes(bytes.iter().copied())?;
    Ok((items, consumed_by_reading(asked, rows, &bytes)))
}

/// What is answered of an item, of which a part is wanted: one that has nothing of that is as one that is not there.
/// Source: captures of 2026, projections.
pub(crate) fn response(part: Option<Item>) -> ItemResponse {
    ItemResponse { item: part.filter(|part| !part.attributes().is_empty()) }
}

/// The row that a write of a transaction is about.
pub(crate) fn written_row(write: &Write<'_>, table: &Table) -> Result<Arc<[u8]>, Error> {
    let row = write.row(&table.schema)?;
    write.check_targets(&table.schema)?;
    Ok(row)
}

/// Changes what was decided of writes, now that it is known whether any was refused. Source: captures of 2026, PartiQL
/// answers.
fn judge(decided: &mut [Result<Written, Error>], writes: &[RowWrite<'_>]) {
    if decided.iter().all(Result::is_ok) {
        return;
    }
    for (decided, RowWrite { write, .. }) in decided.iter_mut().zip(writes) {
        let found_none = decided.as_ref().is_ok_and(|written| written.change.before.is_none());
        if found_none && write.if_absent == IfAbsent::PassAlone {
            *decided = Err(write.failed(None));
        }
    }
}

/// The items of a transaction may not be too large together. How that is refused was not seen; it is assumed.
fn check_bytes(items: impl Iterator<Item = usize>) -> Result<(), Error> {
    let bytes: usize = items.sum();
    if bytes <= BYTES_MAX {
        return Ok(());
    }
    let text = "Collection size of items exceeded, which can also be caused by the aggregate size of the items in the \
                transaction exceeding the 4MB limit";
    let hint = format!("the items have {bytes} bytes together; the most is {BYTES_MAX}");
    Err(Error::validation(Rule("transaction.size"), text).hinted(hint))
}

fn twice() -> Error {
    let text = "Transaction request cannot include multiple operations on one item";
    Error::validation(Rule("transaction.duplicates"), text)
}

/// The places of the actions on each table, in the order in which the tables are first named.
pub(crate) fn by_table(rows: &[ActionRow<'_>]) -> Vec<Vec<usize>> {
    let mut tables: Vec<Vec<usize>> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match tables.iter_mut().find(|places| rows[places[0]].table.number == row.table.number) {
            Some(places) => places.push(place),
            None => tables.push(vec![place]),
        }
    }
    tables
}

/// What a transaction answers of the units that it wrote.
fn consumed_by_writing(asked: ReturnConsumedCapacity, rows: &[ActionRow<'_>], all: &[Written]) -> Consumed {
    if asked == ReturnConsumedCapacity::None {
        return None;
    }
    let of_table = |places: Vec<usize>| {
        let written = places.iter().map(|place| &all[*place]);
        let consumed = consumed_by_writes(asked, rows[places[0]].table_name, written, IN_TRANSACTION)?;
        Some(told_apart(consumed, |part| &mut part.write_capacity_units))
    };
    by_table(rows).into_iter().map(of_table).collect()
}

/// What a transaction answers of the units that it read, from the bytes of each item.
fn consumed_by_reading(asked: ReturnConsumedCapacity, rows: &[ActionRow<'_>], bytes: &[usize]) -> Consumed {
    if asked == ReturnConsumedCapacity::None {
        return None;
    }
    let of_table = |places: Vec<usize>| {
        let units =
            places.iter().map(|place| IN_TRANSACTION * Limits::TODAY.read_units(bytes[*place], true)).sum();
        let consumed = consumed(asked, rows[places[0]].table_name, units)?;
        Some(told_apart(consumed, |part| &mut part.read_capacity_units))
    };
    by_table(rows).into_iter().map(of_table).collect()
}
