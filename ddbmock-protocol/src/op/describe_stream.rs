//! DescribeStream.

use ddbmock_model::op::{DescribeStream, DescribeStreamOutput};

use crate::read::structure;
use crate::write::written;

structure! { DescribeStream is "DescribeStreamInput";
    required "StreamArn" => stream_arn,
    integer "Limit" => limit,
    optional "ExclusiveStartShardId" => exclusive_start_shard_id,
    optional "ShardFilter" => shard_filter,
}

written! { DescribeStreamOutput;
    "StreamDescription" => stream_description,
}
