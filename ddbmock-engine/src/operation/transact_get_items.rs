//! TransactGetItems: reads up to a hundred items, of one table or of several, all at one moment.
//!
//! Order, after the members: empty names in any key; the values of the keys; what is wanted of each item; then what is
//! said once the tables are known. What is wrong with a key for its table is a reason here, also that it is empty.
//! Source: captures of 2026, transactions.

use std::sync::Arc;

use ddbmock_model::op::{Get, ItemResponse, TransactGetItem, TransactGetItems, TransactGetItemsOutput};
use ddbmock_model::{Call, Caller, Error, Item};

use crate::check::{Voice, empty_name, key_has_empty_name};
use crate::expression::Projection;
use crate::look_up::LookUp;
use crate::read::{Wanted, wanted_part};
use crate::simulation::Simulation;
use crate::table::Table;
use crate::transaction::{find_rows, read_rows, response};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<TransactGetItems>,
) -> Result<TransactGetItemsOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    let voice = Voice::older();
    let gets: Vec<&Get> = request.transact_items.iter().map(|TransactGetItem { get }| get).collect();
    if gets.iter().any(|get| key_has_empty_name(&get.key)) {
        return Err(empty_name(voice));
    }
    let keys = gets.iter().map(|get| LookUp::strict(&get.key, voice)).collect::<Result<Vec<_>, _>>()?;
    let projections = gets.iter().map(|get| projection(get, voice, world)).collect::<Result<Vec<_>, _>>()?;
    let reads = keys.into_iter().zip(projections).map(|(key, projection)| Read { key, projection });
    let reads: Vec<_> = gets.iter().map(|get| get.table_name.as_str()).zip(reads).collect();
    let rows = find_rows(world, caller, &reads, Read::row, |_, _| Ok(()))?;

    let (items, consumed_capacity) = read_rows(world, &rows, request.return_consumed_capacity)?;
    let responses = items.into_iter().zip(&reads).map(|(item, (_, read))| read.response(item));
    Ok(TransactGetItemsOutput { consumed_capacity, responses: responses.collect() })
}

fn projection<'r>(get: &'r Get, voice: Voice, world: &Simulation) -> Result<Option<Projection<'r>>, Error> {
    let wanted = Wanted {
        expression: get.projection_expression.as_deref(),
        attributes: None,
        names: get.expression_attribute_names.as_ref(),
    };
    wanted.check_presence(voice)?;
    wanted.projection(voice, &world.expressions)
}

/// A read whose parameters are in order; whether it fits the table is not known yet.
struct Read<'r> {
    key: LookUp,
    projection: Option<Projection<'r>>,
}

impl Read<'_> {
    fn row(&self, table: &Table) -> Result<Arc<[u8]>, Error> {
        let row = self.key.row(&table.schema)?;
        if let Some(projection) = &self.projection {
            table.schema.check_scalar(projection.paths())?;
        }
        Ok(row)
    }

    fn response(&self, item: Option<Item>) -> ItemResponse {
        response(item.map(|item| wanted_part(self.projection.as_ref(), item)))
    }
}
