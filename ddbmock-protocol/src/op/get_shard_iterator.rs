//! GetShardIterator.

use ddbmock_model::op::{GetShardIterator, GetShardIteratorOutput};

use crate::read::structure;
use crate::write::written;

structure! { GetShardIterator is "GetShardIteratorInput";
    required "StreamArn" => stream_arn,
    required "ShardId" => shard_id,
    required "ShardIteratorType" => shard_iterator_type,
    optional "SequenceNumber" => sequence_number,
    optional "Timestamp" => timestamp,
}

written! { GetShardIteratorOutput;
    "ShardIterator" => shard_iterator,
}
