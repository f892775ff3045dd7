//! TransactWriteItems.

use ddbmock_model::op::{
    ConditionCheck, Delete, Put, TransactWriteItem, TransactWriteItems, TransactWriteItemsOutput, Update,
};

use crate::read::structure;
use crate::write::{Filled, written};

structure! { TransactWriteItems is "TransactWriteItemsInput";
    required "TransactItems" => transact_items,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ReturnItemCollectionMetrics" => return_item_collection_metrics,
    optional "ClientRequestToken" => client_request_token,
}

structure! { TransactWriteItem is "TransactWriteItem";
    optional "ConditionCheck" => condition_check,
    optional "Put" => put,
    optional "Delete" => delete,
    optional "Update" => update,
}

structure! { ConditionCheck is "ConditionCheck";
    required "Key" => key,
    required "TableName" => table_name,
    required "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

structure! { Put is "Put";
    required "Item" => item,
    required "TableName" => table_name,
    optional "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

structure! { Delete is "Delete";
    required "Key" => key,
    required "TableName" => table_name,
    optional "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

structure! { Update is "Update";
    required "Key" => key,
    required "UpdateExpression" => update_expression,
    required "TableName" => table_name,
    optional "ConditionExpression" => condition_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
    optional "ExpressionAttributeValues" => expression_attribute_values,
    optional "ReturnValuesOnConditionCheckFailure" => return_values_on_condition_check_failure,
}

written! { TransactWriteItemsOutput;
    "ConsumedCapacity" => consumed_capacity,
    "ItemCollectionMetrics" => item_collection_metrics as Filled,
}
