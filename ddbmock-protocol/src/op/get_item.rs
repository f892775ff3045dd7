//! GetItem.

use ddbmock_model::op::{GetItem, GetItemOutput};

use crate::read::structure;
use crate::write::written;

structure! { GetItem is "GetItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    optional "AttributesToGet" => attributes_to_get,
    optional "ConsistentRead" => consistent_read,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ProjectionExpression" => projection_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
}

written! { GetItemOutput;
    "Item" => item,
    "ConsumedCapacity" => consumed_capacity,
}
