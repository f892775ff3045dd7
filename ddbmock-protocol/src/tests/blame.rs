//! What is blamed first, and how errors are written.

use ddbmock_model::{
    ApiVersion, CancellationCode, CancellationReason, Error, Item, Message, Rule, attributes,
};

use super::{Fake, SIGNED, ask, body_of, rule_of};
use crate::{Request, Signature, answer, error};

const PUT: Option<&str> = Some("DynamoDB_20120810.PutItem");

const CREATE: Option<&str> = Some("DynamoDB_20120810.CreateTable");

#[test]
fn the_order_of_blame() {
    let unsigned = Signature::default();
    let (typed, untyped) = (r#"{"TableName":1}"#, r#"{"TableName":1"#);
    let rows: [(Option<&str>, Signature<'_>, &str, &str); 14] = [
        (None, unsigned, untyped, "wire.body_syntax"),
        (PUT, unsigned, untyped, "wire.body_syntax"),
        (PUT, SIGNED, untyped, "wire.body_syntax"),
        (PUT, SIGNED, r#"{"TableName":1} x"#, "wire.body_syntax"),
        (CREATE, SIGNED, r#"{"GlobalTableSourceArn":"","TableName":"a"]"#, "wire.body_syntax"),
        (None, unsigned, typed, "wire.unknown_operation"),
        (Some("DynamoDB_20120810.putItem"), unsigned, typed, "wire.unknown_operation"),
        (Some("dynamodb_20120810.PutItem"), unsigned, typed, "wire.unknown_operation"),
        (None, unsigned, "", "wire.unknown_operation"),
        (PUT, unsigned, typed, "wire.not_signed"),
        (PUT, unsigned, "", "wire.not_signed"),
        (PUT, SIGNED, "", "wire.body_empty"),
        (CREATE, SIGNED, r#"{"GlobalTableSourceArn":"","TableName":1}"#, "wire.not_convertible"),
        (CREATE, SIGNED, r#"{"GlobalTableSourceArn":"","TableName":"a"}"#, "wire.unsupported_member"),
    ];
    for (target, signature, body, rule) in rows {
        let answer = answer(
            &Fake::default(),
            &Request { target, signature, body: body.as_bytes(), ..Default::default() },
            false,
        );
        assert_eq!((rule_of(&answer), answer.status), (rule, 400), "{target:?} {body}");
        let operation = target.filter(|target| [PUT, CREATE].contains(&Some(target)));
        assert_eq!(answer.operation, operation.and_then(|target| target.split('.').next_back()));
    }
}

#[test]
fn the_first_mismatch_wins() {
    let answer = ask("PutItem", r#"{"Item":{"a":{"L":[{"S":"x"},{"BOOL":1}]}},"TableName":1}"#);
    assert!(body_of(&answer).contains("NUMBER_VALUE cannot be converted to Boolean"));
    let hint = answer.error.unwrap().message().hint.clone().unwrap();
    assert_eq!(&*hint, "in Item, near line 1 column 38");
}

#[test]
fn bodies_that_are_not_json() {
    for body in
        ["{", "{}x", "nul", "\u{feff}{}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}", "{\"a\":1,}", " ", "\u{1}"]
    {
        let answer = ask("PutItem", body);
        assert_eq!(body_of(&answer), r#"{"__type":"com.amazon.coral.service#SerializationException"}"#);
        assert_eq!(rule_of(&answer), "wire.body_syntax", "{body}");
    }
    let request =
        Request { target: PUT, signature: SIGNED, body: b"{\"TableName\":\"\xFF\"}", ..Default::default() };
    assert_eq!(rule_of(&answer(&Fake::default(), &request, false)), "wire.body_syntax");
    for text in [r"\ud800", r"\ud800é", r"\ud800 1 ", r"1\udc00", r"1\ud800\u0031"] {
        assert_eq!(rule_of(&ask("PutItem", &format!(r#"{{"TableName":"{text}"}}"#))), "wire.body_syntax");
    }
}

#[test]
fn bodies_that_are_no_object() {
    for body in ["null", "true", "1", "1.5", "1e400", "\"a\"", "[]", "[{}]"] {
        let answer = ask("PutItem", body);
        assert_eq!(body_of(&answer), r#"{"__type":"com.amazon.coral.service#SerializationException"}"#);
        assert_eq!(rule_of(&answer), "wire.body_not_object", "{body}");
    }
}

#[test]
fn hints_are_told_on_request() {
    let ask = |target, body: &str, explain| {
        let request = Request { target, signature: SIGNED, body: body.as_bytes(), ..Default::default() };
        body_of(&answer(&Fake::default(), &request, explain)).to_owned()
    };
    let serialization = |message: &str| {
        format!(r#"{{"__type":"com.amazon.coral.service#SerializationException","Message":"{message}"}}"#)
    };
    let text = "NUMBER_VALUE cannot be converted to String";
    let body = "{\n\"TableName\": 1}";
    assert_eq!(ask(PUT, body, false), serialization(text));
    assert_eq!(
        ask(PUT, body, true),
        serialization(&format!("{text} (hint: in TableName, near line 2 column 14)"))
    );
    let syntax = "(hint: the body is not JSON: EOF while parsing an object at line 1 column 1)";
    assert_eq!(ask(PUT, "{", true), serialization(syntax));
    let unknown = |hint: &str| {
        format!(
            r#"{{"__type":"com.amazon.coral.service#UnknownOperationException","message":"(hint: {hint})"}}"#
        )
    };
    assert_eq!(ask(Some("DynamoDB_20120810.putitem"), "{}", true), unknown("did you mean PutItem?"));
    assert_eq!(ask(None, "{}", true), unknown("the request has no X-Amz-Target header"));
    let no_prefix = "X-Amz-Target is 'PutItem'; it must begin with DynamoDB_20120810., DynamoDBStreams_20120810. or \
                     DynamoDB_20111205.";
    assert_eq!(ask(Some("PutItem"), "{}", true), unknown(no_prefix));
    let first = "API version 2011-12-05 has BatchGetItem, BatchWriteItem, CreateTable, DeleteItem, DeleteTable, \
                 DescribeTable, GetItem, ListTables, PutItem, Query, Scan, UpdateItem, UpdateTable";
    assert_eq!(ask(Some("DynamoDB_20111205.TransactGetItems"), "{}", true), unknown(first));
    let others = ask(Some("DynamoDB_20120810.Fly"), "{}", true);
    assert!(
        others.contains("(hint: ddbmock answers BatchExecuteStatement, BatchGetItem, BatchWriteItem"),
        "{others}"
    );
}

#[test]
fn an_operation_that_the_world_lacks() {
    let answer = ask("DeleteItem", "{}");
    assert_eq!(body_of(&answer), r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#);
    assert_eq!(answer.operation, Some("DeleteItem"));
}

#[test]
fn every_error_has_its_form() {
    let message = || Message::new(Rule("test.rule"), "m");
    let item = Item::strict(&attributes! { "a" => 1 }).unwrap();
    let (coral, dynamodb) = ("com.amazon.coral.service#", "com.amazonaws.dynamodb.v20120810#");
    let rows = [
        (
            Error::Validation(message()),
            "com.amazon.coral.validate#",
            "ValidationException",
            r#""message":"m""#,
        ),
        (Error::ResourceNotFound(message()), dynamodb, "ResourceNotFoundException", r#""message":"m""#),
        (Error::ResourceInUse(message()), dynamodb, "ResourceInUseException", r#""message":"m""#),
        (Error::LimitExceeded(message()), dynamodb, "LimitExceededException", r#""message":"m""#),
        (
            Error::ConditionalCheckFailed { message: message(), item: None },
            dynamodb,
            "ConditionalCheckFailedException",
            r#""message":"m""#,
        ),
        (
            Error::ConditionalCheckFailed { message: message(), item: Some(item) },
            dynamodb,
            "ConditionalCheckFailedException",
            r#""message":"m","Item":{"a":{"N":"1"}}"#,
        ),
        (Error::Serialization(message()), coral, "SerializationException", r#""Message":"m""#),
        (Error::InternalFailure(message()), coral, "InternalFailure", r#""message":"m""#),
        (Error::UnknownOperation(message()), coral, "UnknownOperationException", r#""message":"m""#),
        (
            Error::MissingAuthenticationToken(message()),
            coral,
            "MissingAuthenticationTokenException",
            r#""message":"m""#,
        ),
        (Error::IncompleteSignature(message()), coral, "IncompleteSignatureException", r#""message":"m""#),
        (Error::InvalidSignature(message()), coral, "InvalidSignatureException", r#""message":"m""#),
        (Error::UnrecognizedClient(message()), coral, "UnrecognizedClientException", r#""message":"m""#),
        (Error::Internal(message()), dynamodb, "InternalServerError", r#""message":"m""#),
    ];
    for (error, prefix, name, members) in rows {
        check_form(&error, prefix, name, members);
    }
}

#[track_caller]
fn check_form(error: &Error, prefix: &str, name: &str, members: &str) {
    let body = String::from_utf8(error::encode(error, None, ApiVersion::default(), false)).unwrap();
    assert_eq!(body, format!(r#"{{"__type":"{prefix}{name}",{members}}}"#));
    assert_eq!(error::status(error), if name.starts_with("Internal") { 500 } else { 400 });
}

#[test]
fn errors_of_transactions_have_their_forms() {
    let message = || Message::new(Rule("test.rule"), "m");
    let check = |error: &Error, name: &str, members: &str| {
        check_form(error, "com.amazonaws.dynamodb.v20120810#", name, members);
    };
    let failed = CancellationReason {
        code: CancellationCode::ConditionalCheckFailed,
        message: Some(message()),
        item: Item::strict(&attributes! { "a" => 1 }).ok(),
    };
    let reasons = vec![CancellationReason::default(), failed];
    let error = Error::TransactionCanceled { message: message(), reasons };
    let members = r#""CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Item":{"a":{"N":"1"}},"Message":"m"}],"Message":"m""#;
    check(&error, "TransactionCanceledException", members);
    let members = r#""Message":"m""#;
    check(&Error::TransactionInProgress(message()), "TransactionInProgressException", members);
    check(&Error::IdempotentParameterMismatch(message()), "IdempotentParameterMismatchException", members);
}

#[test]
fn an_error_of_the_world_is_answered() {
    let message = Message::new(Rule("test.rule"), "The conditional request failed");
    let error = Error::ConditionalCheckFailed { message, item: None }.hinted("a was 1");
    let fake = Fake { put_item: Err(error.clone()), ..Fake::default() };
    let request = Request { target: PUT, signature: SIGNED, body: b"{}", ..Default::default() };
    let answer = answer(&fake, &request, true);
    assert!(body_of(&answer).contains(r#""message":"The conditional request failed (hint: a was 1)""#));
    assert_eq!(answer.error, Some(error));
}
