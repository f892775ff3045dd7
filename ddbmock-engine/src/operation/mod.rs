//! What each operation does, one file each: its checks in the service's order, then the work.

pub(crate) mod create_table;
pub(crate) mod delete_item;
pub(crate) mod delete_table;
pub(crate) mod describe_table;
pub(crate) mod get_item;
pub(crate) mod list_tables;
pub(crate) mod put_item;
pub(crate) mod query;
pub(crate) mod scan;
pub(crate) mod update_item;
pub(crate) mod update_table;

use crate::table::no_such_table;
