//! ExecuteStatement: does what one PartiQL statement says.

use ddbmock_model::op::{ExecuteStatement, ExecuteStatementOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::capacity::{SINGLE, consumed_by_writes};
use crate::partiql::{Asked, Bound, Parameters, Prepared, StatementWrite, check_elsewhere, select};
use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ExecuteStatement>,
) -> Result<ExecuteStatementOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let parameters = Parameters::strict(request.parameters.as_deref())?;
    let prepared = Prepared::new(world, &request.statement, parameters)?;
    prepared.check_index(world, caller)?;
    let bound = prepared.bound()?;
    check_elsewhere(&bound)?;
    if bound.reads() { read(world, caller, request, bound) } else { write(world, caller, request, bound) }
}

fn read(
    world: &Simulation,
    caller: &Caller<'_>,
    request: &ExecuteStatement,
    bound: Bound<'_>,
) -> Result<ExecuteStatementOutput, Error> {
    let asked = Asked {
        text: &request.statement,
        parameters: request.parameters.as_deref().unwrap_or_default(),
        token: request.next_token.as_deref(),
        limit: request.limit.and_then(|limit| usize::try_from(limit).ok()),
        consistent: request.consistent_read,
        capacity: request.return_consumed_capacity,
    };
    let selected = select(world, caller, bound, asked)?;
    let (next_token, last_evaluated_key) = selected.next.unzip();
    let (items, consumed_capacity) = (selected.items, selected.consumed);
    Ok(ExecuteStatementOutput { items, next_token, consumed_capacity, last_evaluated_key })
}

/// A condition that fails is told in a form of its own, with the item. Source: captures of 2026, PartiQL answers.
fn write(
    world: &Simulation,
    caller: &Caller<'_>,
    request: &ExecuteStatement,
    bound: Bound<'_>,
) -> Result<ExecuteStatementOutput, Error> {
    let table_name = bound.table;
    let table = world.table(caller, table_name)?;
    let on_failure = request.return_values_on_condition_check_failure;
    let statement = StatementWrite::of(bound, &table.schema, on_failure, false)?;
    let written = table.write(world, &statement.write).map_err(|error| match error {
        Error::ConditionalCheckFailed { message, item: Some(item) } => {
            Error::StatementCheckFailed { message, item }
        }
        error => error,
    })?;
    Ok(ExecuteStatementOutput {
        consumed_capacity: consumed_by_writes(
            request.return_consumed_capacity,
            table_name,
            [&written],
            SINGLE,
        ),
        items: statement.returned(written.change).into_iter().collect(),
        ..Default::default()
    })
}
