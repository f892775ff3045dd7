//! BatchGetItem: reads the items of up to a hundred keys, of one table or of several.

use std::collections::BTreeMap;

use super::{Names, too_few, too_many};
use crate::constraint::{
    Violation, alone, filled, joined, longer, no_longer, null, required, shorter, table_names, word,
};
use crate::{
    Call, ConsumedCapacity, Error, Item, Key, Operation, ReturnConsumedCapacity, Rule, Wording, echo,
};

const PATH: &str = "requestItems";
const MEMBER: &str = "RequestItems";
/// The most keys. Source: API reference, BatchGetItem.
pub const KEYS_MAX: usize = 100;

/// What BatchGetItem is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchGetItem {
    /// What to read of each table, by the tables' names or ARNs.
    pub request_items: BTreeMap<String, KeysAndAttributes>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// What to read of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeysAndAttributes {
    /// The items' keys, each once.
    pub keys: Vec<Key>,
    /// The paths to answer with; all attributes without it.
    pub projection_expression: Option<String>,
    /// The attributes to answer with. Legacy: never beside an expression.
    pub attributes_to_get: Option<Vec<String>>,
    /// Names for the expression: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
    /// Whether to read what was written last; it costs twice as much.
    pub consistent_read: bool,
}

/// What BatchGetItem is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BatchGetItemOutput {
    /// The items that there are, or what was asked of them, by the tables as the request named them.
    pub responses: BTreeMap<String, Vec<Item>>,
    /// What was not read, to be asked for again; empty if all was.
    pub unprocessed_keys: BTreeMap<String, KeysAndAttributes>,
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
}

impl Operation for BatchGetItem {
    const NAME: &'static str = "BatchGetItem";
    const PRINTED: bool = true;
    type Output = BatchGetItemOutput;

    /// Source: captures of 2026, batch operations; production captures for the older layer.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error> {
        let said = &call.said;
        let tables = &call.request.request_items;
        let capacity = word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity");
        if said.is_missing(PATH) {
            return joined([capacity, null(PATH)]);
        }
        if wording == Wording::Classic {
            if tables.is_empty() {
                let text = "The requestItems parameter is required for BatchGetItem";
                return Err(Error::validation(Rule("batch_get.nothing"), text));
            }
            return joined([capacity].into_iter().chain(classic(call)));
        }
        alone(filled(MEMBER, tables.len()))?;
        for (table, wanted) in tables {
            let keys = required(said, &format!("{PATH}.{table}.member.keys"));
            alone(keys.or_else(|| filled(&format!("{MEMBER}.{table}.member.Keys"), wanted.keys.len())))?;
        }
        let attributes = tables
            .iter()
            .map(|(table, wanted)| too_few(&attributes_path(table), wanted.attributes_to_get.as_deref()));
        let first = [table_names(PATH, tables.keys(), || echo::json(tables)), capacity];
        joined(first.into_iter().chain(attributes))?;
        let total: usize = tables.values().map(|wanted| wanted.keys.len()).sum();
        let most = tables.iter().max_by_key(|(_, wanted)| wanted.keys.len());
        alone(
            most.and_then(|(table, _)| no_longer(&format!("{MEMBER}.{table}.member.Keys"), total, KEYS_MAX)),
        )
    }
}

fn classic(call: &Call<BatchGetItem>) -> impl Iterator<Item = Option<Violation>> {
    let (said, tables) = (&call.said, &call.request.request_items);
    let names = table_names(PATH, tables.keys(), || echo::java(tables));
    let of_table = |(table, wanted): (&String, &KeysAndAttributes)| {
        let path = format!("{PATH}.{table}.member.keys");
        let (count, attributes) = (wanted.keys.len(), wanted.attributes_to_get.as_deref());
        let shown = if (1..=KEYS_MAX).contains(&count) { String::new() } else { echo::java(&wanted.keys) };
        [
            required(said, &path).or_else(|| shorter(&path, &shown, count, 1)),
            longer(&path, &shown, count, KEYS_MAX),
            too_few(&attributes_path(table), attributes),
            too_many(&attributes_path(table), attributes),
        ]
    };
    [names].into_iter().chain(tables.iter().flat_map(of_table))
}

fn attributes_path(table: &str) -> String {
    format!("{PATH}.{table}.member.attributesToGet")
}
