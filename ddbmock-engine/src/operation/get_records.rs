//! GetRecords: reads records of a shard, a page at a time.

use ddbmock_model::op::{GetRecords, GetRecordsOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;
use crate::stream::{Reading, ShardIterator, horizon, no_such_shard, no_such_stream, trimmed};

/// The most records of a page. Source: API reference.
const RECORDS_MAX: usize = 1000;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<GetRecords>,
) -> Result<GetRecordsOutput, Error> {
    world.check_members(call)?;
    let now = world.config.clock.now();
    let (arn, iterator) = ShardIterator::read(&call.request.shard_iterator)?;
    let kept = world.streams.find(iterator.stream).filter(|kept| kept.stream.arn() == arn);
    let kept = kept.ok_or_else(|| no_such_stream(arn))?;
    iterator.check_age(now)?;
    let shard = kept.shard(iterator.round, iterator.slot);
    if shard.slot >= shard.round.shards {
        return Err(no_such_shard());
    }
    if shard.round.end <= horizon(now) {
        return Err(trimmed());
    }
    let limit = call.request.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(RECORDS_MAX);
    let reading = Reading { stream: &kept.stream, arn, shard, horizon: horizon(now) };
    let read = || reading.page(&*world.storage, iterator.position, limit.min(RECORDS_MAX));
    let mut page = read()?;
    let is_closed = kept.is_closed(shard, now);
    if page.is_last && is_closed {
        // Who wrote just before the end may not have been done when this began.
        world.await_records(&kept.stream)?;
        page = read()?;
    }
    let next = ShardIterator { position: page.next, issued: now, ..iterator };
    let next_shard_iterator = (!page.is_last || !is_closed).then(|| next.text(arn));
    Ok(GetRecordsOutput { records: page.records, next_shard_iterator })
}
