//! What happens in the shop, read by the SDK's client of streams.

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use aws_sdk_dynamodb::types::{StreamSpecification, StreamViewType};
use aws_sdk_dynamodbstreams::types::{AttributeValue, OperationType, Record, ShardIteratorType};
use aws_sdk_dynamodbstreams::{Client, Config};

use super::{Serving, Shop, number, text};

fn streams(serving: &Serving) -> Client {
    let config = Config::builder()
        .endpoint_url(&serving.url)
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "tests"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(RetryConfig::disabled());
    Client::from_conf(config.build())
}

/// All records that there are.
async fn consume(streams: &Client, arn: &str) -> Vec<Record> {
    let described = streams.describe_stream().stream_arn(arn).send().await.unwrap();
    let mut records = Vec::new();
    for shard in described.stream_description.unwrap().shards.unwrap() {
        let begin = streams.get_shard_iterator().stream_arn(arn).set_shard_id(shard.shard_id);
        let begin = begin.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await.unwrap();
        let mut next = begin.shard_iterator;
        while let Some(iterator) = next.take() {
            let page = streams.get_records().shard_iterator(iterator).limit(1).send().await.unwrap();
            let read = page.records.unwrap();
            next = page.next_shard_iterator.filter(|_| !read.is_empty());
            records.extend(read);
        }
    }
    records
}

#[tokio::test]
async fn every_delivery_and_every_sale_is_in_the_stream() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    let stream =
        StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewImage);
    let changed = shop.client.update_table().table_name(Shop::TABLE);
    let changed = changed.stream_specification(stream.build().unwrap()).send().await.unwrap();
    let arn = changed.table_description.unwrap().latest_stream_arn.unwrap();
    for stock in [2, 1, 1] {
        let put = shop.client.put_item().table_name(Shop::TABLE);
        put.item("product", text("tea")).item("stock", number(stock)).send().await.unwrap();
    }
    let delete = shop.client.delete_item().table_name(Shop::TABLE).key("product", text("tea"));
    delete.send().await.unwrap();

    let records = consume(&streams(&serving), &arn).await;
    let told: Vec<_> = records
        .iter()
        .map(|record| {
            let image = record.dynamodb().unwrap().new_image();
            (record.event_name().unwrap(), image.map(|image| image["stock"].clone()))
        })
        .collect();
    let number = |stock: &str| Some(AttributeValue::N(stock.to_owned()));
    let expected = [
        (&OperationType::Insert, number("2")),
        (&OperationType::Modify, number("1")),
        (&OperationType::Remove, None),
    ];
    assert_eq!(told, expected);
    let nowhere = streams(&serving).describe_stream().stream_arn(format!("{arn}1")).send().await.unwrap_err();
    assert!(nowhere.into_service_error().is_resource_not_found_exception());
    shop.close().await;
    serving.end();
}
