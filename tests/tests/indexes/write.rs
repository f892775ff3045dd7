//! Writes to the table, and changes of its indexes: what they are asked as, and what they come to.

use ddbmock_engine::op::{DeleteItem, PutItem, UpdateItem, UpdateTable};
use ddbmock_engine::{
    AttributeMap, AttributeValue, ConsumedCapacity, CreateGlobalSecondaryIndex, DeleteGlobalSecondaryIndex,
    Engine, Error, GlobalSecondaryIndexUpdate, Item, ReturnConsumedCapacity, ReturnValues,
    ReturnValuesOnConditionCheckFailure,
};

use super::naive::Naive;
use super::shape::{Shape, TABLE, plain};

/// What must hold of the item that is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Condition {
    Nothing,
    Absent,
    Present,
    HasNote,
}

impl Condition {
    pub(super) fn expression(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Absent => Some("attribute_not_exists(artist)".into()),
            Self::Present => Some("attribute_exists(artist)".into()),
            Self::HasNote => Some("attribute_exists(note)".into()),
        }
    }

    fn holds(self, item: Option<&AttributeMap>) -> bool {
        match self {
            Self::Nothing => true,
            Self::Absent => item.is_none(),
            Self::Present => item.is_some(),
            Self::HasNote => item.is_some_and(|item| item.contains_key("note")),
        }
    }
}

/// What becomes of an attribute.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Set(AttributeValue),
    Remove,
    /// Halves are added, which floating point adds exactly.
    AddHalves(i32),
}

/// What is done to the item of a key.
#[derive(Debug, Clone)]
pub(super) enum Action {
    Put(AttributeMap),
    Update(AttributeMap, Vec<(&'static str, Change)>),
    Delete(AttributeMap),
}

/// A write.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) action: Action,
    pub(super) condition: Condition,
    pub(super) asked: ReturnConsumedCapacity,
}

/// What became of a write. A put and a delete answer with the item before, an update with the one after, a condition
/// that fails with the one that is there.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Done(Option<AttributeMap>, Option<ConsumedCapacity>),
    ConditionFailed(Option<AttributeMap>),
    Refused,
}

impl Write {
    /// Does it to a naive table.
    pub(super) fn naively(&self, naive: &mut Naive) -> Outcome {
        let key = TABLE.position(self.action.key());
        let before = naive.item(&key).cloned();
        if naive.misfits(&self.action.sent()) {
            return Outcome::Refused;
        }
        if !self.condition.holds(before.as_ref()) {
            return Outcome::ConditionFailed(before);
        }
        match &self.action {
            Action::Put(item) => {
                let cost = naive.write(&key, Some(item.clone()));
                Outcome::Done(before, cost.told(self.asked))
            }
            Action::Update(_, changes) => {
                let after = changed(before.unwrap_or_else(|| key.clone()), changes);
                let cost = naive.write(&key, Some(after.clone()));
                Outcome::Done(Some(after), cost.told(self.asked))
            }
            Action::Delete(_) => {
                let cost = naive.write(&key, None);
                Outcome::Done(before, cost.told(self.asked))
            }
        }
    }

    /// Whether it updates an item that was written before an index came whose key it does not fit: how that is answered
    /// is not known.
    pub(super) fn is_odd(&self, naive: &Naive) -> bool {
        match &self.action {
            Action::Update(key, _) => naive.item(key).is_some_and(|item| naive.misfits(item)),
            Action::Put(_) | Action::Delete(_) => false,
        }
    }

    /// Does it to an engine's table.
    pub(super) fn really(&self, engine: &Engine) -> Outcome {
        let failed = ReturnValuesOnConditionCheckFailure::AllOld;
        let table_name = || TABLE.name.to_owned();
        let done = match &self.action {
            Action::Put(item) => engine
                .put_item(PutItem {
                    table_name: table_name(),
                    item: item.clone().into(),
                    condition_expression: self.condition.expression(),
                    return_values: ReturnValues::AllOld,
                    return_consumed_capacity: self.asked,
                    return_values_on_condition_check_failure: failed,
                    ..Default::default()
                })
                .map(|output| (output.attributes, output.consumed_capacity)),
            Action::Update(key, changes) => engine
                .update_item(UpdateItem {
                    table_name: table_name(),
                    key: key.clone().into(),
                    condition_expression: self.condition.expression(),
                    return_values: ReturnValues::AllNew,
                    return_consumed_capacity: self.asked,
                    return_values_on_condition_check_failure: failed,
                    ..update(changes)
                })
                .map(|output| (output.attributes, output.consumed_capacity)),
            Action::Delete(key) => engine
                .delete_item(DeleteItem {
                    table_name: table_name(),
                    key: key.clone().into(),
                    condition_expression: self.condition.expression(),
                    return_values: ReturnValues::AllOld,
                    return_consumed_capacity: self.asked,
                    return_values_on_condition_check_failure: failed,
                    ..Default::default()
                })
                .map(|output| (output.attributes, output.consumed_capacity)),
        };
        let map = |item: Option<Item>| item.map(|item| plain(item.to_map()));
        match done {
            Ok((attributes, consumed)) => Outcome::Done(map(attributes), consumed),
            Err(Error::ConditionalCheckFailed { item, .. }) => Outcome::ConditionFailed(map(item)),
            Err(Error::Validation(_)) => Outcome::Refused,
            Err(error) => panic!("{self:?}: {error}"),
        }
    }
}

impl Action {
    /// Attributes that have the key.
    pub(super) fn key(&self) -> &AttributeMap {
        match self {
            Self::Put(item) => item,
            Self::Update(key, _) | Self::Delete(key) => key,
        }
    }

    /// The values that it brings.
    pub(super) fn sent(&self) -> AttributeMap {
        match self {
            Self::Put(item) => item.clone(),
            Self::Update(_, changes) => changed(AttributeMap::new(), changes),
            Self::Delete(_) => AttributeMap::new(),
        }
    }
}

fn changed(mut item: AttributeMap, changes: &[(&'static str, Change)]) -> AttributeMap {
    for (name, change) in changes {
        match change {
            Change::Set(value) => drop(item.insert((*name).to_owned(), value.clone())),
            Change::Remove => drop(item.remove(*name)),
            Change::AddHalves(halves) => {
                let before = match item.get(*name) {
                    Some(AttributeValue::N(text)) => text.parse().unwrap(),
                    _ => 0.0,
                };
                item.insert((*name).to_owned(), AttributeValue::n(before + f64::from(*halves) / 2.0));
            }
        }
    }
    item
}

/// The expression of changes, and what stands for its names and values.
pub(super) fn update(changes: &[(&'static str, Change)]) -> UpdateItem {
    let (mut set, mut remove, mut add) = (Vec::new(), Vec::new(), Vec::new());
    let mut values = AttributeMap::new();
    for (at, (_, change)) in changes.iter().enumerate() {
        match change {
            Change::Set(value) => {
                set.push(format!("#c{at} = :c{at}"));
                values.insert(format!(":c{at}"), value.clone());
            }
            Change::Remove => remove.push(format!("#c{at}")),
            Change::AddHalves(halves) => {
                add.push(format!("#c{at} :c{at}"));
                values.insert(format!(":c{at}"), AttributeValue::n(f64::from(*halves) / 2.0));
            }
        }
    }
    let clauses = [("SET", set), ("REMOVE", remove), ("ADD", add)];
    let filled = clauses.into_iter().filter(|(_, parts)| !parts.is_empty());
    let clauses: Vec<String> = filled.map(|(word, parts)| format!("{word} {}", parts.join(", "))).collect();
    let names = changes.iter().enumerate().map(|(at, (name, _))| (format!("#c{at}"), (*name).to_owned()));
    UpdateItem {
        update_expression: (!clauses.is_empty()).then(|| clauses.join(" ")),
        expression_attribute_names: (!changes.is_empty()).then(|| names.collect()),
        expression_attribute_values: (!values.is_empty()).then(|| values.into()),
        ..Default::default()
    }
}

/// Takes a global index from the table, or gives it one that it does not have.
pub(super) fn toggle(engine: &Engine, naive: &mut Naive, index: &'static Shape) {
    let there = naive.indexes.contains(&index);
    let update = if there {
        naive.indexes.retain(|one| *one != index);
        let delete = Some(DeleteGlobalSecondaryIndex { index_name: index.name.into() });
        GlobalSecondaryIndexUpdate { delete, ..Default::default() }
    } else {
        naive.indexes.push(index);
        let create = Some(CreateGlobalSecondaryIndex(index.global()));
        GlobalSecondaryIndexUpdate { create, ..Default::default() }
    };
    engine
        .update_table(UpdateTable {
            table_name: TABLE.name.into(),
            attribute_definitions: if there { Vec::new() } else { index.definitions() },
            global_secondary_index_updates: Some(vec![update]),
            ..Default::default()
        })
        .unwrap();
}
