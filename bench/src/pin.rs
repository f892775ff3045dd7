//! Which processor a thread runs on. What it starts runs there too.

#[cfg(target_os = "linux")]
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// The processors that servers and clients have to themselves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pins {
    /// That of the server.
    pub(crate) server: usize,
    /// That of the client.
    pub(crate) client: usize,
}

impl Pins {
    /// Two of the processors that this thread may use. The text says why there are none.
    #[cfg(target_os = "linux")]
    pub(crate) fn find() -> Result<Self, String> {
        let all =
            sched_getaffinity(None).map_err(|error| format!("the system does not say which: {error}"))?;
        let mut usable = (0..CpuSet::MAX_CPU).filter(|processor| all.is_set(*processor));
        match (usable.next(), usable.next()) {
            (Some(server), Some(client)) => Ok(Self { server, client }),
            _ => Err("there are no two processors".to_owned()),
        }
    }

    /// Elsewhere threads cannot be pinned.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn find() -> Result<Self, String> {
        Err("this is possible on Linux alone".to_owned())
    }
}

/// Has this thread run on one processor from here on.
#[cfg(target_os = "linux")]
pub(crate) fn pin(processor: usize) {
    let mut set = CpuSet::new();
    set.set(processor);
    // Its own processors are those it was allowed a moment ago; where that changed, it runs where it may.
    let _ = sched_setaffinity(None, &set);
}

/// Elsewhere nothing is pinned.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pin(_: usize) {}
