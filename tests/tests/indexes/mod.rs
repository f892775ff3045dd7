//! Indexes: whatever happened to a table, it and its indexes hold, answer and cost what is worked out from its items.

mod draw;
mod naive;
mod read;
mod shape;
mod sizes;
mod spelled;
mod write;

use ddbmock_engine::op::{DeleteTable, DescribeTable, PutItem};
use ddbmock_engine::{AttributeMap, Config, Engine};
use proptest::prelude::*;

use self::draw::Manner;
use self::naive::Naive;
use self::read::{Comparison, Part, Read};
use self::shape::{Shape, TABLE, table};
use self::spelled::Spelled;
use self::write::{Write, toggle};
use crate::storages::Restartable;

fn config() -> Config {
    Config { seed: Some(1), ..Config::default() }
}

/// An engine with a table of items, and the naive table beside it.
fn filled(items: &[AttributeMap]) -> (Engine, Naive) {
    let (engine, mut naive) = (Engine::new(config()), Naive::default());
    engine.create_table(table()).unwrap();
    for item in items {
        let request =
            PutItem { table_name: TABLE.name.into(), item: item.clone().into(), ..Default::default() };
        engine.put_item(request).unwrap();
        naive.write(item, Some(item.clone()));
    }
    (engine, naive)
}

/// Everything that a read evaluates, in its order, by one page: it is in the order of the key, and it is what there is.
fn evaluated(engine: &Engine, naive: &Naive, read: &Read) -> Vec<AttributeMap> {
    let whole = Read::whole(read.source, read.key.clone());
    let page = whole.page(engine, Part::default());
    let entries = page.items.clone().unwrap();
    assert_eq!(page, whole.expected_page(naive, &entries, true), "{whole:?}");
    let is_query = read.key.is_some();
    assert!(!is_query || entries.is_sorted_by(|one, other| read.source.compare(one, other).is_le()));
    let sorted = |mut entries: Vec<AttributeMap>| {
        entries.sort_by_key(|entry| format!("{entry:?}"));
        entries
    };
    assert_eq!(sorted(entries.clone()), sorted(whole.expected(naive)), "{whole:?}");
    entries
}

/// All pages of a read, whatever their size, are parts of the one page of everything, one after the other; each answers
/// with what passes and costs what it is large.
fn check_pages(engine: &Engine, naive: &Naive, read: &Read, limit: Option<usize>) {
    let mut entries = evaluated(engine, naive, read);
    if read.backward {
        entries.reverse();
    }
    let mut start = None;
    loop {
        let is_last = limit.is_none_or(|limit| entries.len() < limit);
        let rest = entries.split_off(limit.filter(|_| !is_last).unwrap_or(entries.len()));
        let page = read.page(engine, Part { limit, start: start.as_ref(), segment: None });
        assert_eq!(page, read.expected_page(naive, &entries, is_last), "{read:?} from {start:?}");
        if is_last {
            return;
        }
        (start, entries) = (page.last, rest);
    }
}

/// A segment of a scan, by pages.
fn segment_of(engine: &Engine, read: &Read, segment: (i64, i64), limit: Option<usize>) -> Vec<AttributeMap> {
    let mut found = Vec::new();
    let mut start = None;
    loop {
        let page = read.page(engine, Part { limit, start: start.as_ref(), segment: Some(segment) });
        found.extend(page.items.unwrap());
        assert!(page.last.is_none() || page.last != start, "the page after {start:?} ends where it begins");
        start = page.last;
        if start.is_none() {
            return found;
        }
    }
}

/// The table and its indexes hold what they should, by every way to look.
fn check_contents(engine: &Engine, naive: &Naive) {
    let described = engine.describe_table(DescribeTable { table_name: TABLE.name.into() }).unwrap().table;
    let mut counts = vec![(TABLE.name.to_owned(), (described.item_count, described.table_size_bytes))];
    let local = described.local_secondary_indexes.into_iter();
    counts.extend(local.map(|index| (index.index_name, (index.item_count, index.index_size_bytes))));
    let global = described.global_secondary_indexes.into_iter();
    counts.extend(global.map(|index| (index.index_name, (index.item_count, index.index_size_bytes))));
    let mut expected: Vec<_> =
        naive.sources().map(|source| (source.name.to_owned(), naive.statistics(source))).collect();
    counts.sort_unstable();
    expected.sort_unstable();
    assert_eq!(counts, expected);
    for source in naive.sources() {
        evaluated(engine, naive, &Read::whole(source, None));
        for key in partitions(naive, source) {
            evaluated(engine, naive, &Read::whole(source, Some(key)));
        }
    }
}

/// The conditions of the partitions that there are.
fn partitions(naive: &Naive, source: &Shape) -> Vec<read::KeyCondition> {
    let mut found: Vec<read::KeyCondition> = Vec::new();
    for entry in naive.entries(source) {
        let of = |name: &&'static str| (*name, Comparison::Equal, entry[*name].clone());
        let key: read::KeyCondition = source.partition.iter().map(of).collect();
        let is_known =
            |known: &read::KeyCondition| known.iter().zip(&key).all(|(one, other)| one.2 == other.2);
        if !found.iter().any(is_known) {
            found.push(key);
        }
    }
    found
}

#[derive(Debug, Clone)]
enum Step {
    Write(Write),
    Spelled(Spelled),
    Toggle(&'static Shape),
    Read(Manner),
    /// Deletes the table, and creates it again.
    Recreate,
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        16 => draw::write().prop_map(Step::Write),
        6 => draw::spelled().prop_map(Step::Spelled),
        2 => draw::global().prop_map(Step::Toggle),
        4 => draw::manner().prop_map(Step::Read),
        1 => Just(Step::Recreate),
        2 => Just(Step::Restart),
    ]
}

fn take(engine: &mut Restartable, naive: &mut Naive, step: &Step) {
    match step {
        Step::Write(write) if write.is_odd(naive) => {}
        Step::Write(write) => assert_eq!(write.really(engine), write.naively(naive), "{write:?}"),
        Step::Spelled(spelled) => {
            let possible = spelled.possible(naive);
            assert_eq!(possible.really(engine), possible.naively(naive), "{possible:?}");
        }
        Step::Toggle(index) => toggle(engine, naive, index),
        Step::Read(manner) => check_pages(engine, naive, &manner.of(naive), manner.limit),
        Step::Recreate => {
            engine.delete_table(DeleteTable { table_name: TABLE.name.into() }).unwrap();
            engine.create_table(table()).unwrap();
            *naive = Naive::default();
        }
        Step::Restart => engine.restart(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pages_of_any_size_are_parts_of_the_whole(
        items in prop::collection::vec(draw::item(), 0..30),
        manners in prop::collection::vec(draw::manner(), 16),
    ) {
        let (engine, naive) = filled(&items);
        for manner in &manners {
            check_pages(&engine, &naive, &manner.of(&naive), manner.limit);
        }
    }

    #[test]
    fn segments_are_disjoint_and_complete(
        items in prop::collection::vec(draw::item(), 0..30),
        total in 1_i64..7,
        limit in prop::option::of(1..4_usize),
    ) {
        let (engine, naive) = filled(&items);
        for source in naive.sources() {
            let read = Read::whole(source, None);
            let whole = evaluated(&engine, &naive, &read);
            let segments = (0..total).map(|segment| segment_of(&engine, &read, (segment, total), limit));
            let found: Vec<_> = segments.flatten().collect();
            // Segments follow each other in the order of the whole.
            prop_assert_eq!(found, whole, "{}", source.name);
        }
    }

    #[test]
    fn any_history_comes_to_what_its_items_say(steps in prop::collection::vec(step(), 0..40)) {
        for mut engine in Restartable::on_each(config) {
            engine.create_table(table()).unwrap();
            let mut naive = Naive::default();
            for step in &steps {
                take(&mut engine, &mut naive, step);
            }
            check_contents(&engine, &naive);
            prop_assert_eq!(engine.check().unwrap(), Vec::<String>::new());
        }
    }
}
