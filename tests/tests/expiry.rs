//! Items that expire: all of them, no other, and nobody waits for it.

use std::collections::BTreeMap;
use std::time::Duration;

use ddbmock_engine::op::{
    DeleteItem, PutItem, Query, Scan, TimeToLiveSpecification, UpdateItem, UpdateTimeToLive,
};
use ddbmock_engine::{AttributeMap, Clock, Config, Delays, Engine, Error, Select, Timestamp, attributes};
use proptest::prelude::*;

use crate::lasting::Lasting;
use crate::storages::{ON_EACH, Restartable};
use crate::table::indexed_by_text;

const TABLE: &str = "songs";
/// A second in 2026.
pub(crate) const START: u64 = 1_767_225_600;

pub(crate) fn config(now: u64, expire: u64) -> Config {
    let delays = Delays { expire: Duration::from_secs(expire), ..Delays::default() };
    Config { clock: Clock::manual(Timestamp(now * 1000)), delays, seed: Some(1), ..Config::default() }
}

pub(crate) fn switch(engine: &Engine, enabled: bool) {
    try_switch(engine, enabled).unwrap();
}

pub(crate) fn try_switch(engine: &Engine, enabled: bool) -> Result<(), Error> {
    let time_to_live_specification = TimeToLiveSpecification { enabled, attribute_name: "ends".into() };
    let request = UpdateTimeToLive { table_name: TABLE.into(), time_to_live_specification };
    engine.update_time_to_live(request).map(drop)
}

pub(crate) fn put(engine: &Engine, item: AttributeMap) {
    engine.put_item(PutItem { table_name: TABLE.into(), item: item.into(), ..Default::default() }).unwrap();
}

/// How many items a table has, or an index of it.
pub(crate) fn count(engine: &Engine, index_name: Option<&str>) -> usize {
    let request = Scan {
        table_name: TABLE.into(),
        index_name: index_name.map(Into::into),
        select: Some(Select::Count),
        ..Default::default()
    };
    engine.scan(request).unwrap().count
}

#[derive(Debug, Clone)]
enum Step {
    /// An item that ends so many seconds from then, which may be before.
    Put(u8, i64),
    Update(u8, i64),
    /// An item that never ends.
    Keep(u8),
    Delete(u8),
    Seconds(u64),
    /// Ends the engine and opens it again, where it is in a file.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let (id, seconds) = (|| 0..6_u8, || -5..20_i64);
    prop_oneof![
        (id(), seconds()).prop_map(|(id, seconds)| Step::Put(id, seconds)),
        (id(), seconds()).prop_map(|(id, seconds)| Step::Update(id, seconds)),
        id().prop_map(Step::Keep),
        id().prop_map(Step::Delete),
        (0..8_u64).prop_map(Step::Seconds),
        Just(Step::Restart),
    ]
}

fn ends(engine: &Engine, seconds: i64) -> i64 {
    i64::try_from(engine.now().0 / 1000).unwrap() + seconds
}

/// Takes a step, also in a plain map of the seconds in which items end.
fn take(engine: &Engine, plain: &mut BTreeMap<u8, Option<i64>>, step: &Step) {
    let key = |id: &u8| attributes! { "id" => id.to_string() };
    match step {
        Step::Put(id, seconds) => {
            let ends = ends(engine, *seconds);
            put(engine, attributes! { "id" => id.to_string(), "text" => "t", "ends" => ends });
            plain.insert(*id, Some(ends));
        }
        Step::Update(id, seconds) => {
            let ends = ends(engine, *seconds);
            let request = UpdateItem {
                table_name: TABLE.into(),
                key: key(id).into(),
                update_expression: Some("SET ends = :ends".into()),
                expression_attribute_values: Some(attributes! { ":ends" => ends }.into()),
                ..Default::default()
            };
            engine.update_item(request).unwrap();
            plain.insert(*id, Some(ends));
        }
        Step::Keep(id) => {
            put(engine, attributes! { "id" => id.to_string(), "ends" => "never" });
            plain.insert(*id, None);
        }
        Step::Delete(id) => {
            let key = key(id).into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
            plain.remove(id);
        }
        Step::Seconds(seconds) => engine.advance(Duration::from_secs(*seconds)),
        Step::Restart => {}
    }
}

fn held(engine: &Engine) -> Vec<String> {
    let items = engine.scan(Scan { table_name: TABLE.into(), ..Default::default() }).unwrap().items.unwrap();
    let mut ids: Vec<String> = items.iter().map(|item| format!("{:?}", item.get("id").unwrap())).collect();
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_over_is_gone_and_nothing_else(
        steps in prop::collection::vec(step(), 0..40),
        delay in prop_oneof![Just(0), 0..6_u64],
        late in any::<bool>(),
    ) {
        for mut engine in Restartable::on_each(move || config(START, delay)) {
            engine.create_table(indexed_by_text(TABLE)).unwrap();
            if !late {
                switch(&engine, true);
            }
            let mut plain = BTreeMap::new();
            for step in &steps {
                take(&engine, &mut plain, step);
                if matches!(step, Step::Restart) {
                    engine.restart();
                }
                let now = i64::try_from(engine.now().0 / 1000 - delay).unwrap();
                if !late {
                    plain.retain(|_, ends| ends.is_none_or(|ends| ends >= now));
                }
                prop_assert_eq!(held(&engine).len(), plain.len());
            }
            if late {
                switch(&engine, true);
                let now = i64::try_from(engine.now().0 / 1000 - delay).unwrap();
                plain.retain(|_, ends| ends.is_none_or(|ends| ends >= now));
                prop_assert_eq!(held(&engine).len(), plain.len());
            }
            prop_assert_eq!(engine.check().unwrap(), Vec::<String>::new());
            engine.advance(Duration::from_mins(5));
            plain.retain(|_, ends| ends.is_none());
            prop_assert_eq!(held(&engine).len(), plain.len());
        }
    }

    /// A world that ends and is opened again goes on where it was.
    #[test]
    fn items_expire_after_a_restart(steps in prop::collection::vec(step(), 0..20)) {
        let storage = Lasting::default();
        let engine = Engine::with_storage(config(START, 0), storage.clone()).unwrap();
        engine.create_table(indexed_by_text(TABLE)).unwrap();
        switch(&engine, true);
        let mut plain = BTreeMap::new();
        for step in &steps {
            take(&engine, &mut plain, step);
            let now = i64::try_from(engine.now().0 / 1000).unwrap();
            plain.retain(|_, ends| ends.is_none_or(|ends| ends >= now));
        }
        let again = Engine::with_storage(config(START + 10_000, 0), storage.killed()).unwrap();
        plain.retain(|_, ends| ends.is_none());
        prop_assert_eq!(held(&again).len(), plain.len());
        prop_assert_eq!(again.check().unwrap(), Vec::<String>::new());
    }
}

/// Who asks for something does a small part of what is due first, and settling does all of it.
fn check_a_few_expire(items: u64, bytes: usize, left_at_least: u64) {
    for engine in ON_EACH {
        let engine = engine(config(START, 0));
        engine.create_table(indexed_by_text(TABLE)).unwrap();
        for id in 0..items {
            let ends = START - 100;
            let notes = "n".repeat(bytes);
            put(
                &engine,
                attributes! { "id" => id.to_string(), "text" => "t", "notes" => notes, "ends" => ends },
            );
        }
        switch(&engine, true);
        let none = Query {
            table_name: TABLE.into(),
            key_condition_expression: Some("id = :none".into()),
            expression_attribute_values: Some(attributes! { ":none" => "none" }.into()),
            ..Default::default()
        };
        engine.query(none).unwrap();
        let left = engine.holdings()[0].items;
        assert!((left_at_least..items).contains(&left), "{left} are left");
        engine.settle().unwrap();
        assert_eq!((count(&engine, None), count(&engine, Some("by_text"))), (0, 0));
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn nobody_waits_for_many_items_to_expire() {
    check_a_few_expire(1_000, 10, 900);
}

#[test]
fn nobody_waits_for_large_items_to_expire() {
    check_a_few_expire(20, 300_000, 18); // each counts twice, for it is in the index too
}

/// What is over before the time to live is switched on goes when it is.
#[test]
fn items_expire_once_their_time_to_live_is_enabled() {
    for engine in ON_EACH {
        let plain = config(START, 0);
        let delays = Delays { time_to_live: Duration::from_hours(1), ..plain.delays };
        let engine = engine(Config { delays, ..plain });
        engine.create_table(indexed_by_text(TABLE)).unwrap();
        switch(&engine, true);
        put(&engine, attributes! { "id" => "a", "ends" => START + 10 });
        engine.advance(Duration::from_mins(30));
        assert_eq!(count(&engine, None), 1);
        engine.advance(Duration::from_mins(30));
        assert_eq!(count(&engine, None), 0);
    }
}

/// What is switched off expires nothing; switched on again, all that is over by then.
#[test]
fn a_time_to_live_can_be_switched_off() {
    for engine in ON_EACH {
        let engine = engine(config(START, 0));
        engine.create_table(indexed_by_text(TABLE)).unwrap();
        switch(&engine, true);
        put(&engine, attributes! { "id" => "a", "ends" => START + 10 });
        switch(&engine, false);
        put(&engine, attributes! { "id" => "b", "ends" => START + 10 });
        engine.advance(Duration::from_secs(20));
        assert_eq!(count(&engine, None), 2);
        switch(&engine, true);
        assert_eq!(count(&engine, None), 0);
    }
}
