//! GetShardIterator: where in a shard to begin to read.

use super::{SHARD_ID_LENGTHS, stream_arn};
use crate::constraint::{joined, length, no_longer, no_shorter, required, word};
use crate::{Call, Error, Operation, Service, ShardIteratorType, Wording};

/// What GetShardIterator is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GetShardIterator {
    /// The stream's ARN.
    pub stream_arn: String,
    /// The shard.
    pub shard_id: String,
    /// How the place to begin at is given.
    pub shard_iterator_type: ShardIteratorType,
    /// The record to begin at, or after.
    pub sequence_number: Option<String>,
    /// The moment to begin at: seconds since 1970.
    pub timestamp: Option<f64>,
}

/// What GetShardIterator is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GetShardIteratorOutput {
    /// The place to begin at, for GetRecords; valid for 15 minutes.
    pub shard_iterator: String,
}

impl Operation for GetShardIterator {
    const NAME: &'static str = "GetShardIterator";
    const SERVICE: Service = Service::Streams;
    type Output = GetShardIteratorOutput;

    /// The length of a sequence number is told in the newer form. Source: captures of 2026, streams.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        let number = request.sequence_number.as_deref().map(|number| number.chars().count());
        let path = "sequenceNumber";
        joined([
            stream_arn(said, &request.stream_arn),
            required(said, "shardId").or_else(|| length("shardId", &request.shard_id, SHARD_ID_LENGTHS)),
            required(said, "shardIteratorType"),
            word::<ShardIteratorType>(said, "shardIteratorType"),
            number.and_then(|digits| no_shorter(path, digits, 21).or_else(|| no_longer(path, digits, 40))),
        ])
    }
}
