use ddbmock_model::{Error, Place};

use super::{Begun, REMEMBERED, REQUESTS_MAX, Running, TAKEN_OUT_EVERY, Tokens};
use crate::clock::Timestamp;
use crate::record;
use crate::storage::{Batch, Memory, Storage as _};

const HERE: (&str, Place<'_>) = ("Write", Place { account: "1", region: "here" });
const THERE: (&str, Place<'_>) = ("Write", Place { account: "1", region: "there" });
const OTHER: (&str, Place<'_>) = ("Execute", HERE.1);
const START: Timestamp = Timestamp(1_000);

fn begin<'t>(
    tokens: &'t Tokens,
    scope: (&str, Place<'_>),
    request: &str,
    now: Timestamp,
) -> Option<Running<'t>> {
    match tokens.begin(scope, "token", &request, now).unwrap() {
        Begun::Now(running) => Some(running),
        Begun::Before(outcome) => {
            assert_eq!(*outcome, [7]);
            None
        }
    }
}

#[test]
fn a_request_is_done_once() {
    let tokens = Tokens::default();
    let running = begin(&tokens, HERE, "a", START).unwrap();
    for request in ["a", "b"] {
        let meanwhile = tokens.begin(HERE, "token", &request, START);
        assert!(matches!(meanwhile, Err(Error::TransactionInProgress(_))));
    }
    assert!(begin(&tokens, THERE, "b", START).is_some());
    assert!(begin(&tokens, OTHER, "b", START).is_some());
    running.done([7].into(), START);
    assert!(begin(&tokens, HERE, "a", START).is_none());
    let other = tokens.begin(HERE, "token", &"b", START);
    assert!(matches!(other, Err(Error::IdempotentParameterMismatch(_))));
}

#[test]
fn what_was_not_done_may_be_made_again() {
    let tokens = Tokens::default();
    drop(begin(&tokens, HERE, "a", START).unwrap());
    assert!(begin(&tokens, HERE, "b", START).is_some());
}

#[test]
fn what_was_done_is_forgotten_in_time() {
    let tokens = Tokens::default();
    begin(&tokens, HERE, "a", START).unwrap().done([7].into(), START);
    let end = START.after(REMEMBERED);
    assert!(begin(&tokens, HERE, "a", Timestamp(end.0 - 1)).is_none());
    assert!(begin(&tokens, HERE, "b", end).is_some());
    begin(&tokens, HERE, "a", end).unwrap().done([7].into(), end);
    tokens.forget();
    assert!(begin(&tokens, HERE, "b", end).is_some());
}

#[test]
fn what_is_stored_is_known_again_and_taken_out_in_time() {
    let tokens = Tokens::default();
    let mut running = begin(&tokens, HERE, "a", START).unwrap();
    let writes = running.stored(&[7].into(), START);
    let end = START.after(REMEMBERED);
    let due = Timestamp(end.0.next_multiple_of(TAKEN_OUT_EVERY));
    assert_eq!(running.done([7].into(), START), Some(due));
    let storage = Memory::default();
    storage.stage(Batch { writes, ..Batch::default() }).unwrap().wait().unwrap();

    let tokens = Tokens::of(record::tokens(&storage).unwrap());
    assert_eq!(tokens.due(), Some(due));
    assert!(begin(&tokens, HERE, "a", START).is_none());
    let mut running = begin(&tokens, HERE, "a", end).unwrap();
    let writes = running.stored(&[7].into(), end);
    running.done([7].into(), end);
    storage.stage(Batch { writes, ..Batch::default() }).unwrap().wait().unwrap();
    let stored = record::tokens(&storage).unwrap();
    assert_eq!(stored.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2]);

    let writes = tokens.forget();
    storage.stage(Batch { writes, ..Batch::default() }).unwrap().wait().unwrap();
    assert_eq!(record::tokens(&storage).unwrap(), []);
    assert_eq!(tokens.due(), None);
}

#[test]
fn no_more_are_remembered_than_there_is_room_for() {
    let tokens = Tokens::default();
    for number in 0..REQUESTS_MAX + 10 {
        let Begun::Now(running) = tokens.begin(HERE, &number.to_string(), &1, START).unwrap() else {
            panic!("{number} was not seen before");
        };
        running.done([7].into(), START);
    }
    tokens.trim(START);
    assert_eq!(tokens.0.lock().by_token.len(), REQUESTS_MAX);
    assert!(matches!(tokens.begin(HERE, "9", &1, START), Ok(Begun::Now(_))));
    assert!(matches!(tokens.begin(HERE, "10", &1, START), Ok(Begun::Before(_))));
}
