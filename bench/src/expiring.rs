//! A million items that expire at once: how long who asks for something else waits meanwhile.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ddbmock_engine::Engine;
use fastrand::Rng;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::Value;

use crate::connection::Connection;
use crate::documents::{self, BATCH, SONGS};
use crate::drive::runtime;
use crate::in_process::{ask, tell};
use crate::pin::{Pins, pin};
use crate::server::{Server, Target};
use crate::tables;
use crate::template::Template;

const TABLE: &str = "expiring";
const ITEMS: u64 = 1_000_000;
/// How long they may take to come, and to go.
const PATIENCE: Duration = Duration::from_mins(10);
/// How long is asked while nothing else goes on.
const QUIET: Duration = Duration::from_secs(2);
/// How often both questions are asked before it is looked whether what goes on meanwhile is done.
const ROUNDS: usize = 200;

/// How long answers took while something else went on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Waits {
    /// Whom was asked.
    pub(crate) place: &'static str,
    /// What went on.
    pub(crate) meanwhile: &'static str,
    /// How long that took.
    pub(crate) seconds: f64,
    /// How many answers there were.
    pub(crate) answers: usize,
    /// The median of what they took, what 99% and 99.9% took at most, and the longest, in microseconds.
    pub(crate) micros: [f64; 4],
}

impl Waits {
    /// Whether something else went on.
    pub(crate) fn is_disturbed(&self) -> bool {
        self.meanwhile != NOTHING
    }

    /// The longest, in milliseconds.
    pub(crate) fn longest_millis(&self) -> f64 {
        self.micros[3] / 1e3
    }
}

/// Measures an engine in this process and a server. A thread asks for an item and puts one, again and again.
pub(crate) fn measure(
    target: &Target,
    pins: Option<Pins>,
    progress: &ProgressBar,
) -> Result<Vec<Waits>, String> {
    progress.set_message("a million items, in process");
    let mut found = in_process(pins)?;
    progress.set_message("a million items, over HTTP");
    found.extend(over_http(target, pins)?);
    Ok(found)
}

/// An item whose time is over.
fn item(nth: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    documents::ending(nth, now - 60)
}

const NOTHING: &str = "nothing";
const SWITCHED: &str = "time to live is switched on";
const EXPIRED: &str = "a million items go";

fn in_process(pins: Option<Pins>) -> Result<Vec<Waits>, String> {
    let engine = Engine::default();
    tell(&engine, "CreateTable", documents::keyed_by_id(TABLE).as_bytes());
    for first in (0..ITEMS).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let items = (first..first + BATCH).map(item);
        tell(&engine, "BatchWriteItem", documents::batch(TABLE, items).as_bytes());
    }
    let mut asker = Asker::new("in process", |question: &Question| {
        let answer = ask(&engine, &question.target, question.template.body());
        if answer.status == 200 { Ok(answer.body) } else { Err(refused(&answer.body)) }
    });
    let beside = |work: &dyn Fn() -> Result<(), String>| {
        if let Some(pins) = pins {
            pin(pins.server);
        }
        work()
    };
    let switch = || {
        tell(&engine, "UpdateTimeToLive", documents::expire(TABLE).as_bytes());
        Ok(())
    };
    let settle = || engine.settle().map_err(|error| error.to_string());
    Ok(vec![
        asker.quietly()?,
        asker.beside(SWITCHED, || beside(&switch))?,
        asker.beside(EXPIRED, || beside(&settle))?,
    ])
}

fn over_http(target: &Target, pins: Option<Pins>) -> Result<Vec<Waits>, String> {
    let server = Server::start(target, pins)?;
    let address = server.address;
    tables::create(address, &documents::keyed_by_id(TABLE), TABLE)?;
    tables::fill(address, TABLE, 0..ITEMS, item, PATIENCE)?;
    let (runtime, mut connection) = (runtime()?, Connection::new(address));
    let mut asker = Asker::new("over HTTP", |question: &Question| {
        runtime.block_on(async {
            let answer = connection.ask(question.template.request()).await?;
            if answer.status == 200 { Ok(answer.body.to_owned()) } else { Err(refused(answer.body)) }
        })
    });
    let (quiet, switched) = (asker.quietly()?, asker.beside(SWITCHED, || switch(address))?);
    let count = Question::new("DescribeTable", &format!(r#"{{"TableName":"{TABLE}"}}"#));
    let begun = Instant::now();
    let expired = asker.waits(EXPIRED, |asker| {
        let described: Value =
            serde_json::from_slice(&(asker.ask)(&count)?).map_err(|error| error.to_string())?;
        let left = described["Table"]["ItemCount"].as_u64().unwrap_or(ITEMS);
        if begun.elapsed() > PATIENCE { Err(format!("{left} items are left")) } else { Ok(left <= SONGS) }
    })?;
    Ok(vec![quiet, switched, expired])
}

/// Has a table's items expire, over a connection of its own.
fn switch(address: SocketAddr) -> Result<(), String> {
    let template = Template::new("UpdateTimeToLive", &documents::expire(TABLE));
    runtime()?.block_on(async {
        let mut connection = Connection::new(address);
        let answer = connection.ask(template.request()).await?;
        if answer.status == 200 { Ok(()) } else { Err(refused(answer.body)) }
    })
}

fn refused(body: &[u8]) -> String {
    format!("it was refused: {}", String::from_utf8_lossy(body))
}

/// What is asked.
struct Question {
    target: String,
    template: Template,
}

impl Question {
    fn new(operation: &str, body: &str) -> Self {
        let target = format!("DynamoDB_20120810.{operation}");
        Self { target, template: Template::new(operation, body) }
    }
}

/// Who asks one thing after the other.
struct Asker<Ask> {
    place: &'static str,
    ask: Ask,
    questions: [Question; 2],
    random: Rng,
}

impl<Ask: FnMut(&Question) -> Result<Vec<u8>, String>> Asker<Ask> {
    fn new(place: &'static str, ask: Ask) -> Self {
        let put = Question::new("PutItem", &documents::put(TABLE));
        let get = Question::new("GetItem", &documents::get(TABLE));
        Self { place, ask, questions: [put, get], random: Rng::with_seed(1) }
    }

    /// How long answers take while nothing else goes on.
    fn quietly(&mut self) -> Result<Waits, String> {
        let end = Instant::now() + QUIET;
        self.waits(NOTHING, |_| Ok(Instant::now() > end))
    }

    /// The same while another thread does something.
    fn beside(
        &mut self,
        meanwhile: &'static str,
        work: impl FnOnce() -> Result<(), String> + Send,
    ) -> Result<Waits, String> {
        thread::scope(|scope| {
            let work = scope.spawn(work);
            let waits = self.waits(meanwhile, |_| Ok(work.is_finished()));
            work.join().map_err(|_| "what went on meanwhile panicked")??;
            waits
        })
    }

    /// The same until something is done.
    fn waits(
        &mut self,
        meanwhile: &'static str,
        mut is_done: impl FnMut(&mut Self) -> Result<bool, String>,
    ) -> Result<Waits, String> {
        let (begun, mut nanos) = (Instant::now(), Vec::new());
        loop {
            for _ in 0..ROUNDS {
                self.round(&mut nanos)?;
            }
            if is_done(self)? {
                break;
            }
        }
        nanos.sort_unstable();
        let of = |share: f64| nanos[((nanos.len() - 1) as f64 * share).round() as usize] as f64 / 1e3;
        let (place, seconds) = (self.place, begun.elapsed().as_secs_f64());
        Ok(Waits { place, meanwhile, seconds, answers: nanos.len(), micros: [0.5, 0.99, 0.999, 1.0].map(of) })
    }

    /// Puts an item and gets it, and adds how long that took.
    fn round(&mut self, nanos: &mut Vec<u64>) -> Result<(), String> {
        let key = self.random.u64(..SONGS);
        for question in &mut self.questions {
            question.template.fill(key, 0);
            let start = Instant::now();
            (self.ask)(question)?;
            nanos.push(start.elapsed().as_nanos() as u64);
        }
        Ok(())
    }
}
