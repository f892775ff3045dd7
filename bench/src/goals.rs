//! What we want to reach, and whether a report reaches it.

use crate::measure::CONSTANT;
use crate::report::Report;

/// The rival that some goals are relative to.
const RIVAL: &str = "dynoxide";

/// A number that is wanted.
#[derive(Debug, PartialEq)]
pub(crate) struct Goal {
    /// Of what.
    pub(crate) name: String,
    /// What it is to be.
    pub(crate) wanted: f64,
    /// Whether it is to be at least that, and not at most.
    pub(crate) is_least: bool,
    /// What one is.
    pub(crate) unit: &'static str,
    /// What it is.
    pub(crate) measured: f64,
}

impl Goal {
    /// Whether it is reached.
    pub(crate) fn is_reached(&self) -> bool {
        if self.is_least { self.measured >= self.wanted } else { self.measured <= self.wanted }
    }
}

/// What is wanted of workloads and operations, by their names.
struct Wanted {
    /// What share of the rate of a constant answer, in percent.
    shares: &'static [(&'static str, f64)],
    /// How many times as fast as the rival.
    times: &'static [(&'static str, f64)],
    /// What it may take in process, in nanoseconds.
    embedded: &'static [(&'static str, f64)],
    /// How many times as long as another it may take in process.
    embedded_times: &'static [(&'static str, &'static str, f64)],
}

const IN_MEMORY: Wanted = Wanted {
    shares: &[
        ("get", 70.0),
        ("put", 55.0),
        ("update", 55.0),
        ("cond_fail", 55.0),
        ("put_gsi2", 40.0),
        ("query_1k", 18.0),
        ("query_10k", 18.0),
        ("query_100k", 18.0),
        ("query_filter", 20.0),
        ("transact", 18.0),
    ],
    times: &[("scan", 20.0), ("batch_write", 15.0), ("batch_get", 15.0)],
    embedded: &[
        ("GetItem", 800.0),
        ("PutItem", 2_500.0),
        ("Query of 50", 5_000.0),
        ("UpdateItem counter", 3_000.0),
        ("record of GetRecords", 10_000.0), // a hundred thousand a second
    ],
    embedded_times: &[("transaction of 4 puts", "PutItem", 5.0), ("SELECT of an item", "GetItem", 2.0)],
};

/// The rival is in a file too.
const ON_FILE: Wanted = Wanted {
    shares: &[],
    times: &[("put", 5.0), ("get", 2.0)],
    embedded: &[("GetItem", 4_000.0), ("PutItem", 30_000.0)],
    embedded_times: &[],
};

/// The goals of which a report has something to say.
pub(crate) fn of(report: &Report) -> Vec<Goal> {
    let Wanted { shares, times, embedded, embedded_times } = if report.on_file { ON_FILE } else { IN_MEMORY };
    let mut goals = Vec::new();
    let mut add = |name: String, wanted, is_least, unit, measured: Option<f64>| {
        goals.extend(measured.map(|measured| Goal { name, wanted, is_least, unit, measured }));
    };
    for (workload, wanted) in shares {
        let share = report.times(workload, CONSTANT).map(|times| times * 100.0);
        add(format!("{workload}, share of the constant server"), *wanted, true, "%", share);
    }
    for (workload, wanted) in times {
        add(format!("{workload}, as fast as {RIVAL}"), *wanted, true, "x", report.times(workload, RIVAL));
    }
    for (operation, wanted) in embedded {
        add(format!("{operation}, in process"), *wanted, false, "ns", report.nanos(operation));
    }
    for (operation, other, wanted) in embedded_times {
        let times = report.nanos(operation).zip(report.nanos(other)).map(|(nanos, other)| nanos / other);
        add(format!("{operation}, in process, as long as {other}"), *wanted, false, "x", times);
    }
    if let Some(Ok(million)) = &report.million {
        let growth = |[small, large]: [f64; 2]| Some(large / small);
        let pages = "page at a million items, as long as at a thousand";
        add(format!("Query, {pages}"), 1.3, false, "x", growth(million.query_micros));
        add(format!("Scan, {pages}"), 1.3, false, "x", growth(million.scan_micros));
        let load_most = if report.on_file { 40.0 } else { 5.0 };
        add("a million items over HTTP".to_owned(), load_most, false, "s", Some(million.load_seconds));
        let import = "a million items, imported into a file".to_owned();
        add(import, 40.0, false, "s", million.import_seconds);
        add("memory an item of a million".to_owned(), 450.0, false, "bytes", million.bytes_an_item);
    }
    if let Some(Ok(expiring)) = &report.expiring {
        for waits in expiring.iter().filter(|waits| waits.is_disturbed()) {
            let name = format!("longest wait {} while {}", waits.place, waits.meanwhile);
            add(name, 10.0, false, "ms", Some(waits.longest_millis()));
        }
    }
    let [ours, constant] = [report.starts.first(), report.start_of(CONSTANT)];
    if let (Some(ours), Some(constant)) = (ours, constant) {
        let millis = |start: &Result<f64, String>| start.as_ref().ok().copied();
        let more = millis(&ours.first_answer_millis).zip(millis(&constant.first_answer_millis));
        let later = more.map(|(ours, constant)| ours - constant);
        add("first answer, later than the constant server's".to_owned(), 1.0, false, "ms", later);
        let idle = ours.idle_bytes.zip(constant.idle_bytes);
        let more = idle.map(|(ours, constant)| (ours as f64 - constant as f64) / 1e6);
        add("idle memory, more than the constant server's".to_owned(), 2.0, false, "MB", more);
        add("program".to_owned(), 8.0, false, "MB", ours.program_bytes.map(|bytes| bytes as f64 / 1e6));
    }
    goals
}
