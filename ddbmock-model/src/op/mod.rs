//! The operations, one file each: what is asked, what is answered, and the constraints on the members.

pub mod batch_get_item;
pub mod batch_write_item;
pub mod create_table;
pub mod delete_item;
pub mod delete_table;
pub mod describe_stream;
pub mod describe_table;
pub mod get_item;
pub mod get_records;
pub mod get_shard_iterator;
pub mod list_streams;
pub mod list_tables;
pub mod put_item;
pub mod query;
pub mod scan;
pub mod transact_get_items;
pub mod transact_write_items;
pub mod update_item;
pub mod update_table;

pub use batch_get_item::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};
pub use batch_write_item::{BatchWriteItem, BatchWriteItemOutput, DeleteRequest, PutRequest, WriteRequest};
pub use create_table::{CreateTable, CreateTableOutput};
pub use delete_item::{DeleteItem, DeleteItemOutput};
pub use delete_table::{DeleteTable, DeleteTableOutput};
pub use describe_stream::{DescribeStream, DescribeStreamOutput};
pub use describe_table::{DescribeTable, DescribeTableOutput};
pub use get_item::{GetItem, GetItemOutput};
pub use get_records::{GetRecords, GetRecordsOutput};
pub use get_shard_iterator::{GetShardIterator, GetShardIteratorOutput};
pub use list_streams::{ListStreams, ListStreamsOutput};
pub use list_tables::{ListTables, ListTablesOutput};
pub use put_item::{PutItem, PutItemOutput};
pub use query::{Query, QueryOutput};
pub use scan::{Scan, ScanOutput};
pub use transact_get_items::{Get, ItemResponse, TransactGetItem, TransactGetItems, TransactGetItemsOutput};
pub use transact_write_items::{
    ConditionCheck, Delete, Put, TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput, Update,
};
pub use update_item::{UpdateItem, UpdateItemOutput};
pub use update_table::{UpdateTable, UpdateTableOutput};

use std::collections::BTreeMap;

use crate::constraint::{Violation, length, longer, required, shorter, word};
use crate::{ComparisonOperator, ConditionalOperator, Conditions, Expected, Said, operator_path};

/// Placeholders for attribute names: `#n` to the name it stands for.
pub type Names = BTreeMap<String, String>;

/// The most attributes that the older layer lets a request name. Source: production captures; the newer service model
/// has no such bound.
const ATTRIBUTES_MAX: usize = 255;

/// The fewest and the most characters of a stream's ARN. Source: API reference.
const STREAM_ARN_LENGTHS: (usize, usize) = (37, 1024);
/// The fewest and the most characters of a shard's id. Source: API reference.
const SHARD_ID_LENGTHS: (usize, usize) = (28, 65);

/// The ARN of a stream is left out, too short or too long.
fn stream_arn(said: &Said, arn: &str) -> Option<Violation> {
    let path = "streamArn";
    required(said, path).or_else(|| length(path, arn, STREAM_ARN_LENGTHS))
}

/// The most actions of a transaction. Source: API reference, transactions.
const ACTIONS_MAX: usize = 100;
/// Where they stand.
const ACTIONS: &str = "transactItems";

/// The actions of a transaction, of which `echo` is what is printed, are left out, none, or too many.
fn action_count(said: &Said, count: usize, echo: impl FnOnce() -> String) -> Option<Violation> {
    let too_many = || if count > ACTIONS_MAX { longer(ACTIONS, echo(), count, ACTIONS_MAX) } else { None };
    required(said, ACTIONS).or_else(|| shorter(ACTIONS, "[]", count, 1)).or_else(too_many)
}

/// The older layer's constraints on the words of `ConditionalOperator` and of `Expected`. The newer layer has rules of
/// its own for them, after all members.
fn expectation_words(said: &Said, expected: Option<&Expected>) -> impl Iterator<Item = Option<Violation>> {
    let names = expected.into_iter().flat_map(Expected::keys);
    [word::<ConditionalOperator>(said, "conditionalOperator")]
        .into_iter()
        .chain(comparison_words(said, "expected", names))
}

/// The older layer's constraint on the comparison operators of conditions: each is there, if it must be, and a word that
/// is one.
fn comparison_words<'r>(
    said: &Said,
    member: &str,
    names: impl Iterator<Item = &'r String>,
) -> impl Iterator<Item = Option<Violation>> {
    names.map(move |name| {
        let path = operator_path(member, name);
        required(said, &path).or_else(|| word::<ComparisonOperator>(said, &path))
    })
}

/// Whether a condition has no comparison operator.
fn lacks_operator(said: &Said, member: &str, conditions: Option<&Conditions>) -> bool {
    let mut names = conditions.into_iter().flat_map(Conditions::keys);
    names.any(|name| said.is_missing(&operator_path(member, name)))
}

/// The attributes to get, whose member is at `path`, are none.
fn too_few(path: &str, names: Option<&[String]>) -> Option<Violation> {
    shorter(path, "[]", names?.len(), 1)
}

/// The attributes to get are more than the older layer takes.
fn too_many(path: &str, names: Option<&[String]>) -> Option<Violation> {
    let names = names?;
    longer(path, format_args!("[{}]", names.join(", ")), names.len(), ATTRIBUTES_MAX)
}
