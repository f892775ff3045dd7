//! PutItem.

use ddbmock_model::op::{PutItem, PutItemOutput};

use crate::read::structure;
use crate::write::written;

structure! { PutItem is "PutItemInput";
    required "TableName" => table_name,
    required "Item" => item,
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

written! { PutItemOutput;
    "Attributes" => attributes,
    "ConsumedCapacity" => consumed_capacity,
    "ItemCollectionMetrics" => item_collection_metrics,
}
