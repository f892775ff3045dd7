//! TransactGetItems.

use ddbmock_model::op::{Get, ItemResponse, TransactGetItem, TransactGetItems, TransactGetItemsOutput};

use crate::read::structure;
use crate::write::{HashOrder, written};

structure! { TransactGetItems is "TransactGetItemsInput";
    required "TransactItems" => transact_items,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
}

structure! { TransactGetItem is "TransactGetItem";
    required "Get" => get,
}

structure! { Get is "Get";
    required "Key" => key,
    required "TableName" => table_name,
    optional "ProjectionExpression" => projection_expression,
    optional "ExpressionAttributeNames" => expression_attribute_names,
}

written! { TransactGetItemsOutput;
    "ConsumedCapacity" => consumed_capacity,
    "Responses" => responses,
}

written! { ItemResponse;
    "Item" => item as HashOrder,
}
