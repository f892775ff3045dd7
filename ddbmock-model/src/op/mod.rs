//! The operations, one file each: what is asked, what is answered, and the constraints on the members.

pub mod batch_get_item;
pub mod batch_write_item;
pub mod create_table;
pub mod delete_item;
pub mod delete_table;
pub mod describe_table;
pub mod get_item;
pub mod list_tables;
pub mod put_item;
pub mod query;
pub mod scan;
pub mod update_item;
pub mod update_table;

pub use batch_get_item::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};
pub use batch_write_item::{BatchWriteItem, BatchWriteItemOutput, DeleteRequest, PutRequest, WriteRequest};
pub use create_table::{CreateTable, CreateTableOutput};
pub use delete_item::{DeleteItem, DeleteItemOutput};
pub use delete_table::{DeleteTable, DeleteTableOutput};
pub use describe_table::{DescribeTable, DescribeTableOutput};
pub use get_item::{GetItem, GetItemOutput};
pub use list_tables::{ListTables, ListTablesOutput};
pub use put_item::{PutItem, PutItemOutput};
pub use query::{Query, QueryOutput};
pub use scan::{Scan, ScanOutput};
pub use update_item::{UpdateItem, UpdateItemOutput};
pub use update_table::{UpdateTable, UpdateTableOutput};

use std::collections::BTreeMap;

use crate::constraint::{Violation, word};
use crate::{ComparisonOperator, ConditionalOperator, Expected, Said, operator_path};

/// Placeholders for attribute names: `#n` to the name it stands for.
pub type Names = BTreeMap<String, String>;

/// The older layer's constraints on the words of `ConditionalOperator` and of `Expected`. The newer layer has rules of
/// its own for them, after all members.
fn expectation_words(said: &Said, expected: Option<&Expected>) -> impl Iterator<Item = Option<Violation>> {
    let comparisons = expected.into_iter().flat_map(Expected::keys);
    let comparisons =
        comparisons.map(|name| word::<ComparisonOperator>(said, &operator_path("expected", name)));
    [word::<ConditionalOperator>(said, "conditionalOperator")].into_iter().chain(comparisons)
}
