//! ListStreams.

use ddbmock_model::op::{ListStreams, ListStreamsOutput};

use crate::read::structure;
use crate::write::written;

structure! { ListStreams is "ListStreamsInput";
    optional "TableName" => table_name,
    integer "Limit" => limit,
    optional "ExclusiveStartStreamArn" => exclusive_start_stream_arn,
}

written! { ListStreamsOutput;
    "Streams" => streams,
    "LastEvaluatedStreamArn" => last_evaluated_stream_arn,
}
