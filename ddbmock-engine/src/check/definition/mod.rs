//! What is wrong with the definition of a table, beyond its single members.
//!
//! The checks stand in the service's order. Source: production captures, CreateTable; captures of 2026 for the lists
//! of names, whose order is that of a Java hash table, and for the place of the check of what is left unused.

mod indexes;
mod keys;
mod throughput;
mod vectors;

use ddbmock_model::op::CreateTable;
use ddbmock_model::{Error, Rule, StreamSpecification};

pub(crate) use indexes::{
    GLOBAL_INDEXES_MAX, check_count_of_non_key_attributes, check_listed, check_projection,
};
pub(crate) use keys::{check_defined, check_global_roles};
pub(crate) use throughput::{Maxima, ON_DEMAND_WARM, Warmth, check_units};
pub(crate) use vectors::{
    Held, check_no_vector, check_undefined, check_vector, check_vector_billing, check_vector_count,
};

use crate::encryption::check_encryption;
use crate::limits::Limits;

/// Checks the definition of a table.
pub(crate) fn check_definition(request: &CreateTable, limits: &Limits) -> Result<(), Error> {
    let billing = request.billing_mode.unwrap_or_default();
    throughput::check_billing(billing, request.provisioned_throughput)?;
    check_units(request.provisioned_throughput, limits)?;
    keys::check_unique(&request.attribute_definitions)?;
    check_defined(&request.key_schema, &request.attribute_definitions)?;
    keys::check_roles(&request.key_schema)?;
    let (locals, globals) = (&request.local_secondary_indexes, &request.global_secondary_indexes);
    if locals.is_none() && globals.is_none() && request.vector_indexes.is_none() {
        keys::check_count(&request.key_schema, &request.attribute_definitions)?;
    }
    indexes::check(request, billing)?;
    check_stream(request.stream_specification)?;
    check_encryption(request.sse_specification.as_ref())?;
    throughput::check_on_demand(request, billing)?;
    throughput::check_warm(request, billing)
}

/// A refusal of what the parameters of a request say together.
pub(crate) fn invalid(rule: Rule, text: impl AsRef<str>) -> Error {
    Error::invalid(rule, text.as_ref())
}

fn check_stream(stream: Option<StreamSpecification>) -> Result<(), Error> {
    match stream {
        Some(StreamSpecification { stream_enabled: true, stream_view_type: None }) => Err(invalid(
            Rule("definition.stream_view_missing"),
            "Table is being created with a stream enabled, UpdateViewType is required",
        )),
        Some(StreamSpecification { stream_enabled: false, stream_view_type: Some(_) }) => Err(invalid(
            Rule("definition.stream_view"),
            "Table is being created with a stream disabled, UpdateViewType should not be specified",
        )),
        _ => Ok(()),
    }
}
