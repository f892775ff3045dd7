//! What is wrong with units: provisioned, at most on demand, at once.

use ddbmock_model::op::CreateTable;
use ddbmock_model::{BillingMode, Error, OnDemandThroughput, ProvisionedThroughput, Rule, WarmThroughput};

use super::invalid;
use crate::limits::Limits;

/// What an on-demand table can serve at once from the start. Source: developer guide, warm throughput.
pub(crate) const ON_DEMAND_WARM: ProvisionedThroughput =
    ProvisionedThroughput { read_capacity_units: 12_000, write_capacity_units: 4_000 };

pub(super) fn check_billing(billing: BillingMode, units: Option<ProvisionedThroughput>) -> Result<(), Error> {
    match (billing, units) {
        (BillingMode::PayPerRequest, Some(_)) => Err(invalid(
            Rule("definition.units_on_demand"),
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
        (BillingMode::Provisioned, None) => Err(invalid(
            Rule("definition.units_missing"),
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        _ => Ok(()),
    }
}

/// Units are within the bounds of the service, which today are far above any quota.
pub(crate) fn check_units(units: Option<ProvisionedThroughput>, limits: &Limits) -> Result<(), Error> {
    let units = units.unwrap_or_default();
    let named = [
        ("ReadCapacityUnits", units.read_capacity_units),
        ("WriteCapacityUnits", units.write_capacity_units),
    ];
    match named.into_iter().find(|(_, units)| *units > limits.units_max) {
        Some((member, units)) => {
            let text = format!("Given value {units} for {member} is out of bounds");
            Err(Error::validation(Rule("definition.units_bounds"), text))
        }
        None => Ok(()),
    }
}

pub(super) fn check_on_demand(request: &CreateTable, billing: BillingMode) -> Result<(), Error> {
    Maxima::of(request.on_demand_throughput, None).check_new(billing)?;
    for index in request.global_secondary_indexes.iter().flatten() {
        Maxima::of(index.on_demand_throughput, Some(&index.index_name)).check_new(billing)?;
    }
    Ok(())
}

pub(super) fn check_warm(request: &CreateTable, billing: BillingMode) -> Result<(), Error> {
    Warmth::of(request.warm_throughput, None).check_new(billing, request.provisioned_throughput)?;
    for index in request.global_secondary_indexes.iter().flatten() {
        Warmth::of(index.warm_throughput, Some(&index.index_name))
            .check_new(billing, index.provisioned_throughput)?;
    }
    Ok(())
}

/// The most units that a table or an index is asked to serve on demand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Maxima<'i> {
    given: OnDemandThroughput,
    index: Option<&'i str>,
}

impl<'i> Maxima<'i> {
    /// The maxima of a request; of the table without an index.
    pub(crate) fn of(given: Option<OnDemandThroughput>, index: Option<&'i str>) -> Self {
        Self { given: given.unwrap_or_default(), index }
    }

    fn members(self) -> impl Iterator<Item = (&'static str, i64)> {
        let members = [
            ("MaxReadRequestUnits", self.given.max_read_request_units),
            ("MaxWriteRequestUnits", self.given.max_write_request_units),
        ];
        members.into_iter().filter_map(|(member, units)| Some((member, units?)))
    }

    /// Checks the maxima of what is to be created.
    pub(crate) fn check_new(self, billing: BillingMode) -> Result<(), Error> {
        if billing == BillingMode::Provisioned
            && let Some((member, _)) = self.members().next()
        {
            let index = self.index.map_or_else(String::new, |index| format!(" for index: {index}"));
            let text = format!(
                "{member} for OnDemandThroughput{index} cannot be specified when table BillingMode is PROVISIONED."
            );
            return Err(invalid(Rule("definition.on_demand_provisioned"), text));
        }
        self.check_range(|units| units >= 1)
    }

    /// Checks the maxima that are to replace others: -1 takes one away.
    pub(crate) fn check_changed(self, billing: BillingMode) -> Result<(), Error> {
        if billing == BillingMode::Provisioned
            && let Some((member, _)) = self.members().next()
        {
            let index = self.index.map_or_else(String::new, |index| format!(" for index : {index}"));
            let text = format!(
                "{member} for OnDemandThroughput{index} cannot be specified when the table BillingMode is PROVISIONED"
            );
            return Err(invalid(Rule("redefinition.on_demand_provisioned"), text));
        }
        self.check_range(|units| units == -1 || units >= 1)
    }

    fn check_range(self, is_valid: impl Fn(i64) -> bool) -> Result<(), Error> {
        let Some((member, _)) = self.members().find(|(_, units)| !is_valid(*units)) else {
            return Ok(());
        };
        let of = self.index.map_or_else(|| "table".to_owned(), |index| format!("index : {index}"));
        let text = format!("Requested {member} for OnDemandThroughput for {of} is outside of valid range");
        Err(invalid(Rule("definition.on_demand_range"), text))
    }
}

/// What a table or an index is asked to serve at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Warmth<'i> {
    given: WarmThroughput,
    index: Option<&'i str>,
}

impl<'i> Warmth<'i> {
    /// The warm throughput of a request; of the table without an index.
    pub(crate) fn of(given: Option<WarmThroughput>, index: Option<&'i str>) -> Self {
        Self { given: given.unwrap_or_default(), index }
    }

    /// It is at least what is served anyway.
    pub(crate) fn check_new(
        self,
        billing: BillingMode,
        units: Option<ProvisionedThroughput>,
    ) -> Result<(), Error> {
        let base = match billing {
            BillingMode::PayPerRequest => ON_DEMAND_WARM,
            BillingMode::Provisioned => units.unwrap_or_default(),
        };
        let Some(read) = self.lower(base) else {
            return Ok(());
        };
        let than = match (billing, read) {
            (BillingMode::PayPerRequest, _) => "initial throughput for OnDemand",
            (BillingMode::Provisioned, true) => "ReadCapacityUnits of ProvisionedThroughput",
            (BillingMode::Provisioned, false) => "WriteCapacityUnits of ProvisionedThroughput",
        };
        Err(invalid(Rule("definition.warm"), self.text(read, than)))
    }

    /// It is never lowered. Source: captures of October 2026, UpdateTable.
    pub(crate) fn check_changed(self, current: ProvisionedThroughput) -> Result<(), Error> {
        let Some(read) = self.lower(current) else {
            return Ok(());
        };
        let than = "current WarmThroughput, decreasing WarmThroughput is not supported";
        Err(invalid(Rule("redefinition.warm"), self.text(read, than)))
    }

    /// Whether its reads are the first that are lower, or its writes.
    fn lower(self, base: ProvisionedThroughput) -> Option<bool> {
        let is_lower = |asked: Option<i64>, base| asked.is_some_and(|asked| asked < base);
        if is_lower(self.given.read_units_per_second, base.read_capacity_units) {
            return Some(true);
        }
        is_lower(self.given.write_units_per_second, base.write_capacity_units).then_some(false)
    }

    fn text(self, read: bool, than: &str) -> String {
        let member = if read { "ReadUnitsPerSecond" } else { "WriteUnitsPerSecond" };
        let of = self.index.map_or_else(|| "table".to_owned(), |index| format!("index {index}"));
        format!("Requested {member} for WarmThroughput for {of} is lower than {than}")
    }
}
