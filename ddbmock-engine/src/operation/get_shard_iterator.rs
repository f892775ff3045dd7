//! GetShardIterator: where in a shard to begin to read.

use ddbmock_model::op::{GetShardIterator, GetShardIteratorOutput};
use ddbmock_model::{Call, Caller, Error, Rule, ShardIteratorType};

use super::describe_stream::find;
use crate::check::invalid;
use crate::clock::Timestamp;
use crate::simulation::Simulation;
use crate::stream::{Position, Reading, ShardIterator, horizon, no_such_shard, trimmed};

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<GetShardIterator>,
) -> Result<GetShardIteratorOutput, Error> {
    world.check_members(call)?;
    let request = &call.request;
    let now = world.config.clock.now();
    check_start(request, now)?;
    let arn = request.stream_arn.as_str();
    let kept = find(world, arn)?;
    let shard = kept.find_shard(&request.shard_id, now).ok_or_else(no_such_shard)?;
    let reading = Reading { stream: &kept.stream, arn, shard, horizon: horizon(now) };
    let iterator = ShardIterator {
        stream: kept.stream.number,
        round: shard.round.number,
        slot: shard.slot,
        position: position(world, &reading, request)?,
        issued: now,
    };
    Ok(GetShardIteratorOutput { shard_iterator: iterator.text(arn) })
}

/// What says where to begin is there, and nothing else is. Source: captures of 2026, streams; of moments assumed.
fn check_start(request: &GetShardIterator, now: Timestamp) -> Result<(), Error> {
    use ShardIteratorType::{AfterSequenceNumber, AtSequenceNumber, AtTimestamp};
    let is_numbered = matches!(request.shard_iterator_type, AtSequenceNumber | AfterSequenceNumber);
    match (is_numbered, request.sequence_number.is_some()) {
        (true, false) => {
            return Err(invalid(Rule("stream.number_missing"), "SequenceNumber cannot be null"));
        }
        (false, true) => {
            let text = "SequenceNumber should not be passed for this iterator type";
            return Err(invalid(Rule("stream.number_given"), text));
        }
        _ => {}
    }
    match request.timestamp {
        _ if request.shard_iterator_type != AtTimestamp => Ok(()),
        None => Err(invalid(Rule("stream.timestamp_missing"), "Timestamp cannot be null")),
        Some(seconds) if seconds > now.seconds() => {
            Err(invalid(Rule("stream.timestamp_future"), "Timestamp cannot be in the future"))
        }
        Some(_) => Ok(()),
    }
}

fn position(
    world: &Simulation,
    reading: &Reading<'_>,
    request: &GetShardIterator,
) -> Result<Position, Error> {
    let number = request.sequence_number.as_deref().unwrap_or_default();
    match request.shard_iterator_type {
        ShardIteratorType::TrimHorizon => Ok(reading.oldest()),
        ShardIteratorType::Latest => reading.latest(&*world.storage),
        ShardIteratorType::AtSequenceNumber => numbered(world, reading, number),
        ShardIteratorType::AfterSequenceNumber => numbered(world, reading, number).map(Position::next),
        ShardIteratorType::AtTimestamp => {
            let at = milliseconds(request.timestamp.unwrap_or_default());
            Ok(reading.oldest().max(Position { at, sequence: 0 }))
        }
    }
}

/// The place of a sequence number: of a record, or of one end of the shard.
fn numbered(world: &Simulation, reading: &Reading<'_>, number: &str) -> Result<Position, Error> {
    let (first, last) = (reading.shard.first(), reading.shard.last());
    let position = Position::read(number).filter(|position| (first..=last).contains(position));
    match position {
        Some(position) if position.at < reading.horizon => Err(trimmed()),
        Some(position)
            if position == first || position == last || reading.has(&*world.storage, position)? =>
        {
            Ok(position)
        }
        _ => Err(Error::validation(Rule("stream.invalid_number"), "Invalid SequenceNumber for the shard")),
    }
}

/// The first millisecond that is not before a time in seconds.
fn milliseconds(seconds: f64) -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "this cast saturates, as wanted of times before 1970"
    )]
    Timestamp((seconds * 1000.0).ceil() as u64)
}
