//! The streams of a world: those that record, and those that did within the last day.
//!
//! A change of one is stored in the batch of what it is about, the making, changing or ending of its table, under the
//! lock of the streams: what is stored and what is known here never part.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::Error;

use super::Stream;
use super::shard::{Round, Shard};
use super::{KEPT, horizon};
use crate::clock::Timestamp;
use crate::definition::Identity;
use crate::lock::{Mutex, MutexGuard};
use crate::policy::Policy;
use crate::record;
use crate::storage::{Batch, Durable, Storage, Write};

/// A stream as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    /// The stream.
    pub(crate) stream: Arc<Stream>,
    /// The first moment at which it recorded nothing any more, if it has ended.
    pub(crate) ended: Option<Timestamp>,
    /// When that it was enabled, or that it ended, is done.
    pub(crate) settled: Timestamp,
    /// Its first round whose records are still there.
    pub(crate) first_round: u32,
    /// Its policy, if it ever had one.
    pub(crate) policy: Option<Arc<Policy>>,
}

impl Kept {
    /// The same once it ended at a moment, which is done at another. What had begun lasted for a moment, so that each
    /// of its shards has numbers.
    fn ending(&self, moment: Timestamp, settled: Timestamp) -> Self {
        let ended = moment.max(self.stream.began().after(Duration::from_millis(1)));
        Self { ended: Some(ended), settled, ..self.clone() }
    }

    /// A round, which ends with the stream.
    pub(crate) fn round(&self, number: u32) -> Round {
        let round = self.stream.round(number);
        Round { end: self.ended.map_or(round.end, |ended| ended.min(round.end)), ..round }
    }

    /// The shard of a round.
    pub(crate) fn shard(&self, round: u32, slot: u32) -> Shard {
        Shard { round: self.round(round), slot }
    }

    /// Whether nothing more comes into a shard.
    pub(crate) fn is_closed(&self, shard: Shard, now: Timestamp) -> bool {
        self.ended.is_some() || shard.round.end <= now.max(self.stream.began())
    }

    /// The shards whose records can still be read, parents before children.
    pub(crate) fn shards(&self, now: Timestamp) -> impl Iterator<Item = Shard> {
        let newest = now.max(self.stream.began());
        let newest = self.ended.map_or(newest, |ended| Timestamp(ended.0.saturating_sub(1)));
        let oldest = self.stream.round_at(horizon(now).min(newest)).number;
        let rounds = oldest..=self.stream.round_at(newest).number;
        rounds.flat_map(|number| {
            let round = self.round(number);
            (0..round.shards).map(move |slot| Shard { round, slot })
        })
    }

    /// Such a shard by its id.
    pub(crate) fn find_shard(&self, id: &str, now: Timestamp) -> Option<Shard> {
        self.shards(now).find(|shard| self.stream.shard_id(*shard) == id)
    }

    /// When something of it is to be cleared next.
    pub(super) fn due(&self) -> Timestamp {
        self.round(self.first_round).end.after(KEPT)
    }
}

type ByNumber = BTreeMap<u64, Kept>;

/// The streams of a world.
#[derive(Debug, Default)]
pub(crate) struct Streams(Mutex<ByNumber>);

impl Streams {
    /// Those that are stored.
    pub(crate) fn new(stored: &[Kept]) -> Self {
        Self(Mutex::new(by_number(stored)))
    }

    /// Goes on with those that are stored.
    pub(crate) fn go_on(&self, stored: &[Kept]) {
        *self.0.lock() = by_number(stored);
    }

    /// The stream of a number.
    pub(crate) fn find(&self, number: u64) -> Option<Kept> {
        self.0.lock().get(&number).cloned()
    }

    /// The stream of an ARN.
    pub(crate) fn named(&self, arn: &str) -> Option<Kept> {
        self.0.lock().values().find(|kept| kept.stream.arn() == arn).cloned()
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<Kept> {
        self.0.lock().values().cloned().collect()
    }

    /// The label of a stream that is enabled at a moment: that moment, or soon after.
    pub(crate) fn label(&self, table: &Identity, moment: Timestamp) -> Timestamp {
        let streams = self.0.lock();
        let others = streams.values().filter(|kept| kept.stream.table == *table);
        let last = others.map(|kept| kept.stream.label.0 + 1).max();
        moment.max(Timestamp(last.unwrap_or_default()))
    }

    /// When something of any is to be cleared next.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.0.lock().values().map(Kept::due).min()
    }

    /// What becomes of streams where a table's changes go to another one, or to none: the one before ends at a moment,
    /// which is said to take a while. Nobody else changes any until that is done, or dropped.
    pub(crate) fn follow(
        &self,
        before: Option<&Arc<Stream>>,
        after: Option<&Arc<Stream>>,
        (moment, lasts): (Timestamp, Duration),
    ) -> Following<'_> {
        let settled = moment.after(lasts);
        let streams = self.0.lock();
        let number = |stream: Option<&Arc<Stream>>| stream.map(|stream| stream.number);
        let mut changed = Vec::new();
        if number(before) != number(after) {
            let ended = number(before).and_then(|number| streams.get(&number));
            changed.extend(ended.map(|kept| kept.ending(moment, settled)));
        }
        if let Some(stream) = after.filter(|_| before != after) {
            let stream = Arc::clone(stream);
            changed.push(match streams.get(&stream.number) {
                Some(kept) => Kept { stream, ..kept.clone() },
                None => Kept { stream, ended: None, settled, first_round: 0, policy: None },
            });
        }
        Following { streams, changed, gone: Vec::new() }
    }

    /// Makes one of them what `decide` says, which has a word for the caller too; nothing if it is gone. Returns when
    /// all that the decision was based on lasts, also if it was to refuse.
    pub(crate) fn amend<T>(
        &self,
        storage: &dyn Storage,
        number: u64,
        decide: impl FnOnce(&Kept) -> Result<(Kept, T), Error>,
    ) -> Result<Option<T>, Error> {
        let mut following = Following { streams: self.0.lock(), changed: Vec::new(), gone: Vec::new() };
        let decided = following.streams.get(&number).map(decide).transpose();
        let said = decided.map(|decided| {
            let (after, said) = decided?;
            following.changed.push(after);
            Some(said)
        });
        following.stage(storage, Batch::default())?;
        storage.all_staged().wait()?;
        said
    }

    /// Changes any of them: `decide` says what becomes of each, nothing if it is gone.
    pub(super) fn change(&self, decide: impl Fn(&Kept) -> Option<Kept>) -> Following<'_> {
        let streams = self.0.lock();
        let (mut changed, mut gone) = (Vec::new(), Vec::new());
        for (number, kept) in &*streams {
            match decide(kept) {
                Some(after) if after == *kept => {}
                Some(after) => changed.push(after),
                None => gone.push(*number),
            }
        }
        Following { streams, changed, gone }
    }
}

/// What becomes of streams with a batch.
#[derive(Debug)]
#[must_use]
pub(crate) struct Following<'s> {
    streams: MutexGuard<'s, ByNumber>,
    changed: Vec<Kept>,
    /// The numbers of those that are gone.
    gone: Vec<u64>,
}

impl Following<'_> {
    /// Stages a batch with it, and has it be so.
    pub(crate) fn stage(self, storage: &dyn Storage, mut batch: Batch) -> Result<Durable, Error> {
        if storage.lasts() {
            batch.writes.extend(self.writes());
        }
        let durable = storage.stage(batch)?;
        self.done();
        Ok(durable)
    }

    /// The writes that store it.
    fn writes(&self) -> impl Iterator<Item = Write> {
        let new =
            self.changed.iter().map(|kept| kept.stream.number).filter(|one| !self.streams.contains_key(one));
        let changed = self.changed.iter().map(record::stream);
        new.map(record::last_number).chain(changed).chain(self.gone.iter().map(|one| record::no_stream(*one)))
    }

    /// What is changed, each as it was and as it is.
    pub(super) fn changed(&self) -> impl Iterator<Item = (&Kept, &Kept)> {
        self.changed.iter().filter_map(|after| Some((self.streams.get(&after.stream.number)?, after)))
    }

    /// The numbers of those that are gone.
    pub(super) fn gone(&self) -> &[u64] {
        &self.gone
    }

    fn done(mut self) {
        for number in &self.gone {
            self.streams.remove(number);
        }
        for kept in self.changed {
            self.streams.insert(kept.stream.number, kept);
        }
    }
}

fn by_number(stored: &[Kept]) -> ByNumber {
    stored.iter().map(|kept| (kept.stream.number, kept.clone())).collect()
}
