//! Reads of the table and its indexes: what they are asked as, and what they answer with.

use ddbmock_engine::op::{Query, Scan};
use ddbmock_engine::{
    AttributeMap, AttributeValue, ConsumedCapacity, Engine, Item, Key, ReturnConsumedCapacity, Select,
};

use super::naive::{Cost, Naive};
use super::shape::{Held, Kind, Shape, TABLE, compare, only, plain};
use super::sizes::{item_bytes, read_units};

/// What is asked of the value of a key attribute.
#[derive(Debug, Clone, Copy)]
pub(super) enum Comparison {
    Equal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Comparison {
    fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
        }
    }

    fn holds(self, value: &AttributeValue, bound: &AttributeValue) -> bool {
        let order = compare(value, bound);
        match self {
            Self::Equal => order.is_eq(),
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// What must hold of a key.
pub(super) type KeyCondition = Vec<(&'static str, Comparison, AttributeValue)>;

/// What must hold of an item that is answered with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Filter {
    Nothing,
    HasNote,
    PlaysAtLeast(i64),
}

impl Filter {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::HasNote => Some("note"),
            Self::PlaysAtLeast(_) => Some("plays"),
        }
    }

    fn expression(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::HasNote => Some("attribute_exists(note)".into()),
            Self::PlaysAtLeast(_) => Some("plays >= :plays".into()),
        }
    }

    /// Whether it holds of an item.
    pub(super) fn holds(self, item: &AttributeMap) -> bool {
        match self {
            Self::Nothing => true,
            Self::HasNote => item.contains_key("note"),
            Self::PlaysAtLeast(least) => {
                item.get("plays").is_some_and(|plays| compare(plays, &least.into()).is_ge())
            }
        }
    }
}

/// What is answered of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// What is held.
    Held,
    /// Everything, wherever it must be read from.
    All,
    /// Two attributes that no key has.
    NoteAndPlays,
    /// Only how many there are.
    Count,
}

/// A query, or without a key condition a scan.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) source: &'static Shape,
    pub(super) key: Option<KeyCondition>,
    pub(super) filter: Filter,
    pub(super) answer: Answer,
    pub(super) backward: bool,
    pub(super) consistent: bool,
    pub(super) asked: ReturnConsumedCapacity,
}

/// The part of a read that one request is for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part<'a> {
    pub(super) limit: Option<usize>,
    pub(super) start: Option<&'a AttributeMap>,
    pub(super) segment: Option<(i64, i64)>,
}

/// A page, of either operation.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    pub(super) items: Option<Vec<AttributeMap>>,
    pub(super) count: usize,
    pub(super) scanned: usize,
    pub(super) last: Option<AttributeMap>,
    pub(super) consumed: Option<ConsumedCapacity>,
}

impl Read {
    /// Everything that is held.
    pub(super) fn whole(source: &'static Shape, key: Option<KeyCondition>) -> Self {
        Self {
            source,
            key,
            filter: Filter::Nothing,
            answer: Answer::Held,
            backward: false,
            consistent: false,
            asked: ReturnConsumedCapacity::Indexes,
        }
    }

    /// It without what cannot be asked: a global index has neither consistent reads nor what it does not hold, and a
    /// scan has one direction.
    pub(super) fn possible(mut self) -> Self {
        if self.source.kind == Kind::Global {
            self.consistent = false;
            self.answer = if self.answers_more() { Answer::Held } else { self.answer };
        }
        self.backward &= self.key.is_some();
        self
    }

    /// Whether it answers with more than is held.
    fn answers_more(&self) -> bool {
        match self.answer {
            Answer::All => self.source.held != Held::All,
            Answer::NoteAndPlays => !self.source.holds("note") || !self.source.holds("plays"),
            Answer::Held | Answer::Count => false,
        }
    }

    /// Whether it takes each item's row beside its entry.
    fn fetches(&self) -> bool {
        let filters_more = self.filter.name().is_some_and(|name| !self.source.holds(name));
        self.source.kind == Kind::Local && (self.answers_more() || filters_more)
    }

    /// What it reads, in no order that counts.
    pub(super) fn expected(&self, naive: &Naive) -> Vec<AttributeMap> {
        let mut entries = naive.entries(self.source);
        entries.retain(|entry| {
            self.key.iter().flatten().all(|(name, comparison, bound)| comparison.holds(&entry[*name], bound))
        });
        entries
    }

    /// The page of some entries.
    pub(super) fn expected_page(&self, naive: &Naive, entries: &[AttributeMap], is_last: bool) -> Page {
        let row = |entry: &AttributeMap| naive.item(entry).unwrap().clone();
        let seen = |entry: &AttributeMap| if self.fetches() { row(entry) } else { entry.clone() };
        let passed = entries.iter().filter(|entry| self.filter.holds(&seen(entry)));
        let items: Vec<_> = passed
            .map(|entry| match self.answer {
                Answer::Held | Answer::Count => entry.clone(),
                Answer::All => row(entry),
                Answer::NoteAndPlays => only(&seen(entry), |name| name == "note" || name == "plays"),
            })
            .collect();
        let last = entries.last().filter(|_| !is_last).map(|entry| self.source.position(entry));
        Page {
            count: items.len(),
            items: (self.answer != Answer::Count).then_some(items),
            scanned: entries.len(),
            last,
            consumed: self.cost(naive, entries).told(self.asked),
        }
    }

    /// Source: developer guide, capacity of queries; captures of 2026, reads.
    fn cost(&self, naive: &Naive, entries: &[AttributeMap]) -> Cost {
        let units = read_units(entries.iter().map(item_bytes).sum(), self.consistent);
        if self.source.kind == Kind::Table {
            return Cost { table: units, ..Cost::default() };
        }
        let fetched = entries.iter().filter(|_| self.fetches());
        let rows = fetched.map(|entry| read_units(item_bytes(naive.item(entry).unwrap()), self.consistent));
        Cost { table: rows.sum(), indexes: vec![(self.source, units)] }
    }

    /// A part of it, from an engine.
    pub(super) fn page(&self, engine: &Engine, part: Part<'_>) -> Page {
        match &self.key {
            Some(key) => self.query(engine, key, part),
            None => self.scan(engine, part),
        }
    }

    fn query(&self, engine: &Engine, key: &KeyCondition, part: Part<'_>) -> Page {
        let mut values = self.filter_values();
        let mut conditions = Vec::new();
        for (at, (_, comparison, bound)) in key.iter().enumerate() {
            conditions.push(format!("#k{at} {} :k{at}", comparison.sign()));
            values.insert(format!(":k{at}"), bound.clone());
        }
        let names = key.iter().enumerate().map(|(at, (name, ..))| (format!("#k{at}"), (*name).to_owned()));
        let request = Query {
            table_name: TABLE.name.into(),
            index_name: self.index_name(),
            key_condition_expression: Some(conditions.join(" AND ")),
            filter_expression: self.filter.expression(),
            projection_expression: self.projection(),
            expression_attribute_names: Some(names.collect()),
            expression_attribute_values: Some(values.into()),
            select: self.select(),
            limit: part.limit.map(|limit| limit as i64),
            exclusive_start_key: part.start.map(|start| start.clone().into()),
            scan_index_forward: self.backward.then_some(false),
            consistent_read: self.consistent,
            return_consumed_capacity: self.asked,
            ..Default::default()
        };
        let page = engine.query(request).unwrap();
        Page {
            items: page.items.map(maps),
            count: page.count,
            scanned: page.scanned_count,
            last: page.last_evaluated_key.map(named),
            consumed: page.consumed_capacity,
        }
    }

    fn scan(&self, engine: &Engine, part: Part<'_>) -> Page {
        let values = self.filter_values();
        let request = Scan {
            table_name: TABLE.name.into(),
            index_name: self.index_name(),
            filter_expression: self.filter.expression(),
            projection_expression: self.projection(),
            expression_attribute_values: (!values.is_empty()).then(|| values.into()),
            select: self.select(),
            limit: part.limit.map(|limit| limit as i64),
            exclusive_start_key: part.start.map(|start| start.clone().into()),
            segment: part.segment.map(|(segment, _)| segment),
            total_segments: part.segment.map(|(_, total)| total),
            consistent_read: self.consistent,
            return_consumed_capacity: self.asked,
            ..Default::default()
        };
        let page = engine.scan(request).unwrap();
        Page {
            items: page.items.map(maps),
            count: page.count,
            scanned: page.scanned_count,
            last: page.last_evaluated_key.map(named),
            consumed: page.consumed_capacity,
        }
    }

    fn index_name(&self) -> Option<String> {
        (self.source.kind != Kind::Table).then(|| self.source.name.to_owned())
    }

    fn projection(&self) -> Option<String> {
        (self.answer == Answer::NoteAndPlays).then(|| "note, plays".to_owned())
    }

    fn select(&self) -> Option<Select> {
        match self.answer {
            Answer::All => Some(Select::AllAttributes),
            Answer::Count => Some(Select::Count),
            Answer::Held | Answer::NoteAndPlays => None,
        }
    }

    fn filter_values(&self) -> AttributeMap {
        match self.filter {
            Filter::PlaysAtLeast(least) => AttributeMap::from([(":plays".into(), least.into())]),
            Filter::Nothing | Filter::HasNote => AttributeMap::new(),
        }
    }
}

/// A key by the names of its attributes.
fn named(key: Key) -> AttributeMap {
    match key {
        Key::Named(attributes) => attributes.to_map().into_owned(),
        other @ Key::Positional(..) => panic!("{other:?} has no names"),
    }
}

fn maps(items: Vec<Item>) -> Vec<AttributeMap> {
    items.iter().map(|item| plain(item.to_map())).collect()
}
