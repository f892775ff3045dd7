//! Tests of the wire, over a DynamoDB that answers what it is told to.

mod back;
mod blame;
mod both_ways;
mod deep;
mod encode;
mod laws;
mod matrix;
mod members;
mod plain;
#[expect(unreachable_pub, reason = "other tests use it from outside")]
#[path = "../../../tests/src/shapes.rs"]
mod shapes;
mod signed;

use std::sync::{Arc, Mutex};

use ddbmock_model::op::{
    CreateTable, CreateTableOutput, GetItem, GetItemOutput, ListBackups, ListBackupsOutput, ListTables,
    ListTablesOutput, PutItem, PutItemOutput,
};
use ddbmock_model::{Call, Caller, Command, DynamoDb, Error, Report, World};

use crate::{Answer, Request, Signature, answer};

/// A caller's region and access key.
type SeenCaller = (Option<String>, String);

/// Notes who called, and answers PutItem with what it is told to.
#[derive(Clone)]
struct Fake {
    callers: Arc<Mutex<Vec<SeenCaller>>>,
    put_item: Result<PutItemOutput, Error>,
}

impl Default for Fake {
    fn default() -> Self {
        Self { callers: Arc::default(), put_item: Ok(PutItemOutput::default()) }
    }
}

impl DynamoDb for Fake {
    fn create_table(&self, _: &Caller<'_>, _: Call<CreateTable>) -> Result<CreateTableOutput, Error> {
        Ok(CreateTableOutput::default())
    }

    fn get_item(&self, _: &Caller<'_>, _: Call<GetItem>) -> Result<GetItemOutput, Error> {
        Ok(GetItemOutput::default())
    }

    fn list_backups(&self, _: &Caller<'_>, _: Call<ListBackups>) -> Result<ListBackupsOutput, Error> {
        Ok(ListBackupsOutput::default())
    }

    fn list_tables(&self, _: &Caller<'_>, _: Call<ListTables>) -> Result<ListTablesOutput, Error> {
        Ok(ListTablesOutput::default())
    }

    fn put_item(&self, caller: &Caller<'_>, _: Call<PutItem>) -> Result<PutItemOutput, Error> {
        let region = caller.region.map(str::to_owned);
        self.callers.lock().unwrap().push((region, caller.access_key.to_owned()));
        self.put_item.clone()
    }
}

impl World for Fake {
    fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
        Arc::new(self.clone())
    }

    fn control(&self, _: Command) -> Result<Report, Error> {
        Ok(Report::default())
    }

    fn may_block(&self) -> bool {
        false
    }
}

const SIGNED: Signature<'static> = Signature {
    authorization: Some(
        "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, \
         Signature=0",
    ),
    amz_date: Some("20260101T000000Z"),
    date: None,
    token: None,
    query: None,
    verifier: None,
};

/// What a signed request is answered with.
fn ask(operation: &str, body: &str) -> Answer {
    let target = format!("DynamoDB_20120810.{operation}");
    let request =
        Request { target: Some(&target), signature: SIGNED, body: body.as_bytes(), ..Default::default() };
    answer(&Fake::default(), &request, false)
}

fn body_of(answer: &Answer) -> &str {
    std::str::from_utf8(&answer.body).unwrap()
}

fn rule_of(answer: &Answer) -> &'static str {
    answer.error.as_ref().map_or("", |error| error.message().rule.0)
}

/// What a `SerializationException` says: nothing where it has no message; nothing at all for an answer.
#[track_caller]
fn said(operation: &str, body: &str) -> String {
    let answer = ask(operation, body);
    match &answer.error {
        None => "ok".to_owned(),
        Some(Error::Serialization(message)) => {
            let text = &message.text;
            let member = if text.is_empty() { String::new() } else { format!(r#","Message":"{text}""#) };
            let whole = format!(r#"{{"__type":"com.amazon.coral.service#SerializationException"{member}}}"#);
            assert_eq!((answer.status, body_of(&answer)), (400, &*whole));
            text.clone().into_owned()
        }
        Some(other) => panic!("{operation} {body}: {other:?}"),
    }
}
