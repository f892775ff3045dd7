//! Secondary indexes: what an index is, and what a change of an item is to it.
//!
//! An index holds an entry for every item that has all attributes of its key, each fit for a key; one of vectors, if it
//! has a vector too. An entry is the projected item under a key that sorts as the index does; entries of equal keys
//! stand by their rows' keys.

use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, GlobalSecondaryIndex, IndexStatus, Item, KeySchemaElement, LocalSecondaryIndex,
    OnDemandThroughput, Projection, ProjectionType, VectorIndex,
};

use crate::change::Change;
use crate::clock::Timestamp;
use crate::schema::{KeyAttribute, KeySchema};
use crate::stage::Building;
use crate::throughput::Throughput;
use crate::vector::Vector;
use crate::warm::Warm;

/// The kinds of index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum IndexKind {
    /// The table's partition key with another sort key.
    Local,
    /// Any key.
    Global,
    /// Vectors. Its key is what it is parted by, one attribute or none.
    Vector(Vector),
}

/// A secondary index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Index {
    /// Its name.
    pub(crate) name: String,
    /// Its kind.
    pub(crate) kind: IndexKind,
    /// Its part of the table's space, never given twice in the table's life; the rows are part 0.
    pub(crate) part: u32,
    /// Its key.
    pub(crate) schema: KeySchema,
    /// Its key, as it was sent; of vectors nothing.
    pub(crate) key: Vec<KeySchemaElement>,
    /// What it holds beside the keys.
    pub(crate) projection: Projection,
    /// Where it is in its life.
    pub(crate) status: IndexStatus,
    /// How it is made, if it was added to a table a while ago.
    pub(crate) building: Option<Building>,
    /// Its provisioned units; zeros when on-demand, and for a local index.
    pub(crate) throughput: Throughput,
    /// The most units it serves on demand.
    pub(crate) on_demand: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub(crate) warm: Warm,
}

/// An entry of an index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// Its key in the index's space.
    pub(crate) key: Arc<[u8]>,
    /// The projected item.
    pub(crate) item: Item,
}

/// What a change of an item is to one index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effect {
    /// The index's part of the table's space.
    pub(crate) part: u32,
    /// The entry before, if there was one.
    pub(crate) before: Option<Entry>,
    /// The entry after, if there is one.
    pub(crate) after: Option<Entry>,
    /// By how many bytes more the item's vector is larger as numbers than before.
    pub(crate) excess: i64,
}

impl Index {
    /// A local index of a definition that was checked: it has no throughput of its own.
    pub(crate) fn local(index: &LocalSecondaryIndex, part: u32, types: &[AttributeDefinition]) -> Self {
        let schema = KeySchema::of(&index.key_schema, types);
        Self::of(&index.index_name, &index.key_schema, schema, &index.projection, part)
    }

    /// A global index of a definition that was checked.
    pub(crate) fn global(index: &GlobalSecondaryIndex, part: u32, types: &[AttributeDefinition]) -> Self {
        let schema = KeySchema::of(&index.key_schema, types);
        Self {
            kind: IndexKind::Global,
            throughput: index.provisioned_throughput.unwrap_or_default().into(),
            on_demand: index.on_demand_throughput.and_then(given),
            warm: Warm::new(index.provisioned_throughput, index.warm_throughput),
            ..Self::of(&index.index_name, &index.key_schema, schema, &index.projection, part)
        }
    }

    /// A vector index of a definition that was checked: it has no throughput of its own.
    pub(crate) fn vectors(index: &VectorIndex, part: u32, types: &[AttributeDefinition]) -> Self {
        let (vector, schema) = Vector::of(index, types);
        Self {
            kind: IndexKind::Vector(vector),
            ..Self::of(&index.index_name, &[], schema, &index.projection, part)
        }
    }

    fn of(
        name: &str,
        key: &[KeySchemaElement],
        schema: KeySchema,
        projection: &Projection,
        part: u32,
    ) -> Self {
        Self {
            name: name.to_owned(),
            kind: IndexKind::Local,
            part,
            schema,
            key: key.to_vec(),
            projection: sorted(projection),
            status: IndexStatus::Active,
            building: None,
            throughput: Throughput::default(),
            on_demand: None,
            warm: Warm::default(),
        }
    }

    /// How it is being made at a moment, if it is.
    pub(crate) fn building(&self, now: Timestamp) -> Option<Building> {
        self.building.filter(|_| self.is_building(|| now))
    }

    /// Whether it is being made, and cannot be read yet.
    pub(crate) fn is_building(&self, now: impl FnOnce() -> Timestamp) -> bool {
        self.building.is_some_and(|building| building.until > now())
    }

    /// When it can be read, if it is being made. One of vectors is there for some time before. Source: captures of
    /// 2026, vector indexes.
    pub(crate) fn readable_from(&self) -> Option<Timestamp> {
        let building = self.building?;
        Some(if self.vector().is_some() { building.searchable() } else { building.until })
    }

    /// What makes it one of vectors, if it is.
    pub(crate) fn vector(&self) -> Option<&Vector> {
        match &self.kind {
            IndexKind::Vector(vector) => Some(vector),
            IndexKind::Local | IndexKind::Global => None,
        }
    }

    /// The attributes that it needs a type of: of its key, and those that its searches are narrowed by.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.schema.attributes().chain(self.vector().into_iter().flat_map(|vector| &vector.filters))
    }

    /// What a change of an item is to the index; nothing if it stays as it is.
    pub(crate) fn effect(&self, change: &Change, table: &KeySchema) -> Option<Effect> {
        let before = change.before.as_ref().and_then(|item| self.entry(item, &change.key, table));
        let after = change.after.as_ref().and_then(|item| match (&before, &change.before) {
            // Most writes leave the key of an index as it was.
            (Some(entry), Some(before)) if self.schema.is_same(before, item) => {
                Some(Entry { key: Arc::clone(&entry.key), item: self.projected(item, table)? })
            }
            _ => self.entry(item, &change.key, table),
        });
        let excess = self.excess(change.after.as_ref()) - self.excess(change.before.as_ref());
        (before != after || excess != 0).then_some(Effect { part: self.part, before, after, excess })
    }

    /// The entry of an item, if it has one.
    pub(crate) fn entry(&self, item: &Item, row: &[u8], table: &KeySchema) -> Option<Entry> {
        let mut key = self.schema.key_of(item)?;
        key.extend_from_slice(row);
        Some(Entry { key: key.into(), item: self.projected(item, table)? })
    }

    /// By how many bytes an item's vector is larger as numbers than it is here.
    pub(crate) fn excess(&self, item: Option<&Item>) -> i64 {
        self.vector().map_or(0, |vector| vector.excess(item))
    }

    /// Whether it holds an attribute of every item.
    pub(crate) fn projects(&self, name: &str, table: &KeySchema) -> bool {
        let listed = || self.projection.non_key_attributes.iter().flatten().any(|one| one == name);
        self.projects_all() || self.typed().any(|one| one.name == name) || table.has(name) || listed()
    }

    /// Whether it holds all attributes.
    pub(crate) fn projects_all(&self) -> bool {
        self.projection.projection_type == Some(ProjectionType::All)
    }

    fn projected(&self, item: &Item, table: &KeySchema) -> Option<Item> {
        if let Some(vector) = self.vector() {
            return vector.entry(item, |name| self.projects(name, table));
        }
        if self.projects_all() {
            return Some(item.clone());
        }
        let kept = item.attributes().iter().filter(|(name, _)| self.projects(name, table));
        Some(Item::from_values(kept))
    }
}

/// The attributes that an index lists are described in the order of their names. Source: captures of October 2026,
/// descriptions.
fn sorted(projection: &Projection) -> Projection {
    let mut projection = projection.clone();
    projection.non_key_attributes.iter_mut().for_each(|names| names.sort());
    projection
}

/// The maxima, unless none is given.
pub(crate) fn given(maxima: OnDemandThroughput) -> Option<OnDemandThroughput> {
    (maxima != OnDemandThroughput::default()).then_some(maxima)
}
