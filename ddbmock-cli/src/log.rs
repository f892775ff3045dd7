//! Where log lines go: standard error, and only those asked for.
//!
//! A thread of its own writes them: a reader that falls asleep stops that thread, and no other.

mod queue;

use std::io::{self, IsTerminal as _};
use std::thread;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::arguments::Level;
use crate::log::queue::Queue;

static QUEUE: Queue = Queue::new();

/// Starts to log. Libraries are heard only when something is wrong.
pub(crate) fn start(level: Level) -> io::Result<()> {
    let level = match level {
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let chosen = Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("ddbmock", level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(|| &QUEUE)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .log_internal_errors(false); // it would say so on the stream that is broken
    let started = tracing_subscriber::registry().with(lines).with(chosen).try_init();
    debug_assert!(started.is_ok(), "nothing else in this process logs");
    thread::Builder::new().name("log".to_owned()).spawn(|| {
        loop {
            QUEUE.pass_on(io::stderr());
        }
    })?;
    Ok(())
}

/// Waits a moment for the lines logged so far to be written: before the process ends.
pub(crate) fn flush() {
    QUEUE.flush();
}
