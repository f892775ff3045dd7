//! The locks of the engine, all taken from here.
//!
//! A panic elsewhere never spreads through a lock: whoever holds one decides first and then changes what cannot fail,
//! so that what it guards is whole even after a panic.
//!
//! Order: what expires, what is due, catalog, tables by number, streams, storage. The locks of what a table is, of
//! cached expressions, of tokens and of randomness are taken last.

#[cfg(not(feature = "schedules"))]
use std::sync;
use std::sync::PoisonError;
use std::sync::TryLockError;
#[cfg(any(feature = "sqlite", feature = "schedules"))]
use std::time::Duration;

#[cfg(feature = "schedules")]
use shuttle::rand::{Rng as _, thread_rng};
#[cfg(feature = "schedules")]
use shuttle::sync;
pub(crate) use sync::MutexGuard;
use sync::{RwLockReadGuard, RwLockWriteGuard};

/// A mutual exclusion without poisoning.
#[derive(Debug, Default)]
pub(crate) struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    /// Guards a value.
    pub(crate) fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    /// Waits for the lock.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lock if it is free.
    pub(crate) fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.0.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// Where threads wait until others tell them.
#[cfg(any(feature = "sqlite", feature = "schedules"))]
#[derive(Debug, Default)]
pub(crate) struct Condvar(sync::Condvar);

#[cfg(any(feature = "sqlite", feature = "schedules"))]
impl Condvar {
    /// Waits until somebody tells, or for no reason. The lock is free meanwhile.
    pub(crate) fn wait<'g, T>(&self, guard: MutexGuard<'g, T>) -> MutexGuard<'g, T> {
        self.0.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while something is so, but no longer than that.
    #[cfg(not(feature = "schedules"))]
    pub(crate) fn wait_at_most<'m, T>(
        &self,
        patience: Duration,
        _: &'m Mutex<T>,
        guard: MutexGuard<'m, T>,
        waits: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'m, T> {
        let waited = self.0.wait_timeout_while(guard, patience, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// The same where there is no time: patience ends whenever chance will have it.
    #[cfg(feature = "schedules")]
    pub(crate) fn wait_at_most<'m, T>(
        &self,
        _: Duration,
        mutex: &'m Mutex<T>,
        mut guard: MutexGuard<'m, T>,
        mut waits: impl FnMut(&mut T) -> bool,
    ) -> MutexGuard<'m, T> {
        while waits(&mut guard) && thread_rng().gen_bool(0.7) {
            drop(guard);
            shuttle::thread::yield_now();
            guard = mutex.lock();
        }
        guard
    }

    /// Tells one who waits.
    pub(crate) fn notify_one(&self) {
        self.0.notify_one();
    }

    /// Tells all who wait.
    pub(crate) fn notify_all(&self) {
        self.0.notify_all();
    }
}

/// A mutual exclusion in which nobody who waits is passed again and again: who is next waits alone, and whoever comes
/// or comes back waits to be next. So who takes it often holds nobody up for longer than twice what it does at a time.
#[derive(Debug, Default)]
pub(crate) struct FairMutex<T> {
    /// Held by who is next.
    next: Mutex<()>,
    value: Mutex<T>,
}

impl<T> FairMutex<T> {
    /// Guards a value.
    pub(crate) fn new(value: T) -> Self {
        Self { next: Mutex::new(()), value: Mutex::new(value) }
    }

    /// Waits for the lock.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        let _next = self.next.lock();
        self.value.lock()
    }
}

/// Many readers or one writer, without poisoning.
#[derive(Debug, Default)]
pub(crate) struct RwLock<T>(sync::RwLock<T>);

impl<T> RwLock<T> {
    /// Guards a value.
    pub(crate) fn new(value: T) -> Self {
        Self(sync::RwLock::new(value))
    }

    /// Waits until it may be read.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it may be written.
    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, T> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
