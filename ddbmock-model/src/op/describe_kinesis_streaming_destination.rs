//! DescribeKinesisStreamingDestination: where the changes of a table are sent to.

use std::convert::Infallible;

use crate::{Call, Error, Operation, Wording, table_name};

/// What DescribeKinesisStreamingDestination is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeKinesisStreamingDestination {
    /// The table's name or ARN.
    pub table_name: String,
}

/// What DescribeKinesisStreamingDestination is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeKinesisStreamingDestinationOutput {
    /// The table's name.
    pub table_name: String,
    /// The streams: there are none.
    pub kinesis_data_stream_destinations: Vec<Infallible>,
}

impl Operation for DescribeKinesisStreamingDestination {
    const NAME: &'static str = "DescribeKinesisStreamingDestination";
    type Output = DescribeKinesisStreamingDestinationOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
