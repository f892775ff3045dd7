//! What a run has found, for people and for programs.

use serde::Serialize;

use crate::embedded::Embedded;
use crate::expiring::Waits;
use crate::goals;
use crate::measure::{CONSTANT, Figures, Row};
use crate::million::Million;
use crate::starts::Start;
use crate::table::{Style, titled};

/// Everything that one run has found. The first of the servers is ours.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    /// When it began, in seconds since 1970.
    pub(crate) at_seconds: u64,
    /// Where, and how.
    pub(crate) setting: String,
    /// Whether ours kept everything in a file.
    pub(crate) on_file: bool,
    /// Our server's name.
    pub(crate) ours: String,
    /// The servers under load.
    pub(crate) rows: Vec<Row>,
    /// How they start.
    pub(crate) starts: Vec<Start>,
    /// The engine in process.
    pub(crate) embedded: Vec<Embedded>,
    /// A million items, if they were asked for.
    pub(crate) million: Option<Result<Million, String>>,
    /// A million items that expire, if they were asked for.
    pub(crate) expiring: Option<Result<Vec<Waits>, String>>,
}

impl Report {
    /// All tables.
    pub(crate) fn shown(&self, style: Style) -> String {
        let tables = [
            self.load(style),
            self.wrong(),
            self.rivals(style),
            self.start(style),
            self.in_process(style),
            self.million(style),
            self.expiring(style),
        ];
        let mut text = format!("{}\n\n", self.setting);
        for table in tables.into_iter().flatten().chain(self.goals(style)) {
            text.push_str(&table);
            text.push('\n');
        }
        text
    }

    /// How many times as fast as another server ours is.
    pub(crate) fn times(&self, workload: &str, other: &str) -> Option<f64> {
        let [ours, other] = [self.figures(workload, &self.ours)?, self.figures(workload, other)?];
        Some(ours.rate / other.rate)
    }

    /// How a server starts.
    pub(crate) fn start_of(&self, server: &str) -> Option<&Start> {
        self.starts.iter().find(|start| start.server == server)
    }

    /// What an operation takes in process.
    pub(crate) fn nanos(&self, operation: &str) -> Option<f64> {
        self.embedded.iter().find(|found| found.operation == operation).map(|found| found.nanos)
    }

    fn figures(&self, workload: &str, server: &str) -> Option<Figures> {
        let row = self.rows.iter().find(|row| row.workload == workload && row.server == server)?;
        row.found.as_ref().ok().copied()
    }

    fn load(&self, style: Style) -> Option<String> {
        let head = [
            "workload",
            "server",
            "ops/s",
            "p50 us",
            "p99 us",
            "CPU us/op",
            "of constant",
            "by CPU",
            "memory MB",
        ];
        let rows: Vec<_> = self.rows.iter().map(|row| self.load_row(row)).collect();
        (!rows.is_empty()).then(|| titled(style, "Under load", &head, 2, rows))
    }

    fn load_row(&self, row: &Row) -> Vec<String> {
        let mut cells = vec![row.workload.to_owned(), row.server.clone()];
        let Ok(figures) = &row.found else {
            cells.push("wrong".to_owned());
            return cells;
        };
        let constant = self.figures(row.workload, CONSTANT);
        let share = constant.map(|constant| figures.rate / constant.rate * 100.0);
        let constant_micros = constant.and_then(|constant| constant.processor_micros);
        let by_processor =
            constant_micros.zip(figures.processor_micros).map(|(constant, this)| constant / this * 100.0);
        let percent = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.0}%"));
        cells.extend([
            number(figures.rate),
            number(figures.p50_micros),
            number(figures.p99_micros),
            figures.processor_micros.map(number).unwrap_or_default(),
            percent(share),
            percent(by_processor),
            megabytes(figures.resident_bytes),
        ]);
        cells
    }

    /// What was wrong, where there are no numbers.
    fn wrong(&self) -> Option<String> {
        let line = |row: &Row| {
            let error = row.found.as_ref().err()?;
            Some(format!("- {} {}: {}\n", row.workload, row.server, one_line(error)))
        };
        let lines: String = self.rows.iter().filter_map(line).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// How many times as fast as each rival ours is.
    fn rivals(&self, style: Style) -> Option<String> {
        let mut rivals: Vec<&str> = self.rows.iter().map(|row| row.server.as_str()).collect();
        rivals.retain(|name| *name != self.ours && *name != CONSTANT);
        let mut seen = std::collections::BTreeSet::new();
        rivals.retain(|name| seen.insert(*name));
        let mut workloads: Vec<&str> = self.rows.iter().map(|row| row.workload).collect();
        workloads.dedup();
        let times = |workload: &str, rival: &str| {
            self.times(workload, rival).map_or_else(|| "wrong".to_owned(), |times| format!("{times:.1}x"))
        };
        let row = |workload: &&str| {
            let cells = rivals.iter().map(|rival| times(workload, rival));
            std::iter::once((*workload).to_owned()).chain(cells).collect()
        };
        let rows = workloads.iter().map(row).collect();
        let head: Vec<&str> = std::iter::once("workload").chain(rivals.iter().copied()).collect();
        (!rivals.is_empty()).then(|| titled(style, "As fast as each rival", &head, 1, rows))
    }

    fn start(&self, style: Style) -> Option<String> {
        let row = |start: &Start| {
            let first = match &start.first_answer_millis {
                Ok(millis) => format!("{millis:.1}"),
                Err(error) => format!("wrong: {}", one_line(error)),
            };
            vec![start.server.clone(), first, megabytes(start.idle_bytes), megabytes(start.program_bytes)]
        };
        let rows: Vec<_> = self.starts.iter().map(row).collect();
        let head = ["server", "first answer ms", "idle memory MB", "program MB"];
        (!rows.is_empty()).then(|| titled(style, "Start", &head, 1, rows))
    }

    fn in_process(&self, style: Style) -> Option<String> {
        let row = |found: &Embedded| vec![found.operation.to_owned(), format!("{:.0}", found.nanos)];
        let rows: Vec<_> = self.embedded.iter().map(row).collect();
        (!rows.is_empty())
            .then(|| titled(style, "In process, one thread", &["operation", "median ns"], 1, rows))
    }

    fn million(&self, style: Style) -> Option<String> {
        let million = match self.million.as_ref()? {
            Ok(million) => million,
            Err(error) => return Some(format!("A million items: wrong: {}\n", one_line(error))),
        };
        let row = |name: &str, value: String| vec![name.to_owned(), value];
        let [query_small, query_large] = million.query_micros.map(number);
        let [scan_small, scan_large] = million.scan_micros.map(number);
        let seconds = |seconds: f64| format!("{seconds:.2}");
        let mut rows = vec![
            row("load, s", seconds(million.load_seconds)),
            row("memory an item, bytes", million.bytes_an_item.map(number).unwrap_or_default()),
            row("Query of 100 at a thousand items, us", query_small),
            row("Query of 100 at a million items, us", query_large),
            row("Scan of 100 at a thousand items, us", scan_small),
            row("Scan of 100 at a million items, us", scan_large),
        ];
        rows.extend(million.import_seconds.map(|took| row("import into a file, s", seconds(took))));
        Some(titled(style, "A million items", &["what", "measured"], 1, rows))
    }

    fn expiring(&self, style: Style) -> Option<String> {
        let all = match self.expiring.as_ref()? {
            Ok(all) => all,
            Err(error) => return Some(format!("Items that expire: wrong: {}\n", one_line(error))),
        };
        let row = |waits: &Waits| {
            let mut cells = vec![waits.place.to_owned(), waits.meanwhile.to_owned(), number(waits.seconds)];
            cells.push(waits.answers.to_string());
            cells.extend(waits.micros.map(number));
            cells
        };
        let head = ["asked", "meanwhile", "s", "answers", "p50 us", "p99 us", "p99.9 us", "longest us"];
        let title = "GetItem and PutItem while items expire";
        Some(titled(style, title, &head, 2, all.iter().map(row).collect()))
    }

    fn goals(&self, style: Style) -> Option<String> {
        let row = |goal: goals::Goal| {
            let sign = if goal.is_least { "at least" } else { "at most" };
            let wanted = format!("{sign} {} {}", goal.wanted, goal.unit);
            let measured = format!("{} {}", number(goal.measured), goal.unit);
            let verdict = if goal.is_reached() { "reached" } else { "MISSED" };
            vec![goal.name, wanted, measured, verdict.to_owned()]
        };
        let rows: Vec<_> = goals::of(self).into_iter().map(row).collect();
        (!rows.is_empty()).then(|| titled(style, "Goals", &["goal", "wanted", "measured", ""], 1, rows))
    }
}

/// A number with as many digits as matter.
fn number(value: f64) -> String {
    match value.abs() {
        small if small < 10.0 => format!("{value:.2}"),
        medium if medium < 100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(String::new, |bytes| format!("{:.1}", bytes as f64 / 1e6))
}

/// The begin of a message, as it fits into a table.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(200).collect()
}

#[cfg(test)]
mod tests;
