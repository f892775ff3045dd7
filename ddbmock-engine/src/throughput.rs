//! Provisioned units of a table or an index, how they changed, and how often they may still be lowered.

use ddbmock_model::{Error, Message, ProvisionedThroughput, ProvisionedThroughputDescription, Rule};

use crate::clock::Timestamp;
use crate::limits::Limits;

const HOUR_MILLISECONDS: u64 = 3_600_000;
const DAY_MILLISECONDS: u64 = 24 * HOUR_MILLISECONDS;

/// Provisioned units, and how they changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Throughput {
    /// The units; zeros when on-demand.
    pub(crate) units: ProvisionedThroughput,
    /// When they last rose.
    pub(crate) increased: Option<Timestamp>,
    /// When they last fell.
    pub(crate) decreased: Option<Timestamp>,
    /// How often they fell in the UTC day of the last time.
    pub(crate) decreases: i64,
}

impl From<ProvisionedThroughput> for Throughput {
    fn from(units: ProvisionedThroughput) -> Self {
        Self { units, ..Self::default() }
    }
}

impl Throughput {
    /// How it is described.
    pub(crate) fn describe(&self, now: Timestamp) -> ProvisionedThroughputDescription {
        ProvisionedThroughputDescription {
            last_increase_date_time: self.increased.map(Timestamp::seconds),
            last_decrease_date_time: self.decreased.map(Timestamp::seconds),
            number_of_decreases_today: self.decreases_on(now),
            read_capacity_units: self.units.read_capacity_units,
            write_capacity_units: self.units.write_capacity_units,
        }
    }

    /// What it is once the units that were asked for now have changed, which is done later. Both may fall at once,
    /// which counts as one decrease.
    ///
    /// # Errors
    /// `LimitExceededException` if they rise too far, or fell too often today.
    pub(crate) fn changed(
        self,
        units: ProvisionedThroughput,
        (now, done): (Timestamp, Timestamp),
        limits: &Limits,
    ) -> Result<Self, Error> {
        self.check_increase(units, limits)?;
        if !self.falls(units) {
            return Ok(Self { units, ..self.dated(units, done) });
        }
        self.check_decreases(now, limits)?;
        Ok(self.lowered(units, done))
    }

    /// What it is once the units have fallen.
    pub(crate) fn lowered(self, units: ProvisionedThroughput, now: Timestamp) -> Self {
        let decreases = self.decreases_on(now) + 1;
        Self { units, decreases, decreased: Some(now), ..self.dated(units, now) }
    }

    /// What it is while the units change: the old ones, with the time of the change.
    pub(crate) fn dated(self, to: ProvisionedThroughput, now: Timestamp) -> Self {
        Self {
            increased: if self.rises(to) { Some(now) } else { self.increased },
            decreased: if self.falls(to) { Some(now) } else { self.decreased },
            decreases: self.decreases_on(now), // those of another day are over
            ..self
        }
    }

    fn rises(&self, to: ProvisionedThroughput) -> bool {
        to.read_capacity_units > self.units.read_capacity_units
            || to.write_capacity_units > self.units.write_capacity_units
    }

    fn falls(&self, to: ProvisionedThroughput) -> bool {
        to.read_capacity_units < self.units.read_capacity_units
            || to.write_capacity_units < self.units.write_capacity_units
    }

    fn decreases_on(&self, now: Timestamp) -> i64 {
        let day = |moment: Timestamp| moment.0 / DAY_MILLISECONDS;
        if self.decreased.is_some_and(|last| day(last) == day(now)) { self.decreases } else { 0 }
    }

    /// Source: texts of 2012, as clients of that time knew them.
    fn check_increase(&self, to: ProvisionedThroughput, limits: &Limits) -> Result<(), Error> {
        let named = [
            ("ReadCapacityUnits", self.units.read_capacity_units, to.read_capacity_units),
            ("WriteCapacityUnits", self.units.write_capacity_units, to.write_capacity_units),
        ];
        let too_far = |times: i64| move |(_, from, to): &(_, i64, i64)| *to > from.saturating_mul(times);
        let found =
            limits.increase_max.and_then(|times| Some((times, named.into_iter().find(too_far(times))?)));
        let Some((times, (member, from, to))) = found else {
            return Ok(());
        };
        let text = format!(
            "Requested provisioned throughput change is not allowed. The {member} change must be at most {} percent of \
             current value. Current {member} provisioned for the table: {from}. Requested {member}: {to}.",
            times.saturating_sub(1).saturating_mul(100)
        );
        Err(Error::LimitExceeded(Message::new(Rule("redefinition.increase"), text)))
    }

    /// Today four decreases a day are free, then one an hour; midnight makes four free again. Source: developer guide,
    /// limits; captures of October 2026, decreases.
    fn check_decreases(&self, now: Timestamp, limits: &Limits) -> Result<(), Error> {
        let count = self.decreases_on(now);
        if count < limits.decreases_max {
            return Ok(());
        }
        let Some(last) = self.decreased.filter(|_| limits.hourly_decreases) else {
            return Err(self.too_many_decreases(now, limits.decreases_max));
        };
        let midnight = (last.0 / DAY_MILLISECONDS + 1) * DAY_MILLISECONDS;
        let next = Timestamp((last.0 + HOUR_MILLISECONDS).min(midnight));
        if now >= next {
            return Ok(());
        }
        let text = format!(
            "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the \
             first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 \
             seconds. Number of decreases today: {count}. Last decrease at {}. Next decrease can be made at {}",
            last.sentence(),
            next.sentence()
        );
        Err(Error::LimitExceeded(Message::new(Rule("redefinition.decreases"), text)))
    }

    /// The refusal of a decrease where a day has only so many. Source: texts of 2012, of one a day.
    fn too_many_decreases(&self, now: Timestamp, most: i64) -> Error {
        let often = if most == 1 { "once".to_owned() } else { format!("{most} times") };
        let last = self.decreased.map_or_else(|| "none".to_owned(), Timestamp::sentence);
        let text = format!(
            "Subscriber limit exceeded: Provisioned throughput can be decreased only {often} within the same day. Last \
             decrease time: {last}. Request time: {}",
            now.sentence()
        );
        Error::LimitExceeded(Message::new(Rule("redefinition.decrease"), text))
    }
}

/// The larger of each.
pub(crate) fn larger(one: ProvisionedThroughput, other: ProvisionedThroughput) -> ProvisionedThroughput {
    ProvisionedThroughput {
        read_capacity_units: one.read_capacity_units.max(other.read_capacity_units),
        write_capacity_units: one.write_capacity_units.max(other.write_capacity_units),
    }
}
