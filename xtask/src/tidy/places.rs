//! What one place knows for all others, and who else must not.

use super::project::{Project, of_lines};

/// What is known in one place alone, by the words that only there stand in code.
struct Known {
    words: &'static [&'static str],
    /// Where nobody else may.
    within: &'static [&'static str],
    /// Who does.
    by: &'static [&'static str],
}

const ENGINE: &str = "ddbmock-engine/src/";
const MODEL: &str = "ddbmock-model/src/";
const PROTOCOL: &str = "ddbmock-protocol/src/";

const KNOWN: &[Known] = &[
    // Time is an input.
    Known {
        words: &["SystemTime", "UNIX_EPOCH"],
        within: &[ENGINE, MODEL, PROTOCOL],
        by: &["ddbmock-engine/src/clock.rs"],
    },
    // How long a disk takes is all else that is timed.
    Known { words: &["Instant"], within: &[ENGINE, MODEL, PROTOCOL], by: &["ddbmock-engine/src/storage/"] },
    // Randomness is an input.
    Known {
        words: &["fastrand", "Rng"],
        within: &[ENGINE, MODEL, PROTOCOL],
        by: &[
            "ddbmock-engine/src/engine.rs",
            "ddbmock-engine/src/simulation.rs",
            "ddbmock-engine/src/lock.rs", // for tests that try orders by chance
        ],
    },
    // All locks of the engine are taken from one file, which knows their order.
    Known {
        words: &["sync::Mutex", "sync::RwLock", "sync::Condvar"],
        within: &[ENGINE, MODEL, PROTOCOL],
        by: &["ddbmock-engine/src/lock.rs"],
    },
    // The engine begins threads for storage alone, and nothing but a file looks at the system.
    Known {
        words: &["std::thread", "std::fs", "std::env", "std::net", "std::process"],
        within: &[ENGINE, MODEL, PROTOCOL],
        by: &["ddbmock-engine/src/storage/"],
    },
];

/// Who knows what another place knows for all.
pub(super) fn known_elsewhere(project: &Project) -> Vec<String> {
    project.sources().flat_map(|(file, text)| misplaced(file, &text)).collect()
}

fn misplaced(file: &str, text: &str) -> Vec<String> {
    let is_in = |folders: &[&str]| folders.iter().any(|folder| file.starts_with(folder));
    let forbidden = KNOWN.iter().filter(|known| is_in(known.within) && !is_in(known.by));
    let words: Vec<&str> = forbidden.flat_map(|known| known.words).copied().collect();
    of_lines(file, text, |line| {
        let is_code = !line.trim_start().starts_with("//");
        let named = words.iter().filter(|word| is_code && names(line, word));
        named.map(|word| format!("has {word}")).collect::<Vec<_>>()
    })
}

/// Whether a line of code names something, itself or in the braces of an import.
fn names(line: &str, word: &str) -> bool {
    let (path, name) = word.rsplit_once("::").unwrap_or(("", word));
    let is_imported = || {
        let inside = line.split_once(&format!("{path}::{{")).map(|(_, inside)| inside);
        inside.is_some_and(|inside| has_word(inside, name))
    };
    has_word(line, word) || (!path.is_empty() && is_imported())
}

/// Whether a word stands in a line, and not within another one.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::misplaced;

    #[test]
    fn what_is_known_elsewhere_is_found() {
        let check = |file: &str, text: &str, expected: &[&str]| {
            assert_eq!(misplaced(file, text), expected, "{file}: {text}");
        };
        let engine = "ddbmock-engine/src/table.rs";
        check(engine, "// SystemTime\nSystemTime::now()", &["ddbmock-engine/src/table.rs:2 has SystemTime"]);
        check("ddbmock-engine/src/clock.rs", "SystemTime::now()", &[]);
        check("ddbmock-server/src/verify.rs", "SystemTime::now()", &[]);
        check(engine, "use std::sync::{Arc, Mutex};", &["ddbmock-engine/src/table.rs:1 has sync::Mutex"]);
        check(engine, "use std::sync::Mutex;", &["ddbmock-engine/src/table.rs:1 has sync::Mutex"]);
        check(engine, "use crate::lock::{Mutex, MutexGuard};", &[]);
        check(engine, "use std::{fs, io};", &["ddbmock-engine/src/table.rs:1 has std::fs"]);
        check(engine, "an Instantaneous", &[]);
    }
}
