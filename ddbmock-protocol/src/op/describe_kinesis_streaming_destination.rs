//! DescribeKinesisStreamingDestination.

use ddbmock_model::op::{DescribeKinesisStreamingDestination, DescribeKinesisStreamingDestinationOutput};

use crate::read::structure;
use crate::write::written;

structure! { DescribeKinesisStreamingDestination is "DescribeKinesisStreamingDestinationInput";
    required "TableName" => table_name,
}

written! { DescribeKinesisStreamingDestinationOutput;
    "TableName" => table_name,
    "KinesisDataStreamDestinations" => kinesis_data_stream_destinations,
}
