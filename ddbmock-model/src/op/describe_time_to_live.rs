//! DescribeTimeToLive: which items of a table expire, and when.

use crate::{Call, Error, Operation, TimeToLiveStatus, Wording, table_name};

/// What DescribeTimeToLive is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeTimeToLive {
    /// The table's name or ARN.
    pub table_name: String,
}

/// What DescribeTimeToLive is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeTimeToLiveOutput {
    /// Whether items expire.
    pub time_to_live_description: TimeToLiveDescription,
}

/// Whether items of a table expire.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeToLiveDescription {
    /// Whether they do.
    pub time_to_live_status: TimeToLiveStatus,
    /// The attribute that says when; none if they don't.
    pub attribute_name: Option<String>,
}

impl Operation for DescribeTimeToLive {
    const NAME: &'static str = "DescribeTimeToLive";
    type Output = DescribeTimeToLiveOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
