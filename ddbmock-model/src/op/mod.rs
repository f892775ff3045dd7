//! The operations, one file each: what is asked, what is answered, and the constraints on the members.

pub mod create_table;
pub mod delete_item;
pub mod delete_table;
pub mod describe_table;
pub mod get_item;
pub mod list_tables;
pub mod put_item;
pub mod update_item;
pub mod update_table;

pub use create_table::{CreateTable, CreateTableOutput};
pub use delete_item::{DeleteItem, DeleteItemOutput};
pub use delete_table::{DeleteTable, DeleteTableOutput};
pub use describe_table::{DescribeTable, DescribeTableOutput};
pub use get_item::{GetItem, GetItemOutput};
pub use list_tables::{ListTables, ListTablesOutput};
pub use put_item::{PutItem, PutItemOutput};
pub use update_item::{UpdateItem, UpdateItemOutput};
pub use update_table::{UpdateTable, UpdateTableOutput};

use std::collections::BTreeMap;

/// Placeholders for attribute names: `#n` to the name it stands for.
pub type Names = BTreeMap<String, String>;
