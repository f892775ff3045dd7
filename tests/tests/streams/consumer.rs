//! A consumer, as programs have them: it reads each shard to its end, parents before children.

use std::collections::{BTreeMap, BTreeSet};

use ddbmock_engine::op::{DescribeStream, GetRecords, GetShardIterator, ListStreams};
use ddbmock_engine::{AttributeMap, Engine, Error, Item, Record, Shard, ShardIteratorType};

/// The ARNs of the streams of a table.
pub(super) fn arns(engine: &Engine, table: &str) -> Vec<String> {
    let request = ListStreams { table_name: Some(table.into()), ..Default::default() };
    engine.list_streams(request).unwrap().streams.into_iter().map(|stream| stream.stream_arn).collect()
}

/// All shards of a stream, two a page.
pub(super) fn shards(engine: &Engine, arn: &str) -> Vec<Shard> {
    let mut shards = Vec::new();
    let mut start = None;
    loop {
        let request = DescribeStream {
            stream_arn: arn.into(),
            limit: Some(2),
            exclusive_start_shard_id: start,
            shard_filter: None,
        };
        let page = engine.describe_stream(request).unwrap().stream_description;
        shards.extend(page.shards);
        start = page.last_evaluated_shard_id;
        if start.is_none() {
            return shards;
        }
    }
}

/// Where to begin in a shard: after a record, or at the oldest.
pub(super) fn iterator(engine: &Engine, arn: &str, shard: &str, after: Option<&str>) -> String {
    let request = GetShardIterator {
        stream_arn: arn.into(),
        shard_id: shard.into(),
        shard_iterator_type: match after {
            None => ShardIteratorType::TrimHorizon,
            Some(_) => ShardIteratorType::AfterSequenceNumber,
        },
        sequence_number: after.map(Into::into),
        timestamp: None,
    };
    engine.get_shard_iterator(request).unwrap().shard_iterator
}

/// Where a consumer stands in a shard.
#[derive(Debug)]
struct Standing {
    iterator: String,
    /// The number of the last record that it read.
    last: Option<String>,
}

/// A consumer of one stream.
#[derive(Debug)]
pub(super) struct Consumer {
    arn: String,
    limit: i64,
    /// Where it stands in the shards that it has begun.
    standing: BTreeMap<String, Standing>,
    /// The shards that it has read to their ends.
    done: BTreeSet<String>,
}

impl Consumer {
    /// One that reads so many records at a time.
    pub(super) fn new(arn: &str, limit: i64) -> Self {
        Self { arn: arn.into(), limit, standing: BTreeMap::new(), done: BTreeSet::new() }
    }

    /// Reads all that there is.
    pub(super) fn read(&mut self, engine: &Engine) -> Vec<Record> {
        let mut records = Vec::new();
        for shard in shards(engine, &self.arn) {
            let waits = shard.parent_shard_id.is_some_and(|parent| self.standing.contains_key(&parent));
            if !waits && !self.done.contains(&shard.shard_id) {
                self.read_shard(engine, shard.shard_id, &mut records);
            }
        }
        records
    }

    fn read_shard(&mut self, engine: &Engine, shard: String, records: &mut Vec<Record>) {
        let begin = |last: Option<String>| Standing {
            iterator: iterator(engine, &self.arn, &shard, last.as_deref()),
            last,
        };
        let mut standing = self.standing.remove(&shard).unwrap_or_else(|| begin(None));
        loop {
            let limit = Some(self.limit);
            let page = match engine.get_records(GetRecords { shard_iterator: standing.iterator, limit }) {
                Err(Error::ExpiredIterator(_)) => {
                    standing = begin(standing.last);
                    continue;
                }
                page => page.unwrap(),
            };
            assert!(page.records.len() <= usize::try_from(self.limit).unwrap());
            let last = page.records.last().map(|record| record.dynamodb.sequence_number.clone());
            let is_empty = last.is_none();
            records.extend(page.records);
            let Some(iterator) = page.next_shard_iterator else {
                self.done.insert(shard);
                return;
            };
            standing = Standing { iterator, last: last.or(standing.last) };
            if is_empty {
                self.standing.insert(shard, standing);
                return;
            }
        }
    }
}

/// Items, by their keys.
pub(super) type Items = BTreeMap<String, AttributeMap>;

/// What records make of no items.
pub(super) fn replayed(records: &[Record]) -> Items {
    replayed_on(Items::new(), records)
}

/// What records make of items. Each record must follow on the one before of its item.
pub(super) fn replayed_on(mut items: Items, records: &[Record]) -> Items {
    for record in records {
        let image = |image: &Option<Item>| image.as_ref().map(Item::to_map);
        let (keys, old, new) =
            (&record.dynamodb.keys, image(&record.dynamodb.old_image), image(&record.dynamodb.new_image));
        let id = format!("{:?}", keys.as_ref().unwrap());
        assert_eq!(items.get(&id), old.as_ref(), "before {record:?}");
        assert_ne!(old, new);
        match new {
            Some(new) => drop(items.insert(id, new)),
            None => drop(items.remove(&id)),
        }
    }
    items
}
