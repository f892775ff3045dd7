//! Scan.

use ddbmock_model::op::{Scan, ScanOutput};

use super::{FILTERS, TEXT, TEXTS};
use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { Scan is "ScanInput";
    required "TableName" => table_name,
    optional "IndexName" => index_name,
    unsupported "AttributesToGet" => TEXTS,
    integer "Limit" => limit,
    optional "Select" => select,
    unsupported "ScanFilter" => FILTERS,
    unsupported "ConditionalOperator" => TEXT,
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
