//! What the laws are tried with: songs that share keys, lack keys and are of many sizes.

use ddbmock_engine::{AttributeMap, AttributeValue, ReturnConsumedCapacity, attributes};
use proptest::prelude::*;
use proptest::sample::select;

use super::naive::Naive;
use super::read::{Answer, Comparison, Filter, KeyCondition, Read};
use super::shape::{INDEXES, Kind, Shape};
use super::write::{Action, Change, Condition, Write};

/// The attributes that a song may have beside its key.
const OTHERS: [&str; 8] = ["rank", "label", "genre", "digest", "country", "zone", "note", "plays"];

fn number(text: &str) -> AttributeValue {
    AttributeValue::N(text.to_owned())
}

/// A value of an attribute: few for keys, so that many items share them, and of many sizes for the rest.
fn value(name: &str) -> BoxedStrategy<AttributeValue> {
    match name {
        "rank" => select(["-7", "-6.5", "0", "1.5", "12", "100", "12345"].map(number).to_vec()).boxed(),
        "label" => select(["x", "xy", "y", "ä"].map(AttributeValue::from).to_vec()).boxed(),
        "genre" => select(["jazz", "soul"].map(AttributeValue::from).to_vec()).boxed(),
        "digest" => select([vec![0], vec![0, 0], vec![255]].map(AttributeValue::B).to_vec()).boxed(),
        "country" => select(["fr", "pt"].map(AttributeValue::from).to_vec()).boxed(),
        "zone" => select(["1", "-2"].map(number).to_vec()).boxed(),
        "note" => select(vec![0_usize, 10, 900, 1000, 1100, 4090])
            .prop_map(|length| "n".repeat(length).into())
            .boxed(),
        _ => (-3_i64..4).prop_map(AttributeValue::from).boxed(),
    }
}

/// What says nothing of keys, but has sizes: the same set in two orders among it.
fn rest() -> impl Strategy<Value = AttributeValue> {
    let set = |members: [&str; 3]| AttributeValue::Ss(members.map(str::to_owned).to_vec());
    let map = attributes! { "ä" => number("-120"), "none" => AttributeValue::Null(true) };
    select(vec![
        set(["a", "b", "c"]),
        set(["c", "a", "b"]),
        AttributeValue::Ns(vec!["1".into(), "0.015".into()]),
        AttributeValue::L(vec![true.into(), map.clone().into()]),
        map.into(),
    ])
}

pub(super) fn key() -> impl Strategy<Value = AttributeMap> {
    (select(vec!["a", "b", "ä"]), -2_i64..3)
        .prop_map(|(artist, year)| attributes! { "artist" => artist, "year" => year })
}

pub(super) fn item() -> impl Strategy<Value = AttributeMap> {
    let others =
        OTHERS.map(|name| prop::option::weighted(0.8, value(name)).prop_map(move |value| (name, value)));
    (key(), others, prop::option::of(rest())).prop_map(|(mut item, others, rest)| {
        let others = others.into_iter().chain([("rest", rest)]);
        item.extend(others.filter_map(|(name, value)| Some((name.to_owned(), value?))));
        item
    })
}

/// As above, but now and then an attribute is of a type that an index may not have as its key.
fn odd_item() -> impl Strategy<Value = AttributeMap> {
    (item(), prop::bool::weighted(0.1)).prop_map(|(mut item, odd)| {
        if odd {
            item.insert("genre".into(), number("1"));
        }
        item
    })
}

fn change() -> impl Strategy<Value = (&'static str, Change)> {
    let set = select(OTHERS.to_vec())
        .prop_flat_map(|name| value(name).prop_map(move |value| (name, Change::Set(value))));
    let remove = select(OTHERS.to_vec()).prop_map(|name| (name, Change::Remove));
    let add =
        (select(vec!["rank", "plays"]), -3..4).prop_map(|(name, halves)| (name, Change::AddHalves(halves)));
    let odd = Just(("genre", Change::Set(true.into())));
    prop_oneof![8 => set, 4 => remove, 4 => add, 1 => odd]
}

/// Changes of different attributes.
fn changes() -> impl Strategy<Value = Vec<(&'static str, Change)>> {
    prop::collection::vec(change(), 0..4).prop_map(|mut changes| {
        changes.sort_by_key(|(name, _)| *name);
        changes.dedup_by_key(|(name, _)| *name);
        changes
    })
}

fn asked() -> impl Strategy<Value = ReturnConsumedCapacity> {
    use ReturnConsumedCapacity::{Indexes, None, Total};
    select(vec![Indexes, Indexes, Indexes, Total, None])
}

pub(super) fn write() -> impl Strategy<Value = Write> {
    let action = prop_oneof![
        4 => odd_item().prop_map(Action::Put),
        4 => (key(), changes()).prop_map(|(key, changes)| Action::Update(key, changes)),
        1 => key().prop_map(Action::Delete),
    ];
    let condition = prop_oneof![4 => Just(Condition::Nothing), 1 => Just(Condition::Absent), 1 => Just(Condition::HasNote)];
    (action, condition, asked()).prop_map(|(action, condition, asked)| Write { action, condition, asked })
}

/// A global index.
pub(super) fn global() -> impl Strategy<Value = &'static Shape> {
    select(INDEXES.iter().filter(|index| index.kind == Kind::Global).collect::<Vec<_>>())
}

/// How something is read; what is read is chosen from what there is.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    source: prop::sample::Index,
    entry: prop::sample::Index,
    /// How many attributes of the sort key are compared, the last of them how, with a value of which entry. A scan has
    /// none.
    sort: Option<(usize, Comparison, prop::sample::Index)>,
    filter: Filter,
    answer: Answer,
    backward: bool,
    consistent: bool,
    asked: ReturnConsumedCapacity,
    pub(super) limit: Option<usize>,
}

pub(super) fn manner() -> impl Strategy<Value = Manner> {
    use Comparison::{Above, AtLeast, AtMost, Below, Equal};
    let comparison = select(vec![Equal, Below, AtMost, Above, AtLeast]);
    let sort = prop::option::weighted(0.75, (0..3_usize, comparison, any::<prop::sample::Index>()));
    let filter = select(vec![Filter::Nothing, Filter::HasNote, Filter::PlaysAtLeast(1)]);
    let answer = select(vec![Answer::Held, Answer::Held, Answer::All, Answer::NoteAndPlays, Answer::Count]);
    let of = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let ways = (any::<bool>(), any::<bool>(), asked(), prop::option::weighted(0.8, 1..6_usize));
    (of, sort, filter, answer, ways).prop_map(
        |((source, entry), sort, filter, answer, (backward, consistent, asked, limit))| Manner {
            source,
            entry,
            sort,
            filter,
            answer,
            backward,
            consistent,
            asked,
            limit,
        },
    )
}

impl Manner {
    /// What it reads of a table. A query is of the partition of an entry, so that it finds something.
    pub(super) fn of(&self, naive: &Naive) -> Read {
        let sources: Vec<_> = naive.sources().collect();
        let source = *self.source.get(&sources);
        let entries = naive.entries(source);
        let key = self.sort.as_ref().filter(|_| !entries.is_empty());
        let key = key.map(|(compared, comparison, bound)| {
            let (entry, bound) = (self.entry.get(&entries), bound.get(&entries));
            let equal = |name: &&'static str| (*name, Comparison::Equal, entry[*name].clone());
            let mut key: KeyCondition = source.partition.iter().map(equal).collect();
            if let Some((last, before)) = source.sort[..source.sort.len().min(*compared)].split_last() {
                key.extend(before.iter().map(equal));
                key.push((last, *comparison, bound[*last].clone()));
            }
            key
        });
        Read {
            source,
            key,
            filter: self.filter,
            answer: self.answer,
            backward: self.backward,
            consistent: self.consistent,
            asked: self.asked,
        }
        .possible()
    }
}
