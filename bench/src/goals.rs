//! What we want to reach, and whether a report reaches it.

use crate::expiring::Waits;
use crate::measure::CONSTANT;
use crate::million::Million;
use crate::report::Report;
use crate::starts::Start;

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
    let mut goals = Goals::default();
    goals.of_operations(report, if report.on_file { &ON_FILE } else { &IN_MEMORY });
    if let Some(Ok(million)) = &report.million {
        goals.of_million(million, report.on_file);
    }
    if let Some(Ok(expiring)) = &report.expiring {
        goals.of_expiring(expiring);
    }
    if let (Some(ours), Some(constant)) = (report.starts.first(), report.start_of(CONSTANT)) {
        goals.of_start(ours, constant);
    }
    goals.0
}

/// Goals, as they are found.
#[derive(Default)]
struct Goals(Vec<Goal>);

impl Goals {
    /// A goal that is to be at least so much, if it was measured.
    fn at_least(&mut self, name: String, wanted: f64, unit: &'static str, measured: Option<f64>) {
        self.0.extend(measured.map(|measured| Goal { name, wanted, is_least: true, unit, measured }));
    }

    /// A goal that is to be at most so much, if it was measured.
    fn at_most(&mut self, name: String, wanted: f64, unit: &'static str, measured: Option<f64>) {
        self.0.extend(measured.map(|measured| Goal { name, wanted, is_least: false, unit, measured }));
    }

    fn of_operations(&mut self, report: &Report, wanted: &Wanted) {
        for (workload, wanted) in wanted.shares {
            let share = report.times(workload, CONSTANT).map(|times| times * 100.0);
            self.at_least(format!("{workload}, share of the constant server"), *wanted, "%", share);
        }
        for (workload, wanted) in wanted.times {
            self.at_least(
                format!("{workload}, as fast as {RIVAL}"),
                *wanted,
                "x",
                report.times(workload, RIVAL),
            );
        }
        for (operation, wanted) in wanted.embedded {
            self.at_most(format!("{operation}, in process"), *wanted, "ns", report.nanos(operation));
        }
        for (operation, other, wanted) in wanted.embedded_times {
            let times = report.nanos(operation).zip(report.nanos(other)).map(|(nanos, other)| nanos / other);
            self.at_most(format!("{operation}, in process, as long as {other}"), *wanted, "x", times);
        }
    }

    fn of_million(&mut self, million: &Million, on_file: bool) {
        let growth = |[small, large]: [f64; 2]| Some(large / small);
        let pages = "page at a million items, as long as at a thousand";
        self.at_most(format!("Query, {pages}"), 1.3, "x", growth(million.query_micros));
        self.at_most(format!("Scan, {pages}"), 1.3, "x", growth(million.scan_micros));
        let load_most = if on_file { 40.0 } else { 5.0 };
        self.at_most("a million items over HTTP".to_owned(), load_most, "s", Some(million.load_seconds));
        let import = "a million items, imported into a file".to_owned();
        self.at_most(import, 40.0, "s", million.import_seconds);
        self.at_most("memory an item of a million".to_owned(), 450.0, "bytes", million.bytes_an_item);
    }

    fn of_expiring(&mut self, expiring: &[Waits]) {
        for waits in expiring.iter().filter(|waits| waits.is_disturbed()) {
            let name = format!("longest wait {} while {}", waits.place, waits.meanwhile);
            self.at_most(name, 10.0, "ms", Some(waits.longest_millis()));
        }
    }

    fn of_start(&mut self, ours: &Start, constant: &Start) {
        let millis = |start: &Result<f64, String>| start.as_ref().ok().copied();
        let more = millis(&ours.first_answer_millis).zip(millis(&constant.first_answer_millis));
        let later = more.map(|(ours, constant)| ours - constant);
        self.at_most("first answer, later than the constant server's".to_owned(), 1.0, "ms", later);
        let idle = ours.idle_bytes.zip(constant.idle_bytes);
        let more = idle.map(|(ours, constant)| (ours as f64 - constant as f64) / 1e6);
        self.at_most("idle memory, more than the constant server's".to_owned(), 2.0, "MB", more);
        self.at_most("program".to_owned(), 8.0, "MB", ours.program_bytes.map(|bytes| bytes as f64 / 1e6));
    }
}
