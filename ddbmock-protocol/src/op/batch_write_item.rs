//! BatchWriteItem.

use ddbmock_model::op::{BatchWriteItem, BatchWriteItemOutput, DeleteRequest, PutRequest, WriteRequest};

use crate::read::structure;
use crate::shape::shared;
use crate::write::{Filled, written};

structure! { BatchWriteItem is "BatchWriteItemInput";
    required "RequestItems" => request_items,
    optional "ReturnConsumedCapacity" => return_consumed_capacity,
    optional "ReturnItemCollectionMetrics" => return_item_collection_metrics,
}

shared! { WriteRequest is "WriteRequest";
    optional "PutRequest" => put_request,
    optional "DeleteRequest" => delete_request,
}

shared! { PutRequest is "PutRequest";
    required "Item" => item,
}

shared! { DeleteRequest is "DeleteRequest";
    required "Key" => key,
}

written! { BatchWriteItemOutput;
    "UnprocessedItems" => unprocessed_items,
    "ItemCollectionMetrics" => item_collection_metrics as Filled,
    "ConsumedCapacity" => consumed_capacity,
}
