//! The table of these laws and its indexes: what they are called, how they are ordered, what they hold.

use std::cmp::Ordering;

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{
    AttributeDefinition, AttributeMap, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement,
    KeyType, LocalSecondaryIndex, Projection, ProjectionType, ScalarType,
};

/// What is read: the table or an index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Table,
    Local,
    Global,
}

/// What an index holds beside the keys.
#[derive(Debug, PartialEq)]
pub(super) enum Held {
    All,
    Keys,
    Listed(&'static [&'static str]),
}

/// The table or an index.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) partition: &'static [&'static str],
    pub(super) sort: &'static [&'static str],
    pub(super) held: Held,
}

pub(super) static TABLE: Shape =
    Shape { name: "songs", kind: Kind::Table, partition: &["artist"], sort: &["year"], held: Held::All };

/// Keys of all types, of one to four attributes; one shares an attribute with the table's.
pub(super) static INDEXES: [Shape; 5] = [
    Shape { name: "by-rank", kind: Kind::Local, partition: &["artist"], sort: &["rank"], held: Held::Keys },
    Shape {
        name: "by-label",
        kind: Kind::Local,
        partition: &["artist"],
        sort: &["label"],
        held: Held::Listed(&["note"]),
    },
    Shape { name: "by-genre", kind: Kind::Global, partition: &["genre"], sort: &[], held: Held::All },
    Shape {
        name: "by-digest",
        kind: Kind::Global,
        partition: &["digest"],
        sort: &["year"],
        held: Held::Listed(&["note", "plays"]),
    },
    Shape {
        name: "by-place",
        kind: Kind::Global,
        partition: &["country", "zone"],
        sort: &["rank", "label"],
        held: Held::Keys,
    },
];

/// The type of a key attribute.
pub(super) fn scalar(name: &str) -> ScalarType {
    match name {
        "year" | "rank" | "zone" => ScalarType::N,
        "digest" => ScalarType::B,
        _ => ScalarType::S,
    }
}

/// Whether a value is of its key attribute's type.
pub(super) fn fits(name: &str, value: &AttributeValue) -> bool {
    matches!(
        (scalar(name), value),
        (ScalarType::S, AttributeValue::S(_))
            | (ScalarType::N, AttributeValue::N(_))
            | (ScalarType::B, AttributeValue::B(_))
    )
}

/// The order of two values of a key attribute.
pub(super) fn compare(one: &AttributeValue, other: &AttributeValue) -> Ordering {
    let number = |text: &str| text.parse::<f64>().unwrap();
    match (one, other) {
        (AttributeValue::S(one), AttributeValue::S(other)) => one.as_bytes().cmp(other.as_bytes()),
        (AttributeValue::B(one), AttributeValue::B(other)) => one.cmp(other),
        (AttributeValue::N(one), AttributeValue::N(other)) => number(one).total_cmp(&number(other)),
        _ => panic!("{one:?} and {other:?} are not of one key"),
    }
}

impl Shape {
    /// The attributes of its key.
    pub(super) fn key(&self) -> impl Iterator<Item = &'static str> {
        self.partition.iter().chain(self.sort).copied()
    }

    /// The attributes that say where an item stands: of its key and of the table's.
    pub(super) fn position(&self, item: &AttributeMap) -> AttributeMap {
        let names: Vec<_> = self.key().chain(TABLE.key()).collect();
        only(item, |name| names.contains(&name))
    }

    /// Whether it holds an attribute.
    pub(super) fn holds(&self, name: &str) -> bool {
        let listed = match self.held {
            Held::All => true,
            Held::Keys => false,
            Held::Listed(names) => names.contains(&name),
        };
        listed || self.key().chain(TABLE.key()).any(|one| one == name)
    }

    /// What it holds of an item, if it has the item at all.
    pub(super) fn entry(&self, item: &AttributeMap) -> Option<AttributeMap> {
        let has = |name: &str| item.get(name).is_some_and(|value| fits(name, value));
        self.key().all(has).then(|| only(item, |name| self.holds(name)))
    }

    /// The order of two of its entries.
    pub(super) fn compare(&self, one: &AttributeMap, other: &AttributeMap) -> Ordering {
        let orders = self.sort.iter().map(|name| compare(&one[*name], &other[*name]));
        orders.fold(Ordering::Equal, Ordering::then)
    }

    /// The types of its key attributes, and with them the table's.
    pub(super) fn definitions(&self) -> Vec<AttributeDefinition> {
        definitions(self.key())
    }

    fn key_schema(&self) -> Vec<KeySchemaElement> {
        let of = |names: &[&str], key_type| {
            let element = |name: &&str| KeySchemaElement { attribute_name: (*name).into(), key_type };
            names.iter().map(element).collect::<Vec<_>>()
        };
        [of(self.partition, KeyType::Hash), of(self.sort, KeyType::Range)].concat()
    }

    fn projection(&self) -> Projection {
        let (projection_type, names) = match self.held {
            Held::All => (ProjectionType::All, None),
            Held::Keys => (ProjectionType::KeysOnly, None),
            Held::Listed(names) => (ProjectionType::Include, Some(names)),
        };
        let non_key_attributes = names.map(|names| names.iter().map(|name| (*name).into()).collect());
        Projection { projection_type: Some(projection_type), non_key_attributes }
    }

    /// It as a request defines it, if it is a global index.
    pub(super) fn global(&self) -> GlobalSecondaryIndex {
        GlobalSecondaryIndex {
            index_name: self.name.into(),
            key_schema: self.key_schema(),
            projection: self.projection(),
            ..Default::default()
        }
    }

    fn local(&self) -> LocalSecondaryIndex {
        LocalSecondaryIndex {
            index_name: self.name.into(),
            key_schema: self.key_schema(),
            projection: self.projection(),
        }
    }
}

/// The table with all its indexes.
pub(super) fn table() -> CreateTable {
    let of = |kind| INDEXES.iter().filter(move |shape| shape.kind == kind);
    CreateTable {
        table_name: TABLE.name.into(),
        attribute_definitions: definitions(TABLE.key().chain(INDEXES.iter().flat_map(Shape::key))),
        key_schema: TABLE.key_schema(),
        local_secondary_indexes: Some(of(Kind::Local).map(Shape::local).collect()),
        global_secondary_indexes: Some(of(Kind::Global).map(Shape::global).collect()),
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    }
}

fn definitions(names: impl Iterator<Item = &'static str>) -> Vec<AttributeDefinition> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    let definition =
        |name: &str| AttributeDefinition { attribute_name: name.into(), attribute_type: scalar(name) };
    names.into_iter().map(definition).collect()
}

/// Some attributes of an item.
pub(super) fn only(item: &AttributeMap, keep: impl Fn(&str) -> bool) -> AttributeMap {
    item.iter().filter(|(name, _)| keep(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// An item with its sets in one order: they have none.
pub(super) fn plain(mut item: AttributeMap) -> AttributeMap {
    for value in item.values_mut() {
        match value {
            AttributeValue::Ss(members) | AttributeValue::Ns(members) => members.sort_unstable(),
            _ => {}
        }
    }
    item
}
