//! Whether what many threads do to one item is what they would have done one after the other: for each history an order
//! is looked for that fits the time, and in which every answer is the right one.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ddbmock_engine::op::{DeleteItem, GetItem, PutItem, UpdateItem};
use ddbmock_engine::{Config, Engine, Error, Item, ReturnValues, Value, attributes};
use fastrand::Rng;

use crate::storages::ON_EACH;
use crate::table::keyed_by_id;

const THREADS: usize = 4;
/// How many things each thread does in a history: all of them together have a bit each in a number.
const ACTIONS: usize = 12;

/// What the item holds: a number, if it is there.
type Held = Option<u64>;

/// Something that is done to the item.
#[derive(Debug, Clone, Copy)]
enum Action {
    Get,
    /// Answers what was there.
    Put(u64),
    /// Only where nothing is.
    PutFirst(u64),
    /// Only where the first number is, the second in its place.
    Swap(u64, u64),
    /// Answers what comes of it.
    Add(u64),
    /// Answers what was there.
    Delete,
}

/// What was answered: whether it was done, and a number if there was one to tell.
type Answer = (bool, Held);

impl Action {
    fn any(random: &mut Rng) -> Self {
        let number = random.u64(1..5);
        match random.u8(..8) {
            0 | 1 => Self::Get,
            2 => Self::Put(number),
            3 => Self::PutFirst(number),
            4 | 5 => Self::Swap(number, random.u64(1..5)),
            6 => Self::Add(number),
            _ => Self::Delete,
        }
    }

    /// What it answers, and what is held then.
    fn done(self, held: Held) -> (Answer, Held) {
        match self {
            Self::Get => ((true, held), held),
            Self::Put(number) => ((true, held), Some(number)),
            Self::PutFirst(number) if held.is_none() => ((true, None), Some(number)),
            Self::Swap(first, second) if held == Some(first) => ((true, None), Some(second)),
            Self::PutFirst(_) | Self::Swap(..) => ((false, None), held),
            Self::Add(number) => {
                let sum = Some(held.unwrap_or(0) + number);
                ((true, sum), sum)
            }
            Self::Delete => ((true, held), None),
        }
    }

    fn really(self, engine: &Engine) -> Answer {
        let put = |number: u64| PutItem {
            table_name: "items".into(),
            item: attributes! { "id" => "one", "n" => number }.into(),
            return_values: ReturnValues::AllOld,
            ..Default::default()
        };
        match self {
            Self::Get => told(engine.get_item(get()).map(|output| output.item)),
            Self::Put(number) => told(engine.put_item(put(number)).map(|output| output.attributes)),
            Self::PutFirst(number) => {
                let condition_expression = Some("attribute_not_exists(id)".into());
                told(engine.put_item(PutItem { condition_expression, ..put(number) }).map(|_| None))
            }
            Self::Swap(first, second) => {
                let condition_expression = Some("n = :first".into());
                let expression_attribute_values = Some(attributes! { ":first" => first }.into());
                let swap = PutItem { condition_expression, expression_attribute_values, ..put(second) };
                told(engine.put_item(swap).map(|_| None))
            }
            Self::Add(number) => told(engine.update_item(add(number)).map(|output| output.attributes)),
            Self::Delete => told(engine.delete_item(delete()).map(|output| output.attributes)),
        }
    }
}

fn get() -> GetItem {
    let key = attributes! { "id" => "one" }.into();
    GetItem { table_name: "items".into(), key, consistent_read: true, ..Default::default() }
}

fn add(number: u64) -> UpdateItem {
    UpdateItem {
        table_name: "items".into(),
        key: attributes! { "id" => "one" }.into(),
        update_expression: Some("ADD n :number".into()),
        expression_attribute_values: Some(attributes! { ":number" => number }.into()),
        return_values: ReturnValues::UpdatedNew,
        ..Default::default()
    }
}

fn delete() -> DeleteItem {
    DeleteItem {
        table_name: "items".into(),
        key: attributes! { "id" => "one" }.into(),
        return_values: ReturnValues::AllOld,
        ..Default::default()
    }
}

fn told(answered: Result<Option<Item>, Error>) -> Answer {
    match answered {
        Ok(item) => (true, item.as_ref().and_then(number)),
        Err(Error::ConditionalCheckFailed { .. }) => (false, None),
        Err(error) => panic!("{error}"),
    }
}

fn number(item: &Item) -> Held {
    match item.get("n") {
        Some(Value::N(text)) => text.parse().ok(),
        other => panic!("{other:?} is no number"),
    }
}

/// An action that was done: when it began and ended.
#[derive(Debug)]
struct Done {
    began: usize,
    ended: usize,
    action: Action,
    answer: Answer,
}

/// What some threads did, to an item that is not there at first.
fn history(engine: &Engine, seed: u64) -> Vec<Done> {
    engine.delete_item(delete()).unwrap();
    let clock = AtomicUsize::new(0);
    let clock = || clock.fetch_add(1, Ordering::SeqCst);
    let act = |random: &mut Rng| {
        let (began, action) = (clock(), Action::any(random));
        let answer = action.really(engine);
        Done { began, ended: clock(), action, answer }
    };
    let (act, all_there) = (&act, &Barrier::new(THREADS));
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS as u64)
            .map(|thread| {
                let mut random = Rng::with_seed(seed * 64 + thread);
                scope.spawn(move || {
                    all_there.wait();
                    (0..ACTIONS).map(|_| act(&mut random)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether there is such an order. What was tried in vain is not tried again: those that were done, and what was held
/// then.
fn is_linearizable(history: &[Done]) -> bool {
    let all = (1_u64 << history.len()) - 1;
    let (mut tried, mut open) = (BTreeSet::new(), vec![(0_u64, None)]);
    while let Some((done, held)) = open.pop() {
        if done == all {
            return true;
        }
        if !tried.insert((done, held)) {
            continue;
        }
        let left = || history.iter().enumerate().filter(move |(place, _)| done & 1 << place == 0);
        // Whatever began after another had ended comes after it.
        let first_end = left().map(|(_, one)| one.ended).min().unwrap_or_default();
        open.extend(left().filter(|(_, one)| one.began < first_end).filter_map(|(place, one)| {
            let (answer, held) = one.action.done(held);
            (answer == one.answer).then_some((done | 1 << place, held))
        }));
    }
    false
}

#[test]
fn every_history_of_an_item_has_an_order() {
    for (make, histories) in ON_EACH.into_iter().zip([400, 20]) {
        let engine = make(Config::default());
        engine.create_table(keyed_by_id("items")).unwrap();
        for seed in 0..histories {
            let history = history(&engine, seed);
            assert!(is_linearizable(&history), "{history:#?}");
        }
    }
}

#[test]
fn what_nobody_could_have_seen_has_no_order() {
    let done = |began, ended, action, answer| Done { began, ended, action, answer };
    let put = |ended| done(0, ended, Action::Put(1), (true, None));
    let seen = |held| done(2, 3, Action::Get, (true, held));
    assert!(is_linearizable(&[put(1), seen(Some(1))]));
    assert!(!is_linearizable(&[put(1), seen(None)]));
    assert!(is_linearizable(&[put(4), seen(None)]));
    // A lost update: both were told that they were the first.
    let first = |ended| done(0, ended, Action::PutFirst(1), (true, None));
    assert!(!is_linearizable(&[first(2), first(3)]));
}
