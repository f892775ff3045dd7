//! CreateTable: defines a table.

use std::sync::Arc;

use ddbmock_model::op::{CreateTable, CreateTableOutput};
use ddbmock_model::{BillingMode, Call, Caller, Error, TableName, TableStatus};

use crate::check::check_definition;
use crate::definition::{Definition, Identity, sorted};
use crate::describe::describe;
use crate::encryption::{encryption, is_asked};
use crate::index::{Index, given};
use crate::policy::{Policy, check_document};
use crate::simulation::Simulation;
use crate::stage::{Current, Stage};
use crate::table::ROWS;
use crate::tags::check_tags;
use crate::warm::Warm;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<CreateTable>,
) -> Result<CreateTableOutput, Error> {
    let (identity, definition) = checked(world, caller, call)?;
    let now = world.config.clock.now();
    let stage = Stage::new(TableStatus::Creating, now, world.config.delays.create);
    let until = stage.as_ref().map(|stage| stage.until);
    let current = Current { definition: Arc::new(definition), stage };
    let (table, durable) = world.catalog.add((identity, current), world)?;
    world.due.note(until.into_iter().chain(world.streams.due()).min());
    durable.wait()?;
    let mut table_description = describe(&table.identity, &table.snapshot(), TableStatus::Creating, now);
    // What can be served at once is told here only if it was asked for. Source: captures of October 2026, descriptions.
    if call.request.warm_throughput.is_none() {
        table_description.warm_throughput = None;
    }
    Ok(CreateTableOutput { table_description })
}

/// Who a table is to be, and what, once nothing is wrong with what was asked.
pub(crate) fn checked(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<CreateTable>,
) -> Result<(Identity, Definition), Error> {
    world.check_members(call)?;
    check_definition(&call.request, world.limits(caller))?;
    check_tags(&call.said, &call.request.tags)?;
    call.request.resource_policy.as_deref().map_or(Ok(()), check_document)?;
    Ok(define(world, caller, &call.request))
}

fn define(world: &Simulation, caller: &Caller<'_>, request: &CreateTable) -> (Identity, Definition) {
    let TableName { name, place } = TableName::read(&request.table_name);
    let place = place.unwrap_or_else(|| world.place(caller));
    let created = world.config.clock.now();
    let identity = Identity {
        account: place.account.to_owned(),
        region: place.region.to_owned(),
        name: name.to_owned(),
    };
    let indexes = indexes(request);
    let next_part = indexes.iter().map(|index| index.part).max().unwrap_or(ROWS) + 1;
    let billing = request.billing_mode.unwrap_or_default();
    let stream = request.stream_specification.filter(|stream| stream.stream_enabled);
    let definition = Definition {
        id: world.uuid(),
        created,
        attributes: sorted(request.attribute_definitions.clone()),
        key: request.key_schema.clone(),
        indexes,
        next_part,
        billing,
        on_demand_since: (billing == BillingMode::PayPerRequest).then_some(created),
        throughput: request.provisioned_throughput.unwrap_or_default().into(),
        on_demand: request.on_demand_throughput.and_then(given),
        warm: Warm::new(request.provisioned_throughput, request.warm_throughput),
        stream,
        streaming_since: stream.map(|_| world.streams.label(&identity, created)),
        recorded_in: None,
        time_to_live: None,
        sse: request.sse_specification.as_ref().filter(|sse| is_asked(sse)).map(|sse| {
            let key = sse.kms_master_key_id.as_deref();
            encryption(world, place, key)
        }),
        class: request.table_class.map(|class| (class, None)),
        protected: request.deletion_protection_enabled,
        tags: request.tags.clone(),
        policy: request.resource_policy.clone().map(|document| Policy::new(document, created)),
    };
    (identity, definition)
}

/// The indexes of a request, in parts of their own: the local ones first.
fn indexes(request: &CreateTable) -> Vec<Index> {
    let types = &request.attribute_definitions;
    let (locals, globals) = (&request.local_secondary_indexes, &request.global_secondary_indexes);
    let vectors = request.vector_indexes.iter().flatten();
    let mut parts = ROWS + 1..;
    let mut part = || parts.next().expect("a table has few indexes");
    let mut indexes: Vec<Index> =
        locals.iter().flatten().map(|index| Index::local(index, part(), types)).collect();
    indexes.extend(globals.iter().flatten().map(|index| Index::global(index, part(), types)));
    indexes.extend(vectors.map(|index| Index::vectors(index, part(), types)));
    indexes
}
