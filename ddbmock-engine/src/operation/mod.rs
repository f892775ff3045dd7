//! What each operation does, one file each: its checks in the service's order, then the work.

pub(crate) mod batch_execute_statement;
pub(crate) mod batch_get_item;
pub(crate) mod batch_write_item;
pub(crate) mod create_table;
pub(crate) mod delete_item;
pub(crate) mod delete_resource_policy;
pub(crate) mod delete_table;
pub(crate) mod describe_backup;
pub(crate) mod describe_bulk_operation;
pub(crate) mod describe_continuous_backups;
pub(crate) mod describe_contributor_insights;
pub(crate) mod describe_endpoints;
pub(crate) mod describe_export;
pub(crate) mod describe_global_table;
pub(crate) mod describe_global_table_settings;
pub(crate) mod describe_import;
pub(crate) mod describe_kinesis_streaming_destination;
pub(crate) mod describe_limits;
pub(crate) mod describe_stream;
pub(crate) mod describe_table;
pub(crate) mod describe_table_replica_auto_scaling;
pub(crate) mod describe_time_to_live;
pub(crate) mod execute_statement;
pub(crate) mod execute_transaction;
pub(crate) mod get_item;
pub(crate) mod get_records;
pub(crate) mod get_resource_policy;
pub(crate) mod get_shard_iterator;
pub(crate) mod list_backups;
pub(crate) mod list_bulk_operations;
pub(crate) mod list_contributor_insights;
pub(crate) mod list_exports;
pub(crate) mod list_global_tables;
pub(crate) mod list_imports;
pub(crate) mod list_streams;
pub(crate) mod list_tables;
pub(crate) mod list_tags_of_resource;
pub(crate) mod put_item;
pub(crate) mod put_resource_policy;
pub(crate) mod query;
pub(crate) mod scan;
pub(crate) mod search_vectors;
pub(crate) mod tag_resource;
pub(crate) mod transact_get_items;
pub(crate) mod transact_write_items;
pub(crate) mod untag_resource;
pub(crate) mod update_continuous_backups;
pub(crate) mod update_item;
pub(crate) mod update_table;
pub(crate) mod update_time_to_live;

use ddbmock_model::{Call, Caller, Error, Message, Operation, ReturnValues, Rule};

use crate::check::Voice;
use crate::simulation::Simulation;

/// Lists what nothing here makes yet: there is none of it, whoever asks for whichever.
pub(crate) fn answer_nothing<T: Operation<Output: Default>>(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<T>,
) -> Result<T::Output, Error> {
    world.check_members(call)?;
    Ok(T::Output::default())
}

/// What is said of a table that has no replicas. Source: captures of October 2026, tables of one Region; assumed where
/// the first version of global tables is asked for.
fn no_global_table(rule: Rule, name: &str) -> Message {
    Message::new(rule, format!("Global table with name: '{name}' does not exist."))
}

/// PutItem and DeleteItem answer with the old item or with nothing. The newer layer reports this of DeleteItem with the
/// members, before it comes here.
fn check_return_values(asked: ReturnValues, voice: Voice) -> Result<(), Error> {
    match asked {
        ReturnValues::None | ReturnValues::AllOld => Ok(()),
        _ => Err(voice.refuse(Rule("write.return_values"), "ReturnValues can only be ALL_OLD or NONE")),
    }
}
