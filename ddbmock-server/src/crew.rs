//! The threads that connections are shared out among.
//!
//! A connection stays with its thread all its life: no request wakes another thread, which takes longer than to answer
//! one from memory, but one that is long or waits for a disk.

use std::io;
use std::iter::once;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The runtimes that connections are shared out among: that of the thread which lets clients in, then one a thread.
#[derive(Debug)]
pub(crate) struct Crew {
    handles: Vec<Handle>,
    next: usize,
    /// Their threads end when these are dropped.
    _kept: Vec<oneshot::Sender<()>>,
}

impl Crew {
    /// As many threads as are told, the calling one among them.
    ///
    /// # Errors
    /// What the system says if it gives no thread, or no runtime for one.
    pub(crate) fn start(threads: usize) -> io::Result<Self> {
        let members = (1..threads).map(|_| member()).collect::<io::Result<Vec<_>>>()?;
        let (others, kept): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        Ok(Self { handles: once(Handle::current()).chain(others).collect(), next: 0, _kept: kept })
    }

    /// The thread whose turn it is.
    pub(crate) fn next(&mut self) -> &Handle {
        self.next = (self.next + 1) % self.handles.len();
        &self.handles[self.next]
    }
}

fn member() -> io::Result<(Handle, oneshot::Sender<()>)> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    let handle = runtime.handle().clone();
    let (kept, dropped) = oneshot::channel();
    thread::Builder::new().name("ddbmock-serve".to_owned()).spawn(move || {
        let _ = runtime.block_on(dropped);
        runtime.shutdown_background(); // whoever outlasted the time to end is not waited for
    })?;
    Ok((handle, kept))
}
