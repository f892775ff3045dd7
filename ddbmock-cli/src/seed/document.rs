//! What a document of a seed is: a table or items, in the forms in which people have them.

use serde_json::{Map, Value, json};

/// A request that makes what a document holds.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    /// The operation.
    pub(super) operation: &'static str,
    /// The table.
    pub(super) table: String,
    /// Its body, as text: it is kept for as long as the server runs, and a tree takes many times the room.
    pub(super) body: String,
}

/// Reads a document. It may name the table that the items after it are of.
///
/// # Errors
/// What it lacks, and what to do.
pub(super) fn read(document: Value, table: &mut Option<String>) -> Result<Vec<Asked>, String> {
    let Value::Object(mut members) = document else {
        return Err("this is no object. Write a table, or an item as {\"id\": {\"S\": \"1\"}}".to_owned());
    };
    if let Some(description) = described(&mut members) {
        check_alone(&members, "Table")?;
        return Ok(vec![creating(definition(&description)?, table)?]);
    }
    if members.get("KeySchema").is_some_and(Value::is_array) {
        return Ok(vec![creating(Value::Object(members), table)?]);
    }
    if members.get("RequestItems").is_some_and(Value::is_object) && beside(&members, "RequestItems").is_none()
    {
        return batch(members.remove("RequestItems").unwrap_or_default());
    }
    if !members.is_empty() && members.values().all(Value::is_array) && !members.contains_key("Items") {
        return batch(Value::Object(members));
    }
    if members.get("Items").is_some_and(Value::is_array) {
        return scanned(members, table.as_deref());
    }
    if is_request(&members) {
        let item = members.remove("Item").unwrap_or_default();
        let named = members.get("TableName").and_then(Value::as_str).or(table.as_deref());
        return Ok(vec![putting(item, named)?]);
    }
    Ok(vec![putting(Value::Object(members), table.as_deref())?])
}

/// What stands beside items and tables that are asked for or answered, and is none.
const BESIDE: &[&str] = &[
    "ConsumedCapacity",
    "Count",
    "LastEvaluatedKey",
    "NextToken",
    "ResponseMetadata",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "ScannedCount",
];

/// A member beside the one that is read, if it may be something that somebody wants to be there.
fn beside<'a>(members: &'a Map<String, Value>, read: &str) -> Option<&'a str> {
    members.keys().map(String::as_str).find(|name| *name != read && !BESIDE.contains(name))
}

fn check_alone(members: &Map<String, Value>, read: &str) -> Result<(), String> {
    beside(members, read).map_or(Ok(()), |name| {
        Err(format!(
            "{name:?} is not read beside {read:?}. Write it as a document of its own, or leave it out"
        ))
    })
}

/// What DescribeTable or CreateTable answered.
fn described(members: &mut Map<String, Value>) -> Option<Value> {
    let is_description = |value: &Value| value.get("KeySchema").is_some_and(Value::is_array);
    let name = ["Table", "TableDescription"]
        .into_iter()
        .find(|name| members.get(*name).is_some_and(is_description))?;
    members.remove(name)
}

/// Whether it is an item with perhaps a table, not an item that has an attribute of that name: the members of an
/// attribute's value are no objects, but for a map's, which no key has.
fn is_request(members: &Map<String, Value>) -> bool {
    let known = members.keys().all(|name| name == "Item" || name == "TableName");
    let known = known && members.get("TableName").is_none_or(Value::is_string);
    let item = members.get("Item").and_then(Value::as_object);
    known && item.is_some_and(|item| !item.is_empty() && item.values().all(Value::is_object))
}

fn putting(item: Value, table: Option<&str>) -> Result<Asked, String> {
    let table = table.ok_or("no table is named. Write it before the items, or name the file after it")?;
    let body = json!({ "TableName": table, "Item": item });
    Ok(Asked { operation: "PutItem", table: table.to_owned(), body: body.to_string() })
}

/// What Scan or Query answered.
fn scanned(mut members: Map<String, Value>, table: Option<&str>) -> Result<Vec<Asked>, String> {
    let named = members.remove("TableName");
    check_alone(&members, "Items")?;
    let table = named.as_ref().and_then(Value::as_str).or(table);
    let items = members.get_mut("Items").and_then(Value::as_array_mut).map(std::mem::take);
    items.unwrap_or_default().into_iter().map(|item| putting(item, table)).collect()
}

/// The puts of a BatchWriteItem request, of any length.
fn batch(tables: Value) -> Result<Vec<Asked>, String> {
    const FORM: &str = "a batch is {\"songs\": [{\"PutRequest\": {\"Item\": {...}}}, ...]}";
    let Value::Object(tables) = tables else { return Err(FORM.to_owned()) };
    let mut asked = Vec::new();
    for (table, writes) in tables {
        let Value::Array(writes) = writes else { return Err(FORM.to_owned()) };
        for write in writes {
            let item = only(write, "PutRequest").and_then(|put| only(put, "Item"));
            asked.push(putting(item.ok_or(FORM)?, Some(&table))?);
        }
    }
    Ok(asked)
}

/// The one member of an object, if that is its name.
fn only(object: Value, name: &str) -> Option<Value> {
    let Value::Object(mut members) = object else { return None };
    members.remove(name).filter(|_| members.is_empty())
}

fn creating(body: Value, table: &mut Option<String>) -> Result<Asked, String> {
    let name = body.get("TableName").and_then(Value::as_str);
    let name = name.ok_or("the table has no TableName. Give it one")?.to_owned();
    *table = Some(name.clone());
    Ok(Asked { operation: "CreateTable", table: name, body: body.to_string() })
}

/// The body of a CreateTable request, perhaps for a table of another name, and the name.
pub(super) fn renamed(asked: Asked, name: Option<&str>) -> (String, String) {
    let Some(name) = name else { return (asked.table, asked.body) };
    let mut body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
    body["TableName"] = name.into();
    (name.to_owned(), body.to_string())
}

/// Members of a description that a request has, too, under the same name.
const SAME: &[&str] =
    &["TableName", "AttributeDefinitions", "KeySchema", "StreamSpecification", "OnDemandThroughput"];
/// The same of an index.
const SAME_OF_INDEX: &[&str] = &["IndexName", "KeySchema", "Projection", "OnDemandThroughput"];
/// The same of a vector index.
const SAME_OF_VECTORS: &[&str] =
    &["IndexName", "VectorAttribute", "SearchSchema", "Projection", "Dimensions", "DistanceFunction"];
/// What tables have in DynamoDB and cannot have here yet.
const NOT_YET: &[&str] = &["Replicas"];

/// The request that makes the table of a description.
pub(super) fn definition(description: &Value) -> Result<Value, String> {
    if let Some(name) = NOT_YET.iter().find(|name| description.get(**name).is_some_and(is_filled)) {
        return Err(format!("this version knows no {name}. Leave them out"));
    }
    let mode = description.pointer("/BillingModeSummary/BillingMode").and_then(Value::as_str);
    let on_demand = mode == Some("PAY_PER_REQUEST");
    let mut body = picked(description, SAME);
    if on_demand {
        body.insert("BillingMode".to_owned(), json!("PAY_PER_REQUEST"));
    } else {
        body.insert("ProvisionedThroughput".to_owned(), units(description));
    }
    for kind in ["LocalSecondaryIndexes", "GlobalSecondaryIndexes", "VectorIndexes"] {
        let indexes = description.get(kind).and_then(Value::as_array).filter(|indexes| !indexes.is_empty());
        let Some(indexes) = indexes else { continue };
        let index = |described: &Value| {
            let same = if kind.starts_with('V') { SAME_OF_VECTORS } else { SAME_OF_INDEX };
            let mut index = picked(described, same);
            if !on_demand && kind.starts_with('G') {
                index.insert("ProvisionedThroughput".to_owned(), units(described));
            }
            Value::Object(index)
        };
        body.insert(kind.to_owned(), indexes.iter().map(index).collect());
    }
    if let Some(class) = description.pointer("/TableClassSummary/TableClass") {
        body.insert("TableClass".to_owned(), class.clone());
    }
    if let Some(protected) = description.get("DeletionProtectionEnabled") {
        body.insert("DeletionProtectionEnabled".to_owned(), protected.clone());
    }
    if let Some(key) = description.pointer("/SSEDescription/KMSMasterKeyArn") {
        let encryption = json!({ "Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key });
        body.insert("SSESpecification".to_owned(), encryption);
    }
    Ok(Value::Object(body))
}

fn is_filled(value: &Value) -> bool {
    value.as_array().is_some_and(|values| !values.is_empty())
}

fn picked(from: &Value, names: &[&str]) -> Map<String, Value> {
    let member = |name: &str| Some((name.to_owned(), from.get(name)?.clone()));
    names.iter().copied().filter_map(member).collect()
}

fn units(described: &Value) -> Value {
    let units = described.get("ProvisionedThroughput").unwrap_or(&Value::Null);
    Value::Object(picked(units, &["ReadCapacityUnits", "WriteCapacityUnits"]))
}
