use std::path::Path;
use std::time::Duration;

use ddbmock_engine::op::{DescribeTable, GetItem};
use ddbmock_engine::{Clock, Config, Delays, Engine, Timestamp, attributes};
use ddbmock_model::{Command, World as _};

use super::{Request, Seed, Seeded, of_seed, read, table_of};

const SONGS: &str = r#"{"TableName": "songs", "BillingMode": "PAY_PER_REQUEST",
 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
"#;

fn seed(texts: &[&str]) -> Result<Seed, String> {
    let mut requests: Vec<Request> = Vec::new();
    let read = |text: &&str| read("f", text, Some("songs".into()), &mut requests);
    texts.iter().try_for_each(read).map_err(of_seed)?;
    Ok(Seed { requests })
}

fn engine() -> Engine {
    let second = Duration::from_secs(1);
    let delays = Delays { create: second, update: second, delete: second, ..Delays::default() };
    let region = "eu-west-1".to_owned();
    Engine::new(Config { region, clock: Clock::manual(Timestamp(0)), delays, ..Config::default() })
}

fn planted(texts: &[&str]) -> Engine {
    let engine = engine();
    seed(texts).unwrap().plant(&engine).unwrap();
    engine
}

fn titles(engine: &Engine, table: &str, ids: &[&str]) -> Vec<Option<String>> {
    let title = |id: &&str| {
        let request = GetItem {
            table_name: table.into(),
            key: attributes! { "id" => *id }.into(),
            ..Default::default()
        };
        let item = engine.get_item(request).unwrap().item?;
        Some(format!("{:?}", item.to_map()["title"]))
    };
    ids.iter().map(title).collect()
}

#[test]
fn a_file_is_named_after_its_table() {
    let cases =
        [("songs.jsonl", "songs"), ("a/b.c/my.songs.json.gz", "my.songs"), ("songs", "songs"), (".json", "")];
    for (file, table) in cases {
        assert_eq!(table_of(Path::new(file)).unwrap_or_default(), table, "{file}");
    }
}

#[test]
fn items_come_in_every_form() {
    let engine = planted(&[
        // The items of a file may stand before their table is made by another.
        r#"{"id": {"S": "1"}, "title": {"S": "a"}}"#,
        SONGS,
        "{\"Item\": {\"id\": {\"S\": \"2\"}, \"title\": {\"S\": \"b\"}}}\n\n{\"id\": {\"S\": \"3\"}, \"title\": {\"S\": \"c\"}}\n",
        r#"{"TableName": "songs", "Item": {"id": {"S": "4"}, "title": {"S": "d"}}}"#,
        r#"{"Items": [{"id": {"S": "5"}, "title": {"S": "e"}}], "Count": 1, "ScannedCount": 1}"#,
        r#"{"songs": [{"PutRequest": {"Item": {"id": {"S": "6"}, "title": {"S": "f"}}}}]}"#,
        r#"{"RequestItems": {"songs": [{"PutRequest": {"Item": {"id": {"S": "7"}, "title": {"S": "g"}}}}]}}"#,
    ]);
    let found = titles(&engine, "songs", &["1", "2", "3", "4", "5", "6", "7"]);
    let expected = ["a", "b", "c", "d", "e", "f", "g"].map(|title| Some(format!("S({title:?})")));
    assert_eq!(found, expected);
}

#[test]
fn an_item_may_have_an_attribute_named_item() {
    let engine =
        planted(&[SONGS, r#"{"id": {"S": "1"}, "Item": {"M": {"a": {"S": "b"}}}, "title": {"S": "x"}}"#]);
    assert_eq!(titles(&engine, "songs", &["1"]), [Some("S(\"x\")".to_owned())]);
}

/// What is described is described alike once it was read again.
#[test]
fn descriptions_make_the_same_tables() {
    let text = r#"{"Table": {
        "TableName": "albums", "TableStatus": "ACTIVE", "CreationDateTime": 1, "TableId": "x",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "year", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "ProvisionedThroughput": {"NumberOfDecreasesToday": 1, "ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
        "GlobalSecondaryIndexes": [{"IndexName": "by-year", "IndexStatus": "ACTIVE", "ItemCount": 3,
          "KeySchema": [{"AttributeName": "year", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"},
          "ProvisionedThroughput": {"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 6}}],
        "LocalSecondaryIndexes": [], "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"},
        "TableClassSummary": {"TableClass": "STANDARD"}, "DeletionProtectionEnabled": true,
        "TableArn": "arn:aws:dynamodb:us-east-2:111122223333:table/albums"}}"#;
    let engine = planted(&[text]);
    let table = engine.describe_table(DescribeTable { table_name: "albums".into() }).unwrap().table;
    assert_eq!(table.table_arn, "arn:aws:dynamodb:eu-west-1:123456789012:table/albums");
    assert_eq!(table.provisioned_throughput.write_capacity_units, 4);
    let index = &table.global_secondary_indexes[0];
    assert_eq!((index.index_name.as_str(), index.provisioned_throughput.read_capacity_units), ("by-year", 5));
    assert!(table.deletion_protection_enabled && table.stream_specification.unwrap().stream_enabled);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let check = |texts: &[&str], expected: &str| {
        let line = seed(texts).and_then(|seed| seed.plant(&engine())).unwrap_err();
        assert!(line.starts_with(expected), "{line}");
        assert!(!line.contains('\n'));
    };
    check(&["\n\n{\"id\": oops}"], "--seed: f, line 3, column 8: this is no JSON: expected value. ");
    check(&["{\"id\": {\"S\": \"1\"}}\n{\"id\""], "--seed: f, line 2, column 5: this is no JSON: ");
    check(&["\n[]"], "--seed: f, line 2: this is no object. ");
    check(
        &["\n{\"id\": {\"S\": \"1\"},\n \"id\": {\"S\": \"2\"}}"],
        "--seed: f, line 3, column 5: \"id\" stands twice in one object. Write it once",
    );
    check(
        &[SONGS, "{\"id\": {\"S\": \"1\"}}\n{\"Id\": {\"S\": \"1\"}}"],
        "--seed: f, line 2: PutItem of \"songs\" is refused: One or more parameter values were invalid: Missing the key \
         id in the item (the key is id (S); given was Id (S)). ",
    );
    check(&[SONGS, "{\"id\": \"1\"}"], "--seed: f, line 1: PutItem of \"songs\" is refused: ");
    check(
        &[SONGS, SONGS],
        "--seed: f, line 1: CreateTable of \"songs\" is refused: Table already exists: songs. ",
    );
    check(
        &["{\"id\": {\"S\": \"1\"}}"],
        "--seed: f, line 1: PutItem of \"songs\" is refused: Requested resource not",
    );
    check(&["{\"KeySchema\": []}"], "--seed: f, line 1: the table has no TableName. ");
    check(&["{\"songs\": [{\"DeleteRequest\": {}}]}"], "--seed: f, line 1: a batch is ");
    for text in [
        r#"{"Items": [{"id": {"S": "1"}}], "id": {"S": "2"}}"#,
        r#"{"Table": {"TableName": "songs", "KeySchema": []}, "Items": []}"#,
    ] {
        assert!(seed(&[SONGS, text]).unwrap_err().contains(" is not read beside "), "{text}");
    }
    for text in [
        r#"{"songs": [{"PutRequest": {"Item": {}}, "DeleteRequest": {}}]}"#,
        r#"{"songs": [{"PutRequest": {"Item": {}, "Key": {}}}]}"#,
    ] {
        check(&[text], "--seed: f, line 1: a batch is ");
    }
    check(&[r#"{"TableName": 7, "Item": {"id": {"S": "1"}}}"#], "--seed: f, line 1: PutItem of ");
    let replicas = r#"{"Table": {"TableName": "a", "KeySchema": [], "Replicas": [{"RegionName": "x"}]}}"#;
    check(&[replicas], "--seed: f, line 1: this version knows no Replicas. ");
}

#[test]
fn members_of_requests_are_also_names_of_attributes() {
    let named = SONGS.replace("\"id\"", "\"TableName\"");
    let item = r#"{"TableName": {"S": "1"}, "Item": {"M": {"a": {"S": "b"}}}}"#;
    let request = GetItem {
        table_name: "songs".into(),
        key: attributes! { "TableName" => "1" }.into(),
        ..Default::default()
    };
    assert!(planted(&[&named, item]).get_item(request).unwrap().item.is_some());
    let batch_like = r#"{"id": {"S": "1"}, "RequestItems": {"L": []}, "title": {"S": "a"}}"#;
    assert_eq!(titles(&planted(&[SONGS, batch_like]), "songs", &["1"]), [Some("S(\"a\")".to_owned())]);
}

#[test]
fn items_are_of_the_table_that_is_named_beside_them() {
    let albums = SONGS.replace("songs", "albums");
    let scanned = r#"{"TableName": "songs", "Items": [{"id": {"S": "1"}, "title": {"S": "a"}}], "Count": 1}"#;
    let engine = planted(&[SONGS, &(albums + scanned)]);
    assert_eq!(titles(&engine, "songs", &["1"]), [Some("S(\"a\")".to_owned())]);
}

#[test]
fn files_may_begin_with_a_mark() {
    planted(&[&format!("\u{feff}{SONGS}")]);
}

#[test]
fn a_world_begins_again() {
    let world = Seeded::new(engine(), seed(&[SONGS, r#"{"id": {"S": "1"}, "title": {"S": "a"}}"#]).unwrap());
    let world = world.ok().unwrap();
    assert_eq!(world.control(Command::Reset).unwrap().tables, 0);
    assert_eq!(world.control(Command::Reseed).unwrap().tables, 1);
    assert_eq!(world.control(Command::Reseed).unwrap().tables, 1);
    assert_eq!(titles(&world.engine, "songs", &["1"]), [Some("S(\"a\")".to_owned())]);
}
