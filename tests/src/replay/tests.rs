use std::cell::{Cell, RefCell};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use ddbmock_model::{Rule, Wording};

use super::{Http, InProcess, Reply, Sent, Transport, delete_tables, replay, updated};
use crate::recording::{Recording, parse};

/// Answers what it is told to, one answer after the other.
#[derive(Default)]
struct Told {
    answers: RefCell<Vec<Reply>>,
    sent: RefCell<Vec<Sent>>,
    pauses: Cell<usize>,
}

impl Told {
    fn new(answers: impl IntoIterator<Item = Reply>) -> Self {
        let mut answers: Vec<Reply> = answers.into_iter().collect();
        answers.reverse();
        Self { answers: RefCell::new(answers), ..Self::default() }
    }

    fn targets(&self) -> Vec<String> {
        self.sent.borrow().iter().map(|sent| sent.target().unwrap_or("none").to_owned()).collect()
    }
}

impl Transport for Told {
    fn send(&self, request: &Sent) -> Result<Reply, String> {
        self.sent.borrow_mut().push(request.clone());
        self.answers.borrow_mut().pop().ok_or_else(|| "nobody there".to_owned())
    }

    fn pass_time(&self, waited: usize) -> bool {
        self.pauses.set(self.pauses.get() + 1);
        waited < 1
    }
}

fn reply(status: u16, body: &str) -> Reply {
    Reply { status, headers: None, body: body.into(), rule: None }
}

fn recording(steps: &str) -> Recording {
    let text = format!("# What it shows.\n# source: a test\n{steps}");
    parse(Path::new("get-item/test.rec"), &text).unwrap()
}

#[test]
fn a_difference_is_told_with_its_lines() {
    let recording = recording(
        "> GetItem\n{}\n< 200\n{\"Item\": {\"artist\": {\"S\": \"Nina Simone\"}, \"year\": {\"N\": \"1964\"}}, \
         \"ConsumedCapacity\": {\"TableName\": \"songs\", \"CapacityUnits\": 0.5}}\n",
    );
    let got = r#"{"Item":{"artist":{"S":"Nina Simone"},"year":{"N":"1965"}},"ConsumedCapacity":{"TableName":"songs","CapacityUnits":0.5}}"#;
    let outcome = replay(&recording, &Told::new([reply(500, got)]));
    let told = r#"get-item/test.rec:3: GetItem
  status: expected 200, got 500
  Item.year.N: expected "1964", got "1965"
  expected:
    {
  -   "Item": {"artist": {"S": "Nina Simone"}, "year": {"N": "1964"}},
      "ConsumedCapacity": {"TableName": "songs", "CapacityUnits": 0.5}
    }
  got:
    {
  +   "Item": {"artist": {"S": "Nina Simone"}, "year": {"N": "1965"}},
      "ConsumedCapacity": {"TableName": "songs", "CapacityUnits": 0.5}
    }

"#;
    assert_eq!(outcome.describe(&recording), told);
    assert!(!outcome.passed());
}

#[test]
fn what_is_sent() {
    let recording = recording(
        "> GetItem\n{}\n< 200\n{}\n\n> Other_2012.Thing?a=b\nauthorization: none\nX-Other: 1\n\n{}\n< 200\n{}\n",
    );
    let told = Told::new([reply(200, "{}"), reply(200, "{}")]);
    assert!(replay(&recording, &told).passed());
    assert_eq!(told.targets(), ["DynamoDB_20120810.GetItem", "Other_2012.Thing"]);
    let sent = told.sent.borrow();
    assert!(sent[0].header("authorization").unwrap().starts_with("AWS4-HMAC-SHA256 Credential="));
    assert_eq!((sent[1].header("authorization"), sent[1].header("x-other")), (None, Some("1")));
    assert_eq!(sent[1].query.as_deref(), Some("a=b"));
}

#[test]
fn a_replay_goes_on_after_a_difference() {
    let recording =
        recording("> GetItem\n{}\n< 200\nempty\n\n> GetItem\n{}\n< 200\n{}\n\n> GetItem\n{}\n< 200\n{}\n");
    let refused = Reply { rule: Some(Rule("member.required")), ..reply(200, "{}") };
    let outcome = replay(&recording, &Told::new([reply(200, "{}"), refused]));
    let passed: Vec<bool> = outcome.replayed.iter().map(super::Replayed::passed).collect();
    assert_eq!(passed, [false, true, false]);
    assert_eq!(outcome.rules().into_iter().collect::<Vec<_>>(), [Rule("member.required")]);
    let told = "get-item/test.rec:3: GetItem\n  the body: expected \"\", got {}\n\n\
                get-item/test.rec:13: GetItem\n  the answer: expected nothing, got \"nobody there\"\n\n";
    assert_eq!(outcome.describe(&recording), told);
}

#[test]
fn tables_are_awaited_and_deleted() {
    let recording = recording("table songs artist:S\n\n> GetItem\n{}\n< 200\n{}\n");
    let table = |status: &str| reply(200, &format!(r#"{{"Table": {{"TableStatus": "{status}"}}}}"#));
    let told = Told::new([reply(200, "{}"), table("CREATING"), table("ACTIVE"), reply(200, "{}")]);
    let outcome = replay(&recording, &told);
    assert!(outcome.passed(), "{}", outcome.describe(&recording));
    assert_eq!((outcome.tables.as_slice(), told.pauses.get()), (["songs".to_owned()].as_slice(), 1));

    let told = Told::new([table("DELETING"), table("DELETING"), reply(400, "{}")]);
    delete_tables(&outcome.tables, &told).unwrap();
    assert_eq!(told.targets()[..2], ["DynamoDB_20120810.DeleteTable", "DynamoDB_20120810.DescribeTable"]);
    let told = Told::new([table("DELETING"), table("ACTIVE"), table("ACTIVE")]);
    assert_eq!(delete_tables(&outcome.tables, &told).unwrap_err(), "table songs is still there");
}

#[test]
fn a_table_that_cannot_be_had_ends_the_replay() {
    let recording = recording("table songs artist:S\n\n> GetItem\n{}\n< 200\n{}\n");
    let outcome = replay(&recording, &Told::new([reply(400, "{}")]));
    assert_eq!((outcome.replayed.len(), outcome.passed(), outcome.tables.len()), (1, false, 0));
    let creating = || reply(200, r#"{"Table": {"TableStatus": "CREATING"}}"#);
    let outcome = replay(&recording, &Told::new([reply(200, "{}"), creating(), creating()]));
    let told = "get-item/test.rec:3: wait\n  table songs: expected \"ACTIVE\", got \"CREATING\"\n\n";
    assert_eq!(outcome.describe(&recording), told);
}

#[test]
fn headers_are_compared_where_they_are_seen() {
    let recording = recording("> GetItem\n{}\n< 200\nx-one: 1\nx-two: none\nx-three: <string>\n\n{}\n");
    assert!(replay(&recording, &Told::new([reply(200, "{}")])).passed());
    let check = |headers: &[(&str, &str)], differ: &[&str]| {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let outcome = replay(&recording, &Told::new([Reply { headers: Some(headers), ..reply(200, "{}") }]));
        let found: Vec<String> = outcome.replayed[0].differences.iter().map(ToString::to_string).collect();
        assert_eq!(found, differ);
    };
    check(&[("X-One", "1"), ("X-Three", "anything")], &[]);
    let differ = [
        r#"header x-one: expected "1", got "2""#,
        r#"header x-two: expected nothing, got "2""#,
        r#"header x-three: expected "<string>", got nothing"#,
    ];
    check(&[("x-one", "2"), ("x-two", "2")], &differ);
}

#[test]
fn an_update_writes_only_what_differs() {
    let before = include_str!("../../samples/update/before.rec");
    let recording = parse(Path::new("update/before.rec"), before).unwrap();
    let other = r#"{"new":{"S":"an attribute that makes the answer so long that it does not fit a line"},
        "TableId":"0b9a3a3e-9f6e-4f0e-8a5b-0d3c5c1f2a77","long":"aaaaa","changed":1.5,"list":[1791234567,2,3],"any":[2,1]}"#;
    let headers = [("x-amz-crc32", "17"), ("x-third", "three")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let answers = || {
        [
            reply(200, r#"{"kept":"to the letter"}"#),
            Reply { headers: Some(headers.clone()), ..reply(200, other) },
            reply(500, r#"{"kept":"bbb"}"#),
            reply(200, ""),
        ]
    };
    let outcome = replay(&recording, &Told::new(answers()));
    let after = updated(before, &recording, &[outcome.clone(), outcome]).unwrap();
    assert_eq!(after, include_str!("../../samples/update/after.rec"));
    let recording = parse(Path::new("update/after.rec"), &after).unwrap();
    let outcome = replay(&recording, &Told::new(answers()));
    assert!(outcome.passed(), "{}", outcome.describe(&recording));
}

#[test]
fn an_update_refuses_answers_that_differ_by_wording() {
    let text = "# What it shows.\n# source: a test\nwording: both\n> GetItem\n{}\n< 200\n{}\n";
    let recording = parse(Path::new("get-item/test.rec"), text).unwrap();
    let outcome = |body: &str| replay(&recording, &Told::new([reply(200, body)]));
    let updated = |answers: [&str; 2]| updated(text, &recording, &answers.map(outcome));
    assert_eq!(updated(["{}", "{}"]), Ok(text.to_owned()));
    assert_eq!(updated(["[]", "[]"]), Ok(text.replace("< 200\n{}", "< 200\n[]")));
    let refusal = Err("answers differ by wording: split the recording");
    assert_eq!(updated(["[]", "{}"]), refusal);
    assert_eq!(updated(["{}", "[1]"]), refusal);
}

#[test]
fn in_process_an_unknown_operation_shows_its_rule() {
    let reply = InProcess::new(Wording::Current).send(&Sent::new("Sing", b"{}".to_vec())).unwrap();
    assert_eq!((reply.status, reply.rule), (400, Some(Rule("wire.unknown_operation"))));
}

#[test]
fn over_http_the_request_arrives_and_the_answer_comes_back() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let mut stream = BufReader::new(listener.accept().unwrap().0);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            stream.read_line(&mut head).unwrap();
        }
        let mut body = [0; 4];
        stream.read_exact(&mut body).unwrap();
        let answer = b"HTTP/1.1 400 Bad Request\r\nX-Amzn-RequestId: R\r\nContent-Length: 2\r\n\r\n{}";
        stream.get_mut().write_all(answer).unwrap();
        (head.to_lowercase(), body)
    });
    let sent = Sent { query: Some("a=b".to_owned()), ..Sent::new("GetItem", b"\xff{}\n".to_vec()) };
    let reply = Http::new(&url).unwrap().send(&sent).unwrap();
    let (head, body) = server.join().unwrap();
    assert!(head.starts_with("post /?a=b http/1.1\r\n"), "{head}");
    assert!(head.contains("x-amz-target: dynamodb_20120810.getitem\r\n"), "{head}");
    assert_eq!(&body, b"\xff{}\n");
    assert_eq!((reply.status, reply.body.as_slice()), (400, b"{}".as_slice()));
    assert!(reply.headers.unwrap().contains(&("x-amzn-requestid".to_owned(), "R".to_owned())));
}

#[test]
fn only_plain_http_is_spoken() {
    let error = Http::new("https://127.0.0.1").err().unwrap();
    assert_eq!(error, "`https://127.0.0.1` does not start with http://");
}
