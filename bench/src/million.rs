//! A million items: how fast they come in, what each costs, and whether a page of a large table takes longer.

use std::rc::Rc;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::{Value, json};

use crate::documents::{self, PAGE};
use crate::drive::{Window, drive};
use crate::imported;
use crate::pin::Pins;
use crate::server::{Server, Target};
use crate::tables;
use crate::template::Template;
use crate::workload::{Questions, Reads, Seat, Workload, same};

/// That many.
pub(crate) const MILLION: u64 = 1_000_000;
const THOUSAND: u64 = 1_000;
/// How long a million items may take.
const PATIENCE: Duration = Duration::from_mins(10);
/// How often the four kinds of page are timed in turn.
const ROUNDS: u64 = 5;

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Million {
    /// How long it took to put them, in seconds.
    pub(crate) load_seconds: f64,
    /// How long the command took to import them, if there is a file.
    pub(crate) import_seconds: Option<f64>,
    /// The memory that each takes.
    pub(crate) bytes_an_item: Option<f64>,
    /// What a page of 100 takes, in microseconds, of a thousand items and of a million.
    pub(crate) query_micros: [f64; 2],
    /// The same of Scan.
    pub(crate) scan_micros: [f64; 2],
}

/// Loads a server of its own, and times pages over one connection.
pub(crate) fn measure(
    target: &Target,
    pins: Option<Pins>,
    progress: &ProgressBar,
) -> Result<Million, String> {
    let server = Server::start(target, pins)?;
    progress.set_message("a million items");
    for table in ["thousand", "million"] {
        tables::create(server.address, &documents::keyed_by_listener(table), table)?;
    }
    let play = |nth| documents::play(nth / PAGE, nth % PAGE);
    tables::fill(server.address, "thousand", 0..THOUSAND, play, PATIENCE)?;
    let before = server.resident();
    let start = Instant::now();
    tables::fill(server.address, "million", 0..MILLION, play, PATIENCE)?;
    let load_seconds = start.elapsed().as_secs_f64();
    let grown = server.resident().zip(before).map(|(after, before)| after.saturating_sub(before));
    let mut pages = [const { Vec::new() }; 4];
    // What is learnt of the answers in one round is known in the next.
    let questions = KINDS.each_ref().map(|kind| Rc::new(kind.questions()));
    for round in 0..ROUNDS {
        for ((kind, questions), times) in KINDS.iter().zip(&questions).zip(&mut pages) {
            progress.set_message(format!("pages {} {}", kind.operation, kind.table));
            let asked = kind.asked(Rc::clone(questions), round);
            let (tally, _) = drive(server.address, asked, WINDOW)?;
            times.push(tally.micros(0.5));
        }
        progress.inc(1);
    }
    drop(server);
    progress.set_message("a million items, imported");
    let import_seconds = target.wants_file().then(|| imported::seconds(&target.command[0])).transpose()?;
    let [query_thousand, query_million, scan_thousand, scan_million] = pages.map(median);
    Ok(Million {
        load_seconds,
        import_seconds,
        bytes_an_item: grown.map(|grown| grown as f64 / MILLION as f64),
        query_micros: [query_thousand, query_million],
        scan_micros: [scan_thousand, scan_million],
    })
}

const WINDOW: Window = Window {
    warm_up: Duration::from_millis(500),
    measured: Duration::from_millis(500),
    patience: Duration::from_secs(30),
};

/// A kind of page.
struct Kind {
    operation: &'static str,
    table: &'static str,
    body: fn(&str) -> String,
    /// How many listeners the table has.
    listeners: u64,
}

const KINDS: [Kind; 4] = [
    Kind { operation: "Query", table: "thousand", body: documents::query_listener, listeners: 10 },
    Kind { operation: "Query", table: "million", body: documents::query_listener, listeners: 10_000 },
    Kind { operation: "Scan", table: "thousand", body: documents::scan_behind, listeners: 10 },
    Kind { operation: "Scan", table: "million", body: documents::scan_behind, listeners: 10_000 },
];

/// How many listeners are asked for at most: so many answers are known to the byte.
const ASKED_MAX: u64 = 100;

impl Kind {
    /// From which listeners on pages are asked for.
    fn questions(&self) -> Questions {
        let key: fn(u64, u64) -> u64 =
            if self.listeners > ASKED_MAX { |nth, _| nth * 97 } else { |nth, _| nth }; // spread over all of them
        let check = if self.operation == "Query" { query } else { scan };
        Questions::new(self.listeners.min(ASKED_MAX), key, check)
    }

    /// One connection that asks for pages.
    fn asked(&self, questions: Rc<Questions>, round: u64) -> Vec<Box<dyn Workload>> {
        let template = Template::new(self.operation, &(self.body)(self.table));
        vec![Box::new(Reads::new(template, questions, Seat { index: 0, of: 1, round }))]
    }
}

/// A listener's plays are all on one page.
fn query(listener: u64, answer: &Value) -> Result<(), String> {
    let items: Vec<Value> = (0..PAGE).map(|nth| documents::stored_play(listener, nth)).collect();
    same(&json!({ "Items": items, "Count": PAGE, "ScannedCount": PAGE }), answer)
}

/// A page of Scan has as many items as it may, unless it is the last, and each is one that was put.
fn scan(_: u64, answer: &Value) -> Result<(), String> {
    let items = answer["Items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_last = answer.get("LastEvaluatedKey").is_none();
    if answer["Count"] != items.len() || items.len() as u64 != PAGE && !is_last {
        return Err(format!("a page of {} items that counts {}", items.len(), answer["Count"]));
    }
    items.iter().try_for_each(|item| {
        let number = |text: &Value, prefix| text.as_str()?.strip_prefix(prefix)?.parse::<u64>().ok();
        let listener = number(&item["listener"]["S"], "listener").unwrap_or_default();
        let played = number(&item["played"]["N"], "").unwrap_or_default();
        same(&documents::stored_play(listener, played.wrapping_sub(documents::sort_key(0))), item)
    })
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
