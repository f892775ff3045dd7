//! The engine in this process, on one thread, in memory or on a file, and under it the least that a map can do.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use ddbmock_engine::op::{
    DescribeStream, ExecuteStatement, GetItem, GetRecords, GetShardIterator, ListStreams, Put, PutItem,
    Query, TransactWriteItems, UpdateItem,
};
use ddbmock_engine::{
    AttributeMap, Clock, Config, Durability, Engine, Error, ReturnValues, ShardIteratorType, Timestamp,
    attributes,
};
use fastrand::Rng;
use serde::Serialize;

use crate::documents::{self, PAGE};
use crate::in_process::tell;
use crate::scratch::Scratch;

const KEYS: u64 = 10_000;
/// How many operations are timed together: few, for a request is made shortly before it is sent, and all of them take
/// less time than a system gives to a thread at once. Of queries a tenth, which take ten times as long and more.
const BATCH: usize = 50;
const QUERIES: usize = 5;
/// Of transactions a quarter: as many puts.
const TRANSACTIONS: usize = BATCH / 4;
/// How many such times there are; the median counts.
const SAMPLES: usize = 1_001;

/// What an operation takes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Embedded {
    /// What is done.
    pub(crate) operation: &'static str,
    /// The median, in nanoseconds.
    pub(crate) nanos: f64,
}

/// Measures them all. Requests are made before, and dropped within what is timed, as are answers.
pub(crate) fn measure(durability: Option<&str>) -> Result<Vec<Embedded>, String> {
    let scratch = durability.map(|_| Scratch::new()).transpose()?;
    let engine = filled(scratch.as_ref().map(Scratch::file), durability.unwrap_or_default())?;
    let mut random = Rng::with_seed(1);
    let song = stored(&engine, 0);
    let mut found = Vec::new();
    let mut add = |operation, nanos| found.push(Embedded { operation, nanos });
    add("GetItem", median_nanos(BATCH, || get(random.u64(..KEYS)), |request| engine.get_item(request)));
    add(
        "PutItem",
        median_nanos(BATCH, || put(&song, random.u64(..KEYS)), |request| engine.put_item(request)),
    );
    add(
        "Query of 50",
        median_nanos(QUERIES, || query(random.u64(..KEYS / PAGE)), |request| engine.query(request)),
    );
    add(
        "UpdateItem counter",
        median_nanos(BATCH, || count(random.u64(..KEYS)), |request| engine.update_item(request)),
    );
    add(
        "transaction of 4 puts",
        median_nanos(
            TRANSACTIONS,
            || transact(&song, random.u64(..KEYS)),
            |request| engine.transact_write_items(request),
        ),
    );
    add(
        "SELECT of an item",
        median_nanos(BATCH, || select(random.u64(..KEYS)), |request| engine.execute_statement(request)),
    );
    add("record of GetRecords", record_nanos(&engine).map_err(|error| error.to_string())?);
    let [get, insert] = map_nanos(&mut random);
    add("BTreeMap get", get);
    add("BTreeMap insert", insert);
    Ok(found)
}

/// The median time of an operation, over batches of requests that are made before.
fn median_nanos<Request, Done>(
    batch: usize,
    mut make: impl FnMut() -> Request,
    mut run: impl FnMut(Request) -> Done,
) -> f64 {
    let mut requests: Vec<Request> = Vec::with_capacity(batch);
    let sample = |_| {
        requests.extend((0..batch).map(|_| make()));
        let start = Instant::now();
        for request in requests.drain(..) {
            black_box(run(black_box(request)));
        }
        start.elapsed().as_nanos() as f64 / batch as f64
    };
    let mut samples: Vec<f64> = (0..SAMPLES).map(sample).collect();
    samples.sort_unstable_by(f64::total_cmp);
    samples[SAMPLES / 2]
}

/// The median times of a get and of an insert of the least that a map can do.
fn map_nanos(random: &mut Rng) -> [f64; 2] {
    let value: Arc<[u8]> = vec![0; 1_024].into();
    let mut map: BTreeMap<Vec<u8>, Arc<[u8]>> =
        (0..KEYS).map(|key| (id(key).into_bytes(), Arc::clone(&value))).collect();
    let get = median_nanos(BATCH, || id(random.u64(..KEYS)), |key| map.get(key.as_bytes()).cloned());
    let insert = |key: String| map.insert(key.into_bytes(), vec![0; 1_024].into());
    [get, median_nanos(BATCH, || id(random.u64(..KEYS)), insert)]
}

/// The median time of a record, over the pages of a stream that is read to its end again and again.
fn record_nanos(engine: &Engine) -> Result<f64, Error> {
    let stream_arn = engine.list_streams(ListStreams::default())?.streams.remove(0).stream_arn;
    let request = DescribeStream { stream_arn: stream_arn.clone(), ..Default::default() };
    let shard_id = engine.describe_stream(request)?.stream_description.shards.remove(0).shard_id;
    let begin = || {
        engine.get_shard_iterator(GetShardIterator {
            stream_arn: stream_arn.clone(),
            shard_id: shard_id.clone(),
            shard_iterator_type: ShardIteratorType::TrimHorizon,
            ..Default::default()
        })
    };
    let (mut iterator, mut samples) = (begin()?.shard_iterator, Vec::with_capacity(SAMPLES));
    while samples.len() < SAMPLES {
        let start = Instant::now();
        let page = engine.get_records(GetRecords { shard_iterator: iterator, limit: None })?;
        let (records, next) = (page.records.len(), page.next_shard_iterator);
        drop(black_box(page.records));
        let nanos = start.elapsed().as_nanos() as f64;
        if records > 0 {
            samples.push(nanos / records as f64);
        }
        iterator = match next.filter(|_| records > 0) {
            Some(next) => next,
            None => begin()?.shard_iterator,
        };
    }
    samples.sort_unstable_by(f64::total_cmp);
    Ok(samples[SAMPLES / 2])
}

/// An engine with songs, with a stream and without, counters, and plays of a hundred a listener.
fn filled(file: Option<PathBuf>, durability: &str) -> Result<Engine, String> {
    let durability = match durability {
        "full" => Durability::Full,
        "off" => Durability::Off,
        _ => Durability::Normal,
    };
    let clock = Clock::manual(Timestamp(1_000));
    let stream_shards = Some(1);
    let config = Config { clock, seed: Some(1), file, durability, stream_shards, ..Config::default() };
    let engine = Engine::open(config).map_err(|error| error.to_string())?;
    tell(&engine, "CreateTable", documents::keyed_by_id("songs").as_bytes());
    tell(&engine, "CreateTable", documents::keyed_by_id("counters").as_bytes());
    tell(&engine, "CreateTable", documents::keyed_by_listener("plays").as_bytes());
    tell(&engine, "CreateTable", documents::streamed("streamed").as_bytes());
    for first in (0..KEYS).step_by(usize::try_from(documents::BATCH).unwrap_or(1)) {
        let keys = first..first + documents::BATCH;
        let songs = keys.clone().map(|key| documents::stored_song(key, 0).to_string());
        tell(&engine, "BatchWriteItem", documents::batch("songs", songs).as_bytes());
        let streamed = keys.clone().map(|key| documents::stored_song(key, 0).to_string());
        tell(&engine, "BatchWriteItem", documents::batch("streamed", streamed).as_bytes());
        let plays = keys.map(|nth| documents::play(nth / PAGE, nth % PAGE));
        tell(&engine, "BatchWriteItem", documents::batch("plays", plays).as_bytes());
    }
    Ok(engine)
}

fn id(key: u64) -> String {
    format!("{key:08}")
}

/// A song as an embedder has it.
fn stored(engine: &Engine, key: u64) -> AttributeMap {
    let item = engine.get_item(get(key)).ok().and_then(|found| found.item);
    item.expect("all songs are there").to_map()
}

fn get(key: u64) -> GetItem {
    let key = attributes! { "id" => id(key) }.into();
    GetItem { table_name: "songs".into(), key, ..Default::default() }
}

fn select(key: u64) -> ExecuteStatement {
    ExecuteStatement {
        statement: "SELECT * FROM songs WHERE id = ?".into(),
        parameters: Some(vec![id(key).into()]),
        ..Default::default()
    }
}

/// A song under another key.
fn keyed(song: &AttributeMap, key: u64) -> AttributeMap {
    let mut item = song.clone();
    item.extend(attributes! { "id" => id(key) });
    item
}

fn put(song: &AttributeMap, key: u64) -> PutItem {
    PutItem { table_name: "songs".into(), item: keyed(song, key).into(), ..Default::default() }
}

/// Four songs, far from each other.
fn transact(song: &AttributeMap, first: u64) -> TransactWriteItems {
    let put = |nth| {
        let item = keyed(song, (first + nth * KEYS / 4) % KEYS).into();
        Put { table_name: "songs".into(), item, ..Default::default() }.into()
    };
    TransactWriteItems { transact_items: (0..4).map(put).collect(), ..Default::default() }
}

fn query(listener: u64) -> Query {
    Query {
        table_name: "plays".into(),
        key_condition_expression: Some("listener = :l".into()),
        expression_attribute_values: Some(attributes! { ":l" => format!("listener{listener:08}") }.into()),
        limit: Some(50),
        ..Default::default()
    }
}

fn count(key: u64) -> UpdateItem {
    UpdateItem {
        table_name: "counters".into(),
        key: attributes! { "id" => id(key) }.into(),
        update_expression: Some("ADD plays :one".into()),
        expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
        return_values: ReturnValues::UpdatedNew,
        ..Default::default()
    }
}
