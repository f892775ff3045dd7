//! The locks of the engine, all taken from here.
//!
//! A panic elsewhere never spreads through a lock: whoever holds one decides first and then changes what cannot fail,
//! so that what it guards is whole even after a panic.
//!
//! Order: what expires, what is due, catalog, tables by number, streams, storage. The locks of cached expressions, of
//! tokens and of randomness are taken last.

#[cfg(not(feature = "schedules"))]
use std::sync;
use std::sync::PoisonError;
use std::sync::TryLockError;

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
