//! ExecuteTransaction: does what up to a hundred PartiQL statements say, each about one item: all of them or none.
//!
//! What is wrong with a statement, but for its parameters, is told with its place. What is wrong with a key for its
//! table, and that there is no table, is a reason. Source: captures of 2026, PartiQL.

use std::sync::Arc;

use ddbmock_model::op::{ExecuteTransaction, ExecuteTransactionOutput};
use ddbmock_model::{Call, Caller, Error, Item, KeyFault, Operation as _, ReturnValues, Rule};

use crate::cancellation::all_or_cancelled;
use crate::partiql::{Bound, Deed, KeyedRead, Several, StatementWrite, all_read};
use crate::simulation::Simulation;
use crate::table::{Table, not_found};
use crate::transaction::{ActionRow, begin, read_rows, response, rows, write_once, written_row};
use crate::write::Write;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ExecuteTransaction>,
) -> Result<ExecuteTransactionOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let statements = request.transact_statements.iter();
    let statements = statements.map(|one| (one.statement.as_str(), one.parameters.as_deref()));
    let several = Several::new(world, statements, at);
    let bound = several.bound(check_returning).collect::<Result<Vec<_>, _>>()?;
    let run = if all_read(bound.iter(), KINDS)? { read } else { write };
    run(world, caller, request, bound)
}

/// The refusal of statements of which some read and others write.
const KINDS: (Rule, &str) = (
    Rule("partiql.transaction_kinds"),
    "ExecuteTransaction API does not support both read and write operations in the same request.",
);

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
        Deed::Update(_, returning) | Deed::Delete(returning) if returning != ReturnValues::None => {
            let text = "RETURNING clause is not supported in ExecuteTransaction.";
            Err(Error::validation(Rule("partiql.transaction_returning"), text))
        }
        _ => Ok(()),
    }
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
    let rows = all_alone(rows(world, caller, &reads, row, |_, _| Ok(()))?)?;
    let (items, consumed_capacity) = read_rows(world, &rows, request.return_consumed_capacity)?;
    let part = |(item, (_, read)): (Option<Item>, &(_, Option<KeyedRead<'_>>))| {
        response(item.zip(read.as_ref()).map(|(item, read)| read.part(item)))
    };
    let responses = items.into_iter().zip(&reads).map(part).collect();
    Ok(ExecuteTransactionOutput { consumed_capacity, responses })
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
    let row =
        |write: &Option<Write<'_>>, table: &Table| written_row(write.as_ref().ok_or_else(not_found)?, table);
    let rows = all_alone(rows(world, caller, &writes, row, |_, _| Ok(()))?)?;
    let writes: Vec<(&str, Write<'_>)> =
        writes.into_iter().filter_map(|(name, write)| Some((name, write?))).collect();

    let token = request.client_request_token.as_deref();
    let begun = begin::<ExecuteTransaction>(world, caller, token, statements)?;
    let made = write_once(world, &rows, &writes, begun, request.return_consumed_capacity)?;
    Ok(ExecuteTransactionOutput { consumed_capacity: made.consumed, ..Default::default() })
}

/// The rows that were found, if all were. A key of the wrong type that is looked up is told alone, whatever is wrong
/// with others. Source: captures of 2026, PartiQL answers.
fn all_alone(rows: Vec<Result<ActionRow<'_>, Error>>) -> Result<Vec<ActionRow<'_>>, Error> {
    let mismatches = |row: &Result<ActionRow<'_>, Error>| {
        row.as_ref().is_err_and(|error| error.message().key == Some(KeyFault::Mismatch))
    };
    let Some(first) = rows.iter().position(mismatches) else {
        return all_or_cancelled(rows);
    };
    let alone = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| if place == first { row.map(Some) } else { Ok(None) });
    Ok(all_or_cancelled(alone.collect())?.into_iter().flatten().collect())
}
