//! How a table is paid for, and its provisioned units.
//!
//! New units are told once they are there; only those of a table that comes back from on-demand are told at once.
//! Source: production captures, UpdateTable.

use ddbmock_model::{BillingMode, Error, IndexStatus, ProvisionedThroughput, Rule};

use super::{Asked, Draft};
use crate::check::{ON_DEMAND_WARM, invalid};
use crate::definition::Definition;
use crate::index::{Index, IndexKind};
use crate::throughput::Throughput;

/// No units.
const NONE: ProvisionedThroughput = ProvisionedThroughput { read_capacity_units: 0, write_capacity_units: 0 };

impl Asked<'_> {
    /// A table that is on-demand has no provisioned units.
    pub(super) fn check_units_fit(&self, draft: &Draft<'_>) -> Result<(), Error> {
        if draft.billing == BillingMode::PayPerRequest && self.request.provisioned_throughput.is_some() {
            return Err(invalid(
                Rule("redefinition.units_of_on_demand"),
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
            ));
        }
        Ok(())
    }

    pub(super) fn change_billing(&self, draft: &mut Draft<'_>) -> Result<(), Error> {
        if self.request.billing_mode.is_some() {
            draft.is_updating();
        }
        match (draft.switches_billing(), draft.billing, self.request.provisioned_throughput) {
            (true, BillingMode::PayPerRequest, _) => {
                self.become_on_demand(draft);
                Ok(())
            }
            (true, BillingMode::Provisioned, Some(units)) => self.become_provisioned(draft, units),
            (false, _, Some(units)) => self.change_units(draft, units),
            _ => Ok(()),
        }
    }

    /// It counts as a decrease of each index, not of the table, whose answer dates one all the same. Source: captures
    /// of October 2026, billing.
    fn become_on_demand(&self, draft: &mut Draft<'_>) {
        let (after, shown, done) = (&mut draft.made.after, &mut draft.made.shown, self.done());
        for definition in [&mut *after, &mut *shown] {
            definition.billing = BillingMode::PayPerRequest;
            definition.throughput.units = NONE;
        }
        after.on_demand_since = Some(done);
        after.warm = after.warm.provisioned(ON_DEMAND_WARM);
        for index in global_indexes(after) {
            index.throughput = index.throughput.lowered(NONE, done);
            index.warm = index.warm.provisioned(ON_DEMAND_WARM);
        }
        shown.throughput.decreased = Some(self.now);
        for index in global_indexes(shown) {
            index.throughput.units = NONE;
            index.status = IndexStatus::Updating;
        }
    }

    /// Units are needed for the table and all of its indexes; maxima of on-demand go.
    fn become_provisioned(&self, draft: &mut Draft<'_>, units: ProvisionedThroughput) -> Result<(), Error> {
        let lacking: Vec<&str> = draft
            .before
            .indexes
            .iter()
            .filter(|index| index.kind == IndexKind::Global && self.units_of(&index.name).is_none())
            .map(|index| index.name.as_str())
            .collect();
        if !lacking.is_empty() {
            let text = format!("ProvisionedThroughput must be specified for index: {}", lacking.join(","));
            return Err(invalid(Rule("redefinition.index_units_missing"), text));
        }
        for definition in [&mut draft.made.after, &mut draft.made.shown] {
            definition.billing = BillingMode::Provisioned;
            definition.on_demand = None;
            definition.throughput.units = units;
            for index in global_indexes(definition) {
                index.on_demand = None;
                index.throughput.units = self.units_of(&index.name).unwrap_or(NONE);
            }
        }
        let after = &mut draft.made.after;
        after.warm = after.warm.provisioned(units);
        for index in global_indexes(after) {
            index.warm = index.warm.provisioned(index.throughput.units);
        }
        global_indexes(&mut draft.made.shown).for_each(|index| index.status = IndexStatus::Updating);
        Ok(())
    }

    /// The units that the request gives an index.
    fn units_of(&self, index: &str) -> Option<ProvisionedThroughput> {
        let updates = self.request.global_secondary_index_updates.iter().flatten();
        updates
            .filter_map(|update| update.update.as_ref())
            .find(|update| update.index_name == index)?
            .provisioned_throughput
    }

    fn change_units(&self, draft: &mut Draft<'_>, units: ProvisionedThroughput) -> Result<(), Error> {
        let before = draft.before.throughput;
        check_new(before, units, None)?;
        let after = &mut draft.made.after;
        after.throughput = before.changed(units, (self.now, self.done()), self.limits)?;
        after.warm = after.warm.provisioned(units);
        draft.made.shown.throughput = before.dated(units, self.now);
        draft.is_updating();
        Ok(())
    }
}

/// New units differ from the old ones.
pub(super) fn check_new(
    before: Throughput,
    units: ProvisionedThroughput,
    index: Option<&str>,
) -> Result<(), Error> {
    if units != before.units {
        return Ok(());
    }
    let ProvisionedThroughput { read_capacity_units: read, write_capacity_units: write } = units;
    let of = index.map_or_else(|| "the table".to_owned(), |index| format!("the index {index}"));
    let of_current = index.map_or_else(|| "the table".to_owned(), |index| format!("index {index}"));
    let text = format!(
        "The provisioned throughput for {of} will not change. The requested value equals the current value. Current \
         ReadCapacityUnits provisioned for {of_current}: {read}. Requested ReadCapacityUnits: {read}. Current \
         WriteCapacityUnits provisioned for {of_current}: {write}. Requested WriteCapacityUnits: {write}. Refer to the \
         Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
    );
    Err(Error::validation(Rule("redefinition.same_units"), text))
}

/// The global indexes of a definition.
fn global_indexes(definition: &mut Definition) -> impl Iterator<Item = &mut Index> {
    definition.indexes.iter_mut().filter(|index| index.kind == IndexKind::Global)
}
