//! Which crate may know which.

use super::project::Project;

/// A crate, and what must not be anywhere below it.
const NEVER_BELOW: &[(&str, &[&str])] = &[
    ("ddbmock-engine", &["serde_json", "tokio", "warp", "hyper", "http"]),
    ("ddbmock-protocol", &["ddbmock-engine", "hyper", "http", "warp", "tokio"]),
    ("ddbmock-server", &["ddbmock-engine"]),
    ("xtask", &["warp", "tokio", "aws-sdk-dynamodb"]),
];

/// Who compiles no C unless it is asked for.
const WITHOUT_SQLITE: &[&str] = &["ddbmock-engine", "xtask"];

/// All that the model may need itself: its errors, and bytes as refusals print them.
const MODEL_NEEDS: &[&str] = &["base64", "thiserror"];

/// Who may need xtask, or the tests.
const TESTS_ARE_NEEDED_BY: &[&str] = &["xtask"];

pub(super) fn forbidden(project: &Project) -> Vec<String> {
    let metadata = &project.metadata;
    let mut found = Vec::new();
    for (name, never) in NEVER_BELOW {
        let tree = metadata.tree(name);
        let known = never.iter().filter(|other| tree.contains(*other));
        found.extend(
            known.map(|other| format!("{name} must not know {other}: see `cargo tree -p {name} -i {other}`")),
        );
    }
    found.extend(WITHOUT_SQLITE.iter().filter_map(|name| match project.needs_alone(name) {
        Ok(needs) if !needs.contains("rusqlite") => None,
        Ok(_) => Some(format!("{name} must not need rusqlite: see `cargo tree -p {name} -i rusqlite`")),
        Err(error) => Some(error),
    }));
    let needs = metadata.direct("ddbmock-model");
    let more = needs.iter().filter(|other| !MODEL_NEEDS.contains(other));
    found.extend(more.map(|other| format!("ddbmock-model must not need {other}")));
    for package in &metadata.packages {
        let needs = metadata.direct(&package.name);
        let may = TESTS_ARE_NEEDED_BY.contains(&package.name.as_str());
        let needs_tools = needs.contains("xtask") || needs.contains("ddbmock-bench");
        if needs_tools || (needs.contains("ddbmock-tests") && !may) {
            found.push(format!("{} must not need xtask, ddbmock-bench or ddbmock-tests", package.name));
        }
    }
    found
}
