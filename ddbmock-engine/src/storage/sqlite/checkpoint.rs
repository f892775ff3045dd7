//! The log is moved into the database by a thread of its own: who reads never waits for that, and who writes for the
//! last bit alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::reader::Readers;
use super::{Fault, Home, file};
use crate::lock::Mutex;

/// After so many bytes of pages in the log it is moved.
const LOG_BYTES: u64 = 32 << 20;

/// Moves the log, now and then.
#[derive(Debug)]
pub(super) struct Checkpoints {
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Readers>,
    home: Arc<Home>,
    /// How much was written since it was last moved: at most, for entries may share a page.
    written: AtomicU64,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Checkpoints {
    /// Nothing is written yet.
    pub(super) fn new(writer: Arc<Mutex<Connection>>, readers: Arc<Readers>, home: Arc<Home>) -> Self {
        Self { writer, readers, home, written: AtomicU64::new(0), running: Mutex::default() }
    }

    /// Has the log moved if it is long with what was just written, unless it is being moved.
    pub(super) fn follow(&self, bytes: u64) {
        if self.written.fetch_add(bytes, Ordering::Relaxed) + bytes < LOG_BYTES {
            return;
        }
        let mut running = self.running.lock();
        if running.as_ref().is_some_and(|running| !running.is_finished()) {
            return;
        }
        self.written.store(0, Ordering::Relaxed);
        let (writer, readers) = (Arc::clone(&self.writer), Arc::clone(&self.readers));
        let home = Arc::clone(&self.home);
        // If it fails, or there is no thread for it, it is tried again; in the end who writes does it.
        *running = thread::Builder::new().spawn(move || drop(checkpoint(&writer, &readers, &home))).ok();
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        if let Some(running) = self.running.lock().take() {
            let _ = running.join();
        }
    }
}

/// The log begins anew once all of it is moved and nobody reads it. What comes while most is moved is moved while
/// nobody writes; those who only rest at a moment let go of that.
fn checkpoint(writer: &Mutex<Connection>, readers: &Readers, home: &Home) -> Result<(), Fault> {
    let connection = file::connect(home)?;
    readers.let_go();
    move_log(&connection)?;
    move_log(&connection)?;
    readers.let_go();
    move_log(&writer.lock())?;
    readers.let_go();
    Ok(())
}

fn move_log(connection: &Connection) -> Result<(), Fault> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}
