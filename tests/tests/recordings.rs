//! Every recording, replayed in this process under each of its wordings.

use ddbmock_tests::recording::{Recording, home, load};
use ddbmock_tests::replay::{InProcess, replay};

#[test]
fn all_recordings_are_answered_as_recorded() {
    let recordings = load(&home()).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    });
    let differences: Vec<String> = recordings.iter().flat_map(differences).collect();
    assert!(
        differences.is_empty(),
        "{} of {} recordings differ:\n\n{}",
        differences.len(),
        recordings.len(),
        differences.join("\n")
    );
}

fn differences(recording: &Recording) -> Vec<String> {
    let each = |wording| {
        let text = replay(recording, &InProcess::new(wording)).describe(recording);
        (!text.is_empty()).then(|| format!("{} ({wording:?})\n{text}", recording.name))
    };
    recording.wordings.iter().copied().filter_map(each).collect()
}
