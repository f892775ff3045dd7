//! ListStreams: the streams of a table or of all, a page at a time.

use super::STREAM_ARN_LENGTHS;
use crate::constraint::{below, joined, length, pattern};
use crate::{Call, Error, Operation, Service, Stream, Wording};

/// What ListStreams is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListStreams {
    /// The table whose streams are listed; all without it.
    pub table_name: Option<String>,
    /// The most streams to answer with: 1 to 100, 100 without it.
    pub limit: Option<i64>,
    /// The ARN after which the page begins.
    pub exclusive_start_stream_arn: Option<String>,
}

/// What ListStreams is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListStreamsOutput {
    /// The streams, by their ARNs.
    pub streams: Vec<Stream>,
    /// The last ARN of the page, if there are more.
    pub last_evaluated_stream_arn: Option<String>,
}

impl Operation for ListStreams {
    const NAME: &'static str = "ListStreams";
    const SERVICE: Service = Service::Streams;
    type Output = ListStreamsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        let (table, start) = (request.table_name.as_deref(), request.exclusive_start_stream_arn.as_deref());
        joined([
            table.and_then(|name| pattern("tableName", name)),
            table.and_then(|name| length("tableName", name, (3, 255))),
            request.limit.and_then(|limit| below("limit", limit, 1)),
            start.and_then(|arn| length("exclusiveStartStreamArn", arn, STREAM_ARN_LENGTHS)),
        ])
    }
}
