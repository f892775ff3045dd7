//! Whether the operations have the same names everywhere: one file, one folder, one word each.

use std::collections::BTreeSet;

use ddbmock_model::OPERATIONS;

use super::project::Project;

/// The folders with a file an operation.
const FOLDERS: &[&str] =
    &["ddbmock-model/src/op/", "ddbmock-protocol/src/op/", "ddbmock-engine/src/operation/"];
const RECORDINGS: &str = "tests/recordings/";

/// Folders of recordings that are about no operation: requests that name none, or are not signed.
const NO_OPERATION: &[&str] = &["wire"];

pub(super) fn unlike(project: &Project) -> Vec<String> {
    let names: BTreeSet<String> = OPERATIONS.iter().map(|name| snake(name)).collect();
    let mut found = Vec::new();
    for folder in FOLDERS {
        let mut files = below(project, folder);
        files.remove("mod");
        found.extend(compared(folder, &names, &files));
    }
    let mut folders = below(project, RECORDINGS);
    folders.retain(|folder| !NO_OPERATION.contains(&folder.as_str()));
    let kebab = names.iter().map(|name| name.replace('_', "-")).collect();
    found.extend(compared(RECORDINGS, &kebab, &folders));
    found
}

/// The names of the files and folders right below a folder, without `.rs`.
fn below(project: &Project, folder: &str) -> BTreeSet<String> {
    let name = |file: &str| {
        let rest = file.strip_prefix(folder)?;
        let first = rest.split('/').next()?;
        Some(first.trim_end_matches(".rs").to_owned())
    };
    project.files().filter_map(name).collect()
}

fn compared(folder: &str, names: &BTreeSet<String>, there: &BTreeSet<String>) -> Vec<String> {
    let missing = names.difference(there).map(|name| format!("{folder} has no {name}"));
    let more = there.difference(names).map(|name| format!("{folder}{name} is no operation of the model"));
    missing.chain(more).collect()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(character.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::snake;

    #[test]
    fn names_in_snake_case() {
        assert_eq!(snake("BatchGetItem"), "batch_get_item");
        assert_eq!(snake("Query"), "query");
    }
}
