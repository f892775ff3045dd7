//! UpdateItem.

use ddbmock_model::op::{UpdateItem, UpdateItemOutput};

use crate::read::structure;
use crate::write::written;

structure! { UpdateItem is "UpdateItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    optional "AttributeUpdates" => attribute_updates,
    optional "Expected" => expected,
    optional "ConditionalOperator" => conditional_operator,
    optional "ReturnValues" => return_values,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ReturnItemCollectionMetrics" => return_item_collection_metrics,
    optional "UpdateExpression" => update_expression,
    optional "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { UpdateItemOutput;
    "Attributes" => attributes,
    "ConsumedCapacity" => consumed_capacity,
    "ItemCollectionMetrics" => item_collection_metrics,
}
