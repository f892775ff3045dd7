use std::path::Path;
use std::time::Duration;

use ddbmock_model::Wording;

use super::{Body, Exchange, Recording, Step, load, parse, shorthand};
use crate::compare::Json;

const HEAD: &str = "# What it shows.\n# source: a test\n";

fn parsed(text: &str) -> Recording {
    parse(Path::new("recordings/get-item/sample.rec"), text).unwrap()
}

fn exchanges(recording: &Recording) -> Vec<&Exchange> {
    let exchanges = recording.steps.iter().filter_map(|step| match step {
        Step::Exchange(exchange) => Some(exchange),
        Step::Wait { .. } | Step::Pass { .. } => None,
    });
    exchanges.collect()
}

#[test]
fn a_sample_is_read() {
    let recording = parsed(include_str!("../../samples/format/all.rec"));
    assert_eq!(recording.name, "get-item/sample");
    assert_eq!(recording.operation(), "get-item");
    assert_eq!(recording.about, "Everything that the format has, once. It is read by tests, never replayed.");
    assert_eq!(recording.source, "the format's own description, in two lines");
    assert_eq!(recording.wordings, [Wording::Current, Wording::Classic]);
    assert!(recording.delays);
    assert_eq!(recording.steps[1], Step::Wait { line: 7, table: "songs".to_owned() });
    let exchanges = exchanges(&recording);
    let operations: Vec<_> =
        exchanges.iter().map(|exchange| (exchange.line, exchange.operation.as_str())).collect();
    let expected =
        [(7, "CreateTable"), (10, "PutItem"), (18, "Other_2012.Thing"), (29, "GetItem"), (36, "GetItem")];
    assert_eq!(operations, expected);
    let last = [
        Step::Wait { line: 42, table: "songs".to_owned() },
        Step::Pass { line: 45, time: Duration::from_mins(15) },
    ];
    assert!(recording.steps.ends_with(&last));
}

#[test]
fn requests_are_read_to_the_byte() {
    let recording = parsed(include_str!("../../samples/format/all.rec"));
    let exchanges = exchanges(&recording);
    assert_eq!(exchanges[1].body, b"{\"TableName\": \"songs\",\n \"Item\": {}}");
    assert_eq!(exchanges[2].body, b"header: not one");
    assert_eq!(exchanges[2].headers, [("Authorization".to_owned(), "none".to_owned())]);
    assert_eq!(exchanges[2].query.as_deref(), Some("X-Amz-Date=1"));
    assert_eq!(exchanges[3].body, b"{\"TableName\": \n\n\"aaa");
    assert_eq!(exchanges[4].body, b"");
}

#[test]
fn answers_are_read() {
    let recording = parsed(include_str!("../../samples/format/all.rec"));
    let expected: Vec<_> = exchanges(&recording).iter().map(|exchange| &exchange.expected).collect();
    assert_eq!(expected[1].status, 200);
    assert_eq!(expected[1].body, Body::Json(Json::Object(Vec::new())));
    assert_eq!(expected[1].lines, 12..14);
    assert_eq!(expected[2].headers, [("x-amzn-RequestId".to_owned(), "<string>".to_owned())]);
    assert_eq!(expected[2].body, Body::Text("no: JSON\nin two lines".to_owned()));
    assert_eq!(expected[3].body, Body::Json(Json::parse(r#"{"a": "xx"}"#).unwrap()));
    assert_eq!(expected[4].body, Body::Empty);
}

#[test]
fn a_table_line_is_a_request() {
    let recording = parsed(&format!("{HEAD}table songs artist:S year:N\n"));
    let body = Json::parse(str::from_utf8(&exchanges(&recording)[0].body).unwrap()).unwrap();
    assert_eq!(body.member("TableName").unwrap().as_str(), Some("songs"));
    let expected =
        r#"[{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "year", "KeyType": "RANGE"}]"#;
    assert_eq!(body.member("KeySchema").unwrap().to_string(), expected);
}

#[test]
fn errors_name_their_line() {
    let check = |text: &str, expected: &str| {
        let error = parse(Path::new("a/b.rec"), text).unwrap_err();
        assert_eq!(error.to_string(), format!("a/b.rec:{expected}"), "{text}");
    };
    check("", "1: its head has no `# source:` line: it says where the truth is from");
    check(
        "# About.\n\n# source: x\n",
        "1: its head has no `# source:` line: it says where the truth is from",
    );
    check("# source: x\n", "1: its head does not say what it shows: a comment before `# source:`");
    check("# About.\n# source:\n", "2: `# source:` names none");
    let steps = |text: &str, expected: &str| check(&format!("{HEAD}{text}"), expected);
    steps("", "3: it does nothing: there is no `>` line");
    steps("wording: old\n", "3: `old` is no wording: there are current, classic and both");
    steps("\nhello\n", "4: `>`, `table`, `wait`, `pass` or a comment should stand here, not `hello`");
    steps("< 200\n{}\n", "3: an answer without a request");
    steps("table songs\n", "3: a table is written `table NAME KEY:TYPE` or `table NAME KEY:TYPE KEY:TYPE`");
    steps("> GetItem\n{}\n\n> GetItem\n", "6: the request of line 3 has no answer: a line `< STATUS`");
    steps("> GetItem\n< 200\n{}\n", "4: the request has no body: write `empty` if it is so");
    steps("> GetItem\n{}\n< ok\n{}\n", "5: `ok` is no HTTP status");
    steps("> GetItem\n{}\n< 200\n", "6: the answer has no body: write `empty` if it is so");
    steps(
        "> GetItem\n{}\n< 200\n{\"a\": }\n",
        "6: the body of the answer: expected value at line 1 column 7",
    );
    steps("> GetItem\n{{repeat x a}}\n< 200\n{}\n", "4: `x` is no number of times");
}

#[test]
fn shorthands() {
    let check =
        |written: &str, expected: &str| assert_eq!(shorthand::expand_text(written).as_deref(), Ok(expected));
    check(r#"{"S": "{{repeat 3 ab}}"}"#, r#"{"S": "ababab"}"#);
    check("{{repeat 2 (}}a{{repeat 2 )}}", "((a))");
    check("{{repeat 2 a{{i}} OR }}b", "a1 OR a2 OR b");
    check(r#"[{{list 2 {"N": "{{i}}"}}}]"#, r#"[{"N": "1"}, {"N": "2"}]"#);
    check(r#"{{{list 2 "a{{i}}": {"S": "{{repeat 2 x}}"}}}}"#, r#"{"a1": {"S": "xx"}, "a2": {"S": "xx"}}"#);
    check(r#"{{nest L 2 {"S": "x"}}}"#, r#"{"L": [{"L": [{"S": "x"}]}]}"#);
    check(r#"{{nest M 1 {{nest L 1 {"M": {}}}}}}"#, r#"{"M": {"a": {"L": [{"M": {}}]}}}"#);
    check("{{hex 7b 7B41}}", "{{A");
    check(r#"{{"a": 1}}"#, r#"{{"a": 1}}"#);
    check("{{list 0 a}}", "");
    assert_eq!(shorthand::expand("{{hex FF fe}}"), Ok(vec![0xff, 0xfe]));
}

#[test]
fn wrong_shorthands() {
    let check = |written: &str, expected: &str| {
        assert_eq!(shorthand::expand_text(written).unwrap_err(), expected, "{written}");
    };
    check("{{repaet 2 a}}", "`{{repaet` is no shorthand: there are repeat, list, nest and hex");
    check("{{repeat 2 a}", "`{{repeat` is not closed");
    check("{{nest N 2 x}}", "`nest N`: it must be L or M");
    check("{{hex 7}}", "`7` is not bytes of two hexadecimal digits");
    check("{{hex é}}", "`é` is not bytes of two hexadecimal digits");
    check("{{hex ff}}", "the body is no UTF-8");
    check("{{repeat 99999999999 a}}", "the body is longer than 67108864 bytes");
}

#[test]
fn a_folder_is_read_in_order() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let names: Vec<String> = load(&samples).unwrap().into_iter().map(|recording| recording.name).collect();
    assert_eq!(names, ["format/all", "update/after", "update/before"]);
    let errors = load(&samples.join("nowhere")).unwrap_err();
    assert!(errors[0].to_string().contains("samples/nowhere:1: it cannot be read: "), "{}", errors[0]);
}
