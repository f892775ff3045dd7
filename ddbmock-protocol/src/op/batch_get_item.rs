//! BatchGetItem.

use ddbmock_model::op::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};

use crate::read::structure;
use crate::write::{Set, written};

structure! { BatchGetItem is "BatchGetItemInput";
    required "RequestItems" => request_items,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
}

structure! { KeysAndAttributes is "KeysAndAttributes";
    required "Keys" => keys,
    optional "AttributesToGet" => attributes_to_get,
    optional "ConsistentRead" => consistent_read,
    later "ProjectionExpression" => projection_expression,
    later "ExpressionAttributeNames" => expression_attribute_names,
}

written! { KeysAndAttributes;
    "Keys" => keys,
    "AttributesToGet" => attributes_to_get,
    "ConsistentRead" => consistent_read as Set,
    "ProjectionExpression" => projection_expression,
    "ExpressionAttributeNames" => expression_attribute_names,
}

written! { BatchGetItemOutput;
    "Responses" => responses,
    "UnprocessedKeys" => unprocessed_keys,
    "ConsumedCapacity" => consumed_capacity,
}
