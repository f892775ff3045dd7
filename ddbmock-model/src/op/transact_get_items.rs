//! TransactGetItems: reads up to a hundred items, of one table or of several, all at one moment.

use super::{ACTIONS, Names, action_count};
use crate::constraint::{Violation, alone, joined, required, word};
use crate::{
    Call, ConsumedCapacity, Error, Item, Key, Operation, ReturnConsumedCapacity, Said, Wording, echo,
    table_name,
};

/// What TransactGetItems is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransactGetItems {
    /// What to read; each item once.
    pub transact_items: Vec<TransactGetItem>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
}

/// A read of a transaction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransactGetItem {
    /// What to read.
    pub get: Get,
}

/// An item to read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Get {
    /// The item's key.
    pub key: Key,
    /// The table's name or ARN.
    pub table_name: String,
    /// The paths to answer with; all attributes without it.
    pub projection_expression: Option<String>,
    /// Names for the expression: `#n` to an attribute's name.
    pub expression_attribute_names: Option<Names>,
}

impl From<Get> for TransactGetItem {
    fn from(get: Get) -> Self {
        Self { get }
    }
}

/// What TransactGetItems is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransactGetItemsOutput {
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
    /// The items, or what was asked of them, in the order of the request.
    pub responses: Vec<ItemResponse>,
}

/// An item that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemResponse {
    /// The item, if there is one that has anything of what was asked for.
    pub item: Option<Item>,
}

impl Operation for TransactGetItems {
    const NAME: &'static str = "TransactGetItems";
    const PRINTED: bool = true;
    type Output = TransactGetItemsOutput;

    /// The older layer serves this operation still, in most Regions. Source: captures of 2026, transactions; where
    /// members of a read that are left out come is assumed.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, reads) = (&call.said, &call.request.transact_items);
        alone(action_count(said, reads.len(), || echo::java(reads)))?;
        let capacity = word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity");
        joined(missing(said, reads.len()).into_iter().chain([capacity]))?;
        let unfit = (1..).zip(reads).filter(|(_, read)| !table_name::is_fit(&read.get.table_name));
        joined(unfit.flat_map(|(place, TransactGetItem { get })| {
            table_name::inside(&format!("{ACTIONS}.{place}.member.get.tableName"), &get.table_name)
        }))
    }
}

/// The members that reads lack.
fn missing(said: &Said, count: usize) -> Vec<Option<Violation>> {
    if said.is_silent() {
        return Vec::new();
    }
    let members = ["get", "get.key", "get.tableName"];
    let of_read = |place| members.map(|member| required(said, &format!("{ACTIONS}.{place}.member.{member}")));
    (1..=count).flat_map(of_read).collect()
}
