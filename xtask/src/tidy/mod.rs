//! `cargo xtask tidy`: what no compiler checks, one function a check.

mod edges;
mod licences;
mod metadata;
mod operations;
mod places;
mod project;
mod rules;
mod sizes;
mod words;

use std::iter;

use crate::{Verdict, root};
use project::Project;

struct Check {
    /// What holds if the check finds nothing.
    sentence: &'static str,
    /// Finds what does not hold.
    find: fn(&Project) -> Vec<String>,
}

const CHECKS: &[Check] = &[
    Check { sentence: "No source file has more than 400 lines without its tests.", find: sizes::long_files },
    Check { sentence: "No crate knows what it must never know.", find: edges::forbidden },
    Check { sentence: "ARCHITECTURE.md draws which crate needs which.", find: edges::drawn_otherwise },
    Check { sentence: "What one place knows for all is known nowhere else.", find: places::known_elsewhere },
    Check { sentence: "No comment is wider than 120 characters.", find: sizes::wide_comments },
    Check {
        sentence: "Model, protocol, engine and recordings have the same operations.",
        find: operations::unlike,
    },
    Check { sentence: "JSON syntax is known only to the protocol.", find: words::json_outside_protocol },
    Check { sentence: "Every rule is reached by a recording.", find: rules::unreached },
    Check { sentence: "ARCHITECTURE.md names only files that exist.", find: words::missing_files },
    Check { sentence: "Every dependency has a licence that we accept.", find: licences::refused },
    Check {
        sentence: "Nothing names a place of one machine, or a package registry.",
        find: words::forbidden,
    },
];

/// Runs every check, and prints what each finds.
pub(crate) fn run() -> Verdict {
    let project = match Project::open(root()) {
        Ok(project) => project,
        Err(error) => {
            eprintln!("{error}");
            return Verdict::Bad;
        }
    };
    let mut verdict = Verdict::Good;
    for check in CHECKS {
        let found = (check.find)(&project);
        println!("{}", shown(check.sentence, &found));
        if !found.is_empty() {
            verdict = Verdict::Bad;
        }
    }
    verdict
}

/// A check, and a line for each thing that it found.
fn shown(sentence: &str, found: &[String]) -> String {
    let mark = if found.is_empty() { "ok  " } else { "FAIL" };
    let found = found.iter().map(|line| format!("       {line}"));
    iter::once(format!("{mark} {sentence}")).chain(found).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_read_well() {
        let found =
            ["tests/src/lib.rs has 401 lines".to_owned(), "xtask/src/main.rs has 500 lines".to_owned()];
        let shown = CHECKS.iter().zip([&found[..], &[]]).map(|(check, found)| shown(check.sentence, found));
        insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
    }
}
