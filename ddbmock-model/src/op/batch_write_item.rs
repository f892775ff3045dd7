//! BatchWriteItem: stores and removes up to twenty-five items, of one table or of several.

use std::collections::BTreeMap;

use crate::constraint::{Violation, alone, joined, map_values, null, required, table_names, word};
use crate::{
    Attributes, Call, ConsumedCapacity, Error, ItemCollectionMetrics, Key, Operation, ReturnConsumedCapacity,
    ReturnItemCollectionMetrics, Rule, Said, Wording, echo,
};

const PATH: &str = "requestItems";
/// The most writes. Source: API reference, BatchWriteItem.
const WRITES_MAX: usize = 25;

/// What BatchWriteItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchWriteItem {
    /// What to write to each table, by the tables' names or ARNs; to each item once.
    pub request_items: BTreeMap<String, Vec<WriteRequest>>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether to say how large the item collections are that were written to.
    pub return_item_collection_metrics: ReturnItemCollectionMetrics,
}

/// A write of a batch: one of the two. Made by [`WriteRequest::put`] and [`WriteRequest::delete`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WriteRequest {
    /// An item to store, in place of one with the same key.
    pub put_request: Option<PutRequest>,
    /// An item to remove.
    pub delete_request: Option<DeleteRequest>,
}

/// An item to store.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PutRequest {
    /// The item.
    pub item: Attributes,
}

/// An item to remove.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeleteRequest {
    /// The item's key.
    pub key: Key,
}

impl WriteRequest {
    /// Stores an item, in place of one with the same key.
    pub fn put(item: impl Into<Attributes>) -> Self {
        Self { put_request: Some(PutRequest { item: item.into() }), delete_request: None }
    }

    /// Removes the item of a key.
    pub fn delete(key: impl Into<Key>) -> Self {
        Self { put_request: None, delete_request: Some(DeleteRequest { key: key.into() }) }
    }
}

/// What BatchWriteItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchWriteItemOutput {
    /// What was not written, to be asked for again; empty if all was.
    pub unprocessed_items: BTreeMap<String, Vec<WriteRequest>>,
    /// How large the item collections are that were written to, for each table that has any, if it was asked for.
    pub item_collection_metrics: BTreeMap<String, Vec<ItemCollectionMetrics>>,
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

impl Operation for BatchWriteItem {
    const NAME: &'static str = "BatchWriteItem";
    const PRINTED: bool = true;
    type Output = BatchWriteItemOutput;

    /// The older layer serves this operation still, whatever the wording. Source: captures of 2026, batch operations.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, tables) = (&call.said, &call.request.request_items);
        let words = [
            word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
            word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
        ];
        if said.is_missing(PATH) {
            return joined([null(PATH)].into_iter().chain(words));
        }
        if tables.is_empty() {
            let text = "The requestItems parameter is required for BatchWriteItem";
            return Err(Error::validation(Rule("batch_write.nothing"), text));
        }
        let total: usize = tables.values().map(Vec::len).sum();
        let counted = total <= WRITES_MAX && tables.values().all(|writes| !writes.is_empty());
        let counts = map_values(PATH, counted, (1, WRITES_MAX), || echo::java(tables));
        joined([counts].into_iter().chain(words).chain(missing(said, tables)))?;
        alone(table_names(PATH, tables.keys(), || echo::java(tables)))
    }
}

/// The writes that lack what they write.
fn missing(said: &Said, tables: &BTreeMap<String, Vec<WriteRequest>>) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    if said.any_missing() {
        for (table, writes) in tables {
            for place in 1..=writes.len() {
                let path = |member: &str| format!("{PATH}.{table}.member.{place}.member.{member}");
                found.push(required(said, &path("putRequest.item")));
                found.push(required(said, &path("deleteRequest.key")));
            }
        }
    }
    found
}
