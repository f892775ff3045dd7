//! Many items in one request.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};

use super::{Serving, Shop, number, text, words};

fn put(product: &str, count: u32) -> WriteRequest {
    let put = PutRequest::builder().item("product", text(product)).item("stock", number(count));
    WriteRequest::builder().put_request(put.build().unwrap()).build()
}

fn delete(product: &str) -> WriteRequest {
    let delete = DeleteRequest::builder().key("product", text(product));
    WriteRequest::builder().delete_request(delete.build().unwrap()).build()
}

#[tokio::test]
async fn a_delivery_is_received_in_one_request() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    let write = |requests| shop.client.batch_write_item().request_items(Shop::TABLE, requests);
    let delivery = (0..25).map(|at| put(&format!("tea {at:02}"), at)).collect();
    let written = write(delivery).send().await.unwrap();
    assert!(written.unprocessed_items.unwrap().is_empty());
    write(vec![delete("tea 03"), put("coffee", 9)]).send().await.unwrap();

    let keys = ["tea 03", "tea 07", "coffee"].map(|product| [("product".to_owned(), text(product))].into());
    let keys = KeysAndAttributes::builder().set_keys(Some(keys.to_vec())).projection_expression("stock");
    let read = shop.client.batch_get_item().request_items(Shop::TABLE, keys.build().unwrap());
    let read = read.send().await.unwrap();
    assert!(read.unprocessed_keys.unwrap().is_empty());
    let mut found: Vec<AttributeValue> =
        read.responses.unwrap()[Shop::TABLE].iter().map(|item| item["stock"].clone()).collect();
    found.sort_by_key(super::stock);
    assert_eq!(found, [number(7), number(9)]);
    shop.close().await;
    serving.end();
}

#[tokio::test]
async fn a_product_is_written_once_in_a_request() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    let twice = vec![put("tea", 1), delete("tea")];
    let refused = shop.client.batch_write_item().request_items(Shop::TABLE, twice).send().await.unwrap_err();
    assert_eq!(words(&refused), ("ValidationException", "Provided list of item keys contains duplicates"));
    let nowhere = shop.client.batch_write_item().request_items("nowhere", vec![put("tea", 1)]).send().await;
    assert!(nowhere.map_err(SdkError::into_service_error).unwrap_err().is_resource_not_found_exception());
    shop.close().await;
    serving.end();
}
