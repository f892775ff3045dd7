//! GetRecords: reads records of a shard, a page at a time.

use crate::constraint::{below, joined, length, required};
use crate::{Call, Error, Operation, Record, Service, Wording};

/// What GetRecords is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GetRecords {
    /// Where to begin: from GetShardIterator, or from the page before.
    pub shard_iterator: String,
    /// The most records to answer with: 1 to 1000, 1000 without it.
    pub limit: Option<i64>,
}

/// What GetRecords is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GetRecordsOutput {
    /// The records, in the order in which they came; none is normal.
    pub records: Vec<Record>,
    /// Where the next page begins; nothing if the shard is closed, and read to its end.
    pub next_shard_iterator: Option<String>,
}

impl Operation for GetRecords {
    const NAME: &'static str = "GetRecords";
    const SERVICE: Service = Service::Streams;
    type Output = GetRecordsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, path) = (&call.request, "shardIterator");
        joined([
            required(&call.said, path).or_else(|| length(path, &request.shard_iterator, (1, 2048))),
            request.limit.and_then(|limit| below("limit", limit, 1)),
        ])
    }
}
