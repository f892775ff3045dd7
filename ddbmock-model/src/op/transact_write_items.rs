//! TransactWriteItems: makes up to a hundred writes, to one table or to several, all of them or none.

use std::collections::BTreeMap;

use super::{ACTIONS, Names, action_count, action_token};
use crate::constraint::{Violation, alone, joined, required, word};
use crate::{
    Attributes, Call, ConsumedCapacity, Error, ItemCollectionMetrics, Key, Operation, ReturnConsumedCapacity,
    ReturnItemCollectionMetrics, ReturnValuesOnConditionCheckFailure, Rule, Said, Wording, echo, table_name,
};

/// What TransactWriteItems is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransactWriteItems {
    /// What to do; to each item one thing.
    pub transact_items: Vec<TransactWriteItem>,
    /// How much to say of the capacity consumed.
    pub return_consumed_capacity: ReturnConsumedCapacity,
    /// Whether to say how large the item collections are that were written to.
    pub return_item_collection_metrics: ReturnItemCollectionMetrics,
    /// What the request is known by: made again within ten minutes, it is answered and not done again.
    pub client_request_token: Option<String>,
}

/// An action of a transaction: one of the four. Made from any of them by `into()`.
#[derive(Debug, Clone, PartialEq, Hash, Default)]
pub struct TransactWriteItem {
    /// A condition that must hold of an item that is not written.
    pub condition_check: Option<ConditionCheck>,
    /// An item to store.
    pub put: Option<Put>,
    /// An item to remove.
    pub delete: Option<Delete>,
    /// An item to change.
    pub update: Option<Update>,
}

macro_rules! actions {
    ($($(#[$about:meta])* $name:ident of $member:ident { $($(#[$field_about:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Hash, Default)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type,)+
            /// The table's name or ARN.
            pub table_name: String,
            /// Names for the expressions: `#n` to an attribute's name.
            pub expression_attribute_names: Option<Names>,
            /// Values for the expressions: `:v` to a value.
            pub expression_attribute_values: Option<Attributes>,
            /// Whether a failed condition answers with the stored item.
            pub return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure,
        }

        impl From<$name> for TransactWriteItem {
            fn from(action: $name) -> Self {
                Self { $member: Some(action), ..Self::default() }
            }
        }
    )+};
}
actions! {
    /// A condition that must hold of an item that is not written.
    ConditionCheck of condition_check {
        /// The item's key.
        key: Key,
        /// What must hold of the item.
        condition_expression: String,
    }

    /// An item to store, in place of one with the same key.
    Put of put {
        /// The item.
        item: Attributes,
        /// What must hold of the item that is stored now.
        condition_expression: Option<String>,
    }

    /// An item to remove.
    Delete of delete {
        /// The item's key.
        key: Key,
        /// What must hold of the item that is stored now.
        condition_expression: Option<String>,
    }

    /// An item to change, or to create.
    Update of update {
        /// The item's key.
        key: Key,
        /// The changes: `SET`, `REMOVE`, `ADD` and `DELETE` clauses.
        update_expression: String,
        /// What must hold of the item that is stored now.
        condition_expression: Option<String>,
    }
}

/// What TransactWriteItems is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransactWriteItemsOutput {
    /// The capacity consumed on each table, if it was asked for.
    pub consumed_capacity: Option<Vec<ConsumedCapacity>>,
    /// How large the item collections are that were written to, for each table that has any, if it was asked for.
    pub item_collection_metrics: BTreeMap<String, Vec<ItemCollectionMetrics>>,
}

impl Operation for TransactWriteItems {
    const NAME: &'static str = "TransactWriteItems";
    const PRINTED: bool = true;
    type Output = TransactWriteItemsOutput;

    /// The older layer serves this operation still, in most Regions. Source: captures of 2026, transactions; where
    /// members of an action that are left out come is assumed.
    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (said, request) = (&call.said, &call.request);
        let actions = &request.transact_items;
        alone(action_count(said, actions.len(), || echo::java(actions)))?;
        joined(own_members(said, actions).into_iter().chain([
            request.client_request_token.as_deref().and_then(action_token),
            word::<ReturnConsumedCapacity>(said, "returnConsumedCapacity"),
            word::<ReturnItemCollectionMetrics>(said, "returnItemCollectionMetrics"),
        ]))?;
        actions.iter().try_for_each(TransactWriteItem::check_one)?;
        joined((1..).zip(actions).flat_map(|(place, action)| action.unfit_name(place)))
    }
}

/// The members of an action, one of which is given, each with what it must have.
const MEMBERS: [(&str, &[&str]); 4] = [
    ("conditionCheck", &["key", "tableName", "conditionExpression"]),
    ("put", &["item", "tableName"]),
    ("delete", &["key", "tableName"]),
    ("update", &["key", "updateExpression", "tableName"]),
];

impl TransactWriteItem {
    /// The members that are given, each with the name of its table.
    fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = [
            self.condition_check.as_ref().map(|action| &action.table_name),
            self.put.as_ref().map(|action| &action.table_name),
            self.delete.as_ref().map(|action| &action.table_name),
            self.update.as_ref().map(|action| &action.table_name),
        ];
        MEMBERS.iter().zip(names).filter_map(|((member, _), name)| Some((*member, name?.as_str())))
    }

    fn check_one(&self) -> Result<(), Error> {
        match self.given().count() {
            0 => {
                let text =
                    "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request";
                Err(Error::validation(Rule("transaction.no_action"), text))
            }
            1 => Ok(()),
            _ => {
                let text = "TransactItems can only contain one of Check, Put, Update or Delete";
                Err(Error::validation(Rule("transaction.several_actions"), text))
            }
        }
    }

    /// What is wrong with the name of its table, if anything is.
    fn unfit_name(&self, place: usize) -> impl Iterator<Item = Option<Violation>> {
        let unfit = self.given().filter(|(_, name)| !table_name::is_fit(name));
        unfit.flat_map(move |(member, name)| {
            table_name::inside(&format!("{ACTIONS}.{place}.member.{member}.tableName"), name)
        })
    }
}

/// What the actions lack, and words of theirs that are none.
fn own_members(said: &Said, actions: &[TransactWriteItem]) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    if said.is_silent() {
        return found;
    }
    for place in 1..=actions.len() {
        for (member, needed) in MEMBERS {
            let path = |name: &str| format!("{ACTIONS}.{place}.member.{member}.{name}");
            found.extend(needed.iter().map(|name| required(said, &path(name))));
            let on_failure = path("returnValuesOnConditionCheckFailure");
            found.push(word::<ReturnValuesOnConditionCheckFailure>(said, &on_failure));
        }
    }
    found
}
