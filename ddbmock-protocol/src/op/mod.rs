//! The operations, one file each: the members of what is asked and of what is answered, as they are on the wire.

mod batch_get_item;
mod batch_write_item;
mod create_table;
mod delete_item;
mod delete_table;
mod describe_stream;
mod describe_table;
mod get_item;
mod get_records;
mod get_shard_iterator;
mod list_streams;
mod list_tables;
mod put_item;
mod query;
mod scan;
mod transact_get_items;
mod transact_write_items;
mod update_item;
mod update_table;

use crate::read::Kind;

/// The type of a text that is not supported yet.
const TEXT: Kind = Kind::Text;
