//! BatchExecuteStatement: does what up to twenty-five PartiQL statements say, each about one item: all read, or all
//! write.
//!
//! What is wrong with a statement is told of it, and it takes no part in the checks that are about all: that none reads
//! where others write, and that none is about the item of another. Source: captures of 2026, PartiQL.

use std::collections::BTreeSet;
use std::sync::Arc;

use ddbmock_model::op::{
    BatchExecuteStatement, BatchExecuteStatementOutput, BatchStatementError, BatchStatementRequest,
    BatchStatementResponse,
};
use ddbmock_model::{
    BatchStatementErrorCode, Call, Caller, ConsumedCapacity, Error, KeyFault, Operation as _,
    ReturnConsumedCapacity, Rule,
};

use super::batch_get_item::{duplicates, listed};
use crate::capacity::{SINGLE, consumed, consumed_by_writes, write_units};
use crate::change::Written;
use crate::limits::Limits;
use crate::partiql::{Bound, KeyedRead, Several, StatementWrite, all_read, check_elsewhere};
use crate::simulation::Simulation;
use crate::table::Table;
use crate::write::Action;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<BatchExecuteStatement>,
) -> Result<BatchExecuteStatementOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let statements = request.statements.iter().map(|one| (one.statement.as_str(), one.parameters.as_deref()));
    let several = Several::new(world, statements, |_, error| error);
    let bound: Vec<Result<Bound<'_>, Error>> = several.bound(check_elsewhere).collect();
    all_read(bound.iter().flatten(), KINDS)?;
    let names: Vec<_> = bound.iter().map(|bound| bound.as_ref().ok().map(|bound| bound.table)).collect();
    let find = |(bound, asked): (Result<_, _>, _)| Found::of(world, caller, bound?, asked);
    let found: Vec<_> = bound.into_iter().zip(&request.statements).map(find).collect();
    let mut seen = BTreeSet::new();
    if !found.iter().flatten().all(|one| seen.insert((one.table.number, &one.row))) {
        return Err(duplicates());
    }
    let mut responses = Vec::with_capacity(found.len());
    let mut spent = Vec::new();
    for (found, name) in found.iter().zip(names) {
        responses.push(match found {
            Ok(found) => found.run(world, &mut spent)?,
            Err(error) => refused(error.clone(), name)?,
        });
    }
    let consumed_capacity = listed(consumed_by_all(request.return_consumed_capacity, &spent));
    Ok(BatchExecuteStatementOutput { responses, consumed_capacity })
}

/// The refusal of statements of which some read and others write.
const KINDS: (Rule, &str) =
    (Rule("partiql.batch_kinds"), "Read and write requests together in the same batch is not supported.");

/// A statement whose item is found.
struct Found<'p> {
    /// The table, as it is named.
    name: &'p str,
    table: Arc<Table>,
    row: Arc<[u8]>,
    made: Made<'p>,
}

/// What a statement does with its item.
enum Made<'p> {
    Read { read: KeyedRead<'p>, consistent: bool },
    Write(StatementWrite<'p>),
}

/// What a statement consumed of its table.
struct Spent<'f> {
    name: &'f str,
    number: u64,
    on: On,
}

enum On {
    /// So many read units.
    Reading(f64),
    /// What was written.
    Writing(Written),
    /// So many write units, for nothing.
    Failing(f64),
}

impl<'p> Found<'p> {
    fn of(
        world: &Simulation,
        caller: &Caller<'_>,
        bound: Bound<'p>,
        asked: &BatchStatementRequest,
    ) -> Result<Self, Error> {
        let name = bound.table;
        let table = world.table(caller, name)?;
        let schema = &table.schema;
        let (row, made) = if bound.reads() {
            let read = KeyedRead::of(bound, schema, BatchExecuteStatement::NAME)?;
            read.check_types(schema)?;
            (read.row(schema)?, Made::Read { read, consistent: asked.consistent_read })
        } else {
            let on_failure = asked.return_values_on_condition_check_failure;
            let statement = StatementWrite::of(bound, schema, on_failure, false)?;
            (statement.write.row(schema)?, Made::Write(statement))
        };
        Ok(Self { name, table, row, made })
    }

    fn run<'f>(
        &'f self,
        world: &Simulation,
        spent: &mut Vec<Spent<'f>>,
    ) -> Result<BatchStatementResponse, Error> {
        let (on, outcome) = match &self.made {
            Made::Read { read, consistent } => {
                let item = self.table.get(&*world.storage, &self.row)?;
                let units = Limits::TODAY.read_units(self.table.billed_bytes(item.as_ref()), *consistent);
                (On::Reading(units), Ok(item.map(|item| read.part(item))))
            }
            Made::Write(statement) => match self.table.write(world, &statement.write) {
                Ok(written) => {
                    let item = statement.returned(written.change.clone());
                    (On::Writing(written), Ok(item))
                }
                Err(error) => (On::Failing(self.failing_units(world, statement)?), Err(error)),
            },
        };
        spent.push(Spent { name: self.name, number: self.table.number, on });
        match outcome {
            Ok(item) => {
                let item = item.filter(|item| !item.attributes().is_empty());
                let table_name = Some(self.name.to_owned());
                Ok(BatchStatementResponse { error: None, table_name, item })
            }
            Err(error) => refused(error, Some(self.name)),
        }
    }

    /// A write that fails is charged for the larger of what is stored and what it would have stored. Source: captures
    /// of 2026, writes.
    fn failing_units(&self, world: &Simulation, statement: &StatementWrite<'_>) -> Result<f64, Error> {
        let stored = self.table.get(&*world.storage, &self.row)?;
        let given = match &statement.write.action {
            Action::Insert(item) => Some(item),
            _ => None,
        };
        let bytes = |item| self.table.billed_bytes(item);
        Ok(write_units(bytes(stored.as_ref()).max(bytes(given))))
    }
}

/// What is answered of a statement that was not done. The table is not named where the statement is not allowed, unless
/// that is because of a key's size or a change of it. Source: captures of 2026, PartiQL answers.
fn refused(error: Error, table_name: Option<&str>) -> Result<BatchStatementResponse, Error> {
    let of_key = matches!(error.message().key, Some(KeyFault::Size | KeyFault::Changed));
    let unnamed = matches!(error, Error::Validation(_)) && !of_key;
    let (code, message, item) = match error {
        Error::ConditionalCheckFailed { message, item } => {
            (BatchStatementErrorCode::ConditionalCheckFailed, message, item)
        }
        Error::DuplicateItem(message) => (BatchStatementErrorCode::DuplicateItem, message, None),
        Error::ResourceNotFound(message) => (BatchStatementErrorCode::ResourceNotFound, message, None),
        Error::Validation(message) => (BatchStatementErrorCode::ValidationError, message, None),
        other => return Err(other),
    };
    let table_name = table_name.filter(|_| !unnamed).map(str::to_owned);
    Ok(BatchStatementResponse {
        error: Some(BatchStatementError { code, message, item }),
        table_name,
        item: None,
    })
}

/// What all statements consumed of each table, of which any was done. What failed counts towards the total alone.
/// Source: captures of 2026, writes.
fn consumed_by_all(asked: ReturnConsumedCapacity, spent: &[Spent<'_>]) -> Vec<ConsumedCapacity> {
    let mut tables: Vec<(u64, &str)> = Vec::new();
    for Spent { name, number, .. } in spent {
        if !tables.iter().any(|(known, _)| known == number) {
            tables.push((*number, name));
        }
    }
    tables.into_iter().filter_map(|(number, name)| consumed_by_table(asked, (number, name), spent)).collect()
}

fn consumed_by_table(
    asked: ReturnConsumedCapacity,
    (number, name): (u64, &str),
    spent: &[Spent<'_>],
) -> Option<ConsumedCapacity> {
    let (mut read, mut failed, mut written) = (0.0, 0.0, Vec::new());
    for Spent { on, .. } in spent.iter().filter(|one| one.number == number) {
        match on {
            On::Reading(units) => read += units,
            On::Failing(units) => failed += units,
            On::Writing(one) => written.push(one),
        }
    }
    if read > 0.0 {
        return consumed(asked, name, read);
    }
    if written.is_empty() {
        return None;
    }
    let mut consumed = consumed_by_writes(asked, name, written, SINGLE)?;
    consumed.total.capacity_units += failed;
    Some(consumed)
}
