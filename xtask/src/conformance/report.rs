//! What a conformance run found, for people and for programs.

use std::collections::BTreeMap;

use clap::ValueEnum;
use ddbmock_model::Wording;
use serde_json::{Value, json};

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown
    Md,
    /// JSON
    Json,
}

/// Why some replays are left out.
const SKIPPED: &str = "skipped: they are of another wording, or of tables that take time";

/// What came of all replays.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) results: Vec<Result>,
    /// How many replays were left out: of another wording, or of a time that only this process moves.
    pub(super) skipped: usize,
}

/// What came of one recording under one wording.
#[derive(Debug)]
pub(super) struct Result {
    pub(super) operation: String,
    pub(super) name: String,
    pub(super) wording: Wording,
    /// What differs, for a reader; empty if nothing does.
    pub(super) differences: String,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    passed: usize,
    total: usize,
}

impl Tally {
    fn count(&mut self, result: &Result) {
        self.total += 1;
        self.passed += usize::from(result.differences.is_empty());
    }
}

impl Report {
    pub(super) fn passed(&self) -> bool {
        self.failures().next().is_none()
    }

    /// It as a person or a program reads it, line by line.
    pub(super) fn shown(&self, format: Option<Format>) -> String {
        match format {
            None => self.text(),
            Some(Format::Md) => self.markdown(),
            Some(Format::Json) => format!("{:#}", self.json()),
        }
    }

    fn failures(&self) -> impl Iterator<Item = &Result> {
        self.results.iter().filter(|result| !result.differences.is_empty())
    }

    fn tallies(&self) -> BTreeMap<&str, Tally> {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for result in &self.results {
            tallies.entry(&result.operation).or_default().count(result);
        }
        tallies
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.results.iter().for_each(|result| total.count(result));
        total
    }

    fn text(&self) -> String {
        let failed = |result: &Result| {
            let wording = result.wording.as_str();
            format!("{} ({wording})\n{}", result.name, result.differences)
        };
        let line = |name: &str, Tally { passed, total }| format!("{name:<40} {passed:>5} / {total}");
        let mut lines: Vec<String> = self.failures().map(failed).collect();
        lines.extend(self.tallies().into_iter().map(|(operation, tally)| line(operation, tally)));
        lines.push(line("all", self.total()));
        if self.skipped > 0 {
            lines.push(format!("{} {SKIPPED}", self.skipped));
        }
        lines.join("\n")
    }

    fn markdown(&self) -> String {
        let line = |name: &str, Tally { passed, total }| format!("| {name} | {passed} | {total} |");
        let mut lines = vec!["| operation | passed | of |\n|---|---:|---:|".to_owned()];
        lines.extend(self.tallies().into_iter().map(|(operation, tally)| line(operation, tally)));
        lines.push(line("**all**", self.total()));
        if self.skipped > 0 {
            lines.push(format!("\n{} {SKIPPED}.", self.skipped));
        }
        lines.extend(self.failures().map(|result| {
            let wording = result.wording.as_str();
            format!("\n### {} ({wording})\n```\n{}```", result.name, result.differences)
        }));
        lines.join("\n")
    }

    fn json(&self) -> Value {
        let tally = |Tally { passed, total }| json!({"passed": passed, "total": total});
        let operations: serde_json::Map<_, _> =
            self.tallies().into_iter().map(|(operation, of)| (operation.to_owned(), tally(of))).collect();
        let failures: Vec<_> = self
            .failures()
            .map(|result| {
                let wording = result.wording.as_str();
                json!({"recording": result.name, "wording": wording, "differences": result.differences})
            })
            .collect();
        let Tally { passed, total } = self.total();
        json!({
            "passed": passed, "total": total, "skipped": self.skipped,
            "operations": operations, "failures": failures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_read_well() {
        let result = |operation: &str, wording, differences: &str| Result {
            operation: operation.to_owned(),
            name: format!("{operation}/one"),
            wording,
            differences: differences.to_owned(),
        };
        let results = vec![
            result("get-item", Wording::Current, ""),
            result("get-item", Wording::Classic, "get-item/one.rec:7: GetItem\n  status: 400 for 200\n"),
            result("list-tables", Wording::Current, ""),
        ];
        let report = Report { results, skipped: 2 };
        let shown = [None, Some(Format::Md), Some(Format::Json)].map(|format| report.shown(format));
        insta::assert_snapshot!(shown.join("\n\n"));
    }
}
