//! How much memory all clients may hold together, so that many who hang cost no more than a few.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A bound on the bytes that are held at a time.
#[derive(Debug)]
pub(crate) struct Memory {
    bytes: AtomicUsize,
    bytes_max: usize,
}

/// Some of those bytes, given back when dropped.
#[derive(Debug)]
pub(crate) struct Held {
    memory: Arc<Memory>,
    bytes: usize,
}

/// There is no room for more.
#[derive(Debug)]
pub(crate) struct Full;

impl Memory {
    pub(crate) fn new(bytes_max: usize) -> Arc<Self> {
        Arc::new(Self { bytes: AtomicUsize::new(0), bytes_max })
    }

    /// Whether nothing more should be begun.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) >= self.bytes_max
    }

    /// Holds bytes that are there already, whether or not there is room.
    pub(crate) fn hold(self: &Arc<Self>, bytes: usize) -> Held {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Held { memory: Arc::clone(self), bytes }
    }
}

impl Held {
    /// Holds so many bytes, if that is more than before.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> Result<(), Full> {
        let more = bytes.saturating_sub(self.bytes);
        let others = self.memory.bytes.fetch_add(more, Ordering::Relaxed);
        self.bytes += more; // given back with the rest, also where there is no room
        if others.saturating_add(more) > self.memory.bytes_max { Err(Full) } else { Ok(()) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.memory.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;

    #[test]
    fn what_is_held_is_given_back() {
        let memory = Memory::new(10);
        let mut one = memory.hold(0);
        one.grow_to(6).unwrap();
        one.grow_to(4).unwrap();
        let mut other = memory.hold(0);
        assert!(!memory.is_full());
        other.grow_to(5).unwrap_err();
        drop(other);
        one.grow_to(10).unwrap();
        assert!(memory.is_full());
        drop(one);
        assert!(!memory.is_full());
    }
}
