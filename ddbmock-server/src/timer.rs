//! The timer of a world: what comes due is done even while nobody asks for anything.

use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Command, World};
use tokio::task::{AbortHandle, spawn_blocking};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How often it is looked for what has come due. Whoever asks for something meanwhile does it first.
const TICK: Duration = Duration::from_secs(1);

/// A timer that ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Timer(AbortHandle);

impl Timer {
    /// Has a world do what comes due, on a thread where that holds up nobody. What fails is tried again, and told to who
    /// asks for something next.
    pub(crate) fn start(world: Arc<dyn World>) -> Self {
        let ticking = async move {
            let mut ticks = interval_at(Instant::now() + TICK, TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let world = Arc::clone(&world);
                let _ = spawn_blocking(move || world.control(Command::Settle)).await;
            }
        };
        Self(tokio::spawn(ticking).abort_handle())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.abort();
    }
}
