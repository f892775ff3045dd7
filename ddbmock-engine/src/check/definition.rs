//! What is wrong with the definition of a table, beyond its single members.
//!
//! The checks stand in the service's order. Source: production captures, CreateTable; captures of 2026 for the lists
//! of names, whose order is that of a Java hash table.

use ddbmock_model::op::CreateTable;
use ddbmock_model::{
    BillingMode, Error, KeyType, OnDemandThroughput, ProvisionedThroughput, Rule, StreamSpecification,
};

use crate::java_hash::sized;

const INVALID: &str = "One or more parameter values were invalid: ";
/// The most units that can be asked for.
const UNITS_MAX: i64 = 1_000_000_000_000;
/// The most tags of a table. Source: developer guide, limits.
const TAGS_MAX: usize = 50;
/// What an on-demand table can serve at once from the start. Source: developer guide, warm throughput.
pub(crate) const ON_DEMAND_WARM: ProvisionedThroughput =
    ProvisionedThroughput { read_capacity_units: 12_000, write_capacity_units: 4_000 };

/// Checks the definition of a table.
pub(crate) fn check_definition(request: &CreateTable) -> Result<(), Error> {
    let billing = request.billing_mode.unwrap_or_default();
    check_billing(billing, request.provisioned_throughput)?;
    check_units(request.provisioned_throughput)?;
    check_defined(request)?;
    check_key_roles(request)?;
    check_all_used(request)?;
    check_stream(request.stream_specification)?;
    check_on_demand(billing, request.on_demand_throughput)?;
    check_warm(request, billing)?;
    check_tags(request)
}

fn invalid(rule: Rule, text: impl AsRef<str>) -> Error {
    Error::validation(rule, format!("{INVALID}{}", text.as_ref()))
}

fn check_billing(billing: BillingMode, units: Option<ProvisionedThroughput>) -> Result<(), Error> {
    match (billing, units) {
        (BillingMode::PayPerRequest, Some(_)) => Err(invalid(
            Rule("definition.units_on_demand"),
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
        (BillingMode::Provisioned, None) => Err(invalid(
            Rule("definition.units_missing"),
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        _ => Ok(()),
    }
}

fn check_units(units: Option<ProvisionedThroughput>) -> Result<(), Error> {
    let units = units.unwrap_or_default();
    let named = [
        ("ReadCapacityUnits", units.read_capacity_units),
        ("WriteCapacityUnits", units.write_capacity_units),
    ];
    match named.into_iter().find(|(_, units)| *units > UNITS_MAX) {
        Some((member, units)) => {
            let text = format!("Given value {units} for {member} is out of bounds");
            Err(Error::validation(Rule("definition.units_bounds"), text))
        }
        None => Ok(()),
    }
}

/// Every attribute of the key has a definition.
fn check_defined(request: &CreateTable) -> Result<(), Error> {
    if request.key_schema.len() > request.attribute_definitions.len() {
        let text = "Invalid KeySchema: Some index key attribute have no definition";
        return Err(Error::validation(Rule("definition.too_few"), text));
    }
    let keys = request.key_schema.iter().map(|element| element.attribute_name.as_str());
    let defined: Vec<&str> =
        request.attribute_definitions.iter().map(|one| one.attribute_name.as_str()).collect();
    if keys.clone().all(|key| defined.contains(&key)) {
        return Ok(());
    }
    let text = format!(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [{}], AttributeDefinitions: [{}]",
        sized(keys).join(", "),
        sized(defined).join(", ")
    );
    Err(invalid(Rule("definition.undefined"), text))
}

/// The key is a partition key, and then a sort key or none.
fn check_key_roles(request: &CreateTable) -> Result<(), Error> {
    let (first, second) = (request.key_schema.first(), request.key_schema.get(1));
    if first.map(|element| &element.attribute_name) == second.map(|element| &element.attribute_name) {
        let text = "Both the Hash Key and the Range Key element in the KeySchema have the same name";
        return Err(Error::validation(Rule("definition.same_name"), text));
    }
    if first.is_some_and(|element| element.key_type != KeyType::Hash) {
        let text = "Invalid KeySchema: The first KeySchemaElement is not a HASH key type";
        return Err(Error::validation(Rule("definition.first_not_hash"), text));
    }
    if second.is_some_and(|element| element.key_type != KeyType::Range) {
        let text = "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type";
        return Err(Error::validation(Rule("definition.second_not_range"), text));
    }
    Ok(())
}

fn check_all_used(request: &CreateTable) -> Result<(), Error> {
    if request.key_schema.len() == request.attribute_definitions.len() {
        return Ok(());
    }
    Err(invalid(
        Rule("definition.unused"),
        "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    ))
}

fn check_stream(stream: Option<StreamSpecification>) -> Result<(), Error> {
    match stream {
        Some(StreamSpecification { stream_enabled: true, stream_view_type: None }) => Err(invalid(
            Rule("definition.stream_view_missing"),
            "StreamViewType must be specified when StreamEnabled is true",
        )),
        Some(StreamSpecification { stream_enabled: false, stream_view_type: Some(_) }) => Err(invalid(
            Rule("definition.stream_view"),
            "Table is being created with a stream disabled, UpdateViewType should not be specified",
        )),
        _ => Ok(()),
    }
}

fn check_on_demand(billing: BillingMode, maxima: Option<OnDemandThroughput>) -> Result<(), Error> {
    let Some(maxima) = maxima else {
        return Ok(());
    };
    let given = [
        ("MaxReadRequestUnits", maxima.max_read_request_units),
        ("MaxWriteRequestUnits", maxima.max_write_request_units),
    ];
    let mut given = given.into_iter().filter_map(|(member, units)| Some((member, units?)));
    if billing == BillingMode::Provisioned
        && let Some((member, _)) = given.next()
    {
        let text = format!(
            "{member} for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED."
        );
        return Err(invalid(Rule("definition.on_demand_provisioned"), text));
    }
    match given.find(|(_, units)| *units < 1) {
        Some((member, _)) => {
            let text =
                format!("Requested {member} for OnDemandThroughput for table is outside of valid range");
            Err(invalid(Rule("definition.on_demand_range"), text))
        }
        None => Ok(()),
    }
}

/// Warm throughput is at least what the table serves anyway.
fn check_warm(request: &CreateTable, billing: BillingMode) -> Result<(), Error> {
    let Some(warm) = request.warm_throughput else {
        return Ok(());
    };
    let (base, read_of, write_of) = match billing {
        BillingMode::PayPerRequest => (ON_DEMAND_WARM, "OnDemand", "OnDemand"),
        BillingMode::Provisioned => (
            request.provisioned_throughput.unwrap_or_default(),
            "ReadCapacityUnits of ProvisionedThroughput",
            "WriteCapacityUnits of ProvisionedThroughput",
        ),
    };
    let lower = [
        ("ReadUnitsPerSecond", warm.read_units_per_second, base.read_capacity_units, read_of),
        ("WriteUnitsPerSecond", warm.write_units_per_second, base.write_capacity_units, write_of),
    ];
    match lower.into_iter().find(|(_, asked, base, _)| asked.is_some_and(|asked| asked < *base)) {
        Some((member, _, _, of)) => {
            let of = if billing == BillingMode::PayPerRequest {
                format!("initial throughput for {of}")
            } else {
                of.to_owned()
            };
            let text = format!("Requested {member} for WarmThroughput for table is lower than {of}");
            Err(invalid(Rule("definition.warm"), text))
        }
        None => Ok(()),
    }
}

fn check_tags(request: &CreateTable) -> Result<(), Error> {
    let tags = &request.tags;
    if tags.len() > TAGS_MAX {
        return Err(invalid(Rule("definition.tags"), format!("Too many tags: tag limit is {TAGS_MAX}")));
    }
    let repeated = |at: usize| tags[..at].iter().any(|earlier| earlier.key == tags[at].key);
    if (0..tags.len()).any(repeated) {
        return Err(Error::validation(Rule("definition.tag_twice"), "Tag Keys should be unique"));
    }
    if tags.iter().any(|tag| tag.key.starts_with("aws:")) {
        let text = "Tag keys beginning with 'aws:' are reserved for system use";
        return Err(Error::validation(Rule("definition.tag_reserved"), text));
    }
    Ok(())
}
