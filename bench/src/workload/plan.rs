//! The workloads by name: the tables that each wants, and what its connections do.

use std::rc::Rc;

use serde_json::{Value, json};

use super::counts::Counts;
use super::pages::Walk;
use super::reads::{Questions, Reads};
use super::transactions::Transactions;
use super::writes::{Manner, Writes};
use super::{Seat, Workload, same};
use crate::documents::{self, BATCH, PAGE, SONGS};
use crate::template::Template;

/// A workload.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The tables that it needs.
    pub(crate) tables: &'static [Table],
    /// Makes what seats connections, for one server.
    pub(crate) cast: fn() -> Cast,
}

/// Makes the workloads of connections. What it learns of a server's answers in one round it knows in the next.
pub(crate) type Cast = Box<dyn Fn(&[Seat]) -> Vec<Box<dyn Workload>>>;

/// A table, and what is in it before anything is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    /// Songs to read, by `id`.
    Songs,
    /// Nothing, by `id`.
    Empty(&'static str),
    /// Nothing, with two global indexes.
    Indexed,
    /// Plays of one listener, so many.
    Plays(u64),
}

impl Table {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Songs => "songs",
            Self::Empty(name) => name,
            Self::Indexed => "indexed",
            Self::Plays(1_000) => "plays_1k",
            Self::Plays(10_000) => "plays_10k",
            Self::Plays(_) => "plays_100k",
        }
    }
}

/// All of them, in the order in which they run.
pub(crate) const PLANS: &[Plan] = &[
    Plan { name: "get", tables: &[Table::Songs], cast: get },
    Plan { name: "put", tables: &[Table::Empty("put")], cast: || puts(put) },
    Plan { name: "put_tables", tables: &[Table::Empty("left"), Table::Empty("right")], cast: put_tables },
    Plan { name: "update", tables: &[Table::Empty("counters")], cast: update },
    Plan { name: "cond_fail", tables: &[Table::Songs], cast: cond_fail },
    Plan { name: "put_gsi2", tables: &[Table::Indexed], cast: || puts(put_indexed) },
    Plan { name: "query_1k", tables: &[Table::Plays(1_000)], cast: || query("plays_1k", place::<1_000>) },
    Plan { name: "query_10k", tables: &[Table::Plays(10_000)], cast: || query("plays_10k", place::<10_000>) },
    Plan {
        name: "query_100k",
        tables: &[Table::Plays(100_000)],
        cast: || query("plays_100k", place::<100_000>),
    },
    Plan { name: "query_filter", tables: &[Table::Plays(10_000)], cast: query_filter },
    Plan { name: "scan", tables: &[Table::Plays(10_000)], cast: scan },
    Plan { name: "batch_write", tables: &[Table::Empty("batches")], cast: || puts(batch_write) },
    Plan { name: "batch_get", tables: &[Table::Songs], cast: batch_get },
    Plan { name: "transact", tables: &[Table::Songs, Table::Empty("transactions")], cast: transact },
    Plan { name: "statement", tables: &[Table::Songs], cast: statement },
];

/// How many places in a partition are asked from: so many answers are known to the byte.
const PLACES: u64 = 256;

fn reads(operation: &str, body: &str, questions: Questions) -> Cast {
    let (template, questions) = (Template::new(operation, body), Rc::new(questions));
    cast(move |seat| Reads::new(template.clone(), Rc::clone(&questions), seat))
}

/// Seats each connection in the same way.
fn cast<W: Workload + 'static>(seated: impl Fn(Seat) -> W + 'static) -> Cast {
    Box::new(move |seats| seats.iter().map(|seat| -> Box<dyn Workload> { Box::new(seated(*seat)) }).collect())
}

fn get() -> Cast {
    let check = |key, answer: &Value| same(&json!({ "Item": documents::stored_song(key, 0) }), answer);
    reads("GetItem", &documents::get("songs"), Questions::new(SONGS, |nth, _| nth, check))
}

fn statement() -> Cast {
    let check = |key, answer: &Value| same(&json!({ "Items": [documents::stored_song(key, 0)] }), answer);
    reads("ExecuteStatement", &documents::statement("songs"), Questions::new(SONGS, |nth, _| nth, check))
}

fn cond_fail() -> Cast {
    let check = |_, answer: &Value| {
        let kind = answer["__type"].as_str().unwrap_or_default();
        let is_expected = kind.ends_with("#ConditionalCheckFailedException");
        if is_expected { Ok(()) } else { Err(format!("another error: {answer}")) }
    };
    let questions = Questions::new(SONGS, |nth, _| nth, check).refused();
    reads("PutItem", &documents::put_absent("songs"), questions)
}

/// The sort key of a place: the last one has a whole page behind it.
fn place<const ITEMS: u64>(nth: u64, places: u64) -> u64 {
    documents::sort_key(nth * (ITEMS - PAGE) / (places - 1))
}

fn query(table: &str, key: fn(u64, u64) -> u64) -> Cast {
    let questions = Questions::new(PLACES, key, |key, answer| same(&page(key, |_| true), answer));
    reads("Query", &documents::query(table, 0), questions)
}

fn query_filter() -> Cast {
    const GENRE: u64 = 3;
    let check = |key, answer: &Value| same(&page(key, |nth| nth % 10 == GENRE), answer);
    let body = documents::query_filter("plays_10k", 0, GENRE);
    reads("Query", &body, Questions::new(PLACES, place::<10_000>, check))
}

/// A page of plays from a sort key on: those that pass, and how many were read.
fn page(sort_key: u64, passes: fn(&u64) -> bool) -> Value {
    let first = sort_key - documents::sort_key(0);
    let items: Vec<Value> =
        (first..first + PAGE).filter(passes).map(|nth| documents::stored_play(0, nth)).collect();
    json!({ "Count": items.len(), "ScannedCount": PAGE, "Items": items })
}

fn batch_get() -> Cast {
    let check = |first, answer: &Value| {
        let id = |song: &Value| song["id"]["S"].as_str().map(str::to_owned);
        let mut songs = answer["Responses"]["songs"].as_array().cloned().unwrap_or_default();
        songs.sort_unstable_by_key(id); // they come in any order
        let expected: Vec<Value> = (first..first + PAGE).map(|key| documents::stored_song(key, 0)).collect();
        let unprocessed = answer.get("UnprocessedKeys").cloned().unwrap_or_else(|| json!({}));
        same(
            &json!({ "songs": expected, "unprocessed": {} }),
            &json!({ "songs": songs, "unprocessed": unprocessed }),
        )
    };
    let questions = Questions::new(SONGS / PAGE, |nth, _| nth * PAGE, check);
    reads("BatchGetItem", &documents::batch_get("songs"), questions)
}

fn puts(manner: fn() -> Manner) -> Cast {
    cast(move |seat| Writes::new(manner(), seat))
}

fn put() -> Manner {
    put_into("put")
}

/// Half of the connections have one table, the others another.
fn put_tables() -> Cast {
    cast(|seat| Writes::new(put_into(if seat.index % 2 == 0 { "left" } else { "right" }), seat))
}

fn put_into(table: &'static str) -> Manner {
    let template = Template::new("PutItem", &documents::put(table));
    Manner { template, table, songs: 1, expected: json!({}), is_indexed: false }
}

fn put_indexed() -> Manner {
    let template = Template::new("PutItem", &documents::put("indexed"));
    Manner { template, table: "indexed", songs: 1, expected: json!({}), is_indexed: true }
}

fn batch_write() -> Manner {
    let template = Template::new("BatchWriteItem", &documents::batch_songs("batches"));
    let expected = json!({ "UnprocessedItems": {} });
    Manner { template, table: "batches", songs: BATCH, expected, is_indexed: false }
}

fn transact() -> Cast {
    cast(|seat| Transactions::new("transactions", "songs", seat))
}

fn update() -> Cast {
    cast(|seat| Counts::new("counters", seat))
}

fn scan() -> Cast {
    let known = Rc::default();
    cast(move |_| Walk::new("plays_10k", 10_000, Rc::clone(&known)))
}
