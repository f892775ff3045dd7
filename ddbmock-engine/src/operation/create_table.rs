//! CreateTable: defines a table.

use ddbmock_model::op::{CreateTable, CreateTableOutput};
use ddbmock_model::{
    Call, Caller, Error, Message, Operation, Place, Rule, SseDescription, SseSpecification, SseType,
    TableName, TableStatus,
};

use crate::check::check_definition;
use crate::describe::describe;
use crate::engine::Simulation;
use crate::table::{Definition, Identity};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<CreateTable>,
) -> Result<CreateTableOutput, Error> {
    CreateTable::check_members(call, world.config.wording)?;
    check_definition(&call.request)?;
    let (identity, definition) = define(world, caller, &call.request);
    let table = world.catalog.add(identity, definition).map_err(|existing| {
        let text = format!("Table already exists: {}", existing.identity.name);
        let hint =
            format!("it is in account {} and region {}", existing.identity.account, existing.identity.region);
        Error::ResourceInUse(Message::new(Rule("table.exists"), text)).hinted(hint)
    })?;
    Ok(CreateTableOutput { table_description: describe(&table, TableStatus::Creating) })
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
    let definition = Definition {
        id: world.uuid(),
        created,
        attributes: request.attribute_definitions.clone(),
        key: request.key_schema.clone(),
        indexes: Vec::new(),
        billing: request.billing_mode.unwrap_or_default(),
        throughput: request.provisioned_throughput.unwrap_or_default(),
        on_demand: request.on_demand_throughput,
        warm: request.warm_throughput,
        stream: request
            .stream_specification
            .filter(|stream| stream.stream_enabled)
            .map(|stream| (stream, created)),
        sse: request.sse_specification.as_ref().and_then(|sse| encryption(world, place, sse)),
        class: request.table_class,
        protected: request.deletion_protection_enabled,
        tags: request.tags.clone(),
    };
    (identity, definition)
}

/// Encryption with a key of the account's, if it was asked for. A key that was named only by its id gets its ARN, and
/// without one there is the account's own. Source: captures of 2026, descriptions.
fn encryption(world: &Simulation, place: Place<'_>, asked: &SseSpecification) -> Option<SseDescription> {
    asked.enabled.filter(|enabled| *enabled)?;
    let prefix = format!("arn:aws:kms:{}:{}:", place.region, place.account);
    let key = match asked.kms_master_key_id.as_deref() {
        Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
        Some(alias) if alias.starts_with("alias/") => format!("{prefix}{alias}"),
        Some(id) => format!("{prefix}key/{id}"),
        None => format!("{prefix}key/{}", world.uuid()),
    };
    Some(SseDescription { status: "ENABLED".to_owned(), sse_type: SseType::Kms, kms_master_key_arn: key })
}
