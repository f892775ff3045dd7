//! CreateTable, DescribeTable, ListTables, UpdateTable and DeleteTable.

use ddbmock_model::constraint::{joined, length};
use ddbmock_model::op::{
    CreateTable, CreateTableOutput, DeleteTable, DeleteTableOutput, DescribeTable, DescribeTableOutput,
    ListTables, ListTablesOutput, UpdateTable, UpdateTableOutput,
};
use ddbmock_model::{AttributeDefinition, Error, KeySchemaElement, KeyType, TableDescription};

use super::First;
use crate::read::structure;
use crate::shape::shared;
use crate::write::{Json, Members, Written, entry, written};

structure! { First<CreateTable> is "CreateTableInput";
    required "TableName" => table_name,
    given "KeySchema" => key_schema,
    required "ProvisionedThroughput" => provisioned_throughput,
}

/// The key of a table, and the types of its attributes.
#[derive(Debug, Default)]
struct KeySchema {
    hash: AttributeDefinition,
    range: Option<AttributeDefinition>,
}

shared! { KeySchema is "KeySchema";
    required "HashKeyElement" => hash,
    optional "RangeKeyElement" => range,
}

impl KeySchema {
    /// That of a table. Of its definitions only those of the key are told: indexes are unknown to this version.
    fn of(table: &TableDescription) -> Self {
        let definition = |element: &KeySchemaElement| {
            let mut definitions = table.attribute_definitions.iter();
            definitions.find(|definition| definition.attribute_name == element.attribute_name).cloned()
        };
        let mut key = table.key_schema.iter().filter_map(definition);
        Self { hash: key.next().unwrap_or_default(), range: key.next() }
    }
}

impl First<CreateTable> {
    fn key_schema(&mut self, KeySchema { hash, range }: KeySchema) {
        let element = |definition: &AttributeDefinition, key_type| KeySchemaElement {
            attribute_name: definition.attribute_name.clone(),
            key_type,
        };
        self.key_schema = vec![element(&hash, KeyType::Hash)];
        self.key_schema.extend(range.as_ref().map(|range| element(range, KeyType::Range)));
        self.attribute_definitions = [Some(hash), range].into_iter().flatten().collect();
    }
}

/// The names of a key's attributes have as many characters as they may, under the paths of this version.
pub(super) fn check_names(request: &CreateTable) -> Result<(), Error> {
    let paths = ["keySchema.hashKeyElement.attributeName", "keySchema.rangeKeyElement.attributeName"];
    let named = paths.into_iter().zip(&request.key_schema);
    joined(named.map(|(path, element)| length(path, &element.attribute_name, (1, 255))))
}

structure! { First<DescribeTable> is "DescribeTableInput";
    required "TableName" => table_name,
}

written! { First<DescribeTableOutput>;
    "Table" => table as Counted,
}

structure! { First<ListTables> is "ListTablesInput";
    optional "ExclusiveStartTableName" => exclusive_start_table_name,
    integer "Limit" => limit,
}

written! { First<ListTablesOutput>;
    "TableNames" => table_names,
    "LastEvaluatedTableName" => last_evaluated_table_name,
}

structure! { First<UpdateTable> is "UpdateTableInput";
    required "TableName" => table_name,
    required "ProvisionedThroughput" => provisioned_throughput,
}

structure! { First<DeleteTable> is "DeleteTableInput";
    required "TableName" => table_name,
}

written! { First<CreateTableOutput>, First<UpdateTableOutput>, First<DeleteTableOutput>;
    "TableDescription" => table_description as Described,
}

/// A table, without what it holds.
struct Described<'a>(&'a TableDescription);

impl Written for Described<'_> {
    fn write(&self, out: &mut Json) {
        describe(self.0, &mut out.structure());
    }
}

/// A table, with what it holds.
struct Counted<'a>(&'a TableDescription);

impl Written for Counted<'_> {
    fn write(&self, out: &mut Json) {
        let mut members = out.structure();
        describe(self.0, &mut members);
        entry(&mut members, "ItemCount", &self.0.item_count);
        entry(&mut members, "TableSizeBytes", &self.0.table_size_bytes);
    }
}

fn describe(table: &TableDescription, members: &mut Members<'_>) {
    entry(members, "CreationDateTime", &table.creation_date_time);
    entry(members, "KeySchema", &KeySchema::of(table));
    entry(members, "ProvisionedThroughput", &table.provisioned_throughput);
    entry(members, "TableName", &table.table_name);
    entry(members, "TableStatus", &table.table_status);
}
