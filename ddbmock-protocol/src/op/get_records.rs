//! GetRecords.

use ddbmock_model::op::{GetRecords, GetRecordsOutput};

use crate::read::structure;
use crate::write::written;

structure! { GetRecords is "GetRecordsInput";
    required "ShardIterator" => shard_iterator,
    integer "Limit" => limit,
}

written! { GetRecordsOutput;
    "Records" => records,
    "NextShardIterator" => next_shard_iterator,
}
