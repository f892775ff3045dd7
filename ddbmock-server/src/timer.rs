//! The timer of a world: what comes due is done even while nobody asks for anything.

use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Command, World};
use tokio::task::{AbortHandle, spawn_blocking, yield_now};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How often it is looked for what has come due. Whoever asks for something meanwhile does it first.
const TICK: Duration = Duration::from_secs(1);

/// A timer that ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Timer(AbortHandle);

impl Timer {
    /// Has a world do what comes due. What fails is tried again, and told to who asks for something next.
    pub(crate) fn start(world: Arc<dyn World>) -> Self {
        let ticking = async move {
            let mut ticks = interval_at(Instant::now() + TICK, TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                settle(&world).await;
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

/// Has a world do what has come due, piece by piece: the first on a thread where it holds up nobody, and so all that
/// may wait for a disk. The rest takes turns with the requests, and not a processor from them. There too the memory
/// goes back where it came from: to hand it to another thread is work that waits for that thread, in the midst of a
/// request.
async fn settle(world: &Arc<dyn World>) {
    let piece = || {
        let world = Arc::clone(world);
        move || world.control(Command::Settle).is_ok_and(|report| report.more)
    };
    let mut more = spawn_blocking(piece()).await.unwrap_or_default();
    while more {
        let piece = piece();
        let done =
            if world.may_block() { spawn_blocking(piece) } else { tokio::spawn(async move { piece() }) };
        more = done.await.unwrap_or_default(); // a defect that panics ends no timer
        yield_now().await; // clients are only listened to when no task is ready
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Sender, channel};

    use ddbmock_model::{Caller, DynamoDb, Error, Report};

    use super::*;

    /// Takes so many pieces to do what has come due, and holds against each that others had their turn before it.
    #[derive(Default)]
    struct Behind {
        may_block: bool,
        pieces: AtomicUsize,
        turns: AtomicUsize,
        turns_before: AtomicUsize,
    }

    const PIECES: usize = 20;
    const DEFECT: usize = 15;

    impl World for Behind {
        fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
            unreachable!("nobody asks for anything")
        }

        fn control(&self, command: Command) -> Result<Report, Error> {
            assert_eq!(command, Command::Settle);
            let turns = self.turns.load(Ordering::SeqCst);
            let before = self.turns_before.swap(turns, Ordering::SeqCst);
            let pieces = self.pieces.fetch_add(1, Ordering::SeqCst) + 1;
            assert!(pieces == 1 || self.may_block || turns > before, "piece {pieces} had the turn of others");
            assert_ne!(pieces, DEFECT, "a defect, as the test wants it");
            let mut report = Report::default();
            report.more = pieces < PIECES;
            Ok(report)
        }

        fn may_block(&self) -> bool {
            self.may_block
        }
    }

    /// Says that it was asked to settle.
    struct Telling(Sender<()>);

    impl World for Telling {
        fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
            unreachable!("nobody asks for anything")
        }

        fn control(&self, _: Command) -> Result<Report, Error> {
            self.0.send(()).map(|()| Report::default()).map_err(|_| unreachable!("somebody listens"))
        }

        fn may_block(&self) -> bool {
            false
        }
    }

    #[tokio::test]
    async fn what_is_due_is_done_though_nobody_asks() {
        let (telling, told) = channel();
        let _timer = Timer::start(Arc::new(Telling(telling)));
        let heard = spawn_blocking(move || told.recv_timeout(20 * TICK)).await.unwrap();
        assert_eq!(heard, Ok(()));
    }

    /// Settles twice beside somebody who has turns, as a defect ends the first, and counts the pieces.
    async fn pieces(may_block: bool) -> usize {
        let behind = Arc::new(Behind { may_block, ..Behind::default() });
        let other = Arc::clone(&behind);
        let others = tokio::spawn(async move {
            loop {
                other.turns.fetch_add(1, Ordering::SeqCst);
                yield_now().await;
            }
        });
        let world: Arc<dyn World> = Arc::clone(&behind) as Arc<dyn World>;
        settle(&world).await;
        assert_eq!(behind.pieces.load(Ordering::SeqCst), DEFECT);
        settle(&world).await;
        others.abort();
        behind.pieces.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn what_is_due_takes_turns_with_requests_until_it_is_done() {
        assert_eq!(pieces(false).await, PIECES);
    }

    #[tokio::test]
    async fn what_waits_for_a_disk_is_done_to_its_end_too() {
        assert_eq!(pieces(true).await, PIECES);
    }
}
