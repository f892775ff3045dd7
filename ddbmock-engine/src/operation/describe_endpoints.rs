//! DescribeEndpoints: where requests are answered: where this one was, so that the address can be used at once.

use ddbmock_model::op::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// How long an address can be relied on. Source: API reference, an example.
const CACHED_MINUTES: u64 = 1440;

/// Does it. Who asks without an address is told the service's own.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeEndpoints>,
) -> Result<DescribeEndpointsOutput, Error> {
    world.check_members(call)?;
    let own = || format!("dynamodb.{}.amazonaws.com", world.place(caller).region);
    let address = caller.host.map_or_else(own, str::to_owned);
    Ok(DescribeEndpointsOutput {
        endpoints: vec![Endpoint { address, cache_period_in_minutes: CACHED_MINUTES }],
    })
}
