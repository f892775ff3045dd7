//! Which crate may know which: by rule, and as it is drawn.

use std::collections::BTreeSet;

use super::project::Project;
use super::words::ARCHITECTURE;

/// A crate, and what must not be anywhere below it.
const NEVER_BELOW: &[(&str, &[&str])] = &[
    ("ddbmock-engine", &["serde_json", "tokio", "warp", "hyper", "http"]),
    ("ddbmock-protocol", &["ddbmock-engine", "hyper", "http", "warp", "tokio"]),
    ("ddbmock-server", &["ddbmock-engine"]),
    ("ddbmock-bench", &["ddbmock-server"]),
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

/// What is drawn of our crates and is not so, or is so and not drawn: each needs itself what its line says.
pub(super) fn drawn_otherwise(project: &Project) -> Vec<String> {
    let text = project.text(ARCHITECTURE).unwrap_or_default();
    let drawn: BTreeSet<String> =
        text.split("```").nth(1).unwrap_or_default().lines().filter_map(drawn).collect();
    let ours = |name: &str| name == "xtask" || name.starts_with("ddbmock-");
    let names =
        project.metadata.packages.iter().map(|package| package.name.as_str()).filter(|name| ours(name));
    let lines = names.filter_map(|name| {
        let needs: Vec<&str> = project.metadata.direct(name).into_iter().filter(|need| ours(need)).collect();
        (!needs.is_empty()).then(|| format!("{name} -> {}", needs.join(" + ")))
    });
    let lines: BTreeSet<String> = lines.collect();
    let missing = lines.difference(&drawn).map(|line| format!("{ARCHITECTURE} draws no line `{line}`"));
    let wrong =
        drawn.difference(&lines).map(|line| format!("{ARCHITECTURE} draws `{line}`, which is not so"));
    missing.chain(wrong).collect()
}

/// A line of the drawing with the names of crates, sorted: folders are drawn by their own.
fn drawn(line: &str) -> Option<String> {
    let (name, needs) = line.split_once("->")?;
    let named = |folder: &str| match folder.trim() {
        folder @ ("bench" | "tests") => format!("ddbmock-{folder}"),
        name => name.to_owned(),
    };
    let needs: BTreeSet<String> = needs.split('+').map(named).collect();
    Some(format!("{} -> {}", named(name), needs.into_iter().collect::<Vec<_>>().join(" + ")))
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn lines_of_a_drawing_have_the_names_of_crates() {
        let line = drawn("bench  -> ddbmock-protocol + ddbmock-engine");
        assert_eq!(line.as_deref(), Some("ddbmock-bench -> ddbmock-engine + ddbmock-protocol"));
        assert_eq!(drawn("nothing"), None);
    }
}
