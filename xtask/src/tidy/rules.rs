//! Whether each rule that can refuse a request is proved by a recording.

use std::collections::BTreeMap;

use ddbmock_model::Rule;
use ddbmock_tests::recording::{self, Recording};
use ddbmock_tests::replay::{InProcess, replay};

use super::project::Project;

/// Where rules stand.
const CRATES: &[&str] = &["ddbmock-model/src/", "ddbmock-engine/src/", "ddbmock-protocol/src/"];

/// Rules that no request reaches: damage in what is stored, defects. Their tests are elsewhere.
const INTERNAL: &str = "internal.";

/// Rules that are reached only by requests that are made at once, which no recording has. Their tests are elsewhere.
const AT_ONCE: &[&str] = &["transaction.in_progress"];

pub(super) fn unreached(project: &Project) -> Vec<String> {
    let recordings = match recording::load(&recording::home()) {
        Ok(recordings) => recordings,
        Err(errors) => return errors.iter().map(ToString::to_string).collect(),
    };
    let mut listed = listed(project);
    let mut unlisted = BTreeMap::new();
    for (name, rule) in recordings.iter().flat_map(reached) {
        match listed.get_mut(rule.0) {
            Some(listed) => listed.reached = true,
            None => drop(unlisted.insert(rule.0, name)),
        }
    }
    let not_reached = listed.iter().filter(|(_, rule)| !rule.reached);
    let mut found: Vec<String> =
        not_reached.map(|(id, rule)| format!("{id}, in {}, is not reached", rule.place)).collect();
    let unlisted = unlisted.iter();
    found.extend(
        unlisted.map(|(id, name)| format!("{id} is reached by {name}, but stands nowhere as Rule(\"…\")")),
    );
    found
}

/// The rules that refuse something in a recording, with its name.
fn reached(recording: &Recording) -> impl Iterator<Item = (&str, Rule)> {
    let worlds = recording.wordings.iter().map(|wording| InProcess::of(recording, *wording));
    let rules = worlds.flat_map(|world| replay(recording, &world).rules());
    rules.map(|rule| (recording.name.as_str(), rule))
}

struct Listed {
    place: String,
    reached: bool,
}

/// The rules that stand in the sources, by their ids.
fn listed(project: &Project) -> BTreeMap<String, Listed> {
    let mut listed = BTreeMap::new();
    for (file, text) in
        project.sources().filter(|(file, _)| CRATES.iter().any(|folder| file.starts_with(folder)))
    {
        for (line, id) in literals(&text) {
            if !id.starts_with(INTERNAL) && !AT_ONCE.contains(&id) {
                let place = format!("{file}:{line}");
                listed.entry(id.to_owned()).or_insert(Listed { place, reached: false });
            }
        }
    }
    listed
}

/// The texts of `Rule("…")` in a source, with their lines, comments left out.
fn literals(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("Rule(").filter_map(|(at, word)| {
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &text[line_start..at];
        let is_other =
            before.ends_with(|end: char| end.is_alphanumeric() || end == '_') || before.contains("//");
        let id = text[at + word.len()..].trim_start().strip_prefix('"')?.split('"').next()?;
        let line = text[..at].matches('\n').count() + 1;
        (!is_other).then_some((line, id))
    })
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn rules_are_found_where_they_stand() {
        let text =
            "Rule(\"a.b\")\nlet x = OtherRule(\"no\");\n// Rule(\"no\")\nRule(\n    \"c\",\n), Rule(name)\n";
        assert_eq!(literals(text).collect::<Vec<_>>(), [(1, "a.b"), (4, "c")]);
    }
}
