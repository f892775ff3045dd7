//! A stream outlives its table and its being switched off: each that there ever was has what happened in its life.

use std::collections::BTreeSet;
use std::time::Duration;

use ddbmock_engine::op::{
    DeleteTable, DescribeStream, DescribeTable, PutItem, TimeToLiveSpecification, UpdateTable,
    UpdateTimeToLive,
};
use ddbmock_engine::{Engine, Record, StreamSpecification, StreamStatus, attributes};
use proptest::prelude::*;

use super::consumer::{Consumer, Items, arns, replayed_on};
use super::history::{self, held};
use super::{TABLE, config, streamed};
use crate::storages::Restartable;

#[derive(Debug, Clone)]
enum Step {
    Item(history::Step),
    /// An item that ends a second later.
    Ends(u8),
    /// Switches the stream off, or on again.
    Switch,
    /// Deletes the table, and creates it again.
    Recreate,
    /// Ends the engine and opens it again, where it is in a file.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => history::step().prop_map(Step::Item),
        2 => (0..6_u8).prop_map(Step::Ends),
        1 => Just(Step::Switch),
        1 => Just(Step::Recreate),
        1 => Just(Step::Restart),
    ]
}

/// A stream, and what its table held when it began and when it ended.
struct Life {
    arn: String,
    began: Items,
    ended: Option<Items>,
}

/// A world in which streams begin and end.
struct Lives {
    engine: Restartable,
    lives: Vec<Life>,
}

impl Lives {
    fn new(engine: Restartable) -> Self {
        let mut lives = Self { engine, lives: Vec::new() };
        lives.create();
        lives
    }

    fn create(&mut self) {
        self.engine.create_table(streamed()).unwrap();
        let time_to_live_specification =
            TimeToLiveSpecification { enabled: true, attribute_name: "ends".into() };
        let request = UpdateTimeToLive { table_name: TABLE.into(), time_to_live_specification };
        self.engine.update_time_to_live(request).unwrap();
        self.begin();
    }

    fn begin(&mut self) {
        let table = self.engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
        let arn = table.latest_stream_arn.unwrap();
        self.lives.push(Life { arn, began: held(&self.engine), ended: None });
    }

    /// Ends the stream that records, if one does.
    fn end(&mut self) -> bool {
        let open = self.lives.iter_mut().find(|life| life.ended.is_none());
        open.map(|life| life.ended = Some(held(&self.engine))).is_some()
    }

    fn switch(&mut self) {
        let was_open = self.end();
        let stream = if was_open { StreamSpecification::default() } else { on() };
        let request = UpdateTable {
            table_name: TABLE.into(),
            stream_specification: Some(stream),
            ..Default::default()
        };
        self.engine.update_table(request).unwrap();
        if !was_open {
            self.begin();
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Item(history::Step::Split) if self.lives.iter().all(|life| life.ended.is_some()) => {}
            Step::Item(history::Step::Split) => {
                self.engine.split_shards(&self.lives.last().unwrap().arn).unwrap();
            }
            Step::Item(step) => history::take(&self.engine, step),
            Step::Ends(id) => {
                let ends = self.engine.now().0 / 1000 + 1;
                let item = attributes! { "id" => id.to_string(), "ends" => ends }.into();
                let request = PutItem { table_name: TABLE.into(), item, ..Default::default() };
                self.engine.put_item(request).unwrap();
            }
            Step::Switch => self.switch(),
            Step::Recreate => {
                self.end();
                self.engine.delete_table(DeleteTable { table_name: TABLE.into() }).unwrap();
                self.create();
            }
            Step::Restart => self.engine.restart(),
        }
    }

    /// Holds what each stream recorded against what its table held, and returns it.
    fn check(self, limit: i64) -> Vec<Vec<Record>> {
        let Self { engine, lives } = self;
        let known: BTreeSet<&str> = lives.iter().map(|life| life.arn.as_str()).collect();
        assert_eq!(known.len(), lives.len());
        let listed = arns(&engine, TABLE);
        assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
        let read = |life: &Life| {
            let mut consumer = Consumer::new(&life.arn, limit);
            let mut records = consumer.read(&engine);
            records.extend(consumer.read(&engine)); // children of what was closed
            let ended = life.ended.clone().unwrap_or_else(|| held(&engine));
            assert_eq!(replayed_on(life.began.clone(), &records), ended);
            let status = if life.ended.is_some() { StreamStatus::Disabled } else { StreamStatus::Enabled };
            assert_eq!(stream_status(&engine, &life.arn), status);
            records
        };
        let records = lives.iter().map(read).collect();
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
        engine.advance(Duration::from_hours(25));
        let open = lives.iter().filter(|life| life.ended.is_none());
        assert_eq!(arns(&engine, TABLE), open.map(|life| life.arn.clone()).collect::<Vec<_>>());
        records
    }
}

fn on() -> StreamSpecification {
    streamed().stream_specification.unwrap()
}

fn stream_status(engine: &Engine, arn: &str) -> StreamStatus {
    let request = DescribeStream { stream_arn: arn.into(), ..Default::default() };
    engine.describe_stream(request).unwrap().stream_description.stream_status
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_stream_there_ever_was_has_what_happened_in_its_life(
        steps in prop::collection::vec(step(), 0..60),
        limit in 1..5_i64,
    ) {
        let [in_memory, in_a_file] = Restartable::on_each(config).map(|engine| {
            let mut lives = Lives::new(engine);
            for step in &steps {
                lives.take(step);
            }
            lives.check(limit)
        });
        prop_assert_eq!(in_memory, in_a_file);
    }
}
