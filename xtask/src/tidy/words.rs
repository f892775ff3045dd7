//! Words that must not stand where they stand, and names of files that are not there.

use super::project::{Project, extension, of_lines};

/// Who may know JSON syntax: the wire, the files of tables and items that a server begins with, the manifests of
/// exports, what replays recordings, and what measures.
const JSON_IN: &[&str] = &[
    "ddbmock-protocol/",
    "ddbmock-cli/src/seed/",
    "ddbmock-cli/src/exchange/layout.rs",
    "ddbmock-cli/Cargo.toml",
    "bench/",
    "tests/",
    "xtask/",
    "Cargo.toml",
    "Cargo.lock",
];

/// Folders at the root of one machine or another: no file depends on what stands there.
const PLACES: &[&str] = &["work", "tmp", "home", "root", "Users"];

/// Package registries, by name and domain: how they are reached is each machine's own business.
const REGISTRIES: &[(&str, &str)] = &[
    ("crates", "io"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("deb.debian", "org"),
    ("proxy.golang", "org"),
];

/// What cargo and other tools write themselves.
const WRITTEN_BY_TOOLS: &[&str] = &["Cargo.lock", "package-lock.json"];

/// The map of the code.
pub(super) const ARCHITECTURE: &str = "ARCHITECTURE.md";

pub(super) fn json_outside_protocol(project: &Project) -> Vec<String> {
    let outside = |file: &&str| {
        matches!(extension(file), "rs" | "toml") && !JSON_IN.iter().any(|inside| file.starts_with(inside))
    };
    project.files().filter(outside).flat_map(|file| lines_with(project, file, "serde_json")).collect()
}

pub(super) fn forbidden(project: &Project) -> Vec<String> {
    let words = forbidden_words();
    let ours = |file: &&str| !WRITTEN_BY_TOOLS.iter().any(|tool| file.ends_with(tool));
    let files = project.files().filter(ours);
    files.flat_map(|file| words.iter().flat_map(move |word| lines_with(project, file, word))).collect()
}

fn forbidden_words() -> Vec<String> {
    let places = PLACES.iter().map(|place| format!("/{place}/"));
    let registries = REGISTRIES.iter().map(|(name, domain)| format!("{name}.{domain}"));
    places.chain(registries).collect()
}

pub(super) fn missing_files(project: &Project) -> Vec<String> {
    let Some(text) = project.text(ARCHITECTURE) else {
        return vec![format!("{ARCHITECTURE} does not exist")];
    };
    let quoted = text.split('`').skip(1).step_by(2);
    let missing = quoted.filter(|word| is_path(project, word) && !project.exists(word));
    missing.map(|word| format!("`{word}` does not exist")).collect()
}

/// Whether a quoted word is meant as a path in the project: no pattern, no media type, no name of a crate's item.
fn is_path(project: &Project, word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let ends_as_file =
        matches!(extension(word), "rs" | "md" | "toml" | "txt" | "rec" | "py" | "json" | "yml" | "yaml");
    let is_below =
        |folder: &str| folder.starts_with("ddbmock-") || (!folder.is_empty() && project.exists(folder));
    let is_in_folder = word.split_once('/').is_some_and(|(folder, _)| is_below(folder));
    word.bytes().all(plain) && (ends_as_file || is_in_folder)
}

fn lines_with(project: &Project, file: &str, word: &str) -> Vec<String> {
    let text = project.text(file).unwrap_or_default();
    of_lines(file, &text, |line| line.contains(word).then(|| format!("has {word}")))
}
