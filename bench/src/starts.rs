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
    let mut found: Vec<Result<Vec<Duration>, String>> = targets.iter().map(|_| Ok(Vec::new())).collect();
    let mut idle = vec![None; targets.len()];
    for nth in 1..=STARTS {
        for ((target, times), idle) in targets.iter().zip(&mut found).zip(&mut idle) {
            progress.set_message(format!("start {nth} {}", target.name));
            let Ok(all) = times else { continue };
            match Server::start(target, pins) {
                Ok(server) => {
                    all.push(server.first_answer);
                    if nth == STARTS {
                        thread::sleep(REST);
                        *idle = server.resident();
                    }
                }
                Err(error) => *times = Err(error),
            }
        }
        progress.inc(1);
    }
    let start = |((target, times), idle): ((&Target, Result<Vec<Duration>, String>), Option<u64>)| Start {
        server: target.name.clone(),
        first_answer_millis: times.map(median_millis),
        idle_bytes: idle,
        // The constant server is this program, which does more.
        program_bytes: target.bytes().filter(|_| target.name != CONSTANT),
    };
    targets.iter().zip(found).zip(idle).map(start).collect()
}

fn median_millis(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
