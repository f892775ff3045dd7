//! Answers, to the byte.

use ddbmock_model::op::{
    CreateTableOutput, DeleteItemOutput, DeleteTableOutput, DescribeTableOutput, GetItemOutput,
    ListTablesOutput, PutItemOutput, UpdateItemOutput,
};
use ddbmock_model::{
    AttributeDefinition, AttributeValue, BillingMode, BillingModeSummary, Capacity, ConsumedCapacity,
    GlobalSecondaryIndexDescription, IndexStatus, Item, ItemCollectionMetrics, KeySchemaElement, KeyType,
    LocalSecondaryIndexDescription, OnDemandThroughput, ProvisionedThroughputDescription, ScalarType,
    SseDescription, StreamSpecification, StreamViewType, TableClass, TableClassSummary, TableDescription,
    TableStatus, WarmThroughputDescription, attributes,
};

use crate::write::{self, Written};

#[track_caller]
fn check<T: Written>(answer: &T, expected: &str) {
    assert_eq!(String::from_utf8(write::encode(answer)).unwrap(), expected);
}

fn item() -> Item {
    let texts = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    Item::strict(&attributes! {
        "s" => "a\"\u{1}é", "n" => AttributeValue::n("1e2"), "b" => AttributeValue::B(vec![0, 255]), "t" => true,
        "z" => AttributeValue::Null(true), "ss" => AttributeValue::Ss(texts(["b", "a"])),
        "ns" => AttributeValue::Ns(texts(["10", "9"])), "bs" => AttributeValue::Bs(vec![vec![1], vec![]]),
        "l" => vec![attributes! {}], "m" => attributes! { "x" => 1 },
    })
    .unwrap()
}

const ITEM: &str = r#"{"b":{"B":"AP8="},"bs":{"BS":["","AQ=="]},"l":{"L":[{"M":{}}]},"m":{"M":{"x":{"N":"1"}}},"n":{"N":"100"},"ns":{"NS":["9","10"]},"s":{"S":"a\"\u0001é"},"ss":{"SS":["a","b"]},"t":{"BOOL":true},"z":{"NULL":true}}"#;

#[test]
fn empty_answers() {
    check(&GetItemOutput::default(), "{}");
    check(&PutItemOutput::default(), "{}");
    check(&UpdateItemOutput::default(), "{}");
    check(&DeleteItemOutput::default(), "{}");
    check(&ListTablesOutput::default(), r#"{"TableNames":[]}"#);
}

#[test]
fn items() {
    check(&GetItemOutput { item: Some(item()), ..Default::default() }, &format!(r#"{{"Item":{ITEM}}}"#));
    let none = Item::strict(&attributes! {}).unwrap();
    check(&UpdateItemOutput { attributes: Some(none), ..Default::default() }, r#"{"Attributes":{}}"#);
}

#[test]
fn capacity() {
    let units = |capacity_units| Capacity { capacity_units, ..Default::default() };
    let consumed = |total| ConsumedCapacity { table_name: "t".into(), total, ..Default::default() };
    let mut answer = DeleteItemOutput {
        attributes: Some(item()),
        consumed_capacity: Some(ConsumedCapacity {
            table: Some(units(1.0)),
            local_secondary_indexes: [("l".to_owned(), units(0.5))].into(),
            global_secondary_indexes: [("g".to_owned(), units(2.0)), ("h".to_owned(), units(0.0))].into(),
            ..consumed(units(3.5))
        }),
        item_collection_metrics: Some(ItemCollectionMetrics {
            item_collection_key: attributes! { "k" => 1 },
            size_estimate_range_gb: [0.0, 1.0],
        }),
    };
    let expected = format!(
        "{{\"Attributes\":{ITEM},{}{}",
        r#""ConsumedCapacity":{"TableName":"t","CapacityUnits":3.5,"Table":{"CapacityUnits":1.0},"LocalSecondaryIndexes":{"l":{"CapacityUnits":0.5}},"GlobalSecondaryIndexes":{"g":{"CapacityUnits":2.0},"h":{"CapacityUnits":0.0}}},"#,
        r#""ItemCollectionMetrics":{"ItemCollectionKey":{"k":{"N":"1"}},"SizeEstimateRangeGB":[0.0,1.0]}}"#,
    );
    check(&answer, &expected);
    let total =
        Capacity { capacity_units: 2.0, read_capacity_units: Some(0.5), write_capacity_units: Some(1.5) };
    answer = DeleteItemOutput { consumed_capacity: Some(consumed(total)), ..Default::default() };
    let expected = r#"{"ConsumedCapacity":{"TableName":"t","CapacityUnits":2.0,"ReadCapacityUnits":0.5,"WriteCapacityUnits":1.5}}"#;
    check(&answer, expected);
}

#[test]
fn a_minimal_table() {
    let table = TableDescription {
        attribute_definitions: vec![AttributeDefinition {
            attribute_name: "k".into(),
            attribute_type: ScalarType::S,
        }],
        table_name: "tab".into(),
        key_schema: vec![KeySchemaElement { attribute_name: "k".into(), key_type: KeyType::Hash }],
        table_status: TableStatus::Creating,
        creation_date_time: 1_421_866_952.062,
        provisioned_throughput: ProvisionedThroughputDescription {
            read_capacity_units: 1,
            write_capacity_units: 2,
            ..Default::default()
        },
        table_arn: "arn".into(),
        table_id: "id".into(),
        ..Default::default()
    };
    let expected = r#"{"AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],"TableName":"tab","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"TableStatus":"CREATING","CreationDateTime":1421866952.062,"ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":1,"WriteCapacityUnits":2},"TableSizeBytes":0,"ItemCount":0,"TableArn":"arn","TableId":"id","DeletionProtectionEnabled":false}"#;
    check(
        &CreateTableOutput { table_description: table.clone() },
        &format!(r#"{{"TableDescription":{expected}}}"#),
    );
    check(
        &DeleteTableOutput { table_description: table.clone() },
        &format!(r#"{{"TableDescription":{expected}}}"#),
    );
    check(&DescribeTableOutput { table }, &format!(r#"{{"Table":{expected}}}"#));
}

#[test]
fn a_table_with_everything() {
    let table = TableDescription {
        table_status: TableStatus::Active,
        creation_date_time: 5.0,
        provisioned_throughput: ProvisionedThroughputDescription {
            last_increase_date_time: Some(1.5),
            last_decrease_date_time: Some(2.5),
            number_of_decreases_today: 3,
            ..Default::default()
        },
        table_size_bytes: 10,
        item_count: 11,
        billing_mode_summary: Some(BillingModeSummary {
            billing_mode: BillingMode::PayPerRequest,
            last_update_to_pay_per_request_date_time: Some(6.25),
        }),
        stream_specification: Some(StreamSpecification {
            stream_enabled: true,
            stream_view_type: Some(StreamViewType::KeysOnly),
        }),
        latest_stream_label: Some("label".into()),
        latest_stream_arn: Some("stream".into()),
        sse_description: Some(SseDescription {
            status: "ENABLED".into(),
            sse_type: ddbmock_model::SseType::Kms,
            kms_master_key_arn: "key".into(),
        }),
        table_class: Some(TableClassSummary {
            table_class: TableClass::Standard,
            last_update_date_time: Some(7.5),
        }),
        local_secondary_indexes: vec![LocalSecondaryIndexDescription {
            index_size_bytes: 12,
            item_count: 13,
            ..Default::default()
        }],
        global_secondary_indexes: vec![GlobalSecondaryIndexDescription {
            index_status: IndexStatus::Creating,
            backfilling: Some(false),
            ..Default::default()
        }],
        deletion_protection_enabled: true,
        on_demand_throughput: Some(OnDemandThroughput {
            max_read_request_units: Some(-1),
            ..Default::default()
        }),
        warm_throughput: Some(WarmThroughputDescription {
            read_units_per_second: 12000,
            write_units_per_second: 4000,
            status: TableStatus::Active,
        }),
        ..Default::default()
    };
    let expected = r#"{"Table":{"AttributeDefinitions":[],"TableName":"","KeySchema":[],"TableStatus":"ACTIVE","CreationDateTime":5.0,"ProvisionedThroughput":{"LastIncreaseDateTime":1.5,"LastDecreaseDateTime":2.5,"NumberOfDecreasesToday":3,"ReadCapacityUnits":0,"WriteCapacityUnits":0},"TableSizeBytes":10,"ItemCount":11,"TableArn":"","TableId":"","BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST","LastUpdateToPayPerRequestDateTime":6.25},"LocalSecondaryIndexes":[{"IndexName":"","KeySchema":[],"Projection":{},"IndexSizeBytes":12,"ItemCount":13,"IndexArn":""}],"GlobalSecondaryIndexes":[{"IndexName":"","KeySchema":[],"Projection":{},"IndexStatus":"CREATING","Backfilling":false,"ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":0,"WriteCapacityUnits":0},"IndexSizeBytes":0,"ItemCount":0,"IndexArn":""}],"TableThroughputModeSummary":{"TableThroughputMode":"PAY_PER_REQUEST"},"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"},"LatestStreamLabel":"label","LatestStreamArn":"stream","SSEDescription":{"Status":"ENABLED","SSEType":"KMS","KMSMasterKeyArn":"key"},"TableClassSummary":{"TableClass":"STANDARD","LastUpdateDateTime":7.5},"DeletionProtectionEnabled":true,"OnDemandThroughput":{"MaxReadRequestUnits":-1},"WarmThroughput":{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000,"Status":"ACTIVE"}}}"#;
    check(&DescribeTableOutput { table }, expected);
}

#[test]
fn a_page_of_names() {
    let page = ListTablesOutput {
        table_names: vec!["a".into(), "b".into()],
        last_evaluated_table_name: Some("b".into()),
    };
    check(&page, r#"{"TableNames":["a","b"],"LastEvaluatedTableName":"b"}"#);
}
