//! Query and Scan.

use ddbmock_model::op::{Query, QueryOutput, Scan, ScanOutput};
use ddbmock_model::{AttributeValue, Condition, KeyConditions, Select};

use super::{First, Units};
use crate::read::{Wire, structure};
use crate::write::written;

structure! { First<Query> is "QueryInput";
    required "TableName" => table_name,
    optional "AttributesToGet" => attributes_to_get,
    integer "Limit" => limit,
    optional "ConsistentRead" => consistent_read,
    set "Count" => count,
    given "HashKeyValue" => partition,
    set "RangeKeyCondition" => sort,
    optional "ScanIndexForward" => scan_index_forward,
    optional "ExclusiveStartKey" => exclusive_start_key,
}

impl First<Query> {
    fn count(&mut self, count: bool) {
        self.select = selected(count);
    }

    fn partition(&mut self, value: AttributeValue) {
        let (_, sort) = self.key();
        self.key_conditions = Some(KeyConditions::Positional(value, sort));
    }

    fn sort(&mut self, condition: Option<Condition>) {
        let (partition, _) = self.key();
        self.key_conditions = Some(KeyConditions::Positional(partition, condition));
    }

    /// What was read of the key so far.
    fn key(&mut self) -> (AttributeValue, Option<Condition>) {
        match self.key_conditions.take() {
            Some(KeyConditions::Positional(partition, sort)) => (partition, sort),
            _ => (AttributeValue::absent(), None),
        }
    }
}

written! { First<QueryOutput>;
    "Count" => count,
    "Items" => items,
    "LastEvaluatedKey" => last_evaluated_key,
    "ConsumedCapacityUnits" => consumed_capacity as Units,
}

structure! { First<Scan> is "ScanInput";
    required "TableName" => table_name,
    optional "AttributesToGet" => attributes_to_get,
    integer "Limit" => limit,
    set "Count" => count,
    optional "ScanFilter" => scan_filter,
    optional "ExclusiveStartKey" => exclusive_start_key,
}

impl First<Scan> {
    fn count(&mut self, count: bool) {
        self.select = selected(count);
    }
}

written! { First<ScanOutput>;
    "Count" => count,
    "ScannedCount" => scanned_count,
    "Items" => items,
    "LastEvaluatedKey" => last_evaluated_key,
    "ConsumedCapacityUnits" => consumed_capacity as Units,
}

/// What is selected if only the number of items is asked for, or not.
fn selected(count: bool) -> Option<Select> {
    count.then_some(Select::Count)
}
