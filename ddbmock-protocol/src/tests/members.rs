//! Every member of every operation, and what is noted beside the request.

use ddbmock_model::op::{
    CreateTable, DeleteItem, DeleteTable, DescribeTable, GetItem, ListTables, PutItem, UpdateItem,
    UpdateTable,
};
use ddbmock_model::{
    AttributeAction, AttributeDefinition, AttributeUpdates, AttributeValue, AttributeValueUpdate,
    BillingMode, Call, ComparisonOperator, ConditionalOperator, Expected, ExpectedAttributeValue,
    GlobalSecondaryIndex, Key, KeySchemaElement, KeyType, LocalSecondaryIndex, OnDemandThroughput, Operation,
    Projection, ProjectionType, ProvisionedThroughput, ReturnConsumedCapacity, ReturnItemCollectionMetrics,
    ReturnValues, ReturnValuesOnConditionCheckFailure, Said, ScalarType, SseSpecification,
    StreamSpecification, StreamViewType, TableClass, Tag, WarmThroughput, action_path, attributes,
    operator_path,
};

use super::{ask, body_of, rule_of};
use crate::read::{Structure, decode};

#[track_caller]
fn call<T: Structure + Operation>(body: &str) -> Call<T> {
    decode(body).unwrap()
}

/// The request of a body that leaves nothing to note.
#[track_caller]
fn request<T: Structure + Operation>(body: &str) -> T {
    let call = call(body);
    assert_eq!(call.said, Said::default());
    call.request
}

const WRITE: &str = r##"
    "Expected": {"a": {"Value": {"S": "x"}, "Exists": true}, "b": {"ComparisonOperator": "IN",
        "AttributeValueList": [{"N": "1"}, {"N": "2"}]}, "c": {"Exists": null, "Value": null}, "d": null},
    "ConditionalOperator": "OR", "ConditionExpression": "c", "ExpressionAttributeNames": {"#a": "a"},
    "ExpressionAttributeValues": {":v": {"N": "1"}},
    "ReturnValues": "ALL_OLD", "ReturnConsumedCapacity": "INDEXES", "ReturnItemCollectionMetrics": "SIZE",
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD", "Unknown": {"TableName": [1, {"S": 2}]}, "TableName": "tab"
"##;

fn expected() -> Expected {
    let equal = ExpectedAttributeValue { value: Some("x".into()), exists: Some(true), ..Default::default() };
    let one_of = ExpectedAttributeValue {
        comparison_operator: Some(ComparisonOperator::In),
        attribute_value_list: Some(vec![1.into(), 2.into()]),
        ..Default::default()
    };
    let nothing = ExpectedAttributeValue::default;
    [("a", equal), ("b", one_of), ("c", nothing()), ("d", nothing())]
        .map(|(name, condition)| (name.to_owned(), condition))
        .into()
}

fn updates() -> AttributeUpdates {
    let put = AttributeValueUpdate { value: Some("x".into()), ..Default::default() };
    let delete = AttributeValueUpdate { action: AttributeAction::Delete, value: None };
    [("p", put), ("q", delete)].map(|(name, update)| (name.to_owned(), update)).into()
}

macro_rules! check_write {
    ($type:ident { $($field:ident: $value:expr),* }, $members:literal) => {
        let expected = $type {
            table_name: "tab".into(),
            expected: Some(expected()),
            conditional_operator: Some(ConditionalOperator::Or),
            condition_expression: Some("c".into()),
            expression_attribute_names: Some([("#a".to_owned(), "a".to_owned())].into()),
            expression_attribute_values: Some(attributes! { ":v" => 1 }.into()),
            return_values: ReturnValues::AllOld,
            return_consumed_capacity: ReturnConsumedCapacity::Indexes,
            return_item_collection_metrics: ReturnItemCollectionMetrics::Size,
            return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure::AllOld,
            $($field: $value),*
        };
        assert_eq!(request::<$type>(&format!("{{ {}, {WRITE} }}", $members)), expected);
    };
}

#[test]
fn writes() {
    let key = || Key::from(attributes! { "k" => "a" });
    check_write!(PutItem { item: attributes! { "k" => "a" }.into() }, r#""Item": {"k": {"S": "a"}}"#);
    check_write!(DeleteItem { key: key() }, r#""Key": {"k": {"S": "a"}}"#);
    check_write!(
        UpdateItem { key: key(), update_expression: Some("u".into()), attribute_updates: Some(updates()) },
        r#""Key": {"k": {"S": "a"}}, "UpdateExpression": "u",
            "AttributeUpdates": {"p": {"Value": {"S": "x"}}, "q": {"Value": null, "Action": "DELETE"}}"#
    );
}

#[test]
fn get_item() {
    let body = r##"{"TableName": "tab", "Key": {"k": {"N": "7"}}, "ConsistentRead": "yes", "ProjectionExpression": "p",
        "ExpressionAttributeNames": {"#a": "a", "#b": "b"}, "ReturnConsumedCapacity": "TOTAL", "AttributesToGet": ["a", "b", "a"]}"##;
    let names = [("#a".to_owned(), "a".to_owned()), ("#b".to_owned(), "b".to_owned())];
    let expected = GetItem {
        table_name: "tab".into(),
        key: Key::from(attributes! { "k" => 7 }),
        projection_expression: Some("p".into()),
        attributes_to_get: Some(["a", "b", "a"].map(str::to_owned).into()),
        expression_attribute_names: Some(names.into()),
        consistent_read: true,
        return_consumed_capacity: ReturnConsumedCapacity::Total,
    };
    assert_eq!(request::<GetItem>(body), expected);
}

#[test]
fn tables() {
    assert_eq!(request::<DeleteTable>(r#"{"TableName": "t"}"#).table_name, "t");
    assert_eq!(request::<DescribeTable>("{\"Table\\u004eame\": \"t\\n\"}").table_name, "t\n");
    let page = request::<ListTables>(r#"{"ExclusiveStartTableName": "t", "Limit": 7}"#);
    assert_eq!(page, ListTables { exclusive_start_table_name: Some("t".into()), limit: Some(7) });
}

#[test]
fn create_table() {
    let body = r#"{
        "AttributeDefinitions": [
            {"AttributeName": "p", "AttributeType": "B"}, {"AttributeName": "s", "AttributeType": "N"}],
        "TableName": "tab", "KeySchema": [
            {"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        "BillingMode": "PAY_PER_REQUEST",
        "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
        "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
        "SSESpecification": {"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": "alias/a"},
        "Tags": [{"Key": "k", "Value": "v"}], "TableClass": "STANDARD_INFREQUENT_ACCESS",
        "DeletionProtectionEnabled": true, "WarmThroughput": {"ReadUnitsPerSecond": 1, "WriteUnitsPerSecond": 2},
        "OnDemandThroughput": {"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": 5}, "VectorIndexes": null,
        "ResourcePolicy": "{}"
    }"#;
    let definition =
        |name: &str, attribute_type| AttributeDefinition { attribute_name: name.into(), attribute_type };
    let element = |name: &str, key_type| KeySchemaElement { attribute_name: name.into(), key_type };
    let expected = CreateTable {
        local_secondary_indexes: None,
        global_secondary_indexes: None,
        table_name: "tab".into(),
        attribute_definitions: vec![definition("p", ScalarType::B), definition("s", ScalarType::N)],
        key_schema: vec![element("p", KeyType::Hash), element("s", KeyType::Range)],
        billing_mode: Some(BillingMode::PayPerRequest),
        provisioned_throughput: Some(ProvisionedThroughput {
            read_capacity_units: 3,
            write_capacity_units: 4,
        }),
        stream_specification: Some(StreamSpecification {
            stream_enabled: true,
            stream_view_type: Some(StreamViewType::NewImage),
        }),
        sse_specification: Some(SseSpecification {
            enabled: Some(true),
            sse_type: Some(ddbmock_model::SseType::Kms),
            kms_master_key_id: Some("alias/a".into()),
        }),
        tags: vec![Tag { key: "k".into(), value: "v".into() }],
        table_class: Some(TableClass::StandardInfrequentAccess),
        deletion_protection_enabled: true,
        on_demand_throughput: Some(OnDemandThroughput {
            max_read_request_units: Some(-1),
            max_write_request_units: Some(5),
        }),
        warm_throughput: Some(WarmThroughput {
            read_units_per_second: Some(1),
            write_units_per_second: Some(2),
        }),
        resource_policy: Some("{}".into()),
        vector_indexes: None,
    };
    assert_eq!(request::<CreateTable>(body), expected);
}

#[test]
fn indexes() {
    let body = r#"{
        "AttributeDefinitions": [], "TableName": "tab", "KeySchema": [],
        "LocalSecondaryIndexes": [{"IndexName": "loc", "KeySchema": [], "Projection": {
            "ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y"]}}],
        "GlobalSecondaryIndexes": [{"IndexName": "glo", "KeySchema": [{"AttributeName": "s", "KeyType": "HASH"}],
            "Projection": {}, "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
            "OnDemandThroughput": {"MaxReadRequestUnits": 7}, "WarmThroughput": {"WriteUnitsPerSecond": 8}}]
    }"#;
    let expected = CreateTable {
        table_name: "tab".into(),
        local_secondary_indexes: Some(vec![LocalSecondaryIndex {
            index_name: "loc".into(),
            key_schema: vec![],
            projection: Projection {
                projection_type: Some(ProjectionType::Include),
                non_key_attributes: Some(vec!["x".into(), "y".into()]),
            },
        }]),
        global_secondary_indexes: Some(vec![GlobalSecondaryIndex {
            index_name: "glo".into(),
            key_schema: vec![KeySchemaElement { attribute_name: "s".into(), key_type: KeyType::Hash }],
            projection: Projection::default(),
            provisioned_throughput: Some(ProvisionedThroughput {
                read_capacity_units: 5,
                write_capacity_units: 6,
            }),
            on_demand_throughput: Some(OnDemandThroughput {
                max_read_request_units: Some(7),
                max_write_request_units: None,
            }),
            warm_throughput: Some(WarmThroughput {
                read_units_per_second: None,
                write_units_per_second: Some(8),
            }),
        }]),
        ..CreateTable::default()
    };
    assert_eq!(request::<CreateTable>(body), expected);
}

#[test]
fn update_table() {
    let body = r#"{
        "TableName": "tab", "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "B"}],
        "BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
        "GlobalSecondaryIndexUpdates": [
            {"Update": {"IndexName": "one", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}}},
            {"Create": {"IndexName": "two", "KeySchema": [], "Projection": {"ProjectionType": "ALL"}}},
            {"Delete": {"IndexName": "three"}}],
        "StreamSpecification": {"StreamEnabled": false}, "SSESpecification": {"Enabled": false},
        "TableClass": "STANDARD", "DeletionProtectionEnabled": false,
        "OnDemandThroughput": {"MaxReadRequestUnits": -1}, "WarmThroughput": {"ReadUnitsPerSecond": 1}
    }"#;
    let request = request::<UpdateTable>(body);
    let updates = request.global_secondary_index_updates.unwrap();
    let units = updates[0].update.as_ref().unwrap().provisioned_throughput.unwrap();
    assert_eq!((units.read_capacity_units, units.write_capacity_units), (5, 6));
    let created = &updates[1].create.as_ref().unwrap().0;
    assert_eq!(created.projection.projection_type, Some(ProjectionType::All));
    assert_eq!(updates[2].delete.as_ref().unwrap().index_name, "three");
    assert_eq!(request.attribute_definitions[0].attribute_type, ScalarType::B);
    assert_eq!(request.billing_mode, Some(BillingMode::Provisioned));
    assert_eq!(request.provisioned_throughput.unwrap().write_capacity_units, 4);
    assert!(!request.stream_specification.unwrap().stream_enabled);
    assert_eq!(request.sse_specification.unwrap().enabled, Some(false));
    assert_eq!(request.table_class, Some(TableClass::Standard));
    assert_eq!(request.deletion_protection_enabled, Some(false));
    assert_eq!(request.on_demand_throughput.unwrap().max_read_request_units, Some(-1));
    assert_eq!(request.warm_throughput.unwrap().read_units_per_second, Some(1));
}

#[test]
fn values_of_every_type() {
    let body = r#"{"TableName": "t", "Item": {
        "s": {"S": "é\u00e9\ud83d\ude00"}, "n": {"N": " 1e5 "}, "b": {"B": "AAE="}, "t": {"BOOL": true}, "f": {"BOOL": false},
        "z": {"NULL": true}, "zf": {"NULL": false}, "ss": {"SS": ["b", "a", "b"]}, "ns": {"NS": ["2", "1.0"]},
        "bs": {"BS": ["", "AAE="]}, "l": {"L": [{"S": "a"}, {"L": []}]}, "m": {"M": {"": {"M": {}}}},
        "none": {}, "null": null, "absent": {"S": null}, "dropped": {"X": [[1]], "s": 1}, "one": {"X": 1, "S": "a", "N": null},
        "twice": {"S": "a", "S": "b"}, "undone": {"S": "a", "N": "1", "S": null}
    }}"#;
    let (text, number) = (|text: &str| AttributeValue::S(text.into()), AttributeValue::n);
    let none = || AttributeValue::Mixed(vec![]);
    let expected = attributes! {
        "s" => "éé😀", "n" => number(" 1e5 "), "b" => AttributeValue::B(vec![0, 1]), "t" => true, "f" => false,
        "z" => AttributeValue::Null(true), "zf" => AttributeValue::Null(false),
        "ss" => AttributeValue::Ss(vec!["b".into(), "a".into(), "b".into()]),
        "ns" => AttributeValue::Ns(vec!["2".into(), "1.0".into()]),
        "bs" => AttributeValue::Bs(vec![vec![], vec![0, 1]]),
        "l" => vec![text("a"), AttributeValue::L(vec![])],
        "m" => attributes! { "" => attributes! {} },
        "none" => none(), "null" => none(), "absent" => none(), "dropped" => none(), "one" => "a",
        "twice" => "b", "undone" => 1
    };
    assert_eq!(request::<PutItem>(body).item.sent(), Some(&expected));
}

#[test]
fn values_of_several_types() {
    let call = call::<PutItem>(r#"{"TableName":"t","Item":{"a":{"N":"1","S":"a","L":[],"N":"2"}}}"#);
    let parts = vec!["a".into(), AttributeValue::L(vec![]), AttributeValue::n(2)];
    assert_eq!(call.request.item, attributes! { "a" => AttributeValue::Mixed(parts) }.into());
    assert!(call.said.older_layer);
}

#[test]
fn what_only_the_older_layer_reads() {
    let older =
        |item: &str| call::<PutItem>(&format!(r#"{{"TableName":"t","Item":{item}}}"#)).said.older_layer;
    assert!(older(r#"{"a":{"BOOL":"yes"}}"#));
    assert!(older(r#"{"a":{"L":[{"NULL":"f"}]}}"#));
    assert!(older(r#"{"a":{"S":"a","N":"1"}}"#));
    assert!(!older(r#"{"a":{"BOOL":true,"N":null,"X":"1"}}"#));
}

#[test]
fn members_left_out() {
    let said = call::<CreateTable>(
        r#"{"TableName": null, "KeySchema": [{}, {"AttributeName": "a", "KeyType": null}], "ProvisionedThroughput": {},
            "StreamSpecification": {"StreamViewType": "NEW_IMAGE"}, "Tags": [{"Value": ""}]}"#,
    )
    .said;
    let mut expected = Said::default();
    for path in [
        "keySchema.1.member.attributeName",
        "keySchema.1.member.keyType",
        "keySchema.2.member.keyType",
        "provisionedThroughput.readCapacityUnits",
        "provisionedThroughput.writeCapacityUnits",
        "streamSpecification.streamEnabled",
        "tags.1.member.key",
        "attributeDefinitions",
        "tableName",
    ] {
        expected.note_missing(path);
    }
    assert_eq!(said, expected);
    assert!(call::<PutItem>("{}").said.is_missing("item"));
    assert!(call::<GetItem>("{}").said.is_missing("key"));
    assert_eq!(call::<ListTables>("{}"), Call::from(ListTables::default()));
}

#[test]
fn no_more_is_noted_than_a_refusal_shows() {
    let tags = "{},".repeat(1000);
    let said = call::<CreateTable>(&format!(r#"{{"Tags":[{tags}{{}}]}}"#)).said;
    assert!(said.is_missing("tags.10.member.key") && !said.is_missing("tags.1000.member.key"));
    assert!(said.is_missing("tableName") && said.is_missing("keySchema"));
}

#[test]
fn unknown_words() {
    let said = call::<CreateTable>(
        r#"{"KeySchema":[{"AttributeName":"a","KeyType":"hash"}],"BillingMode":"","TableClass":"X",
            "StreamSpecification":{"StreamEnabled":false,"StreamViewType":"Y"},"TableName":"t","AttributeDefinitions":[]}"#,
    )
    .said;
    let word = |path| said.unknown_word(path);
    assert_eq!(word("keySchema.1.member.keyType"), Some("hash"));
    assert_eq!(word("billingMode"), Some(""));
    assert_eq!(word("tableClass"), Some("X"));
    assert_eq!(word("streamSpecification.streamViewType"), Some("Y"));
    let said = call::<PutItem>(r#"{"ReturnValues":"None","ReturnConsumedCapacity":"x"}"#).said;
    assert_eq!(said.unknown_word("returnValues"), Some("None"));
    assert_eq!(said.unknown_word("returnConsumedCapacity"), Some("x"));
}

#[test]
fn the_last_of_repeated_members_counts() {
    let body = r#"{"TableName":"a","ReturnValues":"X","Item":{"a":{"S":"x"},"a":{"S":"y"}},"ReturnValues":"NONE",
        "TableName":"b","ConditionExpression":"c","ConditionExpression":null,"Expected":{},"Expected":null}"#;
    let expected =
        PutItem { table_name: "b".into(), item: attributes! { "a" => "y" }.into(), ..Default::default() };
    assert_eq!(request::<PutItem>(body), expected);
    let said = call::<CreateTable>(
        r#"{"KeySchema":[{"KeyType":"X"}],"KeySchema":null,"TableName":"t","TableName":null,"AttributeDefinitions":[]}"#,
    )
    .said;
    assert!(said.is_missing("keySchema") && said.is_missing("tableName"));
    assert!(said.unknown_word("keySchema.1.member.keyType").is_none());
    assert!(!said.is_missing("keySchema.1.member.attributeName"));
}

#[test]
fn words_in_maps_are_noted_by_their_names() {
    let said = call::<UpdateItem>(
        r#"{"Key":{},"TableName":"t","Expected":{"a.b":{"ComparisonOperator":"eq"},"c":{"ComparisonOperator":"x"},
            "c":{"ComparisonOperator":"EQ"}},"AttributeUpdates":{"é":{"Action":"put"},"d":{"Action":"PUT"}}}"#,
    )
    .said;
    assert_eq!(said.unknown_word("expected.a.b.member.comparisonOperator"), Some("eq"));
    assert_eq!(said.unknown_word(&operator_path("expected", "c")), None);
    assert_eq!(said.unknown_word("attributeUpdates.é.member.action"), Some("put"));
    assert_eq!(said.unknown_word(&action_path("d")), None);
    assert!(!said.older_layer);
}

#[test]
fn a_written_boolean_is_for_the_older_layer() {
    let call = call::<PutItem>(r#"{"TableName":"t","Item":{},"Expected":{"a":{"Exists":"No"}}}"#);
    assert!(call.said.older_layer);
    assert_eq!(call.request.expected.unwrap()["a"].exists, Some(false));
}

#[test]
fn integers_saturate_and_are_cut() {
    let limit = |text: &str| {
        let call = call::<ListTables>(&format!(r#"{{"Limit": {text} }}"#));
        (call.request.limit, call.said.older_layer)
    };
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    for (text, expected, whole) in [
        ("2147483647", most, true),
        ("4294967296", most, false),
        ("9200000000000000000", most, false),
        ("1e400", most, false),
        ("-2147483649", least, false),
        ("-1e400", least, false),
        ("1.5", 1, false),
        ("-0.5", 0, false),
        ("-1.9", -1, false),
        ("-0", 0, true),
        ("1e2", 100, true),
        ("1e-400", 0, true),
    ] {
        assert_eq!(limit(text), (Some(expected), !whole), "{text}");
    }
    let units = |text: &str| {
        let body =
            format!(r#"{{"ProvisionedThroughput":{{"ReadCapacityUnits":{text},"WriteCapacityUnits":1}}}}"#);
        call::<CreateTable>(&body).request.provisioned_throughput.unwrap().read_capacity_units
    };
    assert_eq!(units("9223372036854775807"), i64::MAX);
    assert_eq!(units("9223372036854775808"), i64::MAX);
    assert_eq!(units("-99999999999999999999"), i64::MIN);
    assert_eq!(units("4294967296.7"), 4_294_967_296);
}

#[test]
fn unsupported_members_are_refused() {
    let check = |operation: &str, member: &str, value: &str| {
        let answer = ask(operation, &format!(r#"{{"{member}":{value}}}"#));
        let text = format!("ddbmock does not support {member} of {operation} yet");
        let body =
            format!(r#"{{"__type":"com.amazon.coral.validate#ValidationException","message":"{text}"}}"#);
        assert_eq!((body_of(&answer), rule_of(&answer)), (&*body, "wire.unsupported_member"));
    };
    for list in ["ReplicaUpdates", "GlobalTableWitnessUpdates"] {
        check("UpdateTable", list, "[]");
    }
    check("UpdateTable", "MultiRegionConsistency", r#""STRONG""#);
    check("UpdateTable", "GlobalTableSettingsReplicationMode", r#""ENABLED""#);
    check("UpdateTable", "DisassociationProtectionEnabled", "true");
    for text in ["GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"] {
        check("CreateTable", text, r#""""#);
        assert_eq!(ask("CreateTable", &format!(r#"{{"{text}":null}}"#)).status, 200);
    }
}
