//! Every recording, replayed in this process under each of its wordings, on each storage: what is answered does not
//! depend on where it is kept.

use ddbmock_engine::{Config, Engine};
use ddbmock_tests::recording::{Recording, home, load};
use ddbmock_tests::replay::{InProcess, replay};

use crate::storages::{in_memory, in_sqlite};

#[test]
fn all_recordings_are_answered_as_recorded() {
    check(in_memory);
}

#[test]
fn all_recordings_are_answered_as_recorded_from_sqlite() {
    check(in_sqlite);
}

fn check(engine: fn(Config) -> Engine) {
    let recordings = load(&home()).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    });
    let differences: Vec<String> =
        recordings.iter().flat_map(|recording| differences(recording, engine)).collect();
    assert!(
        differences.is_empty(),
        "{} of {} recordings differ:\n\n{}",
        differences.len(),
        recordings.len(),
        differences.join("\n")
    );
}

fn differences(recording: &Recording, engine: fn(Config) -> Engine) -> Vec<String> {
    let each = |wording| {
        let world = InProcess::with(engine(recording.config(wording)));
        let text = replay(recording, &world).describe(recording);
        (!text.is_empty()).then(|| format!("{} ({wording:?})\n{text}", recording.name))
    };
    recording.wordings.iter().copied().filter_map(each).collect()
}
