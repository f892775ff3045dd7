//! The shape of signatures.

use super::{Fake, SIGNED, body_of, rule_of};
use crate::{Answer, Request, Signature, answer};

const TYPE: &str = r#"{"__type":"com.amazon.coral.service#"#;

fn put(world: &Fake, signature: Signature<'_>) -> Answer {
    answer(
        world,
        &Request { target: Some("DynamoDB_20120810.PutItem"), signature, body: b"{}", ..Default::default() },
        false,
    )
}

#[track_caller]
fn check(signature: Signature<'_>, exception: &str, rule: &str, message: &str) {
    let answer = put(&Fake::default(), signature);
    assert_eq!(body_of(&answer), format!(r#"{TYPE}{exception}","message":"{message}"}}"#));
    assert_eq!((rule_of(&answer), answer.status), (rule, 400));
}

#[track_caller]
fn incomplete(authorization: &str, rule: &str, message: &str) {
    let signature = Signature { authorization: Some(authorization), ..SIGNED };
    check(signature, "IncompleteSignatureException", rule, message);
}

/// Who a request is taken to come from.
#[track_caller]
fn caller(signature: Signature<'_>) -> (Option<String>, String) {
    let fake = Fake::default();
    let answer = put(&fake, signature);
    assert_eq!(answer.error, None);
    fake.callers.lock().unwrap().pop().unwrap()
}

fn header(credential: &str) -> String {
    format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0")
}

#[test]
fn signed_twice() {
    let query = Some("a=b&X-Amz-Algorithm");
    let text = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    check(Signature { query, ..SIGNED }, "InvalidSignatureException", "wire.signed_twice", text);
}

#[test]
fn not_signed() {
    for authorization in [None, Some(""), Some("Bearer x"), Some("AWS key:x"), Some("aws4-hmac-sha256 a")] {
        for query in [None, Some("a=b&x-amz-algorithm=c")] {
            let signature = Signature { authorization, query, ..Signature::default() };
            let text = "Request is missing Authentication Token";
            check(signature, "MissingAuthenticationTokenException", "wire.not_signed", text);
        }
    }
}

#[test]
fn header_lacks_pieces() {
    let [credential, signature, headers] = ["Credential", "Signature", "SignedHeaders"]
        .map(|name| format!("Authorization header requires '{name}' parameter. "));
    let date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    let text = format!("{credential}{signature}{headers}{date}Authorization=AWS4-");
    let bare = Signature { authorization: Some("AWS4-"), ..Signature::default() };
    check(bare, "IncompleteSignatureException", "wire.header_lacks", &text);
    let rule = "wire.header_lacks";
    incomplete("  AWS4- a", rule, &format!("{credential}{signature}{headers}Authorization=  AWS4- a"));
    let some = "AWS4-HMAC-SHA256 Credential=,Signature=a";
    incomplete(some, rule, &format!("{credential}{headers}Authorization={some}"));
    let undated = Signature { amz_date: None, ..SIGNED };
    let text = format!("{date}Authorization={}", SIGNED.authorization.unwrap());
    check(undated, "IncompleteSignatureException", rule, &text);
    assert_eq!(put(&Fake::default(), Signature { date: Some("Thu, 01 Jan"), ..undated }).status, 200);
}

#[test]
fn query_lacks_pieces() {
    let lacks = |name: &str| format!("AWS query-string parameters must include '{name}'. ");
    let signature = Signature { query: Some("X-Amz-Algorithm=&X-Amz-Date=1"), ..Signature::default() };
    let text =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders"].map(lacks).concat()
            + "Re-examine the query-string parameters.";
    check(signature, "IncompleteSignatureException", "wire.query_lacks", &text);
}

#[test]
fn malformed_pieces() {
    let good = header("a/b/c/d/e");
    let piece = format!("{good}, junk");
    let text =
        format!("'junk' not a valid key=value pair (missing equal-sign) in Authorization header: '{piece}'.");
    incomplete(&piece, "wire.header_piece", &text);
    let date = Signature { amz_date: Some("2026-01-01"), ..SIGNED };
    let text = "Date must be in ISO-8601 'basic format'. Got '2026-01-01'. See http://en.wikipedia.org/wiki/ISO_8601";
    check(date, "IncompleteSignatureException", "wire.date", text);
    let hostless = good.replace("host", "hosts");
    let signature = Signature { authorization: Some(&hostless), ..SIGNED };
    let text = "'Host' must be a 'SignedHeader' in the AWS Authorization.";
    check(signature, "InvalidSignatureException", "wire.host", text);
    let text = "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now). ";
    incomplete(&good.replace("SHA256", "SHA1"), "wire.algorithm", text);
    for credential in ["a", "a/b/c/d", "a/b/c/d/e/f"] {
        let text = format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
        );
        incomplete(&header(credential), "wire.credential", &text);
    }
}

#[test]
fn who_signed() {
    let by = |credential: &str| caller(Signature { authorization: Some(&header(credential)), ..SIGNED });
    for region in
        ["us-east-1", "eu-west-2", "us-gov-west-1", "ap-southeast-2", "eusc-de-east-1", "us-iso-east-1"]
    {
        assert_eq!(by(&format!("KEY/d/{region}/dynamodb/aws4_request")), (Some(region.into()), "KEY".into()));
    }
    for other in
        ["local", "localhost", "127.0.0.1", "", "us-east", "US-EAST-1", "us-1", "us--1", "local-host"]
    {
        assert_eq!(by(&format!("/d/{other}/x/y")), (None, String::new()));
    }
    let query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K%2bY%2F1%2feu-west-1%2Fdynamodb%2Fa+%&X-Amz-Date=20260101T000000Z\
                 &X-Amz-SignedHeaders=host&X-Amz-Signature=0";
    let signature = Signature { query: Some(query), ..Signature::default() };
    assert_eq!(caller(signature), (Some("eu-west-1".into()), "K+Y".into()));
}
