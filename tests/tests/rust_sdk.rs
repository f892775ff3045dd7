//! A small shop, written with the AWS SDK for Rust and run over a socket: products are received and sold, never more of
//! them than there are.

mod batches;
mod library;
mod partiql;
mod streams;
mod transactions;

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{io, iter};

use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ReturnConsumedCapacity,
    ReturnValue, ReturnValuesOnConditionCheckFailure, ScalarAttributeType, TableStatus,
};
use aws_sdk_dynamodb::{Client, Config};
use ddbmock_engine::Engine;
use ddbmock_server::{Server, Settings};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// What waiters may take. A table is there at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server on a thread of its own.
pub(crate) struct Serving {
    pub(crate) url: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Serving {
    pub(crate) fn start() -> Self {
        let server =
            Server::bind(Settings { listen: ([127, 0, 0, 1], 0).into(), ..Settings::default() }).unwrap();
        let url = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(server.serve(Arc::new(Engine::default()), async {
                let _ = stopped.await; // dropped by a test that failed
            }))
        });
        Self { url, stop, thread }
    }

    fn client(&self, region: &'static str) -> Client {
        let config = Config::builder()
            .endpoint_url(&self.url)
            .region(Region::new(region))
            .credentials_provider(Credentials::new("any", "any", None, None, "tests"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled());
        Client::from_conf(config.build())
    }

    pub(crate) fn end(self) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap().unwrap();
    }
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn number(value: u32) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The type and the text of an error of any operation.
fn words(error: &impl ProvideErrorMetadata) -> (&str, &str) {
    (error.code().unwrap(), error.message().unwrap())
}

#[derive(Clone)]
struct Shop {
    client: Client,
}

impl Shop {
    const TABLE: &str = "stock";

    async fn open(client: Client) -> Self {
        let key = KeySchemaElement::builder().attribute_name("product").key_type(KeyType::Hash);
        let product =
            AttributeDefinition::builder().attribute_name("product").attribute_type(ScalarAttributeType::S);
        let created = client
            .create_table()
            .table_name(Self::TABLE)
            .key_schema(key.build().unwrap())
            .attribute_definitions(product.build().unwrap())
            .billing_mode(BillingMode::PayPerRequest);
        let table = created.send().await.unwrap().table_description.unwrap();
        assert_eq!(table.table_status, Some(TableStatus::Creating));
        client.wait_until_table_exists().table_name(Self::TABLE).wait(PATIENCE).await.unwrap();
        Self { client }
    }

    /// Takes products in; says how many there are now.
    async fn receive(&self, product: &str, count: u32) -> u32 {
        let updated = self
            .client
            .update_item()
            .table_name(Self::TABLE)
            .key("product", text(product))
            .update_expression("ADD stock :count")
            .expression_attribute_values(":count", number(count))
            .return_values(ReturnValue::UpdatedNew);
        stock(&updated.send().await.unwrap().attributes.unwrap()["stock"])
    }

    /// Sells products; says how many are left, or why it cannot.
    async fn sell(&self, product: &str, count: u32) -> Result<u32, UpdateItemError> {
        let updated = self
            .client
            .update_item()
            .table_name(Self::TABLE)
            .key("product", text(product))
            .update_expression("SET stock = stock - :count, #sold = if_not_exists(#sold, :none) + :count")
            .condition_expression("stock >= :count")
            .expression_attribute_names("#sold", "sold so far")
            .expression_attribute_values(":count", number(count))
            .expression_attribute_values(":none", number(0))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let updated = updated.send().await.map_err(SdkError::into_service_error)?;
        Ok(stock(&updated.attributes.unwrap()["stock"]))
    }

    async fn close(self) {
        self.client.delete_table().table_name(Self::TABLE).send().await.unwrap();
        self.client.wait_until_table_not_exists().table_name(Self::TABLE).wait(PATIENCE).await.unwrap();
    }
}

fn stock(value: &AttributeValue) -> u32 {
    value.as_n().unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_is_not_in_stock_is_not_sold() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    assert_eq!(shop.receive("tea", 3).await, 3);
    assert_eq!(shop.sell("tea", 2).await.unwrap(), 1);

    let refused = shop.sell("tea", 2).await.unwrap_err();
    assert_eq!(words(&refused), ("ConditionalCheckFailedException", "The conditional request failed"));
    let UpdateItemError::ConditionalCheckFailedException(refused) = refused else {
        panic!("{refused:?} is of another type");
    };
    assert_eq!(stock(&refused.item().unwrap()["stock"]), 1);
    assert_eq!(stock(&refused.item().unwrap()["sold so far"]), 2);

    let never_seen = shop.sell("coffee", 1).await.unwrap_err();
    assert!(never_seen.is_conditional_check_failed_exception());
    shop.close().await;
    serving.end();
}

#[tokio::test]
async fn customers_who_come_at_once_share_what_there_is() {
    const THERE: u32 = 20;
    const CUSTOMERS: u32 = 32;
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    shop.receive("tea", THERE).await;

    let customer = || {
        let shop = shop.clone();
        async move { shop.sell("tea", 1).await }
    };
    let customers: JoinSet<_> = iter::repeat_with(customer).take(CUSTOMERS as usize).collect();
    let (served, refused): (Vec<_>, Vec<_>) = customers.join_all().await.into_iter().partition(Result::is_ok);
    let mut left: Vec<u32> = served.into_iter().map(Result::unwrap).collect();
    left.sort_unstable();
    assert_eq!(left, (0..THERE).collect::<Vec<_>>());
    assert!(refused.into_iter().all(|refused| refused.unwrap_err().is_conditional_check_failed_exception()));
    shop.close().await;
    serving.end();
}

#[tokio::test]
async fn mistakes_are_refused_in_the_words_of_the_service() {
    let serving = Serving::start();
    let client = serving.client("eu-west-1");
    let refused = client.describe_table().table_name(Shop::TABLE).send().await.unwrap_err();
    let refused = refused.into_service_error();
    assert!(refused.is_resource_not_found_exception());
    assert_eq!(
        words(&refused),
        ("ResourceNotFoundException", "Requested resource not found: Table: stock not found")
    );

    let shop = Shop::open(client.clone()).await;
    let update = client.update_item().table_name(Shop::TABLE).key("product", text("tea"));
    let reserved = update.clone().update_expression("REMOVE name").send().await.unwrap_err();
    assert_eq!(
        words(&reserved),
        (
            "ValidationException",
            "1 validation error detected: Invalid UpdateExpression: Attribute name is a reserved keyword; \
             reserved keyword: name"
        )
    );
    let no_path = update.update_expression("REMOVE label.color").send().await.unwrap_err();
    assert_eq!(
        words(&no_path),
        ("ValidationException", "The document path provided in the update expression is invalid for update")
    );
    let no_key = client.get_item().table_name(Shop::TABLE).key("id", text("tea")).send().await.unwrap_err();
    assert_eq!(words(&no_key), ("ValidationException", "The provided key element does not match the schema"));
    shop.close().await;
    serving.end();
}

#[tokio::test]
async fn a_product_of_every_type_is_read_in_another_region() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    let sizes = ["1", "-0.5", "12345678901234567890123456789012345678"].map(str::to_owned).to_vec();
    let label = [("color".to_owned(), text("grün")), ("lots".to_owned(), AttributeValue::L(vec![number(7)]))];
    let product = [
        ("product", text("tea")),
        ("price", AttributeValue::N("3.95".into())),
        ("photo", AttributeValue::B(Blob::new([0, 255]))),
        ("label", AttributeValue::M(label.into())),
        ("organic", AttributeValue::Bool(true)),
        ("recalled", AttributeValue::Null(true)),
        ("sizes", AttributeValue::Ns(sizes)),
        ("tags", AttributeValue::Ss(vec!["green".into(), "loose".into()])),
    ];
    let mut put = shop.client.put_item().table_name(Shop::TABLE);
    for (name, value) in product.clone() {
        put = put.item(name, value);
    }
    put.send().await.unwrap();

    let american = serving.client("us-east-1");
    let read = american
        .get_item()
        .table_name(Shop::TABLE)
        .key("product", text("tea"))
        .consistent_read(true)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    let read = read.send().await.unwrap();
    assert_eq!(read.consumed_capacity.unwrap().capacity_units, Some(1.0));
    let mut item = read.item.unwrap();
    for (name, value) in product {
        assert_eq!(sorted(item.remove(name).unwrap()), sorted(value), "{name}");
    }
    assert!(item.is_empty(), "{item:?}");

    let tables = american.list_tables().limit(1).into_paginator().items().send();
    assert_eq!(tables.collect::<Result<Vec<_>, _>>().await.unwrap(), [Shop::TABLE]);
    shop.close().await;
    serving.end();
}

/// A set has no order.
fn sorted(value: AttributeValue) -> AttributeValue {
    let sort = |mut members: Vec<String>| {
        members.sort_unstable();
        members
    };
    match value {
        AttributeValue::Ns(members) => AttributeValue::Ns(sort(members)),
        AttributeValue::Ss(members) => AttributeValue::Ss(sort(members)),
        other => other,
    }
}
