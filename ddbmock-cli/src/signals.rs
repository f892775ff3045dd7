//! Ctrl-C and its kin: the first asks to stop, the second insists.
//!
//! A thread of its own hears them, so that a server too busy to notice can still be ended.

use std::io;
use std::process;
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::log;

/// What shells report for a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Hears signals from now on; what it returns is done when the first has come. Then the process has the time of `grace`
/// to end by itself. After that, or at a second signal, it is ended, whatever it is doing.
pub(crate) fn hear(grace: Duration) -> io::Result<impl Future<Output = ()>> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    let (stop, stopped) = oneshot::channel();
    let hearing = move || {
        let code = runtime.block_on(insist(async || signals.next().await, stop, grace));
        log::flush();
        process::exit(code)
    };
    thread::Builder::new().name("signals".to_owned()).spawn(hearing)?;
    Ok(async {
        stopped.await.expect("the thread that hears signals ends with the process");
    })
}

/// Asks to stop at the first signal. Done when it is time to end the process, with the code to end it with.
async fn insist(mut signal: impl AsyncFnMut(), stop: oneshot::Sender<()>, grace: Duration) -> i32 {
    signal().await;
    let _ = stop.send(()); // whoever no longer waits for it is about to end
    if tokio::time::timeout(grace, signal()).await.is_ok() {
        return INTERRUPTED;
    }
    tracing::warn!("the server was too busy to stop within {grace:?} and was cut off");
    0
}

/// Listens for signals from now on.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let interrupted = self.interrupt.poll_recv(context).is_ready();
            let terminated = self.terminate.poll_recv(context).is_ready();
            if interrupted || terminated { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

/// Listens for Ctrl-C from now on.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests;
