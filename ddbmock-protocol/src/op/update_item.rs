//! UpdateItem.

use ddbmock_model::op::{UpdateItem, UpdateItemOutput};

use super::{CONDITIONS, TEXT};
use crate::read::{Kind, structure};
use crate::write::written;

const UPDATES: Kind = Kind::Map(&Kind::Structure("AttributeValueUpdate"));

structure! { UpdateItem is "UpdateItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    unsupported "AttributeUpdates" => UPDATES,
    unsupported "Expected" => CONDITIONS,
    unsupported "ConditionalOperator" => TEXT,
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
