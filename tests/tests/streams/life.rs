//! What becomes of a stream as time passes.

use std::time::Duration;

use ddbmock_engine::op::{DescribeStream, GetRecords, GetShardIterator, PutItem, UpdateTable};
use ddbmock_engine::{
    BillingMode, Config, Engine, Error, ProvisionedThroughput, Shard, ShardIteratorType, StreamSpecification,
    StreamStatus, WarmThroughput, attributes,
};

use super::consumer::{Consumer, arns, iterator, shards};
use super::{TABLE, config, streamed};
use crate::storages::ON_EACH;

const HOUR: Duration = Duration::from_hours(1);

fn put(engine: &Engine, id: &str) {
    let item = attributes! { "id" => id }.into();
    engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
}

fn with_stream(engine: fn(Config) -> Engine, config: Config) -> (Engine, String) {
    let engine = engine(config);
    engine.create_table(streamed()).unwrap();
    let arn = arns(&engine, TABLE).remove(0);
    (engine, arn)
}

#[test]
fn records_are_read_for_a_day() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        for hour in 0..60 {
            put(&engine, &hour.to_string());
            let records = Consumer::new(&arn, 1000).read(&engine);
            assert_eq!(records.len(), 25.min(hour + 1), "after {hour} hours");
            let open = shards(&engine, &arn);
            assert!(open.len() <= 4 * 7, "{}", open.len());
            engine.advance(HOUR);
        }
    }
}

#[test]
fn all_of_a_stream_goes_with_time() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        put(&engine, "a");
        let request = ddbmock_engine::op::DeleteTable { table_name: TABLE.into() };
        engine.delete_table(request).unwrap();
        engine.advance(23 * HOUR);
        let describe =
            || engine.describe_stream(DescribeStream { stream_arn: arn.clone(), ..Default::default() });
        assert_eq!(describe().unwrap().stream_description.stream_status, StreamStatus::Disabled);
        assert_eq!(Consumer::new(&arn, 10).read(&engine).len(), 1);
        engine.advance(HOUR + Duration::from_millis(1));
        assert!(matches!(describe(), Err(Error::ResourceNotFound(_))));
        assert_eq!(arns(&engine, TABLE), Vec::<String>::new());
    }
}

/// Whatever moment it is, the numbers that a shard is described with are places to begin at.
#[test]
fn a_stream_that_ends_as_soon_as_it_began_has_shards_like_any_other() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        engine.split_shards(&arn).unwrap();
        let open: Vec<_> = shards(&engine, &arn).into_iter().map(|shard| shard.shard_id).collect();
        assert_eq!(check_closed(&engine, &arn), open);
    }
}

/// At that moment its shards end by themselves.
#[test]
fn a_stream_that_ends_as_its_shards_do_has_no_shard_without_numbers() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        engine.advance(4 * HOUR);
        check_closed(&engine, &arn);
    }
}

/// Switches a stream off. The numbers that its shards are described with then are places to begin at.
fn check_closed(engine: &Engine, arn: &str) -> Vec<String> {
    let stream_specification = Some(StreamSpecification::default());
    let request = UpdateTable { table_name: TABLE.into(), stream_specification, ..Default::default() };
    engine.update_table(request).unwrap();
    let number_of = |Shard { shard_id, sequence_number_range: range, .. }| {
        let (first, last) = (range.starting_sequence_number, range.ending_sequence_number.unwrap());
        assert!(first < last, "{first} to {last}");
        for number in [first, last] {
            iterator(engine, arn, &shard_id, Some(&number));
        }
        shard_id
    };
    shards(engine, arn).into_iter().map(number_of).collect()
}

#[test]
fn a_stream_goes_on_however_far_time_moved_on() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        put(&engine, "a");
        engine.advance(365 * 1000 * 24 * HOUR);
        put(&engine, "b");
        assert_eq!(Consumer::new(&arn, 10).read(&engine).len(), 1);
        engine.advance(Duration::MAX);
        put(&engine, "c");
        assert_eq!(shards(&engine, &arn).len(), 4);
    }
}

/// What would come due is done at once, but nobody's records are thrown away for that.
#[test]
fn finishing_what_tables_go_through_leaves_streams_alone() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        put(&engine, "a");
        engine.finish().unwrap();
        assert_eq!(Consumer::new(&arn, 10).read(&engine).len(), 1);
        engine.reset().unwrap();
        assert_eq!(arns(&engine, TABLE), Vec::<String>::new());
    }
}

#[test]
fn a_stream_has_as_many_shards_as_are_wanted() {
    for (wanted, shards_of_stream) in [(None, 4), (Some(1), 1), (Some(3), 3)] {
        let (engine, arn) = with_stream(ON_EACH[0], Config { stream_shards: wanted, ..config() });
        assert_eq!(shards(&engine, &arn).len(), shards_of_stream);
    }
}

/// A table that is to serve more has more partitions, and each shard of before that many children.
#[test]
fn shards_split_as_a_table_grows() {
    for engine in ON_EACH {
        let (engine, arn) = with_stream(engine, config());
        (0..100).for_each(|id| put(&engine, &id.to_string()));
        let before = shards(&engine, &arn);
        let warm =
            WarmThroughput { read_units_per_second: Some(12_000), write_units_per_second: Some(7_000) };
        let request =
            UpdateTable { table_name: TABLE.into(), warm_throughput: Some(warm), ..Default::default() };
        engine.update_table(request).unwrap();
        (100..200).for_each(|id| put(&engine, &id.to_string()));
        let after = shards(&engine, &arn);
        assert_eq!((before.len(), after.len()), (4, 12));
        for shard in &before {
            let is_child = |one: &&Shard| one.parent_shard_id.as_ref() == Some(&shard.shard_id);
            assert_eq!(after.iter().filter(is_child).count(), 2);
        }
        let is_closed = |shard: &Shard| shard.sequence_number_range.ending_sequence_number.is_some();
        assert_eq!(
            after.iter().map(is_closed).collect::<Vec<_>>(),
            [[true; 4].as_slice(), &[false; 8]].concat()
        );
        let mut consumer = Consumer::new(&arn, 7);
        assert_eq!(consumer.read(&engine).len(), 200);
    }
}

#[test]
fn a_table_that_shrinks_keeps_its_shards() {
    let (engine, arn) = with_stream(ON_EACH[0], config());
    let units = ProvisionedThroughput { read_capacity_units: 5, write_capacity_units: 5 };
    let request = UpdateTable {
        table_name: TABLE.into(),
        billing_mode: Some(BillingMode::Provisioned),
        provisioned_throughput: Some(units),
        ..Default::default()
    };
    engine.update_table(request).unwrap();
    assert_eq!(shards(&engine, &arn).len(), 4);
}

/// How many records the pages have of items with so long a text each, the first of which has the id 0.
fn check_pages(lengths: [usize; 5], expected: [usize; 3]) {
    let (engine, arn) = with_stream(ON_EACH[0], Config { stream_shards: Some(1), ..config() });
    for (id, length) in lengths.into_iter().enumerate() {
        let item = attributes! { "id" => id.to_string(), "text" => "x".repeat(length) }.into();
        engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
    }
    let mut next = iterator(&engine, &arn, &shards(&engine, &arn)[0].shard_id, None);
    let pages = expected.map(|_| {
        let page = engine.get_records(GetRecords { shard_iterator: next.clone(), limit: None }).unwrap();
        next = page.next_shard_iterator.unwrap();
        page.records.len()
    });
    assert_eq!(pages, expected);
}

/// A page ends before it has more than a megabyte of records. Beside its text each has 10 bytes: its key twice, and
/// the name of the text.
#[test]
fn a_page_is_bounded() {
    check_pages([300_000; 5], [3, 2, 0]);
    let fourth = (1 << 18) - 10;
    check_pages([fourth; 5], [4, 1, 0]);
    check_pages([fourth, fourth, fourth, fourth + 1, fourth], [3, 2, 0]);
}

/// Times are told in milliseconds: one between two of them begins at the later.
#[test]
fn a_moment_between_two_records_begins_at_the_second() {
    let (engine, arn) = with_stream(ON_EACH[0], Config { stream_shards: Some(1), ..config() });
    let begun = Duration::from_millis(engine.now().0);
    put(&engine, "a");
    engine.advance(Duration::from_millis(1));
    put(&engine, "b");
    engine.advance(Duration::from_millis(1));
    for (micros, expected) in [(0, 2), (1, 1), (500, 1), (1000, 1), (1001, 0)] {
        let request = GetShardIterator {
            stream_arn: arn.clone(),
            shard_id: shards(&engine, &arn)[0].shard_id.clone(),
            shard_iterator_type: ShardIteratorType::AtTimestamp,
            timestamp: Some((begun + Duration::from_micros(micros)).as_secs_f64()),
            ..Default::default()
        };
        let shard_iterator = engine.get_shard_iterator(request).unwrap().shard_iterator;
        let page = engine.get_records(GetRecords { shard_iterator, limit: None }).unwrap();
        assert_eq!(page.records.len(), expected, "{micros} microseconds after the first");
    }
}
