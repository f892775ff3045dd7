//! What a conformance run found, for people and for programs.

use std::collections::BTreeMap;

use clap::ValueEnum;
use ddbmock_model::Wording;
use serde_json::json;

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown
    Md,
    /// JSON
    Json,
}

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

    pub(super) fn print(&self, format: Option<Format>) {
        match format {
            None => self.print_text(),
            Some(Format::Md) => self.print_markdown(),
            Some(Format::Json) => self.print_json(),
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

    fn print_text(&self) {
        for result in self.failures() {
            println!("{} ({})\n{}", result.name, result.wording.as_str(), result.differences);
        }
        for (operation, Tally { passed, total }) in self.tallies() {
            println!("{operation:<40} {passed:>5} / {total}");
        }
        let Tally { passed, total } = self.total();
        println!("{:<40} {passed:>5} / {total}", "all");
        if self.skipped > 0 {
            println!("{} skipped: they are of another wording, or of tables that take time", self.skipped);
        }
    }

    fn print_markdown(&self) {
        println!("| operation | passed | of |\n|---|---:|---:|");
        for (operation, Tally { passed, total }) in self.tallies() {
            println!("| {operation} | {passed} | {total} |");
        }
        let Tally { passed, total } = self.total();
        println!("| **all** | {passed} | {total} |");
        if self.skipped > 0 {
            println!("\n{} skipped: they are of another wording, or of tables that take time.", self.skipped);
        }
        for result in self.failures() {
            println!("\n### {} ({})\n```\n{}```", result.name, result.wording.as_str(), result.differences);
        }
    }

    fn print_json(&self) {
        let operations: serde_json::Map<_, _> = self
            .tallies()
            .into_iter()
            .map(|(operation, tally)| {
                (operation.to_owned(), json!({"passed": tally.passed, "total": tally.total}))
            })
            .collect();
        let failures: Vec<_> = self
            .failures()
            .map(|result| {
                let wording = result.wording.as_str();
                json!({"recording": result.name, "wording": wording, "differences": result.differences})
            })
            .collect();
        let Tally { passed, total } = self.total();
        let report = json!({
            "passed": passed, "total": total, "skipped": self.skipped,
            "operations": operations, "failures": failures,
        });
        println!("{report:#}");
    }
}
