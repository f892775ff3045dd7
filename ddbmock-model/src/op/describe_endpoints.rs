//! DescribeEndpoints: where requests are answered.

use crate::{Call, Error, Operation, Wording};

/// What DescribeEndpoints is asked: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DescribeEndpoints {}

/// What DescribeEndpoints is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeEndpointsOutput {
    /// The endpoints: one.
    pub endpoints: Vec<Endpoint>,
}

/// Where requests are answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Endpoint {
    /// The address: a host, with its port if it has one.
    pub address: String,
    /// How long that can be relied on.
    pub cache_period_in_minutes: u64,
}

impl Operation for DescribeEndpoints {
    const NAME: &'static str = "DescribeEndpoints";
    type Output = DescribeEndpointsOutput;

    fn check_members(_: &Call<Self>, _: Wording) -> Result<(), Error> {
        Ok(())
    }
}
