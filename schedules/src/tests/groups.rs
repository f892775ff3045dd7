//! Writes that share commits: whatever is answered lasts, and nobody waits for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use ddbmock_engine::Engine;
use ddbmock_engine::storage::Memory;
use shuttle::rand::{Rng as _, thread_rng};
use shuttle::thread;

use super::{add_alone, config, get, number, table, try_all_orders};
use crate::grouped::{Grouped, Stored};

/// More commits than any test has.
const NEVER: usize = 1_000;

/// An engine over what lasts, of which no commit fails but one, if there are so many from now on.
fn over(memory: &Arc<Memory>, syncs: bool, fails_after: usize) -> Engine {
    let (memory, count) = (Arc::clone(memory), Arc::new(AtomicUsize::new(NEVER)));
    let stored = Stored { memory, syncs, fails_after: Arc::clone(&count) };
    let engine = Engine::with_storage(config(), Grouped::new(stored)).unwrap();
    count.store(fails_after, Ordering::SeqCst);
    engine
}

/// Has three threads add to one of two items, twice each. Whoever is answered sees what he was told at once, and all of
/// it is there for the next engine, and no more.
fn add_and_open_again(syncs: bool, may_fail: bool) {
    let memory = Arc::new(Memory::default());
    over(&memory, syncs, NEVER).create_table(table("songs")).unwrap();
    let fails_after = if may_fail { thread_rng().gen_range(0..4) } else { NEVER };
    let engine = Arc::new(over(&memory, syncs, fails_after));
    let answered = Arc::new([AtomicI64::new(0), AtomicI64::new(0)]);
    let threads: Vec<_> = (0..3)
        .map(|thread| {
            let (engine, answered) = (Arc::clone(&engine), Arc::clone(&answered));
            thread::spawn(move || (0..2).for_each(|_| add(&engine, thread % 2, &answered, may_fail)))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    drop(engine);
    let again = over(&memory, syncs, NEVER);
    for (place, id) in IDS.iter().enumerate() {
        assert_eq!(number(get(&again, "songs", id).as_ref()), answered[place].load(Ordering::SeqCst));
    }
    assert_eq!(again.check().unwrap(), Vec::<String>::new());
}

const IDS: [&str; 2] = ["one", "two"];

fn add(engine: &Engine, place: usize, answered: &[AtomicI64; 2], may_fail: bool) {
    match add_alone(engine, IDS[place]) {
        Ok(()) => {
            let answered = answered[place].fetch_add(1, Ordering::SeqCst) + 1;
            assert!(number(get(engine, "songs", IDS[place]).as_ref()) >= answered);
        }
        Err(error) => assert!(may_fail, "{error}"),
    }
}

#[test]
fn what_is_answered_lasts() {
    try_all_orders(|| add_and_open_again(false, false));
}

#[test]
fn what_is_answered_lasts_where_those_who_come_again_are_waited_for() {
    try_all_orders(|| add_and_open_again(true, false));
}

#[test]
fn what_is_refused_does_not_last() {
    try_all_orders(|| add_and_open_again(thread_rng().gen_bool(0.5), true));
}
