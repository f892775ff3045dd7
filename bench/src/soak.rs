//! A server on a file under mixed load for long, killed again and again: every answer stays right, what was written is
//! there after each kill, and in the end it holds no more memory and no more files than before.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::drive::Window;
use crate::measure::{Contender, Manner};
use crate::scratch::Scratch;
use crate::server::{Server, Target};
use crate::workload::PLANS;

/// The share of the time after which it is not killed after each round any more, so that it can be seen whether it
/// holds more and more.
const LAST_LIFE: f64 = 0.6;
/// How much more memory than after the first rounds of its last life is taken for the same, in bytes.
const MEMORY_MORE: u64 = 16 << 20;
/// The same of files: the connections of a workload that are just being closed.
const FILES_MORE: usize = 20;
const ROUND: Window = Window {
    warm_up: Duration::ZERO,
    measured: Duration::from_millis(300),
    patience: Duration::from_mins(1),
};

/// What a server holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    memory: u64,
    files: usize,
}

impl Held {
    fn of(server: &Server) -> Option<Self> {
        Some(Self { memory: server.resident()?, files: server.files()? })
    }

    fn is_more_than(self, other: Self) -> bool {
        self.memory > other.memory + MEMORY_MORE || self.files > other.files + FILES_MORE
    }
}

/// Has a program serve for so long, and says what it came to.
pub(crate) fn run(program: String, minutes: u64) -> Result<String, String> {
    let scratch = Scratch::new()?;
    let file = scratch.file().to_string_lossy().into_owned();
    let words = ["serve", "--port", "{port}", "--db", &file].map(str::to_owned);
    let target =
        Target { name: "ddbmock".to_owned(), command: std::iter::once(program).chain(words).collect() };
    let progress = ProgressBar::new(minutes * 60);
    let started = Instant::now();
    let mut contender = Contender::start(&target, None);
    let (mut kills, mut rounds) = (0, 0);
    let (mut first, mut last) = (None, None);
    while started.elapsed().as_secs() < minutes * 60 || last.is_none() {
        progress.set_position(started.elapsed().as_secs());
        rounds += 1;
        all_workloads(&mut contender, rounds, &progress)?;
        if kills == 0 || started.elapsed().as_secs_f64() < LAST_LIFE * 60.0 * minutes as f64 {
            contender.restart(&target)?;
            kills += 1;
        } else {
            let held =
                contender.server().and_then(Held::of).ok_or("the system does not say what it holds")?;
            last = first.map(|_| held);
            first = first.or(Some(held));
        }
    }
    progress.finish_and_clear();
    let Some((first, last)) = first.zip(last) else {
        return Err("there was no time for it".to_owned());
    };
    let found = told(rounds, kills, first, last);
    if last.is_more_than(first) { Err(found) } else { Ok(found) }
}

fn told(rounds: u64, kills: u64, first: Held, last: Held) -> String {
    let megabytes = |held: Held| held.memory >> 20;
    format!(
        "{rounds} rounds, {kills} kills; memory {} MB and {} files, then {} MB and {}",
        megabytes(first),
        first.files,
        megabytes(last),
        last.files
    )
}

fn all_workloads(contender: &mut Contender, round: u64, progress: &ProgressBar) -> Result<(), String> {
    let manner = Manner { window: ROUND, connections: 16, rounds: 1, pins: None };
    for plan in PLANS {
        progress.set_message(format!("round {round}: {}", plan.name));
        contender.cell(&manner, plan, round).map_err(|error| format!("{}: {error}", plan.name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_told() {
        let (first, last) = (Held { memory: 30 << 20, files: 40 }, Held { memory: 47 << 20, files: 41 });
        insta::assert_snapshot!(told(12, 7, first, last));
        assert!(last.is_more_than(first) && !first.is_more_than(last));
    }
}
