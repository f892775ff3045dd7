//! Scan.

use ddbmock_model::op::{Scan, ScanOutput};

use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { Scan is "ScanInput";
    required "TableName" => table_name,
    optional "IndexName" => index_name,
    optional "AttributesToGet" => attributes_to_get,
    integer "Limit" => limit,
    optional "Select" => select,
    optional "ScanFilter" => scan_filter,
    optional "ConditionalOperator" => conditional_operator,
    optional "ExclusiveStartKey" => exclusive_start_key,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    integer "TotalSegments" => total_segments,
    integer "Segment" => segment,
    optional "ProjectionExpression" => projection_expression,
    optional "FilterExpression" => filter_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ConsistentRead" => consistent_read,
}

written! { ScanOutput;
    "Items" => items as HashOrder,
    "Count" => count,
    "ScannedCount" => scanned_count,
    "LastEvaluatedKey" => last_evaluated_key,
    "ConsumedCapacity" => consumed_capacity,
}
