//! What is fuzzed: functions that take any bytes, and panic where something is wrong.
//!
//! Each stands under `fuzz/fuzz_targets` too, for a fuzzer that is led by coverage: `cargo +nightly fuzz run requests`.
//! [`run`] needs none: it changes what the recordings send, by chance from a seed, and is a test as any other.

mod mutation;
mod statements;
mod target;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use fastrand::Rng;

use crate::recording::{Exchange, Recording, Step};
use mutation::mutated;

pub use statements::statements;
pub use target::{expressions, items, requests, signatures};

/// Something that is fuzzed.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// What takes the bytes.
    pub run: fn(&[u8]),
    /// What it is worth to begin with, of a recorded request.
    seeds: fn(&Exchange) -> Vec<Vec<u8>>,
}

/// All that is fuzzed.
pub const TARGETS: &[Target] = &[
    Target { name: "requests", run: requests, seeds: target::whole },
    Target { name: "expressions", run: expressions, seeds: target::texts },
    Target { name: "statements", run: statements, seeds: statements::sent },
    Target { name: "items", run: items, seeds: target::attributes },
    Target { name: "signatures", run: signatures, seeds: target::authorizations },
];

/// Runs a target so many times, on what comes of changing what recordings send. The same seed makes the same bytes.
///
/// # Panics
/// Where the target does; what it was given is then written to the standard error.
#[expect(clippy::print_stderr, reason = "a test tells what it failed on")]
pub fn run(target: &Target, recordings: &[Recording], executions: usize, seed: u64) {
    let steps = recordings.iter().flat_map(|recording| &recording.steps);
    let seeds: Vec<Vec<u8>> = steps
        .filter_map(|step| match step {
            Step::Exchange(exchange) => Some((target.seeds)(exchange)),
            Step::Wait { .. } | Step::Pass { .. } => None,
        })
        .flatten()
        .collect();
    let mut random = Rng::with_seed(seed);
    for _ in 0..executions {
        let bytes = mutated(&seeds, &mut random);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))) {
            eprintln!("{} failed on {}", target.name, bytes.escape_ascii());
            resume_unwind(panic);
        }
    }
}
