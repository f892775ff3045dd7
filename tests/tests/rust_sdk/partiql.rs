//! What a shop says in statements.

use aws_sdk_dynamodb::operation::execute_statement::ExecuteStatementError;
use aws_sdk_dynamodb::operation::execute_transaction::ExecuteTransactionError;
use aws_sdk_dynamodb::types::{BatchStatementErrorCodeEnum, BatchStatementRequest, ParameterizedStatement};

use super::{Serving, Shop, number, stock, text};

const TAKE: &str = "UPDATE products SET stock = stock - 1 WHERE product = ? AND stock > 0";

/// A statement about the shop's table.
fn of_shop(statement: &str) -> String {
    statement.replace("products", &format!("\"{}\"", Shop::TABLE))
}

fn take(product: &str) -> ParameterizedStatement {
    ParameterizedStatement::builder().statement(of_shop(TAKE)).parameters(text(product)).build().unwrap()
}

#[tokio::test]
async fn products_are_received_found_and_sold_in_statements() {
    let serving = Serving::start();
    let shop = Shop::open(serving.client("eu-west-1")).await;
    let execute = |statement: &str| shop.client.execute_statement().statement(of_shop(statement));
    let insert = "INSERT INTO products VALUE {'product': ?, 'stock': ?}";
    for (product, count) in [("tea", 1), ("milk", 3), ("rice", 5)] {
        execute(insert).parameters(text(product)).parameters(number(count)).send().await.unwrap();
    }
    let again = execute(insert).parameters(text("tea")).parameters(number(1)).send().await;
    assert!(matches!(
        again.unwrap_err().into_service_error(),
        ExecuteStatementError::DuplicateItemException(_)
    ));

    let mut found = Vec::new();
    let mut token = None;
    loop {
        let page = execute("SELECT product FROM products WHERE stock >= 3").limit(2).set_next_token(token);
        let page = page.send().await.unwrap();
        found.extend(page.items().iter().map(|item| item["product"].as_s().unwrap().clone()));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    found.sort_unstable();
    assert_eq!(found, ["milk", "rice"]);

    let sold = execute(&format!("{TAKE} RETURNING ALL NEW *")).parameters(text("tea")).send().await.unwrap();
    assert_eq!(stock(&sold.items()[0]["stock"]), 0);
    let request = BatchStatementRequest::builder().statement(of_shop(TAKE)).parameters(text("tea"));
    let batch =
        shop.client.batch_execute_statement().statements(request.build().unwrap()).send().await.unwrap();
    let refused = batch.responses()[0].error().unwrap();
    assert_eq!(refused.code(), Some(&BatchStatementErrorCodeEnum::ConditionalCheckFailed));

    let both =
        shop.client.execute_transaction().transact_statements(take("milk")).transact_statements(take("tea"));
    let ExecuteTransactionError::TransactionCanceledException(refused) =
        both.send().await.unwrap_err().into_service_error()
    else {
        panic!("it was refused otherwise");
    };
    let codes: Vec<_> = refused.cancellation_reasons().iter().map(|reason| reason.code().unwrap()).collect();
    assert_eq!(codes, ["None", "ConditionalCheckFailed"]);
    shop.close().await;
    serving.end();
}
