//! GetItem, PutItem, UpdateItem and DeleteItem.

use ddbmock_model::op::{
    DeleteItem, DeleteItemOutput, GetItem, GetItemOutput, PutItem, PutItemOutput, UpdateItem,
    UpdateItemOutput,
};

use super::{First, Units};
use crate::read::structure;
use crate::write::written;

structure! { First<GetItem> is "GetItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    optional "AttributesToGet" => attributes_to_get,
    optional "ConsistentRead" => consistent_read,
}

written! { First<GetItemOutput>;
    "Item" => item,
    "ConsumedCapacityUnits" => consumed_capacity as Units,
}

structure! { First<PutItem> is "PutItemInput";
    required "TableName" => table_name,
    required "Item" => item,
    optional "Expected" => expected,
    optional "ReturnValues" => return_values,
}

structure! { First<UpdateItem> is "UpdateItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    required "AttributeUpdates" => attribute_updates,
    optional "Expected" => expected,
    optional "ReturnValues" => return_values,
}

structure! { First<DeleteItem> is "DeleteItemInput";
    required "TableName" => table_name,
    required "Key" => key,
    optional "Expected" => expected,
    optional "ReturnValues" => return_values,
}

written! { First<PutItemOutput>, First<UpdateItemOutput>, First<DeleteItemOutput>;
    "Attributes" => attributes,
    "ConsumedCapacityUnits" => consumed_capacity as Units,
}
