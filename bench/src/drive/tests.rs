//! The load generator over sockets, against the server of a constant answer.

use std::rc::Rc;
use std::thread;
use std::time::Duration;

use super::{Window, drive, prove, runtime};
use crate::constant_server;
use crate::workload::{Constant, PLANS, Proof, Seat, Workload};

const WINDOW: Window = Window {
    warm_up: Duration::ZERO,
    measured: Duration::from_millis(20),
    patience: Duration::from_secs(20),
};

/// The address of a server of so many bytes, which serves until the tests end.
fn constant(bytes: usize) -> std::net::SocketAddr {
    let listener = constant_server::listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        runtime().unwrap().block_on(async { constant_server::serve(listener, bytes).await }).unwrap();
    });
    address
}

fn gets() -> Vec<Box<dyn Workload>> {
    let seats: Vec<Seat> = (0..4).map(|index| Seat { index, of: 4, round: 1 }).collect();
    (PLANS.iter().find(|plan| plan.name == "get").unwrap().cast)()(&seats)
}

/// Workloads that expect a constant answer of so many bytes, two of them an operation.
fn expecting(bytes: usize) -> Vec<Box<dyn Workload>> {
    let body: Rc<[u8]> = constant_server::body(bytes).into();
    let expecting = |asked| -> Box<dyn Workload> { Box::new(Constant::new(asked, Rc::clone(&body), 2)) };
    gets().into_iter().map(expecting).collect()
}

#[test]
fn right_answers_are_counted() {
    for bytes in [0, 1_200, 300_000] {
        let (tally, proofs) = drive(constant(bytes), expecting(bytes), WINDOW).unwrap();
        assert!(proofs.is_empty());
        assert_eq!(tally.requests, 2 * tally.operations);
        assert_eq!(tally.bytes, tally.requests * bytes as u64);
        assert_eq!(tally.latencies.len() as u64, tally.operations);
        assert!(tally.rate() > 0.0 && tally.micros(0.5) <= tally.micros(0.99));
    }
}

#[test]
fn wrong_answers_end_it() {
    let address = constant(1_200);
    let told = |workloads| drive(address, workloads, WINDOW).unwrap_err();
    assert!(told(expecting(1_201)).starts_with("not the constant answer"));
    assert!(told(gets()).starts_with("no JSON"));
    let proof = Proof { request: gets()[0].request().to_owned(), expected: serde_json::json!({ "Item": 1 }) };
    assert!(prove(address, &[proof], WINDOW.patience).is_err());
}

#[test]
fn a_server_that_is_not_there_ends_it() {
    let address = constant_server::listen(0).unwrap().local_addr().unwrap();
    assert!(drive(address, gets(), WINDOW).unwrap_err().contains("cannot be reached"));
}
