//! What each operation does, one file each: its checks in the service's order, then the work.

pub(crate) mod batch_get_item;
pub(crate) mod batch_write_item;
pub(crate) mod create_table;
pub(crate) mod delete_item;
pub(crate) mod delete_table;
pub(crate) mod describe_stream;
pub(crate) mod describe_table;
pub(crate) mod get_item;
pub(crate) mod get_records;
pub(crate) mod get_shard_iterator;
pub(crate) mod list_streams;
pub(crate) mod list_tables;
pub(crate) mod put_item;
pub(crate) mod query;
pub(crate) mod scan;
pub(crate) mod transact_get_items;
pub(crate) mod transact_write_items;
pub(crate) mod update_item;
pub(crate) mod update_table;

use ddbmock_model::{Error, ReturnValues, Rule};

use crate::check::Voice;

/// PutItem and DeleteItem answer with the old item or with nothing. The newer layer reports this of DeleteItem with the
/// members, before it comes here.
fn check_return_values(asked: ReturnValues, voice: Voice) -> Result<(), Error> {
    match asked {
        ReturnValues::None | ReturnValues::AllOld => Ok(()),
        _ => Err(voice.refuse(Rule("write.return_values"), "ReturnValues can only be ALL_OLD or NONE")),
    }
}
