//! From nothing to the first answer, and what a server holds that has nothing to do.

use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;
use serde::Serialize;

use crate::measure::CONSTANT;
use crate::pin::Pins;
use crate::server::{Server, Target};

/// How often each server is started.
const STARTS: usize = 20;
/// After which a server that has answered once has come to rest.
const REST: Duration = Duration::from_millis(200);

/// How a server starts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Start {
    /// Its name.
    pub(crate) server: String,
    /// The median of all starts, in milliseconds.
    pub(crate) first_answer_millis: Result<f64, String>,
    /// The memory that it holds then.
    pub(crate) idle_bytes: Option<u64>,
    /// The bytes of its program.
    pub(crate) program_bytes: Option<u64>,
}

/// Starts all servers in turn, again and again.
pub(crate) fn measure(targets: &[Target], pins: Option<Pins>, progress: &ProgressBar) -> Vec<Start> {
    let mut starters: Vec<Starter<'_>> = targets.iter().map(Starter::new).collect();
    for nth in 1..=STARTS {
        for starter in &mut starters {
            progress.set_message(format!("start {nth} {}", starter.target.name));
            starter.start(pins);
        }
        progress.inc(1);
    }
    starters.into_iter().map(Starter::found).collect()
}

/// A server that is started again and again.
struct Starter<'a> {
    target: &'a Target,
    times: Vec<Duration>,
    idle_bytes: Option<u64>,
    wrong: Option<String>,
}

impl<'a> Starter<'a> {
    fn new(target: &'a Target) -> Self {
        Self { target, times: Vec::new(), idle_bytes: None, wrong: None }
    }

    /// Starts it once more, unless it could not be started before. Only the first time is it left to come to rest.
    fn start(&mut self, pins: Option<Pins>) {
        if self.wrong.is_some() {
            return;
        }
        match Server::start(self.target, pins) {
            Ok(server) if self.times.is_empty() => {
                thread::sleep(REST);
                self.idle_bytes = server.resident();
                self.times.push(server.first_answer);
            }
            Ok(server) => self.times.push(server.first_answer),
            Err(error) => self.wrong = Some(error),
        }
    }

    fn found(self) -> Start {
        let median = median_millis(self.times);
        Start {
            server: self.target.name.clone(),
            first_answer_millis: self.wrong.map_or(Ok(median), Err),
            idle_bytes: self.idle_bytes,
            // The constant server is this program, which does more.
            program_bytes: self.target.bytes().filter(|_| self.target.name != CONSTANT),
        }
    }
}

fn median_millis(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
