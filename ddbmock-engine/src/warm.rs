//! Warm throughput: what a table or an index can serve at once. It rises with what is provisioned and never falls.
//!
//! Source: developer guide, warm throughput; captures of October 2026, descriptions.

use ddbmock_model::{ProvisionedThroughput, TableStatus, WarmThroughput, WarmThroughputDescription};

use crate::check::ON_DEMAND_WARM;
use crate::throughput::larger;

/// What a table or an index can serve at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Warm {
    /// Units a second.
    pub(crate) units: ProvisionedThroughput,
    /// Whether it is being raised.
    pub(crate) rising: bool,
}

impl Warm {
    /// What is served from the start, and no less than was asked for.
    pub(crate) fn new(units: Option<ProvisionedThroughput>, asked: Option<WarmThroughput>) -> Self {
        let units = units.unwrap_or(ON_DEMAND_WARM);
        Self { units, rising: false }.asked(asked.unwrap_or_default())
    }

    /// After so many units were provisioned.
    pub(crate) fn provisioned(self, units: ProvisionedThroughput) -> Self {
        Self { units: larger(self.units, units), ..self }
    }

    /// After so much was asked for.
    pub(crate) fn asked(self, asked: WarmThroughput) -> Self {
        self.provisioned(ProvisionedThroughput {
            read_capacity_units: asked.read_units_per_second.unwrap_or_default(),
            write_capacity_units: asked.write_units_per_second.unwrap_or_default(),
        })
    }

    /// How it is described.
    pub(crate) fn describe(self) -> WarmThroughputDescription {
        WarmThroughputDescription {
            read_units_per_second: self.units.read_capacity_units,
            write_units_per_second: self.units.write_capacity_units,
            status: if self.rising { TableStatus::Updating } else { TableStatus::Active },
        }
    }
}
