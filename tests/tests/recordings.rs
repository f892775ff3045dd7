//! Every recording, replayed in this process under each of its wordings, on each storage: what is answered does not
//! depend on where it is kept.

use ddbmock_engine::{Config, Engine, Wording};
use ddbmock_tests::recording::{Recording, home, load};
use ddbmock_tests::replay::{InProcess, Transport, replay};

use crate::restarts::Restarting;
use crate::storages::{in_memory, in_sqlite};

#[test]
fn all_recordings_are_answered_as_recorded() {
    check(|recording, wording| world(recording, wording, in_memory));
}

#[test]
fn all_recordings_are_answered_as_recorded_from_sqlite() {
    check(|recording, wording| world(recording, wording, in_sqlite));
}

#[test]
fn all_recordings_are_answered_as_recorded_if_each_request_comes_after_a_restart() {
    check(|recording, wording| Box::new(Restarting::new(recording, wording)));
}

#[test]
fn recordings_of_tables_are_answered_as_recorded_if_a_file_is_opened_for_each_request() {
    check_those(
        |recording| recording.operation().ends_with("-table"),
        |recording, wording| Box::new(Restarting::in_file(recording, wording)),
    );
}

fn world(recording: &Recording, wording: Wording, engine: fn(Config) -> Engine) -> Box<dyn Transport> {
    Box::new(InProcess::with(engine(recording.config(wording))))
}

/// Holds the worlds that are made for recordings against them.
fn check(world: fn(&Recording, Wording) -> Box<dyn Transport>) {
    check_those(|_| true, world);
}

fn check_those(which: fn(&Recording) -> bool, world: fn(&Recording, Wording) -> Box<dyn Transport>) {
    let mut recordings = load(&home()).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    });
    recordings.retain(which);
    assert!(!recordings.is_empty());
    let differences: Vec<String> =
        recordings.iter().flat_map(|recording| differences(recording, world)).collect();
    assert!(
        differences.is_empty(),
        "{} of {} recordings differ:\n\n{}",
        differences.len(),
        recordings.len(),
        differences.join("\n")
    );
}

fn differences(recording: &Recording, world: fn(&Recording, Wording) -> Box<dyn Transport>) -> Vec<String> {
    let each = |wording| {
        let text = replay(recording, &*world(recording, wording)).describe(recording);
        (!text.is_empty()).then(|| format!("{} ({wording:?})\n{text}", recording.name))
    };
    recording.wordings.iter().copied().filter_map(each).collect()
}
