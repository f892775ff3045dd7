//! The operations, one file each: what is asked, what is answered, and the constraints on the members.

pub mod batch_execute_statement;
pub mod batch_get_item;
pub mod batch_write_item;
pub mod create_table;
pub mod delete_item;
pub mod delete_resource_policy;
pub mod delete_table;
pub mod describe_backup;
pub mod describe_bulk_operation;
pub mod describe_continuous_backups;
pub mod describe_contributor_insights;
pub mod describe_endpoints;
pub mod describe_export;
pub mod describe_global_table;
pub mod describe_global_table_settings;
pub mod describe_import;
pub mod describe_kinesis_streaming_destination;
pub mod describe_limits;
pub mod describe_stream;
pub mod describe_table;
pub mod describe_table_replica_auto_scaling;
pub mod describe_time_to_live;
pub mod execute_statement;
pub mod execute_transaction;
pub mod get_item;
pub mod get_records;
pub mod get_resource_policy;
pub mod get_shard_iterator;
pub mod list_backups;
pub mod list_bulk_operations;
pub mod list_contributor_insights;
pub mod list_exports;
pub mod list_global_tables;
pub mod list_imports;
pub mod list_streams;
pub mod list_tables;
pub mod list_tags_of_resource;
pub mod put_item;
pub mod put_resource_policy;
pub mod query;
pub mod scan;
pub mod search_vectors;
pub mod tag_resource;
pub mod transact_get_items;
pub mod transact_write_items;
pub mod untag_resource;
pub mod update_continuous_backups;
pub mod update_item;
pub mod update_table;
pub mod update_time_to_live;

pub use batch_execute_statement::{
    BatchExecuteStatement, BatchExecuteStatementOutput, BatchStatementError, BatchStatementRequest,
    BatchStatementResponse,
};
pub use batch_get_item::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};
pub use batch_write_item::{BatchWriteItem, BatchWriteItemOutput, DeleteRequest, PutRequest, WriteRequest};
pub use create_table::{CreateTable, CreateTableOutput};
pub use delete_item::{DeleteItem, DeleteItemOutput};
pub use delete_resource_policy::{DeleteResourcePolicy, DeleteResourcePolicyOutput};
pub use delete_table::{DeleteTable, DeleteTableOutput};
pub use describe_backup::DescribeBackup;
pub use describe_bulk_operation::DescribeBulkOperation;
pub use describe_continuous_backups::{
    ContinuousBackupsDescription, DescribeContinuousBackups, DescribeContinuousBackupsOutput,
    PointInTimeRecoveryDescription,
};
pub use describe_contributor_insights::{DescribeContributorInsights, DescribeContributorInsightsOutput};
pub use describe_endpoints::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint};
pub use describe_export::DescribeExport;
pub use describe_global_table::DescribeGlobalTable;
pub use describe_global_table_settings::DescribeGlobalTableSettings;
pub use describe_import::DescribeImport;
pub use describe_kinesis_streaming_destination::{
    DescribeKinesisStreamingDestination, DescribeKinesisStreamingDestinationOutput,
};
pub use describe_limits::{DescribeLimits, DescribeLimitsOutput};
pub use describe_stream::{DescribeStream, DescribeStreamOutput};
pub use describe_table::{DescribeTable, DescribeTableOutput};
pub use describe_table_replica_auto_scaling::DescribeTableReplicaAutoScaling;
pub use describe_time_to_live::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveDescription};
pub use execute_statement::{ExecuteStatement, ExecuteStatementOutput};
pub use execute_transaction::{ExecuteTransaction, ExecuteTransactionOutput, ParameterizedStatement};
pub use get_item::{GetItem, GetItemOutput};
pub use get_records::{GetRecords, GetRecordsOutput};
pub use get_resource_policy::{GetResourcePolicy, GetResourcePolicyOutput};
pub use get_shard_iterator::{GetShardIterator, GetShardIteratorOutput};
pub use list_backups::{ListBackups, ListBackupsOutput};
pub use list_bulk_operations::{ListBulkOperations, ListBulkOperationsOutput};
pub use list_contributor_insights::{ListContributorInsights, ListContributorInsightsOutput};
pub use list_exports::{ListExports, ListExportsOutput};
pub use list_global_tables::{ListGlobalTables, ListGlobalTablesOutput};
pub use list_imports::{ListImports, ListImportsOutput};
pub use list_streams::{ListStreams, ListStreamsOutput};
pub use list_tables::{ListTables, ListTablesOutput};
pub use list_tags_of_resource::{ListTagsOfResource, ListTagsOfResourceOutput};
pub use put_item::{PutItem, PutItemOutput};
pub use put_resource_policy::{PutResourcePolicy, PutResourcePolicyOutput};
pub use query::{Query, QueryOutput};
pub use scan::{Scan, ScanOutput};
pub use search_vectors::{SearchVectors, SearchVectorsOutput};
pub use tag_resource::TagResource;
pub use transact_get_items::{Get, ItemResponse, TransactGetItem, TransactGetItems, TransactGetItemsOutput};
pub use transact_write_items::{
    ConditionCheck, Delete, Put, TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput, Update,
};
pub use untag_resource::UntagResource;
pub use update_continuous_backups::{
    PointInTimeRecoverySpecification, UpdateContinuousBackups, UpdateContinuousBackupsOutput,
};
pub use update_item::{UpdateItem, UpdateItemOutput};
pub use update_table::{UpdateTable, UpdateTableOutput};
pub use update_time_to_live::{TimeToLiveSpecification, UpdateTimeToLive, UpdateTimeToLiveOutput};

use std::collections::BTreeMap;

use crate::constraint::{Violation, length, longer, required, shorter, word};
use crate::{
    AttributeValue, ComparisonOperator, ConditionalOperator, Conditions, Error, Expected, ResourceArn, Rule,
    Said, operator_path,
};

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
    list_count(said, (ACTIONS, ACTIONS_MAX), count, echo)
}

/// The elements of a list, of which `echo` is what is printed, are left out, none, or more than they may be.
fn list_count(
    said: &Said,
    (path, most): (&str, usize),
    count: usize,
    echo: impl FnOnce() -> String,
) -> Option<Violation> {
    let too_many = || if count > most { longer(path, echo(), count, most) } else { None };
    required(said, path).or_else(|| shorter(path, "[]", count, 1)).or_else(too_many)
}

/// The most characters of a token of a transaction.
const ACTION_TOKEN_CHARACTERS_MAX: usize = 36;

/// What is wrong with the token of a transaction.
fn action_token(token: &str) -> Option<Violation> {
    let (path, characters) = ("clientRequestToken", token.chars().count());
    shorter(path, token, characters, 1)
        .or_else(|| longer(path, token, characters, ACTION_TOKEN_CHARACTERS_MAX))
}

/// The most characters of a PartiQL statement. Source: captures of 2026, PartiQL members.
const STATEMENT_CHARACTERS_MAX: usize = 8192;

/// What is wrong with a statement of a list: its mode, then its text, then its parameters.
fn listed_statement(
    said: &Said,
    (list, place): (&str, usize),
    statement: &str,
    parameters: Option<&[AttributeValue]>,
) -> [Option<Violation>; 3] {
    let path = format!("{list}.{place}.member.");
    let mode = format!("{path}returnValuesOnConditionCheckFailure");
    let [statement, parameters] = statement_members(said, &path, statement, parameters);
    [word::<crate::ReturnValuesOnConditionCheckFailure>(said, &mode), statement, parameters]
}

/// What is wrong with a statement and its parameters, which stand behind `prefix`.
fn statement_members(
    said: &Said,
    prefix: &str,
    statement: &str,
    parameters: Option<&[AttributeValue]>,
) -> [Option<Violation>; 2] {
    let characters =
        if statement.len() > STATEMENT_CHARACTERS_MAX { statement.chars().count() } else { statement.len() };
    let is_fit = (1..=STATEMENT_CHARACTERS_MAX).contains(&characters);
    if is_fit && parameters.is_none_or(|list| !list.is_empty()) {
        return [None, None];
    }
    let path = format!("{prefix}statement");
    let statement = required(said, &path)
        .or_else(|| shorter(&path, statement, characters, 1))
        .or_else(|| longer(&path, statement, characters, STATEMENT_CHARACTERS_MAX));
    let parameters = parameters.and_then(|list| shorter(&format!("{prefix}parameters"), "[]", list.len(), 1));
    [statement, parameters]
}

/// The older layer's constraints on the words of `ConditionalOperator` and of `Expected`. The newer layer has rules of
/// its own for them, after all members.
fn expectation_words(said: &Said, expected: Option<&Expected>) -> impl Iterator<Item = Option<Violation>> {
    let names = expected.into_iter().flat_map(Expected::keys);
    [word::<ConditionalOperator>(said, "conditionalOperator")]
        .into_iter()
        .chain(comparison_words(said, "expected", names))
}

/// The older layer's constraint on the comparison operators of conditions: each is there, if it must be, and a word
/// that is one.
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

/// The fewest and the most characters of the ARN of a table, of a table or what belongs to it, and of anything else.
const TABLE_ARN_LENGTHS: (usize, usize) = (1, 1024);
const RESOURCE_ARN_LENGTHS: (usize, usize) = (1, 1283);
const ARN_LENGTHS: (usize, usize) = (37, 1024);

/// The fewest and the most jobs on a page that says how many.
const JOBS_LISTED: (i64, i64) = (1, 25);

/// The ARN of a resource with tags is left out, or none. Source: production captures for the first, captures of October
/// 2026 for the others.
fn check_tagged(said: &Said, arn: &str) -> Result<(), Error> {
    if said.is_missing("resourceArn") {
        return Err(Error::validation(Rule("tags.arn_missing"), "Invalid TableArn"));
    }
    ResourceArn::read(arn).map(drop)
}

/// The ARN of a resource with a policy is left out, or has not the length of one.
fn resource(said: &Said, arn: &str) -> Option<Violation> {
    let path = "resourceArn";
    required(said, path).or_else(|| length(path, arn, RESOURCE_ARN_LENGTHS))
}

/// The revision of a policy has not the length of one.
fn revision(id: Option<&str>) -> Option<Violation> {
    length("expectedRevisionId", id?, (1, 255))
}

/// A list of which no page was ever followed by another gave out no token. Source: captures of October 2026, lists of
/// jobs that are given each other's tokens.
fn check_first_page(token: Option<&str>) -> Result<(), Error> {
    token.map_or(Ok(()), |token| {
        let text = format!("Invalid Request: Provided nextToken is invalid: {token}");
        Err(Error::validation(Rule("list.token"), text))
    })
}
