//! ExecuteTransaction: does what up to a hundred PartiQL statements say, each about one item: all of them or none.
//!
//! What is wrong with a statement, but for its parameters, is told with its place. What is wrong with a key for its table,
//! and that there is no table, is a reason. Source: captures of 2026, PartiQL.

use std::sync::Arc;

use ddbmock_model::op::{ExecuteTransaction, ExecuteTransactionOutput, ItemResponse, ParameterizedStatement};
use ddbmock_model::{Call, Caller, Error, Item, Operation as _, Rule};

use crate::cancellation::all_or_cancelled;
use crate::engine::Simulation;
use crate::partiql::{Bound, Deed, KeyedRead, Parameters, Prepared, StatementWrite};
use crate::table::{Table, not_found};
use crate::tokens::Begun;
use crate::transaction::{
    ActionRow, check_bytes, consumed_by_reading, consumed_by_writing, read_rows, rows, write_rows,
};
use crate::write::{Action, Write};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ExecuteTransaction>,
) -> Result<ExecuteTransactionOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let statements = request.transact_statements.iter().enumerate();
    let prepared =
        statements.map(|(place, one)| prepare(world, one, place)).collect::<Result<Vec<_>, _>>()?;
    let bound: Vec<Bound<'_>> = prepared.iter().map(Prepared::bound).collect::<Result<_, Error>>()?;
    if reads(&bound)? { read(world, caller, request, bound) } else { write(world, caller, request, bound) }
}

/// A statement, of which nothing is wrong that its text and its parameters show.
fn prepare<'r>(
    world: &Simulation,
    one: &'r ParameterizedStatement,
    place: usize,
) -> Result<Prepared<'r>, Error> {
    let parameters = Parameters::strict(one.parameters.as_deref())?;
    let prepared = Prepared::new(world, &one.statement, parameters);
    prepared
        .and_then(|prepared| prepared.bound().and_then(|bound| check_returning(&bound)).map(|()| prepared))
        .map_err(|error| at(place, error))
}

/// What is wrong with a statement, with its place.
fn at(place: usize, error: Error) -> Error {
    match error {
        Error::Validation(mut message) => {
            message.text =
                format!("Validation failed in TransactStatements[{place}]: {}", message.text).into();
            Error::Validation(message)
        }
        other => other,
    }
}

fn check_returning(bound: &Bound<'_>) -> Result<(), Error> {
    match bound.deed {
        Deed::Update(_, Some(_)) | Deed::Delete(Some(_)) => {
            let text = "RETURNING clause is not supported in ExecuteTransaction.";
            Err(Error::validation(Rule("partiql.transaction_returning"), text))
        }
        _ => Ok(()),
    }
}

/// Whether all read; else all must write.
fn reads(all: &[Bound<'_>]) -> Result<bool, Error> {
    let count = all.iter().filter(|bound| matches!(bound.deed, Deed::Select(..))).count();
    if count != 0 && count != all.len() {
        let text =
            "ExecuteTransaction API does not support both read and write operations in the same request.";
        return Err(Error::validation(Rule("partiql.transaction_kinds"), text));
    }
    Ok(count > 0)
}

/// What statements are once their tables are known. Of one whose table is not there that is not known.
fn known<'p, T>(
    world: &Simulation,
    caller: &Caller<'_>,
    bound: Vec<Bound<'p>>,
    of: impl Fn(Bound<'p>, &Table, usize) -> Result<T, Error>,
) -> Result<Vec<(&'p str, Option<T>)>, Error> {
    let known = bound.into_iter().enumerate().map(|(place, bound)| {
        let name = bound.table;
        let table = world.table(caller, name).ok();
        let known = |table: Arc<Table>| check_index(&bound).and_then(|()| of(bound, &table, place));
        let known = table.map(|table| known(table).map_err(|error| at(place, error)));
        Ok((name, known.transpose()?))
    });
    known.collect()
}

fn read(
    world: &Simulation,
    caller: &Caller<'_>,
    request: &ExecuteTransaction,
    bound: Vec<Bound<'_>>,
) -> Result<ExecuteTransactionOutput, Error> {
    let reads = known(world, caller, bound, |bound, table, _| {
        KeyedRead::of(bound, &table.schema, ExecuteTransaction::NAME)
    })?;
    let row =
        |read: &Option<KeyedRead<'_>>, table: &Table| read.as_ref().ok_or_else(not_found)?.row(&table.schema);
    let rows = all_alone(rows(world, caller, &reads, row, |_, _| Ok(()))?, |_| true)?;
    let items = read_rows(world, &rows)?;
    let bytes: Vec<usize> = items.iter().map(|item| item.as_ref().map_or(0, Item::bytes)).collect();
    check_bytes(bytes.iter().copied())?;
    let part = |(item, (_, read)): (Option<Item>, &(_, Option<KeyedRead<'_>>))| {
        let part = item.zip(read.as_ref()).map(|(item, read)| read.part(item));
        ItemResponse { item: part.filter(|part| !part.attributes().is_empty()) }
    };
    Ok(ExecuteTransactionOutput {
        consumed_capacity: consumed_by_reading(request.return_consumed_capacity, &rows, &bytes),
        responses: items.into_iter().zip(&reads).map(part).collect(),
    })
}

/// Nothing is read of an index, be it to answer with or to see whether it is there.
fn check_index(bound: &Bound<'_>) -> Result<(), Error> {
    if bound.index.is_none() {
        return Ok(());
    }
    let text = "Reads on indices are not supported within transactions.";
    Err(Error::validation(Rule("partiql.transaction_index"), text))
}

fn write(
    world: &Simulation,
    caller: &Caller<'_>,
    request: &ExecuteTransaction,
    bound: Vec<Bound<'_>>,
) -> Result<ExecuteTransactionOutput, Error> {
    let statements = &request.transact_statements;
    let writes = known(world, caller, bound, |bound, table, place| {
        let on_failure = statements[place].return_values_on_condition_check_failure;
        StatementWrite::of(bound, &table.schema, on_failure, true).map(|statement| statement.write)
    })?;
    let row = |write: &Option<Write<'_>>, table: &Table| {
        let write = write.as_ref().ok_or_else(not_found)?;
        let row = write.row(&table.schema)?;
        write.check_targets(&table.schema)?;
        Ok(row)
    };
    let rows = rows(world, caller, &writes, row, |_, _| Ok(()))?;
    let looks_up = |place: usize| !matches!(&writes[place].1, Some(Write { action: Action::Insert(_), .. }));
    let rows = all_alone(rows, looks_up)?;
    let writes: Vec<(&str, Write<'_>)> =
        writes.into_iter().filter_map(|(name, write)| Some((name, write?))).collect();

    let token = request.client_request_token.as_deref();
    let (scope, now) = ((ExecuteTransaction::NAME, world.place(caller)), world.config.clock.now());
    let begin = |token| world.tokens.begin(scope, token, statements, now);
    let running = match token.map(begin).transpose()? {
        Some(Begun::Before(bytes)) => {
            let consumed_capacity = consumed_by_reading(request.return_consumed_capacity, &rows, &bytes);
            return Ok(ExecuteTransactionOutput { consumed_capacity, ..Default::default() });
        }
        Some(Begun::Now(running)) => Some(running),
        None => None,
    };
    let written = write_rows(world, &rows, &writes, running)?;
    let consumed_capacity = consumed_by_writing(request.return_consumed_capacity, &rows, &written);
    Ok(ExecuteTransactionOutput { consumed_capacity, ..Default::default() })
}

/// The rows that were found, if all were. A key of the wrong type that is looked up is told alone, whatever is wrong with
/// others. Source: captures of 2026, PartiQL answers.
fn all_alone(
    rows: Vec<Result<ActionRow<'_>, Error>>,
    looks_up: impl Fn(usize) -> bool,
) -> Result<Vec<ActionRow<'_>>, Error> {
    let wrong = |row: &Result<ActionRow<'_>, Error>| matches!(row, Err(Error::Validation(message)) if message.rule == Rule("key.mismatch"));
    let first = (0..rows.len()).find(|place| looks_up(*place) && wrong(&rows[*place]));
    let Some(first) = first else {
        return all_or_cancelled(rows.into_iter());
    };
    let alone = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| if place == first { row.map(Some) } else { Ok(None) });
    Ok(all_or_cancelled(alone)?.into_iter().flatten().collect())
}
