//! Right answers pass, wrong ones are found: in process, against the engine, without sockets.

use ddbmock_engine::Engine;
use serde_json::json;

use super::{PLANS, Plan, Progress, Seat, Table, Workload, parsed, same};
use crate::connection::Answer;
use crate::documents::{self, BATCH};
use crate::in_process::{ask, tell};
use crate::tables;

/// The second one is seated late: there can be many rounds.
const SEATS: [Seat; 2] = [Seat { index: 0, of: 2, round: 1 }, Seat { index: 1, of: 2, round: 100 }];

/// An engine with the tables of all plans.
fn engine() -> Engine {
    let engine = Engine::default();
    let mut made = Vec::new();
    for table in plans().flat_map(|plan| plan.tables) {
        if made.contains(&table) {
            continue;
        }
        made.push(table);
        let (definition, items, item) = tables::contents(*table);
        tell(&engine, "CreateTable", definition.as_bytes());
        for first in (0..items).step_by(usize::try_from(BATCH).unwrap()) {
            let batch = documents::batch(table.name(), (first..first + BATCH).map(item));
            tell(&engine, "BatchWriteItem", batch.as_bytes());
        }
    }
    engine
}

/// What a request is answered with, its head and its body told apart.
fn answer(engine: &Engine, request: &[u8]) -> (u16, Vec<u8>) {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let target = head.lines().find_map(|line| line.strip_prefix("X-Amz-Target: ")).unwrap();
    let answer = ask(engine, target, body.as_bytes());
    (answer.status, answer.body)
}

/// Does one operation; `change` may spoil the body of each answer.
fn operate(
    engine: &Engine,
    workload: &mut dyn Workload,
    change: impl Fn(Vec<u8>) -> Vec<u8>,
) -> Result<(), String> {
    loop {
        let (status, body) = answer(engine, workload.request());
        if workload.answered(&Answer { status, body: &change(body) })? == Progress::Done {
            return Ok(());
        }
    }
}

/// The plans that a test can afford: without the largest table.
fn plans() -> impl Iterator<Item = &'static Plan> {
    PLANS.iter().filter(|plan| plan.tables != [Table::Plays(100_000)])
}

#[test]
fn right_answers_are_right_and_what_is_written_is_proved() {
    let engine = engine();
    for plan in plans() {
        let mut workloads = (plan.cast)()(&SEATS);
        for _ in 0..3 {
            for workload in &mut workloads {
                operate(&engine, workload.as_mut(), |body| body)
                    .unwrap_or_else(|error| panic!("{}: {error}", plan.name));
            }
        }
        for proof in workloads.iter().flat_map(|workload| workload.proofs()) {
            let (status, body) = answer(&engine, &proof.request);
            assert_eq!(status, 200);
            same(&proof.expected, &parsed(&body).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", plan.name));
        }
    }
}

#[test]
fn wrong_answers_are_found() {
    let spoiled = |body: Vec<u8>| {
        let text = String::from_utf8(body).unwrap();
        let text = text.replace("Simone", "Simona").replace("West 43rd", "East 43rd");
        let text = text.replace("ConditionalCheckFailed", "Validation").replace(r#""N":"1""#, r#""N":"2""#);
        if text == "{}" {
            b"[]".to_vec()
        } else {
            text.replace(r#"Items":{"#, r#"Items":{"a":1"#).into_bytes()
        }
    };
    let engine = engine();
    for plan in plans() {
        let mut workload = (plan.cast)()(&SEATS).swap_remove(0);
        assert!(operate(&engine, workload.as_mut(), spoiled).is_err(), "{}", plan.name);
        let later = Seat { round: 2, ..SEATS[0] };
        let mut workload = (plan.cast)()(&[later]).swap_remove(0);
        operate(&engine, workload.as_mut(), |body| body).unwrap();
        workload.request();
        let other_status = Answer { status: 500, body: b"{}" };
        assert!(workload.answered(&other_status).is_err(), "{}", plan.name);
    }
}

#[test]
fn lost_writes_are_found() {
    let [engine, other] = [engine(), engine()];
    let is_written = |table: &Table| matches!(table, Table::Empty(_) | Table::Indexed);
    for plan in plans().filter(|plan| plan.tables.iter().any(is_written)) {
        let mut workload = (plan.cast)()(&SEATS).swap_remove(0);
        operate(&engine, workload.as_mut(), |body| body).unwrap();
        let proofs = workload.proofs();
        assert!(!proofs.is_empty(), "{}", plan.name);
        for proof in proofs {
            let (_, body) = answer(&other, &proof.request);
            assert!(same(&proof.expected, &parsed(&body).unwrap()).is_err(), "{}", plan.name);
        }
    }
}

#[test]
fn sets_have_no_order() {
    let check = |actual, is_same| {
        let expected =
            json!({ "Item": { "a": { "SS": ["x", "y"] }, "b": { "L": [{ "N": "1" }, { "N": "2" }] } } });
        assert_eq!(same(&expected, &json!({ "Item": actual, "More": 1 })).is_ok(), is_same, "{actual}");
    };
    check(json!({ "b": { "L": [{ "N": "1" }, { "N": "2" }] }, "a": { "SS": ["y", "x"] } }), true);
    check(json!({ "a": { "SS": ["x", "y"] }, "b": { "L": [{ "N": "2" }, { "N": "1" }] } }), false);
    check(json!({ "a": { "SS": ["x", "z"] }, "b": { "L": [{ "N": "1" }, { "N": "2" }] } }), false);
}
