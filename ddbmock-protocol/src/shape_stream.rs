//! The shapes of streams.

use ddbmock_model::{
    Identity, Record, SequenceNumberRange, Shard, ShardFilter, Stream, StreamDescription, StreamRecord,
};

use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { ShardFilter is "ShardFilter";
    optional "Type" => filter_type,
    optional "ShardId" => shard_id,
}

written! { Stream;
    "StreamArn" => stream_arn,
    "TableName" => table_name,
    "StreamLabel" => stream_label,
}

written! { StreamDescription;
    "StreamArn" => stream_arn,
    "StreamLabel" => stream_label,
    "StreamStatus" => stream_status,
    "StreamViewType" => stream_view_type,
    "CreationRequestDateTime" => creation_request_date_time,
    "TableName" => table_name,
    "KeySchema" => key_schema,
    "Shards" => shards,
    "LastEvaluatedShardId" => last_evaluated_shard_id,
}

written! { Shard;
    "ShardId" => shard_id,
    "SequenceNumberRange" => sequence_number_range,
    "ParentShardId" => parent_shard_id,
}

written! { SequenceNumberRange;
    "StartingSequenceNumber" => starting_sequence_number,
    "EndingSequenceNumber" => ending_sequence_number,
}

written! { Record;
    "eventID" => event_id,
    "eventName" => event_name,
    "eventVersion" => event_version,
    "eventSource" => event_source,
    "awsRegion" => aws_region,
    "dynamodb" => dynamodb,
    "userIdentity" => user_identity,
}

// Sets of numbers stand in the order of a hash set. Source: captures of 2026, order of set members.
written! { StreamRecord;
    "ApproximateCreationDateTime" => approximate_creation_date_time,
    "Keys" => keys,
    "NewImage" => new_image as HashOrder,
    "OldImage" => old_image as HashOrder,
    "SequenceNumber" => sequence_number,
    "SizeBytes" => size_bytes,
    "StreamViewType" => stream_view_type,
}

written! { Identity;
    "PrincipalId" => principal_id,
    "Type" => identity_type,
}
