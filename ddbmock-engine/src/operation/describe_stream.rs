//! DescribeStream: says what a stream is, and its shards a page at a time.

use ddbmock_model::op::{DescribeStream, DescribeStreamOutput};
use ddbmock_model::{
    Call, Caller, Error, ResourceArn, ResourcePart, Rule, SequenceNumberRange, StreamDescription,
};

use crate::clock::Timestamp;
use crate::simulation::Simulation;
use crate::stream::{Kept, Shard, no_such_stream};

/// The most streams, or shards, of a page. Source: API reference.
const PAGE: usize = 100;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<DescribeStream>,
) -> Result<DescribeStreamOutput, Error> {
    world.check_members(call)?;
    let request = &call.request;
    let kept = find(world, &request.stream_arn)?;
    let (stream, now) = (&kept.stream, world.config.clock.now());
    let (shards, more) = shards(&kept, request, now);
    let last_evaluated_shard_id = shards.last().filter(|_| more).map(|shard| shard.shard_id.clone());
    let stream_description = StreamDescription {
        stream_arn: request.stream_arn.clone(),
        stream_label: stream.label.label(),
        stream_status: world.stream_status(&kept),
        stream_view_type: stream.view,
        creation_request_date_time: stream.label.seconds(),
        table_name: stream.table.name.clone(),
        key_schema: stream.key.clone(),
        shards,
        last_evaluated_shard_id,
    };
    Ok(DescribeStreamOutput { stream_description })
}

/// How many a page holds that asks for so many. More than there may be are as many as there may be: assumed.
pub(super) fn page_size(limit: Option<i64>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE).min(PAGE)
}

/// The stream of an ARN.
pub(super) fn find(world: &Simulation, arn: &str) -> Result<Kept, Error> {
    let read = ResourceArn::read(arn);
    if !read.is_ok_and(|arn| matches!(arn.part, ResourcePart::Stream(_))) {
        return Err(Error::validation(Rule("stream.invalid_arn"), "Invalid StreamArn"));
    }
    world.streams.named(arn).ok_or_else(|| no_such_stream(arn))
}

/// A page of the shards that are asked for, and whether there are more.
fn shards(kept: &Kept, request: &DescribeStream, now: Timestamp) -> (Vec<ddbmock_model::Shard>, bool) {
    let stream = &kept.stream;
    let parent = request.shard_filter.as_ref().and_then(|filter| filter.shard_id.as_deref());
    let is_child = |shard: &Shard| {
        parent.is_none_or(|parent| stream.parent(*shard).is_some_and(|one| stream.shard_id(one) == parent))
    };
    let start = request.exclusive_start_shard_id.as_deref();
    let start = start.map(|start| place(kept, start, now));
    let after = |shard: &Shard| start.is_none_or(|start| (shard.round.start, shard.slot) > start);
    let mut all = kept.shards(now).filter(is_child).filter(after);
    let page = all.by_ref().take(page_size(request.limit)).map(|shard| described(kept, shard, now)).collect();
    (page, all.next().is_some())
}

/// Where a shard stands among all: one that is gone by its beginning, which is in its id.
fn place(kept: &Kept, id: &str, now: Timestamp) -> (Timestamp, u32) {
    if let Some(shard) = kept.find_shard(id, now) {
        return (shard.round.start, shard.slot);
    }
    let began = id.split('-').nth(1).and_then(|digits| digits.parse().ok());
    (Timestamp(began.unwrap_or(u64::MAX)), u32::MAX)
}

fn described(kept: &Kept, shard: Shard, now: Timestamp) -> ddbmock_model::Shard {
    let stream = &kept.stream;
    ddbmock_model::Shard {
        shard_id: stream.shard_id(shard),
        sequence_number_range: SequenceNumberRange {
            starting_sequence_number: shard.first().number(),
            ending_sequence_number: kept.is_closed(shard, now).then(|| shard.last().number()),
        },
        parent_shard_id: stream.parent(shard).map(|parent| stream.shard_id(parent)),
    }
}
