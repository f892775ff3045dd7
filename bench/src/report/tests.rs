//! Reports as people see them.

use super::Report;
use crate::embedded::Embedded;
use crate::expiring::Waits;
use crate::measure::{CONSTANT, Figures, Row};
use crate::million::Million;
use crate::starts::Start;
use crate::table::Style;

fn row(workload: &'static str, server: &str, rate: f64) -> Row {
    let figures = Figures {
        rate,
        p50_micros: 16e6 / rate,
        p99_micros: 40e6 / rate,
        processor_micros: Some(1e6 / rate),
        client_micros: None,
        resident_bytes: Some(20_500_000),
    };
    Row { workload, server: server.to_owned(), found: Ok(figures) }
}

fn start(server: &str, millis: f64) -> Start {
    Start {
        server: server.to_owned(),
        first_answer_millis: Ok(millis),
        idle_bytes: Some(4_100_000),
        program_bytes: Some(3_000_000),
    }
}

fn report() -> Report {
    let mut wrong = row("scan", "dynalite", 1.0);
    wrong.found = Err("status 500, not 200:\noops".to_owned());
    let rows = vec![
        row("get", "ddbmock", 105_000.0),
        row("get", CONSTANT, 150_000.0),
        row("get", "dynalite", 5_000.0),
        row("scan", "ddbmock", 200.0),
        row("scan", CONSTANT, 1_000.0),
        wrong,
    ];
    Report {
        at_seconds: 0,
        setting: "two processors".to_owned(),
        on_file: false,
        ours: "ddbmock".to_owned(),
        rows,
        starts: vec![start("ddbmock", 2.5), start(CONSTANT, 1.0)],
        embedded: vec![Embedded { operation: "GetItem", nanos: 512.3 }],
        million: Some(Ok(Million {
            load_seconds: 4.2,
            import_seconds: Some(28.7),
            bytes_an_item: Some(430.0),
            query_micros: [50.0, 55.0],
            scan_micros: [60.0, 90.0],
        })),
        expiring: Some(Ok(vec![Waits {
            place: "over HTTP",
            meanwhile: "a million items go",
            seconds: 9.0,
            answers: 90_000,
            micros: [45.0, 90.0, 1_000.0, 4_000.0],
        }])),
    }
}

#[test]
fn reports_read_well() {
    insta::assert_snapshot!(report().shown(Style::Text));
}

#[test]
fn reports_can_go_on_a_page() {
    insta::assert_snapshot!(report().shown(Style::Markdown));
}

#[test]
fn nothing_that_was_not_measured_is_shown() {
    let empty = Report { setting: "nowhere".to_owned(), ..Report::default() };
    assert_eq!(empty.shown(Style::Text), "nowhere\n\n");
}
