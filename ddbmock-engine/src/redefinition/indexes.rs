//! Global indexes that are created, changed or deleted.

use ddbmock_model::{
    AttributeDefinition, BillingMode, Error, GlobalSecondaryIndex, IndexStatus, Message, OnDemandThroughput,
    Projection, Rule, TableStatus, UpdateGlobalSecondaryIndex,
};

use super::billing::check_new;
use super::{Asked, Draft, no_such_index};
use crate::check::{
    GLOBAL_INDEXES_MAX, Maxima, Warmth, check_count_of_non_key_attributes, check_defined, check_global_roles,
    check_listed, check_projection, invalid,
};
use crate::definition::Definition;
use crate::index::{Index, IndexKind};
use crate::limits::Limits;
use crate::stage::{Building, check_at_rest, in_use};

impl<'a> Asked<'a> {
    /// Checks the index updates against the table: how many make or end an index, and whether their indexes are there.
    pub(super) fn check_indexes(&self, draft: &Draft<'_>) -> Result<(), Error> {
        let building = draft.before.indexes.iter().filter(|index| index.building(self.now).is_some());
        let building = building.filter(|index| self.gone().all(|name| name != index.name));
        let asked = self.new_count() + self.gone().count();
        if asked > 0 && asked + building.count() > 1 {
            let text = "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per \
                        table";
            return Err(Error::LimitExceeded(Message::new(Rule("redefinition.indexes_at_once"), text)));
        }
        let of = |name: &str| draft.before.indexes.iter().find(|index| index.name == name);
        for update in self.updated() {
            self.check_global(of(&update.index_name), &update.index_name, "update")?;
        }
        for name in self.deleted() {
            self.check_global(of(name), name, "delete")?;
        }
        for create in self.created() {
            check_free(&draft.before.indexes, &create.index_name)?;
            self.check_created(draft, create)?;
        }
        self.updated().try_for_each(|update| check_updated(draft.billing, update))
    }

    fn check_global(&self, index: Option<&Index>, name: &str, verb: &str) -> Result<(), Error> {
        match index.map(|index| &index.kind) {
            Some(IndexKind::Global) => Ok(()),
            // Assumed of vector indexes.
            Some(IndexKind::Local | IndexKind::Vector(_)) => {
                let text = format!("Cannot {verb} an index that is not a GlobalSecondaryIndex: {name}");
                Err(Error::validation(Rule("redefinition.local_index"), text))
            }
            None => Err(no_such_index(name, &self.table.name)),
        }
    }

    /// An index that is created is checked as those of a new table are, against the definitions in the request.
    fn check_created(&self, draft: &Draft<'_>, create: &GlobalSecondaryIndex) -> Result<(), Error> {
        let (name, definitions) = (&create.index_name, &self.request.attribute_definitions);
        if definitions.is_empty() {
            let text = format!("AttributeDefinitions is not specified for index: {name}");
            return Err(invalid(Rule("redefinition.no_definitions"), text));
        }
        check_defined(&create.key_schema, definitions)?;
        check_global_roles(&create.key_schema)?;
        check_projection(&create.projection)?;
        check_listed(&create.projection)?;
        check_units(draft.billing, create)?;
        Maxima::of(create.on_demand_throughput, Some(name)).check_new(draft.billing)?;
        Warmth::of(create.warm_throughput, Some(name))
            .check_new(draft.billing, create.provisioned_throughput)?;
        let indexes = &draft.before.indexes;
        check_attribute_count(indexes, &create.projection)?;
        if indexes.iter().filter(|index| index.kind == IndexKind::Global).count() >= GLOBAL_INDEXES_MAX {
            let text = format!(
                "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of \
                 {GLOBAL_INDEXES_MAX}"
            );
            return Err(Error::LimitExceeded(Message::new(Rule("redefinition.global_indexes"), text)));
        }
        Ok(())
    }

    pub(super) fn change_indexes(&self, draft: &mut Draft<'_>) -> Result<(), Error> {
        for update in self.updated() {
            self.update_index(draft, update)?;
        }
        for name in self.gone() {
            draft.made.after.indexes.retain(|index| index.name != name);
            let shown = index_of(&mut draft.made.shown, name);
            (shown.status, shown.building) = (IndexStatus::Deleting, None);
            draft.is_updating();
        }
        for create in self.created() {
            self.create_index(draft, |part, types| Index::global(create, part, types));
        }
        self.create_vectors(draft);
        Ok(())
    }

    /// The definitions in the request are added to the table's; a type that the table knows stays. Source: captures of
    /// 2026, UpdateTable.
    pub(super) fn create_index(
        &self,
        draft: &mut Draft<'_>,
        index: impl FnOnce(u32, &[AttributeDefinition]) -> Index,
    ) {
        let after = &mut draft.made.after;
        for definition in &self.request.attribute_definitions {
            if after.attributes.iter().all(|known| known.attribute_name != definition.attribute_name) {
                after.attributes.push(definition.clone());
            }
        }
        let index = index(after.next_part, &after.attributes);
        after.next_part += 1;
        let building = Building::new(self.now, self.world.config.delays.update);
        after.indexes.push(Index { building, ..index.clone() });
        let attributes = super::used(after);
        let shown = &mut draft.made.shown;
        shown.attributes = attributes;
        shown.indexes.push(Index { status: IndexStatus::Creating, ..index });
        draft.is_updating();
    }

    /// Of an index alone the table is not said to be changing. Source: captures of October 2026, UpdateTable.
    fn update_index(&self, draft: &mut Draft<'_>, update: &UpdateGlobalSecondaryIndex) -> Result<(), Error> {
        let name = &update.index_name;
        let switches = draft.switches_billing();
        let after = index_of(&mut draft.made.after, name);
        let shown = index_of(&mut draft.made.shown, name);
        if let Some(units) = update.provisioned_throughput.filter(|_| !switches) {
            let before = after.throughput;
            check_new(before, units, Some(name))?;
            after.throughput = before.changed(units, (self.now, self.done()), self.limits)?;
            after.warm = after.warm.provisioned(units);
            shown.throughput = before.dated(units, self.now);
            shown.status = IndexStatus::Updating;
        }
        if let Some(maxima) =
            update.on_demand_throughput.filter(|maxima| *maxima != OnDemandThroughput::default())
        {
            Maxima::of(Some(maxima), Some(name)).check_changed(draft.billing)?;
            shown.on_demand = Some(merged(after.on_demand, maxima));
            after.on_demand = lasting(merged(after.on_demand, maxima));
            shown.status = IndexStatus::Updating;
        }
        if let Some(warm) = update.warm_throughput {
            Warmth::of(Some(warm), Some(name)).check_changed(after.warm.units)?;
            let before = after.warm;
            after.warm = before.asked(warm);
            shown.warm.rising = after.warm != before;
        }
        Ok(())
    }

    /// A table can be changed at rest. An index that is made can be deleted once it is allocated. Source: captures of
    /// October 2026, vector indexes.
    pub(super) fn check_at_rest(&self, before: &Definition, status: TableStatus) -> Result<(), Error> {
        let allocating = |name: &&str| {
            let building = before.indexes.iter().find(|index| index.name == **name)?.building(self.now)?;
            (building.filling > self.now).then_some(())
        };
        if let Some(index) = self.gone().find(|name| allocating(name).is_some()) {
            let text = format!(
                "Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the \
                 index is active. Table: {} Index: {index}",
                self.table.name
            );
            return Err(in_use(Rule("redefinition.index_allocating"), text));
        }
        check_at_rest(status, &self.table.name)
    }

    fn updated(&self) -> impl Iterator<Item = &'a UpdateGlobalSecondaryIndex> + use<'a> {
        let updates = self.request.global_secondary_index_updates.iter().flatten();
        updates.filter_map(|update| update.update.as_ref())
    }

    pub(super) fn created(&self) -> impl Iterator<Item = &'a GlobalSecondaryIndex> + use<'a> {
        let updates = self.request.global_secondary_index_updates.iter().flatten();
        updates.filter_map(|update| update.create.as_ref()).map(|create| &create.0)
    }

    pub(super) fn deleted(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let updates = self.request.global_secondary_index_updates.iter().flatten();
        updates.filter_map(|update| update.delete.as_ref()).map(|delete| delete.index_name.as_str())
    }
}

/// Units go with a provisioned table, and are needed there.
fn check_units(billing: BillingMode, create: &GlobalSecondaryIndex) -> Result<(), Error> {
    let name = &create.index_name;
    match (billing, create.provisioned_throughput) {
        (BillingMode::PayPerRequest, Some(_)) => {
            let text = format!(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {name} when BillingMode \
                 is PAY_PER_REQUEST"
            );
            Err(invalid(Rule("redefinition.index_units_on_demand"), text))
        }
        (BillingMode::Provisioned, None) => Err(units_missing(name)),
        _ => Ok(()),
    }
}

fn units_missing(index: &str) -> Error {
    let text = format!("Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {index}");
    invalid(Rule("redefinition.new_index_units_missing"), text)
}

/// What an index can be told depends on how its table is paid for.
fn check_updated(billing: BillingMode, update: &UpdateGlobalSecondaryIndex) -> Result<(), Error> {
    let UpdateGlobalSecondaryIndex { index_name: name, provisioned_throughput: units, .. } = update;
    let units_max = units.map_or(0, |units| units.read_capacity_units.max(units.write_capacity_units));
    if units_max > Limits::TODAY.units_max {
        let text = "This operation cannot be performed with given input values. Please contact DynamoDB service team \
                    for more info: Action Blocked: IndexUpdate";
        return Err(Error::validation(Rule("redefinition.index_units_bounds"), text));
    }
    let on_demand = update.on_demand_throughput.is_some_and(|maxima| maxima != OnDemandThroughput::default());
    let other = on_demand || update.warm_throughput.is_some();
    match (billing, units) {
        (BillingMode::PayPerRequest, units) if units.is_some() || !other => {
            let text = format!(
                "The only Updates for index: {name} when TableThroughputMode is PAY_PER_REQUEST can be to \
                 OnDemandThroughput, WarmThroughput"
            );
            Err(invalid(Rule("redefinition.index_on_demand"), text))
        }
        (BillingMode::Provisioned, None) if !other => Err(units_missing(name)),
        _ => Ok(()),
    }
}

/// An index that is created lists few attributes together with those that there are.
pub(super) fn check_attribute_count(indexes: &[Index], created: &Projection) -> Result<(), Error> {
    check_count_of_non_key_attributes(indexes.iter().map(|index| &index.projection).chain([created]))
}

/// An index that is created has a name of its own. Source: captures of 2026, vector indexes.
pub(super) fn check_free(indexes: &[Index], name: &str) -> Result<(), Error> {
    if indexes.iter().all(|index| index.name != name) {
        return Ok(());
    }
    let text = "Attempting to create an index which already exists";
    Err(Error::validation(Rule("redefinition.index_exists"), text))
}

/// The index of a name that was found to be there.
fn index_of<'d>(definition: &'d mut Definition, name: &str) -> &'d mut Index {
    let index = definition.indexes.iter_mut().find(|index| index.name == name);
    index.expect("the indexes of the request were found to be there")
}

/// Maxima with others in their places: what is not given stays.
pub(super) fn merged(before: Option<OnDemandThroughput>, given: OnDemandThroughput) -> OnDemandThroughput {
    let before = before.unwrap_or_default();
    OnDemandThroughput {
        max_read_request_units: given.max_read_request_units.or(before.max_read_request_units),
        max_write_request_units: given.max_write_request_units.or(before.max_write_request_units),
    }
}

/// What is left of maxima: -1 is none, and told once. Source: captures of 2026, UpdateTable.
pub(super) fn lasting(maxima: OnDemandThroughput) -> Option<OnDemandThroughput> {
    let kept = |units: Option<i64>| units.filter(|units| *units != -1);
    crate::index::given(OnDemandThroughput {
        max_read_request_units: kept(maxima.max_read_request_units),
        max_write_request_units: kept(maxima.max_write_request_units),
    })
}
