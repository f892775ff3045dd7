//! Time as an input: nothing else in the engine asks what time it is. How long a disk takes is its storage's own
//! affair.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// A moment: milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Seconds since 1970 with milliseconds, as answers give times.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this era fit the 53 bits of a double")]
    pub(crate) fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The moment that is so much later.
    pub(crate) fn after(self, by: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The moment that is so much earlier.
    pub(crate) fn before(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The moment in words, as refusals give times. Source: captures of October 2026, decreases.
    pub(crate) fn sentence(self) -> String {
        let moment = self.moment();
        let (date, time) = (moment.date(), moment.time());
        let (hour, half) = (time.hour() % 12, if time.hour() < 12 { "AM" } else { "PM" });
        let hour = if hour == 0 { 12 } else { hour };
        format!(
            "{}, {} {}, {} at {hour}:{:02}:{:02} {half} Coordinated Universal Time",
            date.weekday(),
            date.month(),
            date.day(),
            date.year(),
            time.minute(),
            time.second()
        )
    }

    fn moment(self) -> OffsetDateTime {
        let nanoseconds = i128::from(self.0) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// The label of a stream that was enabled then: `2015-05-20T20:51:10.252`. Source: API reference, stream labels.
    pub fn label(self) -> String {
        let moment = self.moment();
        let (date, time) = (moment.date(), moment.time());
        let day = format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day());
        format!(
            "{day}T{:02}:{:02}:{:02}.{:03}",
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond()
        )
    }
}

/// Where an engine takes the time from.
#[derive(Debug, Default)]
pub struct Clock(Hand);

#[derive(Debug, Default)]
enum Hand {
    #[default]
    System,
    Manual(AtomicU64),
}

impl Clock {
    /// A clock that stands at `start` until its engine is told to advance.
    pub fn manual(start: Timestamp) -> Self {
        Self(Hand::Manual(AtomicU64::new(start.0)))
    }

    /// Moves a manual clock on; the system's clock is not moved.
    pub(crate) fn advance(&self, by: Duration) {
        if let Hand::Manual(now) = &self.0 {
            // Time never goes back: at its end it stands still.
            let later = |now| Some(Timestamp(now).after(by).0);
            let _ = now.fetch_update(Ordering::SeqCst, Ordering::SeqCst, later);
        }
    }

    /// The time it is.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Hand::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
            }
            Hand::Manual(now) => Timestamp(now.load(Ordering::SeqCst)),
        }
    }
}
