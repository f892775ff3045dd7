//! Closed-loop load: each connection sends its next request when it has the answer to its last.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use crate::connection::Connection;
use crate::workload::{Progress, Proof, Workload, parsed, same};

/// How long a server is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// What comes before, and is not counted.
    pub(crate) warm_up: Duration,
    /// In which operations begin.
    pub(crate) measured: Duration,
    /// How much longer the last of them may take.
    pub(crate) patience: Duration,
}

/// What was measured.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// How long the operations took that began in the window, in nanoseconds.
    pub(crate) latencies: Vec<u64>,
    /// From the begin of the window to the end of the last of them.
    pub(crate) elapsed: Duration,
    /// All operations, those before the window too.
    pub(crate) operations: u64,
    /// The requests that they took.
    pub(crate) requests: u64,
    /// The bytes of the bodies that answered them.
    pub(crate) bytes: u64,
}

impl Tally {
    /// Operations a second.
    pub(crate) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// How many microseconds a share of the operations took at most; they are sorted.
    pub(crate) fn micros(&self, share: f64) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.latencies.get(at).map_or(0.0, |nanos| *nanos as f64 / 1e3)
    }

    fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.elapsed = self.elapsed.max(other.elapsed);
        self.operations += other.operations;
        self.requests += other.requests;
        self.bytes += other.bytes;
    }
}

/// A runtime of this thread alone.
pub(crate) fn runtime() -> Result<Runtime, String> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime could be made: {error}"))
}

/// Loads a server, one connection a workload. The first wrong answer ends it. What was written is still to be proved.
pub(crate) fn drive(
    address: SocketAddr,
    workloads: Vec<Box<dyn Workload>>,
    window: Window,
) -> Result<(Tally, Vec<Proof>), String> {
    let shared = Rc::new(RefCell::new(Shared::default()));
    let local = LocalSet::new();
    let begin = Instant::now() + window.warm_up;
    for workload in workloads {
        let seat = Taken { connection: Connection::new(address), workload, begin, window };
        let shared = Rc::clone(&shared);
        local.spawn_local(async move { seat.run(&shared).await });
    }
    let deadline = window.warm_up + window.measured + window.patience;
    runtime()?.block_on(async {
        let ended = tokio::time::timeout(deadline, local).await;
        ended.map_err(|_| format!("no answer within {} s", window.patience.as_secs()))
    })?;
    let mut shared = shared.borrow_mut();
    if let Some(wrong) = shared.wrong.take() {
        return Err(wrong);
    }
    let mut tally = std::mem::take(&mut shared.tally);
    tally.latencies.sort_unstable();
    if tally.latencies.is_empty() {
        return Err("no operation was done".to_owned());
    }
    Ok((tally, std::mem::take(&mut shared.proofs)))
}

/// Reads what was written, until something is not there.
pub(crate) fn prove(address: SocketAddr, proofs: &[Proof], patience: Duration) -> Result<(), String> {
    let all = async {
        let mut connection = Connection::new(address);
        for proof in proofs {
            let answer = connection.ask(&proof.request).await?;
            let told = |why| format!("what was written is not there: {why}");
            same(&proof.expected, &parsed(answer.body)?).map_err(told)?;
        }
        Ok(())
    };
    let proved = runtime()?.block_on(async { tokio::time::timeout(patience, all).await });
    proved.map_err(|_| format!("what was written could not be read in {} s", patience.as_secs()))?
}

/// What the connections have found together.
#[derive(Default)]
struct Shared {
    tally: Tally,
    wrong: Option<String>,
    proofs: Vec<Proof>,
}

/// A connection at work.
struct Taken {
    connection: Connection,
    workload: Box<dyn Workload>,
    begin: Instant,
    window: Window,
}

impl Taken {
    async fn run(mut self, shared: &RefCell<Shared>) {
        let done = self.measure(shared).await;
        let mut shared = shared.borrow_mut();
        shared.proofs.extend(self.workload.proofs());
        match done {
            Ok(tally) => shared.tally.add(tally),
            Err(error) => drop(shared.wrong.get_or_insert(error)),
        }
    }

    async fn measure(&mut self, shared: &RefCell<Shared>) -> Result<Tally, String> {
        let mut tally = Tally::default();
        let end = self.begin + self.window.measured;
        let mut start = Instant::now();
        // A slow server does at least one operation that counts.
        while (start < end || tally.latencies.is_empty()) && shared.borrow().wrong.is_none() {
            self.operate(&mut tally).await?;
            let now = Instant::now();
            if start >= self.begin {
                tally.latencies.push(u64::try_from((now - start).as_nanos()).unwrap_or(u64::MAX));
                tally.elapsed = now - self.begin;
            }
            start = now;
        }
        Ok(tally)
    }

    async fn operate(&mut self, tally: &mut Tally) -> Result<(), String> {
        loop {
            let answer = self.connection.ask(self.workload.request()).await?;
            tally.requests += 1;
            tally.bytes += answer.body.len() as u64;
            if self.workload.answered(&answer)? == Progress::Done {
                tally.operations += 1;
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests;
