//! DeleteItem.

use ddbmock_model::op::{DeleteItem, DeleteItemOutput};

use crate::read::structure;
use crate::write::written;

structure! { DeleteItem is "DeleteItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    optional "Expected" => expected,
    optional "ReturnValues" => return_values,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ReturnItemCollectionMetrics" => return_item_collection_metrics,
    optional "ConditionalOperator" => conditional_operator,
    optional "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { DeleteItemOutput;
    "Attributes" => attributes,
    "ConsumedCapacity" => consumed_capacity,
    "ItemCollectionMetrics" => item_collection_metrics,
}
