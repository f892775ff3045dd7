//! What is wrong with a request to update a table, whatever the table is.

use ddbmock_model::op::UpdateTable;
use ddbmock_model::{
    BillingMode, Error, GlobalSecondaryIndexUpdate, Message, OnDemandThroughput, Rule, StreamSpecification,
    UpdateGlobalSecondaryIndex, WarmThroughput, Wording,
};

use crate::check::{check_units, invalid};
use crate::encryption::check_encryption;
use crate::limits::Limits;

/// Checks what is asked for together.
pub(crate) fn check_request(request: &UpdateTable, wording: Wording, limits: &Limits) -> Result<(), Error> {
    let parts = Parts::of(request);
    parts.check_some(wording)?;
    check_billing(request)?;
    check_units(request.provisioned_throughput, limits)?;
    check_index_updates(request)?;
    check_vector_updates(request)?;
    parts.check_together()?;
    check_stream(request.stream_specification)?;
    check_encryption(request.sse_specification.as_ref())?;
    parts.check_not_empty()
}

/// What a request asks for. A structure without members counts as nothing beside others.
struct Parts<'r> {
    request: &'r UpdateTable,
    index_updates: &'r [GlobalSecondaryIndexUpdate],
    on_demand: bool,
    warm: bool,
    /// How many kinds of change there are.
    count: usize,
}

impl<'r> Parts<'r> {
    fn of(request: &'r UpdateTable) -> Self {
        let index_updates = request.global_secondary_index_updates.as_deref().unwrap_or_default();
        let on_demand =
            request.on_demand_throughput.is_some_and(|maxima| maxima != OnDemandThroughput::default());
        let warm = request.warm_throughput.is_some_and(|warm| warm != WarmThroughput::default());
        let given = [
            request.billing_mode.is_some() || request.provisioned_throughput.is_some(),
            !index_updates.is_empty(),
            request.vector_index_updates.as_ref().is_some_and(|updates| !updates.is_empty()),
            request.stream_specification.is_some(),
            request.sse_specification.is_some(),
            request.table_class.is_some(),
            request.deletion_protection_enabled.is_some(),
            on_demand,
            warm,
        ];
        let count = given.into_iter().filter(|given| *given).count();
        Self { request, index_updates, on_demand, warm, count }
    }

    /// There is something to do. An empty list of index updates is nothing; beside something it is refused.
    fn check_some(&self, wording: Wording) -> Result<(), Error> {
        let request = self.request;
        let empty = request.on_demand_throughput.is_some() || request.warm_throughput.is_some();
        if self.count == 0 && !empty {
            let text = match wording {
                Wording::Current => {
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, \
                     GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, \
                     ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, \
                     WarmThroughput or TableClass is required"
                }
                Wording::Classic => {
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, \
                     GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"
                }
            };
            return Err(Error::validation(Rule("redefinition.nothing"), text));
        }
        if request.global_secondary_index_updates.as_ref().is_some_and(Vec::is_empty) {
            let text = "List of GlobalSecondaryIndexUpdates is empty";
            return Err(invalid(Rule("redefinition.no_index_update"), text));
        }
        if request.vector_index_updates.as_ref().is_some_and(Vec::is_empty) {
            let text = "List of VectorIndexUpdates is empty"; // assumed from that of global indexes
            return Err(invalid(Rule("redefinition.no_vector_update"), text));
        }
        Ok(())
    }

    /// Most changes need a request of their own. Source: captures of October 2026, UpdateTable: the order is that of
    /// the refusals where several would do.
    fn check_together(&self) -> Result<(), Error> {
        let request = self.request;
        let alone = [
            (request.sse_specification.is_some(), "Server-Side Encryption modification"),
            (request.table_class.is_some(), "TableClass modification"),
            (request.deletion_protection_enabled.is_some(), "DeletionProtection modification"),
        ];
        if let Some((_, what)) = alone.into_iter().find(|(given, _)| *given && self.count > 1) {
            let text = format!("{what} must be the only operation in the request");
            return Err(invalid(Rule("redefinition.alone"), text));
        }
        let billing_alone = request.billing_mode.is_some() && request.provisioned_throughput.is_none();
        if self.on_demand && self.count > 1 && !(self.count == 2 && billing_alone) {
            let text = "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request";
            return Err(invalid(Rule("redefinition.on_demand_beside"), text));
        }
        let creates = self.index_updates.iter().any(|update| update.create.is_some());
        if self.warm && self.count > 1 {
            let text = if creates {
                "Create global secondary index cannot be specified when updating WarmThroughput"
            } else {
                "WarmThroughput must be the only operation in the request"
            };
            return Err(invalid(Rule("redefinition.warm_beside"), text));
        }
        self.check_slow_changes()
    }

    /// Units, streams and the making of indexes do not go together; that vectors are indexed on demand only is what
    /// their indexes and units are refused for. Source: captures of 2026, vector indexes.
    fn check_slow_changes(&self) -> Result<(), Error> {
        let request = self.request;
        let units = request.provisioned_throughput.is_some();
        let stream = request.stream_specification.is_some();
        let makes =
            self.index_updates.iter().any(|update| update.create.is_some() || update.delete.is_some());
        let makes_any = makes || request.vector_index_updates.is_some();
        let text = match (units, stream) {
            (true, true) => "You cannot modify stream status while updating table IOPS",
            (true, _) if makes => "You cannot create or delete index while updating table IOPS",
            (_, true) if makes_any => "You cannot create or delete index while changing stream status",
            _ => return Ok(()),
        };
        Err(invalid(Rule("redefinition.beside"), text))
    }

    /// A structure without members alone makes the service fail. Source: captures of 2026, UpdateTable.
    fn check_not_empty(&self) -> Result<(), Error> {
        if self.count > 0 {
            return Ok(());
        }
        let message = Message::new(Rule("redefinition.empty"), "");
        Err(Error::InternalFailure(message).hinted("DynamoDB itself fails on a throughput without members"))
    }
}

fn check_billing(request: &UpdateTable) -> Result<(), Error> {
    match (request.billing_mode, request.provisioned_throughput) {
        (Some(BillingMode::Provisioned), None) => Err(invalid(
            Rule("redefinition.units_missing"),
            "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
        )),
        (Some(BillingMode::PayPerRequest), Some(_)) => Err(invalid(
            Rule("redefinition.units_on_demand"),
            "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST",
        )),
        _ => Ok(()),
    }
}

/// Each index update is one action, of an index that no other is of, and changes something.
fn check_index_updates(request: &UpdateTable) -> Result<(), Error> {
    let updates = request.global_secondary_index_updates.as_deref().unwrap_or_default();
    updates.iter().try_for_each(check_action)?;
    check_index_names(updates)?;
    updates.iter().filter_map(|update| update.update.as_ref()).try_for_each(check_warm)
}

fn check_action(update: &GlobalSecondaryIndexUpdate) -> Result<(), Error> {
    let given = [update.update.is_some(), update.create.is_some(), update.delete.is_some()];
    match given.into_iter().filter(|given| *given).count() {
        0 => Err(invalid(
            Rule("redefinition.no_action"),
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, \
             GlobalSecondaryIndexUpdate.Delete must not be null",
        )),
        1 => Ok(()),
        _ => Err(invalid(
            Rule("redefinition.actions"),
            "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
        )),
    }
}

fn check_index_names(updates: &[GlobalSecondaryIndexUpdate]) -> Result<(), Error> {
    let names: Vec<&str> = updates.iter().map(index_name).collect();
    let Some(at) = (0..names.len()).find(|at| names[..*at].contains(&names[*at])) else {
        return Ok(());
    };
    let text = format!(
        "Only one global secondary index update per index is allowed simultaneously. Index: {}",
        names[at]
    );
    Err(invalid(Rule("redefinition.index_twice"), text))
}

fn check_warm(update: &UpdateGlobalSecondaryIndex) -> Result<(), Error> {
    if update.warm_throughput != Some(WarmThroughput::default()) {
        return Ok(());
    }
    let text = format!(
        "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: {}",
        update.index_name
    );
    Err(invalid(Rule("redefinition.index_warm_empty"), text))
}

/// Each update of a vector index is one action. Source: captures of 2026, vector indexes; assumed of none.
fn check_vector_updates(request: &UpdateTable) -> Result<(), Error> {
    for update in request.vector_index_updates.iter().flatten() {
        match (&update.create, &update.delete) {
            (Some(_), Some(_)) => {
                let text = "Only one vector index action is allowed per VectorIndexUpdate object";
                return Err(invalid(Rule("redefinition.vector_actions"), text));
            }
            (None, None) => {
                let text = "One of VectorIndexUpdate.Create, VectorIndexUpdate.Delete must not be null";
                return Err(invalid(Rule("redefinition.no_vector_action"), text));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The index that an update is of.
fn index_name(update: &GlobalSecondaryIndexUpdate) -> &str {
    let created = update.create.as_ref().map(|create| &create.0.index_name);
    let deleted = update.delete.as_ref().map(|delete| &delete.index_name);
    let updated = update.update.as_ref().map(|update| &update.index_name);
    created.or(deleted).or(updated).map_or("", String::as_str)
}

/// Source: captures of October 2026, streams.
fn check_stream(stream: Option<StreamSpecification>) -> Result<(), Error> {
    match stream {
        Some(StreamSpecification { stream_enabled: true, stream_view_type: None }) => Err(invalid(
            Rule("redefinition.stream_view_missing"),
            "If stream is being enabled then UpdateViewType is required",
        )),
        Some(StreamSpecification { stream_enabled: false, stream_view_type: Some(_) }) => Err(invalid(
            Rule("redefinition.stream_view"),
            "If stream is being disabled, then UpdateViewType must not be specified",
        )),
        _ => Ok(()),
    }
}
