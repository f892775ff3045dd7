//! DescribeStream: says what a stream is, and its shards a page at a time.

use super::{SHARD_ID_LENGTHS, stream_arn};
use crate::constraint::{below, joined, length, word};
use crate::{Call, Error, Operation, Service, ShardFilter, ShardFilterType, StreamDescription, Wording};

/// What DescribeStream is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeStream {
    /// The stream's ARN.
    pub stream_arn: String,
    /// The most shards to answer with: 1 to 100, 100 without it.
    pub limit: Option<i64>,
    /// The shard after which the page begins.
    pub exclusive_start_shard_id: Option<String>,
    /// Which shards to describe; all without it.
    pub shard_filter: Option<ShardFilter>,
}

/// What DescribeStream is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DescribeStreamOutput {
    /// The stream.
    pub stream_description: StreamDescription,
}

impl Operation for DescribeStream {
    const NAME: &'static str = "DescribeStream";
    const SERVICE: Service = Service::Streams;
    type Output = DescribeStreamOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let start = request.exclusive_start_shard_id.as_deref();
        let parent = request.shard_filter.as_ref().and_then(|filter| filter.shard_id.as_deref());
        joined([
            stream_arn(said, &request.stream_arn),
            request.limit.and_then(|limit| below("limit", limit, 1)),
            start.and_then(|id| length("exclusiveStartShardId", id, SHARD_ID_LENGTHS)),
            word::<ShardFilterType>(said, "shardFilter.type"),
            parent.and_then(|id| length("shardFilter.shardId", id, SHARD_ID_LENGTHS)),
        ])
    }
}
