//! BatchGetItem.

use ddbmock_model::op::{BatchGetItem, BatchGetItemOutput, KeysAndAttributes};

use crate::read::structure;
use crate::shape::shared;
use crate::write::{Set, written};

structure! { BatchGetItem is "BatchGetItemInput";
    required "RequestItems" => request_items,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
}

shared! { KeysAndAttributes is "KeysAndAttributes";
    required "Keys" => keys,
    optional "AttributesToGet" => attributes_to_get,
    optional "ConsistentRead" => consistent_read as Set,
    later "ProjectionExpression" => projection_expression,
    later "ExpressionAttributeNames" => expression_attribute_names,
}

written! { BatchGetItemOutput;
    "Responses" => responses,
    "UnprocessedKeys" => unprocessed_keys,
    "ConsumedCapacity" => consumed_capacity,
}
