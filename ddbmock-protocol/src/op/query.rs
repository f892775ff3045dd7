//! Query.

use ddbmock_model::op::{Query, QueryOutput};

use crate::read::structure;
use crate::write::written;

structure! { Query is "QueryInput";
    required "TableName" => table_name,
    optional "IndexName" => index_name,
    optional "Select" => select,
    optional "AttributesToGet" => attributes_to_get,
    integer "Limit" => limit,
    optional "ConsistentRead" => consistent_read,
    optional "KeyConditions" => key_conditions,
    optional "QueryFilter" => query_filter,
    optional "ConditionalOperator" => conditional_operator,
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
