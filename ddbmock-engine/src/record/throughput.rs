//! What a table or an index can be read and written, as it is stored.

use ddbmock_model::{OnDemandThroughput, ProvisionedThroughput};
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::{throughput, warm};

/// Units that are read and written.
type Units = (i64, i64);
/// The most units that are read and written on demand.
pub(super) type Maxima = (Option<i64>, Option<i64>);

/// What is provisioned, and when that changed.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Throughput {
    units: Units,
    increased: Option<u64>,
    decreased: Option<u64>,
    decreases: i64,
}

/// What is served at once.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Warm {
    units: Units,
    rising: bool,
}

impl Throughput {
    /// A throughput as it is stored.
    pub(super) fn of(live: throughput::Throughput) -> Self {
        Self {
            units: units(live.units),
            increased: milliseconds(live.increased),
            decreased: milliseconds(live.decreased),
            decreases: live.decreases,
        }
    }

    /// The throughput itself.
    pub(super) fn live(self) -> throughput::Throughput {
        throughput::Throughput {
            units: live_units(self.units),
            increased: self.increased.map(Timestamp),
            decreased: self.decreased.map(Timestamp),
            decreases: self.decreases,
        }
    }
}

impl Warm {
    /// A warm throughput as it is stored.
    pub(super) fn of(live: warm::Warm) -> Self {
        Self { units: units(live.units), rising: live.rising }
    }

    /// The warm throughput itself.
    pub(super) fn live(self) -> warm::Warm {
        warm::Warm { units: live_units(self.units), rising: self.rising }
    }
}

/// A moment as it is stored.
pub(super) fn milliseconds(moment: Option<Timestamp>) -> Option<u64> {
    moment.map(|moment| moment.0)
}

fn units(live: ProvisionedThroughput) -> Units {
    (live.read_capacity_units, live.write_capacity_units)
}

fn live_units((read_capacity_units, write_capacity_units): Units) -> ProvisionedThroughput {
    ProvisionedThroughput { read_capacity_units, write_capacity_units }
}

/// Maxima as they are stored.
pub(super) fn maxima(live: OnDemandThroughput) -> Maxima {
    (live.max_read_request_units, live.max_write_request_units)
}

/// The maxima themselves.
pub(super) fn live_maxima((max_read_request_units, max_write_request_units): Maxima) -> OnDemandThroughput {
    OnDemandThroughput { max_read_request_units, max_write_request_units }
}
