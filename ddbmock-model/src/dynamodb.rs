//! The seams: what answers operations, and what holds the tables behind them.

use std::sync::Arc;

use crate::call::{Call, Caller, Wording};
use crate::error::{Error, Message, Rule};
use crate::op;

/// A service that answers operations. Each operation is of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// The tables.
    DynamoDb,
    /// Their streams.
    Streams,
}

/// A request that DynamoDB knows, and what it is answered with.
pub trait Operation: Default + Send + 'static {
    /// Its name on the wire.
    const NAME: &'static str;
    /// The service that answers it.
    const SERVICE: Service = Service::DynamoDb;
    /// Whether a refusal can print its attributes, as they were sent.
    const PRINTED: bool = false;
    /// Whether it can take as long as a table is large: whoever serves others meanwhile runs it on another thread.
    const LONG: bool = false;
    /// What it is answered with.
    type Output: Send + 'static;

    /// The constraints on its members, in the service's order: nothing but the request is looked at.
    ///
    /// # Errors
    /// `ValidationException` with one or several violations.
    fn check_members(call: &Call<Self>, wording: Wording) -> Result<(), Error>;
}

/// Lists the operations, once: `operations!(then)` expands `then!` with `Name method_name` of each.
/// The trait, the engine's implementation and the dispatch table all expand from it.
#[macro_export]
macro_rules! operations {
    ($then:ident) => {
        $then! {
            BatchExecuteStatement batch_execute_statement,
            BatchGetItem batch_get_item,
            BatchWriteItem batch_write_item,
            CreateTable create_table,
            DeleteItem delete_item,
            DeleteResourcePolicy delete_resource_policy,
            DeleteTable delete_table,
            DescribeBackup describe_backup,
            DescribeBulkOperation describe_bulk_operation,
            DescribeContinuousBackups describe_continuous_backups,
            DescribeContributorInsights describe_contributor_insights,
            DescribeEndpoints describe_endpoints,
            DescribeExport describe_export,
            DescribeGlobalTable describe_global_table,
            DescribeGlobalTableSettings describe_global_table_settings,
            DescribeImport describe_import,
            DescribeKinesisStreamingDestination describe_kinesis_streaming_destination,
            DescribeLimits describe_limits,
            DescribeStream describe_stream,
            DescribeTable describe_table,
            DescribeTableReplicaAutoScaling describe_table_replica_auto_scaling,
            DescribeTimeToLive describe_time_to_live,
            ExecuteStatement execute_statement,
            ExecuteTransaction execute_transaction,
            GetItem get_item,
            GetRecords get_records,
            GetResourcePolicy get_resource_policy,
            GetShardIterator get_shard_iterator,
            ListBackups list_backups,
            ListBulkOperations list_bulk_operations,
            ListContributorInsights list_contributor_insights,
            ListExports list_exports,
            ListGlobalTables list_global_tables,
            ListImports list_imports,
            ListStreams list_streams,
            ListTables list_tables,
            ListTagsOfResource list_tags_of_resource,
            PutItem put_item,
            PutResourcePolicy put_resource_policy,
            Query query,
            Scan scan,
            SearchVectors search_vectors,
            TagResource tag_resource,
            TransactGetItems transact_get_items,
            TransactWriteItems transact_write_items,
            UntagResource untag_resource,
            UpdateContinuousBackups update_continuous_backups,
            UpdateItem update_item,
            UpdateTable update_table,
            UpdateTimeToLive update_time_to_live,
        }
    };
}

macro_rules! define {
    ($($name:ident $method:ident,)+) => {
        /// What answers DynamoDB's operations. One that is not overridden is unknown.
        pub trait DynamoDb: Send + Sync {
            $(
                #[doc = concat!("Answers ", stringify!($name), ".")]
                fn $method(
                    &self,
                    caller: &Caller<'_>,
                    call: Call<op::$name>,
                ) -> Result<<op::$name as Operation>::Output, Error> {
                    let _ = (caller, call);
                    Err(unknown_operation())
                }
            )+
        }

        /// The names of all operations.
        pub const OPERATIONS: &[&str] = &[$(stringify!($name)),+];
    };
}
operations!(define);

/// The refusal of an operation that is not answered here. The service gives it no message.
pub fn unknown_operation() -> Error {
    Error::UnknownOperation(Message::new(Rule("wire.unknown_operation"), ""))
}

/// Everything one simulated DynamoDB holds.
pub trait World: Send + Sync {
    /// What answers this caller.
    fn scope(&self, caller: &Caller<'_>) -> Arc<dyn DynamoDb>;

    /// Does something that is no operation of DynamoDB's.
    ///
    /// # Errors
    /// [`Error::Internal`] if it could not be done.
    fn control(&self, command: Command) -> Result<Report, Error>;

    /// Whether an operation may wait until a disk has written something, so that it must not run where it would hold up
    /// others.
    fn may_block(&self) -> bool;
}

/// What a world can be told to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Forget every table.
    Reset,
    /// Forget every table, and hold again what the world began with.
    Reseed,
    /// Do the work that has come due; of items that expired delete a few, so that nobody waits for long.
    Settle,
}

/// What a world says to a command.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Report {
    /// The number of tables it holds now.
    pub tables: usize,
    /// Whether more has come due than was done.
    pub more: bool,
}
