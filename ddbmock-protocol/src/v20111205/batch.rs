//! BatchGetItem and BatchWriteItem. What they answer of a table is said together.

use ddbmock_model::op::{BatchGetItem, BatchGetItemOutput, BatchWriteItem, BatchWriteItemOutput};
use ddbmock_model::{ConsumedCapacity, Item};

use super::First;
use crate::read::structure;
use crate::write::{Json, Written, entry, written};

structure! { First<BatchGetItem> is "BatchGetItemInput";
    required "RequestItems" => request_items,
}

structure! { First<BatchWriteItem> is "BatchWriteItemInput";
    required "RequestItems" => request_items,
}

/// Every table of the request is in the answer, but those of which nothing was read.
impl Written for First<BatchGetItemOutput> {
    fn write(&self, out: &mut Json) {
        let mut members = out.structure();
        let items = |table: &ConsumedCapacity| self.responses.get(&table.table_name);
        responses(self.consumed_capacity.as_deref(), items, members.member("Responses"));
        entry(&mut members, "UnprocessedKeys", &self.unprocessed_keys);
    }
}

impl Written for First<BatchWriteItemOutput> {
    fn write(&self, out: &mut Json) {
        let mut members = out.structure();
        responses(self.consumed_capacity.as_deref(), |_| None, members.member("Responses"));
        entry(&mut members, "UnprocessedItems", &self.unprocessed_items);
    }
}

/// What is answered of a table.
struct Response<'a> {
    items: Option<&'a Vec<Item>>,
    units: f64,
}

written! { Response<'_>;
    "Items" => items,
    "ConsumedCapacityUnits" => units,
}

fn responses<'a>(
    tables: Option<&'a [ConsumedCapacity]>,
    items: impl Fn(&'a ConsumedCapacity) -> Option<&'a Vec<Item>>,
    out: &mut Json,
) {
    let response = |table: &'a ConsumedCapacity| {
        (&table.table_name, Response { items: items(table), units: table.total.capacity_units })
    };
    out.map(tables.into_iter().flatten().map(response), |response, out| response.write(out));
}
