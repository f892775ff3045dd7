//! What is fuzzed, for a while: the same bytes each time. `DDBMOCK_TEST_FUZZ` says how many executions of each target
//! there are, and then others each time.

use ddbmock_tests::fuzz::{TARGETS, run};
use ddbmock_tests::recording::{home, load};

/// How often each target is run where nothing else is asked for.
const EXECUTIONS: usize = 4_000;

#[test]
fn nothing_panics_on_what_is_nearly_right() {
    let asked =
        std::env::var("DDBMOCK_TEST_FUZZ").ok().map(|text| text.parse().expect("a number of executions"));
    let seed = if asked.is_some() { fastrand::u64(..) } else { 0 };
    let recordings = load(&home()).unwrap();
    for target in TARGETS {
        run(target, &recordings, asked.unwrap_or(EXECUTIONS), seed);
    }
}
