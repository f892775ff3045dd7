//! Query.

use ddbmock_model::op::{Query, QueryOutput};

use super::{FILTERS, TEXT, TEXTS};
use crate::read::structure;
use crate::write::written;

structure! { Query is "QueryInput";
    required "TableName" => table_name,
    optional "IndexName" => index_name,
    optional "Select" => select,
    unsupported "AttributesToGet" => TEXTS,
    integer "Limit" => limit,
    optional "ConsistentRead" => consistent_read,
    unsupported "KeyConditions" => FILTERS,
    unsupported "QueryFilter" => FILTERS,
    unsupported "ConditionalOperator" => TEXT,
    optional "ScanIndexForward" => scan_index_forward,
    optional "ExclusiveStartKey" => exclusive_start_key,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ProjectionExpression" => projection_expression,
    optional "FilterExpression" => filter_expression,
    optional "KeyConditionExpression" => key_condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
}

written! { QueryOutput;
    "Items" => items,
    "Count" => count,
    "ScannedCount" => scanned_count,
    "LastEvaluatedKey" => last_evaluated_key,
    "ConsumedCapacity" => consumed_capacity,
}
