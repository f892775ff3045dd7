//! Several writes, or several reads, as one.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Get, Put, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure, TransactGetItem,
    TransactWriteItem, Update,
};

use super::{Serving, Shop, number, stock, text, words};

impl Shop {
    /// Takes one of a product and notes who bought it, if the shop is open.
    fn order(&self, customer: &str, product: &str) -> TransactWriteItemsFluentBuilder {
        let open = ConditionCheck::builder()
            .table_name(Self::TABLE)
            .key("product", text("the shop"))
            .condition_expression("attribute_not_exists(closed)");
        let take = Update::builder()
            .table_name(Self::TABLE)
            .key("product", text(product))
            .update_expression("SET stock = stock - :one")
            .condition_expression("stock >= :one")
            .expression_attribute_values(":one", number(1))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let order = Put::builder().table_name(Self::TABLE).item("product", text(customer));
        self.client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().condition_check(open.build().unwrap()).build())
            .transact_items(TransactWriteItem::builder().update(take.build().unwrap()).build())
            .transact_items(TransactWriteItem::builder().put(order.build().unwrap()).build())
    }
}

fn get(product: &str) -> TransactGetItem {
    let get = Get::builder().table_name(Shop::TABLE).key("product", text(product));
    TransactGetItem::builder().get(get.build().unwrap()).build()
}

#[tokio::test]
async fn an_order_is_taken_whole_or_not_at_all() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    shop.receive("tea", 1).await;
    shop.order("ann", "tea").send().await.unwrap();

    let refused = shop.order("bob", "tea").send().await.unwrap_err().into_service_error();
    let said = "Transaction cancelled, please refer cancellation reasons for specific reasons [None, \
                ConditionalCheckFailed, None]";
    assert_eq!(words(&refused), ("TransactionCanceledException", said));
    let TransactWriteItemsError::TransactionCanceledException(refused) = refused else {
        panic!("{refused:?} is of another type");
    };
    let reasons = refused.cancellation_reasons();
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap()).collect();
    assert_eq!(codes, ["None", "ConditionalCheckFailed", "None"]);
    assert_eq!(reasons[0].message(), None);
    assert_eq!(reasons[1].message(), Some("The conditional request failed"));
    assert_eq!(stock(&reasons[1].item().unwrap()["stock"]), 0);

    let items = ["tea", "ann", "bob"].map(get).to_vec();
    let read = shop.client.transact_get_items().set_transact_items(Some(items)).send().await.unwrap();
    let there: Vec<_> = read.responses().iter().map(|response| response.item().is_some()).collect();
    assert_eq!(there, [true, true, false]);
    shop.close().await;
    serving.end();
}

#[tokio::test]
async fn an_order_that_is_sent_twice_is_taken_once() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    shop.receive("tea", 5).await;
    for write_units in [Some(6.0), None] {
        let order = shop.order("ann", "tea").client_request_token("order 1");
        let taken = order.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.unwrap();
        let consumed = &taken.consumed_capacity()[0];
        assert_eq!(consumed.capacity_units(), Some(6.0));
        assert_eq!(consumed.write_capacity_units(), write_units);
    }
    assert_eq!(shop.receive("tea", 0).await, 4);
    let other = shop.order("bob", "tea").client_request_token("order 1").send().await.unwrap_err();
    assert!(other.into_service_error().is_idempotent_parameter_mismatch_exception());
    shop.close().await;
    serving.end();
}
