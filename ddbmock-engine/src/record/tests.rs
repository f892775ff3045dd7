use std::fmt::Write as _;
use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, BillingMode, Error, GlobalSecondaryIndex, IndexStatus, KeySchemaElement, KeyType,
    LocalSecondaryIndex, OnDemandThroughput, Projection, ProjectionType, ProvisionedThroughput, ScalarType,
    SearchSchemaElement, SearchSchemaElementType, SseDescription, SseType, StreamSpecification,
    StreamViewType, TableClass, TableStatus, Tag, VectorAttributeDefinition, VectorDistanceFunction,
    VectorIndex, WarmThroughput,
};
use proptest::prelude::*;

use super::encoding::checksum;
use super::time_to_live::FIRST_EXPIRIES;
use super::{Catalogued, counts, is_world, last_number, read, table};
use crate::clock::Timestamp;
use crate::counts::{Counts, Statistics};
use crate::definition::{Definition, Identity};
use crate::expiry::TimeToLive;
use crate::index::Index;
use crate::policy::Policy;
use crate::stage::{Building, Current, Stage};
use crate::storage::{Batch, Memory, Space, Storage, Write};
use crate::stream::Kept;
use crate::throughput::Throughput;
use crate::warm::Warm;

/// The records of each version, each with its key, in hexadecimal. What stands here is in files: it never changes.
const RECORDS: [&str; 3] = [
    include_str!("tests/version_1.txt"),
    include_str!("tests/version_2.txt"),
    include_str!("tests/version_3.txt"),
];

fn moment(milliseconds: u64) -> Timestamp {
    Timestamp(1_767_225_600_000 + milliseconds)
}

fn element(name: &str, key_type: KeyType) -> KeySchemaElement {
    KeySchemaElement { attribute_name: name.into(), key_type }
}

fn throughput(units: i64) -> Throughput {
    let units = ProvisionedThroughput { read_capacity_units: units, write_capacity_units: units + 1 };
    Throughput { units, increased: Some(moment(1)), decreased: Some(moment(2)), decreases: 3 }
}

fn attributes() -> Vec<AttributeDefinition> {
    let of = |name: &str, attribute_type| AttributeDefinition { attribute_name: name.into(), attribute_type };
    vec![of("at", ScalarType::N), of("id", ScalarType::S), of("raw", ScalarType::B)]
}

fn indexes() -> Vec<Index> {
    let key_schema = vec![element("id", KeyType::Hash), element("raw", KeyType::Range)];
    let names = Some(vec!["title".into(), "year".into()]);
    let local = LocalSecondaryIndex {
        index_name: "by_raw".into(),
        key_schema,
        projection: Projection { projection_type: Some(ProjectionType::Include), non_key_attributes: names },
    };
    let global = GlobalSecondaryIndex {
        index_name: "by_time".into(),
        key_schema: vec![element("at", KeyType::Hash)],
        projection: Projection { projection_type: Some(ProjectionType::KeysOnly), non_key_attributes: None },
        on_demand_throughput: Some(OnDemandThroughput {
            max_read_request_units: None,
            max_write_request_units: Some(9),
        }),
        ..Default::default()
    };
    let building = Building { filling: Timestamp(7), until: Timestamp(8) };
    let global = Index {
        status: IndexStatus::Creating,
        building: Some(building),
        throughput: throughput(5),
        ..Index::global(&global, 2, &attributes())
    };
    let searched = |name: &str, role| SearchSchemaElement {
        attribute_name: name.into(),
        search_schema_element_type: role,
    };
    let vectors = VectorIndex {
        index_name: "by_sound".into(),
        vector_attribute: VectorAttributeDefinition { attribute_name: "sound".into() },
        search_schema: Some(vec![
            searched("at", SearchSchemaElementType::InlineFilter),
            searched("raw", SearchSchemaElementType::Hash),
        ]),
        projection: Projection { projection_type: Some(ProjectionType::All), non_key_attributes: None },
        dimensions: 768,
        distance_function: VectorDistanceFunction::Euclidean,
    };
    vec![Index::local(&local, 1, &attributes()), global, Index::vectors(&vectors, 3, &attributes())]
}

/// A table that has everything that a table can have, and one that has what one could have in a version.
fn full() -> (Identity, Current) {
    full_of(RECORDS.len())
}

fn full_of(version: usize) -> (Identity, Current) {
    let has_vectors = version > 2;
    let definition = Definition {
        id: "0e8c5f54-4c5d-4bb3-8f0f-7a3c5b8f2d11".into(),
        created: Timestamp(1_767_225_600_000),
        attributes: attributes(),
        key: vec![element("id", KeyType::Hash), element("at", KeyType::Range)],
        indexes: indexes().into_iter().take(if has_vectors { 3 } else { 2 }).collect(),
        next_part: if has_vectors { 4 } else { 3 },
        billing: BillingMode::PayPerRequest,
        on_demand_since: Some(moment(4)),
        throughput: throughput(10),
        on_demand: Some(OnDemandThroughput {
            max_read_request_units: Some(-1),
            max_write_request_units: None,
        }),
        warm: Warm { rising: true, ..Warm::new(None, Some(WarmThroughput::default())) },
        stream: Some(StreamSpecification {
            stream_enabled: true,
            stream_view_type: Some(StreamViewType::NewAndOldImages),
        }),
        streaming_since: Some(moment(5)),
        recorded_in: None,
        time_to_live: None,
        sse: Some(SseDescription {
            status: "ENABLED".into(),
            sse_type: SseType::Kms,
            kms_master_key_arn: "arn:aws:kms:us-east-1:123456789012:key/1".into(),
        }),
        class: Some((TableClass::StandardInfrequentAccess, Some(moment(6)))),
        protected: true,
        tags: vec![Tag { key: "team".into(), value: "jazz".into() }],
        policy: (version > 1).then(|| Policy::new("{\"Version\":\"2012-10-17\"}".into(), moment(7))),
    };
    let shown = Definition { protected: false, indexes: vec![], ..definition.clone() };
    let stage = Stage { status: TableStatus::Updating, shown: Some(Arc::new(shown)), until: Timestamp(9) };
    let identity =
        Identity { account: "123456789012".into(), region: "eu-west-1".into(), name: "songs".into() };
    (identity, Current { definition: Arc::new(definition), stage: Some(stage) })
}

fn held() -> Counts {
    held_of(RECORDS.len())
}

fn held_of(version: usize) -> Counts {
    let of = |items, bytes| Statistics { items, bytes, excess: 0 };
    let mut parts = vec![(0, of(300, 70_000)), (1, of(300, 50_000)), (2, of(0, 0))];
    if version > 2 {
        parts.push((3, Statistics { excess: -4000, ..of(300, 60_000) }));
    }
    Counts { parts: parts.into_iter().collect(), sequence: 1_000, at: Timestamp(1_767_225_600_123) }
}

fn writes() -> Vec<Write> {
    let (identity, current) = full();
    vec![table(7, &identity, &current), counts(7, &held()), last_number(7)]
}

fn stored(writes: Vec<Write>) -> Result<Catalogued, Error> {
    let memory = Memory::default();
    memory.stage(Batch { writes, ..Batch::default() })?.wait()?;
    read(&memory)
}

fn check_full(stored: &Catalogued, version: usize) {
    let (identity, current) = full_of(version);
    let [table] = &stored.tables[..] else { panic!("{stored:?}") };
    assert_eq!((table.number, stored.last_number), (7, 7));
    assert_eq!((&table.identity, &table.counts), (&identity, &held_of(version)));
    assert_eq!(table.current.definition, current.definition);
    let of = |current: &Current| {
        let Stage { status, shown, until } = current.stage.clone().unwrap();
        (status, shown, until)
    };
    assert_eq!(of(&table.current), of(&current));
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits.map(|two| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

#[test]
fn the_format_stays_as_it_is() {
    let lines: Vec<String> = writes()
        .iter()
        .map(|write| format!("{} {}", hexadecimal(&write.key), hexadecimal(write.bytes.as_ref().unwrap())))
        .collect();
    assert_eq!(lines, RECORDS[RECORDS.len() - 1].lines().collect::<Vec<_>>());
}

fn written_in(records: &str) -> Catalogued {
    let mut writes = writes();
    for (write, line) in writes.iter_mut().zip(records.lines()) {
        let (key, record) = line.split_once(' ').unwrap();
        (write.key, write.bytes) = (bytes(key).into(), Some(bytes(record).into()));
    }
    stored(writes).unwrap()
}

#[test]
fn what_any_version_wrote_is_read() {
    for (version, records) in (1..).zip(RECORDS) {
        check_full(&written_in(records), version);
    }
}

/// A record as the first version wrote it.
fn first_version(space: Space, number: u64, fields: &impl serde::Serialize) -> Write {
    let mut bytes = postcard::to_extend(fields, vec![1, 0, 0, 0, 0]).unwrap();
    let sum = checksum(&bytes).to_le_bytes();
    bytes[1..5].copy_from_slice(&sum);
    Write { space, key: number.to_be_bytes().as_slice().into(), bytes: Some(bytes.into()) }
}

#[test]
fn the_first_version_of_a_stream_lacks_a_policy() {
    let key = vec![("id", "HASH")];
    let fields = ("1", "eu-west-1", "songs", key, "KEYS_ONLY", 5_u64, vec![(5_u64, 4_u32, 0_u32)]);
    let stream = first_version(super::STREAMS, 8, &(fields, None::<u64>, 6_u64, 0_u32));
    let read = stored(vec![stream]).unwrap();
    let [kept] = &read.streams[..] else { panic!("{read:?}") };
    assert_eq!((kept.settled, kept.policy.as_ref()), (Timestamp(6), None));
    let policy = Some(Arc::new(Policy::new("{}".into(), moment(7))));
    let kept = Kept { policy, ..kept.clone() };
    assert_eq!(stored(vec![super::stream(&kept)]).unwrap().streams, [kept]);
}

#[test]
fn the_first_version_of_a_time_to_live_has_its_times_in_one_place() {
    let time_to_live = |write| {
        let read = stored(writes().into_iter().chain([write]).collect()).unwrap();
        TimeToLive::clone(read.tables[0].current.definition.time_to_live.as_ref().unwrap())
    };
    let first = time_to_live(first_version(super::TIMES_TO_LIVE, 7, &("ends", true, 9_u64)));
    assert_eq!((first.attribute.as_str(), first.enabled, first.until), ("ends", true, Timestamp(9)));
    assert_eq!(first.part, FIRST_EXPIRIES);
    let other = TimeToLive { part: 5, ..first };
    assert_eq!(time_to_live(super::time_to_live(7, &other)), other);
}

#[test]
fn nothing_stored_is_no_table() {
    let none = stored(Vec::new()).unwrap();
    assert!(none.tables.is_empty() && none.last_number == 0);
}

proptest! {
    #[test]
    fn any_damage_is_an_error(which in 0..3_usize, at: prop::sample::Index, mask in 1..=255_u8, cut: bool) {
        let mut writes = writes();
        let mut record = writes[which].bytes.take().unwrap().to_vec();
        let at = at.index(record.len());
        if cut { record.truncate(at) } else { record[at] ^= mask }
        writes[which].bytes = Some(record.into());
        let error = stored(writes).unwrap_err();
        prop_assert_eq!(error.message().rule.0, "internal.damaged");
    }
}

#[test]
fn the_page_of_the_file_has_each_space_of_the_world() {
    let page = include_str!("../../../docs/src/file.md");
    let (_, world) = page.split_once("space_table 0:").unwrap();
    let (world, _) = world.split_once("space_table 1").unwrap();
    let part = |line: &str| line.trim_start().strip_prefix("part ")?.split(' ').next()?.parse().ok();
    let told: Vec<u32> = world.lines().filter_map(part).collect();
    let parts: Vec<u32> = (0..100).filter(|part| is_world(Space { table: 0, part: *part })).collect();
    assert_eq!(told, parts);
}
