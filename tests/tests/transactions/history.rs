//! Whether histories of many threads are those of some order in which one thing is done after the other.
//!
//! Registers are lists to which every write appends its own number, so that what stands in them at the end is the order
//! of their writes, and what a read found is a beginning of it. Every operation then comes after what it followed in a
//! register, before what overwrote it or what it read, and after all that had ended when it began: if that is no
//! circle, there is such an order, and it is one that fits the time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ddbmock_engine::op::{GetItem, Put, TransactWriteItem, Update, UpdateItem};
use ddbmock_engine::{AttributeMap, AttributeValue, Engine, Item, attributes};
use fastrand::Rng;

use super::{TABLES, bank, key, read, write};
use crate::storages::ON_EACH;

type Register = (&'static str, usize);

const REGISTERS: [Register; 4] = [(TABLES[0], 0), (TABLES[0], 1), (TABLES[1], 0), (TABLES[1], 1)];
const THREADS: usize = 4;

/// Something that was done: when it began and ended, and what it wrote or found.
struct Done {
    began: usize,
    ended: usize,
    what: What,
}

enum What {
    /// It appended its number.
    Write(usize, Vec<Register>),
    /// It found registers to hold so many numbers, these.
    Read(BTreeMap<Register, Vec<usize>>),
}

struct Recorder<'e> {
    engine: &'e Engine,
    clock: AtomicUsize,
}

impl Recorder<'_> {
    fn record(&self, random: &mut Rng) -> Done {
        let began = self.clock.fetch_add(1, Ordering::SeqCst);
        let what = self.act(began, random);
        Done { began, ended: self.clock.fetch_add(1, Ordering::SeqCst), what }
    }

    /// Does something. The time at which it began is its own, so it can be its number.
    fn act(&self, number: usize, random: &mut Rng) -> What {
        let count = random.usize(2..=REGISTERS.len());
        let mut picked: Vec<Register> =
            random.choose_multiple(&REGISTERS, count).into_iter().copied().collect();
        random.shuffle(&mut picked);
        match random.u8(..4) {
            0 => {
                let one = picked[0];
                self.append_alone(one, number);
                What::Write(number, vec![one])
            }
            1 => {
                let actions = picked.iter().map(|(table, id)| append(table, *id, number));
                write(self.engine, actions).unwrap();
                What::Write(number, picked)
            }
            2 => {
                let items = read(self.engine, picked.clone());
                What::Read(
                    picked
                        .into_iter()
                        .zip(items.iter().map(|item| numbers(item.as_ref().unwrap())))
                        .collect(),
                )
            }
            _ => What::Read([(picked[0], self.read_alone(picked[0]))].into()),
        }
    }

    fn append_alone(&self, (table, id): Register, number: usize) {
        let Update { table_name, key, update_expression, expression_attribute_values, .. } =
            append(table, id, number);
        let request = UpdateItem {
            table_name,
            key,
            update_expression: Some(update_expression),
            expression_attribute_values,
            ..Default::default()
        };
        self.engine.update_item(request).unwrap();
    }

    fn read_alone(&self, (table, id): Register) -> Vec<usize> {
        let request = GetItem { table_name: table.into(), key: key(id).into(), ..Default::default() };
        numbers(&self.engine.get_item(request).unwrap().item.unwrap())
    }
}

fn append(table: &str, id: usize, number: usize) -> Update {
    Update {
        table_name: table.into(),
        key: key(id).into(),
        update_expression: "SET numbers = list_append(numbers, :number)".into(),
        expression_attribute_values: Some(
            attributes! { ":number" => AttributeValue::L(vec![AttributeValue::n(number)]) }.into(),
        ),
        ..Default::default()
    }
}

fn numbers(item: &Item) -> Vec<usize> {
    let AttributeValue::L(elements) = &item.to_map()["numbers"] else { panic!("numbers are a list") };
    let number = |element: &AttributeValue| match element {
        AttributeValue::N(text) => text.parse().unwrap(),
        other => panic!("{other:?} is no number"),
    };
    elements.iter().map(number).collect()
}

/// What many threads did, and what the registers hold in the end.
fn history(engine: &Engine, rounds: usize) -> (Vec<Done>, BTreeMap<Register, Vec<usize>>) {
    let empty = |(table, id): Register| -> TransactWriteItem {
        let item: AttributeMap =
            attributes! { "id" => id.to_string(), "numbers" => AttributeValue::L(Vec::new()) };
        Put { table_name: table.into(), item: item.into(), ..Default::default() }.into()
    };
    write(engine, REGISTERS.map(empty)).unwrap();
    let recorder = Recorder { engine, clock: AtomicUsize::new(0) };
    let done = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS as u64)
            .map(|seed| {
                let recorder = &recorder;
                scope.spawn(move || {
                    let mut random = Rng::with_seed(seed);
                    (0..rounds).map(|_| recorder.record(&mut random)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let items = read(engine, REGISTERS);
    (done, REGISTERS.into_iter().zip(items.iter().map(|item| numbers(item.as_ref().unwrap()))).collect())
}

/// What comes after each operation, by their places.
fn order(done: &[Done], end: &BTreeMap<Register, Vec<usize>>) -> Vec<Vec<usize>> {
    let mut later = vec![Vec::new(); done.len()];
    let writers: BTreeMap<usize, usize> = (0..)
        .zip(done)
        .filter_map(|(place, one)| match &one.what {
            What::Write(number, _) => Some((*number, place)),
            What::Read(_) => None,
        })
        .collect();
    for pair in end.values().flat_map(|numbers| numbers.windows(2)) {
        later[writers[&pair[0]]].push(writers[&pair[1]]);
    }
    for (place, one) in done.iter().enumerate() {
        let after = (0..).zip(done).filter(|(_, other)| other.began > one.ended);
        later[place].extend(after.map(|(place, _)| place));
        let What::Read(found) = &one.what else { continue };
        for (register, numbers) in found {
            let (before, after) = around(numbers, &end[register]);
            if let Some(number) = before {
                later[writers[number]].push(place);
            }
            later[place].extend(after.map(|number| writers[number]));
        }
    }
    later
}

/// The last write that a read found in a register, and the first that it did not.
fn around<'n>(found: &'n [usize], all: &'n [usize]) -> (Option<&'n usize>, Option<&'n usize>) {
    assert!(all.starts_with(found), "it was never {found:?}, in the end it is {all:?}");
    (found.last(), all.get(found.len()))
}

/// Whether all can be put in a line: whoever has nothing before it goes first.
fn is_no_circle(later: &[Vec<usize>]) -> bool {
    let mut before = vec![0; later.len()];
    later.iter().flatten().for_each(|place| before[*place] += 1);
    let mut first: Vec<usize> = (0..later.len()).filter(|place| before[*place] == 0).collect();
    let mut placed = 0;
    while let Some(place) = first.pop() {
        placed += 1;
        for next in &later[place] {
            before[*next] -= 1;
            if before[*next] == 0 {
                first.push(*next);
            }
        }
    }
    placed == later.len()
}

#[test]
fn every_history_is_one_of_one_thing_after_the_other() {
    for (engine, rounds) in ON_EACH.map(bank).into_iter().zip([150, 40]) {
        let (done, end) = history(&engine, rounds);
        for one in &done {
            if let What::Write(number, registers) = &one.what {
                let times = |register| end[register].iter().filter(|other| *other == number).count();
                let of = |register: &Register| usize::from(registers.contains(register));
                assert!(
                    REGISTERS.iter().all(|register| times(register) == of(register)),
                    "{number} is not whole"
                );
            }
        }
        assert!(is_no_circle(&order(&done, &end)));
    }
}

#[test]
fn half_a_transaction_that_is_seen_is_a_circle() {
    let [one, other, ..] = REGISTERS;
    let done = |began, what| Done { began, ended: 9, what };
    let written = |seen: [Vec<usize>; 2]| {
        let history = [
            done(0, What::Write(0, vec![one, other])),
            done(1, What::Read([one, other].into_iter().zip(seen).collect())),
        ];
        is_no_circle(&order(&history, &[(one, vec![0]), (other, vec![0])].into()))
    };
    assert!(written([vec![0], vec![0]]));
    assert!(written([vec![], vec![]]));
    assert!(!written([vec![0], vec![]]));
}
