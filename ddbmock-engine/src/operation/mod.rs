//! What each operation does, one file each: its checks in the service's order, then the work.

pub(crate) mod create_table;
pub(crate) mod delete_item;
pub(crate) mod delete_table;
pub(crate) mod describe_table;
pub(crate) mod get_item;
pub(crate) mod list_tables;
pub(crate) mod put_item;
pub(crate) mod update_item;
pub(crate) mod update_table;

use ddbmock_model::{Error, Message, Rule};

/// The refusal of an operation on a table that is not there.
fn no_such_table(name: &str) -> Error {
    let text = format!("Requested resource not found: Table: {name} not found");
    Error::ResourceNotFound(Message::new(Rule("table.no_such_table"), text))
}
