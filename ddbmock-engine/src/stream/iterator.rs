//! Shard iterators: where a reader stands in a shard, as a text that it hands back.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{Error, Message, Rule};

use super::Position;
use crate::clock::Timestamp;

/// How long an iterator is valid. Source: API reference, `GetShardIterator`.
const VALID: Duration = Duration::from_mins(15);

/// Where a reader stands in a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShardIterator {
    /// The number of the stream.
    pub(crate) stream: u64,
    /// The number of the shard's round.
    pub(crate) round: u32,
    /// Which shard of the round.
    pub(crate) slot: u32,
    /// The first place that it has not read.
    pub(crate) position: Position,
    /// When it was told so.
    pub(crate) issued: Timestamp,
}

impl ShardIterator {
    /// The text of it, for the ARN of its stream.
    pub(crate) fn text(&self, arn: &str) -> String {
        let mut bytes = Vec::with_capacity(44);
        bytes.extend_from_slice(&self.stream.to_be_bytes());
        bytes.extend_from_slice(&self.round.to_be_bytes());
        bytes.extend_from_slice(&self.slot.to_be_bytes());
        for number in [self.position.at.0, self.position.sequence, self.issued.0] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let sum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(&sum.to_be_bytes());
        format!("{arn}|1|{}", STANDARD.encode(bytes))
    }

    /// Reads a text, with the ARN that it begins with.
    pub(crate) fn read(text: &str) -> Result<(&str, Self), Error> {
        Self::parse(text)
            .ok_or_else(|| Error::validation(Rule("stream.invalid_iterator"), "Invalid ShardIterator"))
    }

    fn parse(text: &str) -> Option<(&str, Self)> {
        let (arn, encoded) = text.split_once("|1|")?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (bytes, sum) = bytes.split_last_chunk()?;
        let mut rest = Some(bytes).filter(|bytes| crc32fast::hash(bytes).to_be_bytes() == *sum)?;
        let mut next = || {
            let (number, after) = rest.split_first_chunk()?;
            rest = after;
            Some(u64::from_be_bytes(*number))
        };
        let (stream, place, at, sequence, issued) = (next()?, next()?, next()?, next()?, next()?);
        let [round, slot] = [place >> u32::BITS, place & u64::from(u32::MAX)];
        Some((
            arn,
            Self {
                stream,
                round: u32::try_from(round).ok()?,
                slot: u32::try_from(slot).ok()?,
                position: Position { at: Timestamp(at), sequence },
                issued: Timestamp(issued),
            },
        ))
    }

    /// An iterator is valid for a while only.
    pub(crate) fn check_age(&self, now: Timestamp) -> Result<(), Error> {
        if now <= self.issued.after(VALID) {
            return Ok(());
        }
        let text = "Shard iterator has expired";
        Err(Error::ExpiredIterator(Message::new(Rule("stream.expired_iterator"), text)))
    }
}
