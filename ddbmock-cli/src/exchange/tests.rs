use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{fs, io, process};

use ddbmock_engine::op::{PutItem, Scan};
use ddbmock_engine::{AttributeMap, AttributeValue, Call, Config, Delays, Engine, attributes};
use ddbmock_protocol::document;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::{export, import};
use crate::arguments::{self, Command};
use crate::outcome::Outcome;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("ddbmock-exchange-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.at(name), text).unwrap();
        self.at(name)
    }

    /// Runs a command whose words name files of the folder after an `@`. What it refuses has FOLDER for its name.
    fn run(&self, line: &str) -> Result<(), String> {
        let words = line.split(' ').map(|word| match word.strip_prefix('@') {
            Some(name) => self.at(name).into_os_string(),
            None => OsString::from(word),
        });
        let ran = match arguments::read([OsString::from("ddbmock")].into_iter().chain(words)).unwrap() {
            Command::Export(options) => export(&options, &mut io::sink()),
            Command::Import(options) => import(&options, &mut io::sink()),
            other => panic!("{other:?}"),
        };
        ran.map_err(|outcome| match outcome {
            Outcome::Refused(line) => line.replace(self.0.to_str().unwrap(), "FOLDER"),
            other => panic!("{other:?}"),
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SONGS: &str = r#"{"TableName":"songs","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"},
        {"AttributeName":"b","AttributeType":"B"}],
    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}],
    "GlobalSecondaryIndexes":[{"IndexName":"by_b","KeySchema":[{"AttributeName":"b","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"ALL"}}],
    "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}"#;

/// A file with the table of songs.
fn filled(file: &Path, items: &[AttributeMap]) {
    let engine = Engine::open(Config::sqlite(file)).unwrap();
    let mut import = engine.import(&document::create_table(SONGS).unwrap()).unwrap();
    for item in items {
        let put = PutItem { table_name: "songs".into(), item: item.clone().into(), ..Default::default() };
        import.put(&Call::from(put)).unwrap();
    }
    import.finish().unwrap();
}

/// The definition of the table in a file, and its items.
fn content(file: &Path) -> (String, Vec<AttributeMap>) {
    let engine = Engine::open(Config::sqlite(file)).unwrap();
    assert_eq!(engine.check().unwrap(), Vec::<String>::new());
    let scan = Scan { table_name: "songs".into(), ..Default::default() };
    let items = engine.scan(scan).unwrap().items.unwrap().iter().map(ddbmock_engine::Item::to_map).collect();
    (crate::seed::definition_of(&engine, "songs").unwrap(), items)
}

/// What is exported and imported is the same.
fn check_round_trip(format: &str, items: &[AttributeMap]) {
    let folder = Folder::new();
    filled(&folder.at("a.db"), items);
    folder.run(&format!("export --db @a.db --to @out --format {format} songs")).unwrap();
    folder.run(&format!("import --db @b.db --format {format} @out")).unwrap();
    assert_eq!(content(&folder.at("b.db")), content(&folder.at("a.db")));
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "-?[1-9][0-9]{0,37}",
        "0\\.[0-9]{1,20}[1-9]",
        "[1-9]E[1-9][0-9]",
    ]
}

/// Values that ordinary JSON can tell from each other.
fn ordinary() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        ".{0,8}".prop_map(AttributeValue::S),
        number().prop_map(AttributeValue::N),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
    ];
    nested(leaf)
}

fn any_value() -> impl Strategy<Value = AttributeValue> {
    let bytes = || vec(any::<u8>(), 0..6);
    let numbers = btree_set(any::<i32>().prop_map(|number| number.to_string()), 1..4);
    let leaf = prop_oneof![
        ordinary(),
        bytes().prop_map(AttributeValue::B),
        btree_set(".{0,4}", 1..4).prop_map(|set| AttributeValue::Ss(set.into_iter().collect())),
        numbers.prop_map(|set| AttributeValue::Ns(set.into_iter().collect())),
        btree_set(bytes(), 1..4).prop_map(|set| AttributeValue::Bs(set.into_iter().collect())),
    ];
    nested(leaf)
}

fn nested(leaf: impl Strategy<Value = AttributeValue> + 'static) -> impl Strategy<Value = AttributeValue> {
    leaf.prop_recursive(3, 16, 4, |value| {
        prop_oneof![
            vec(value.clone(), 0..4).prop_map(AttributeValue::L),
            btree_map(".{1,4}", value, 0..4).prop_map(AttributeValue::M),
        ]
    })
}

/// Items with other attributes than those of keys.
fn items<S: Strategy<Value = AttributeValue>>(
    value: impl Fn() -> S,
) -> impl Strategy<Value = Vec<AttributeMap>> {
    vec(btree_map("[c-hA-Z,\"' ]{1,5}", value(), 0..4), 0..5).prop_map(|items| {
        let keyed = |(id, mut item): (usize, BTreeMap<String, AttributeValue>)| {
            item.extend(attributes! { "id" => id.to_string(), "n" => AttributeValue::n(id * 10) });
            item
        };
        items.into_iter().enumerate().map(keyed).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn dynamodbs_json_holds_everything(items in items(any_value)) {
        check_round_trip("dynamodb", &items);
    }

    #[test]
    fn ordinary_json_holds_what_it_can_tell(items in items(ordinary)) {
        check_round_trip("json", &items);
    }

    #[test]
    fn csv_holds_strings_and_keys(items in items(|| ".{1,8}".prop_map(AttributeValue::S)), bytes in vec(any::<u8>(), 1..9)) {
        let with_key = |mut item: AttributeMap| {
            item.insert("b".into(), AttributeValue::B(bytes.clone()));
            item
        };
        check_round_trip("csv", &items.into_iter().map(with_key).collect::<Vec<_>>());
    }
}

fn songs() -> Vec<AttributeMap> {
    vec![attributes! { "id" => "1", "n" => 7, "title" => "Sinnerman" }]
}

#[test]
fn every_type_has_its_cell() {
    let folder = Folder::new();
    let many = AttributeValue::L(vec!["a".into(), AttributeValue::M(attributes! { "b" => 1 })]);
    let item = attributes! {
        "id" => "say \"a, b\"",
        "n" => 7,
        "c" => AttributeValue::Bool(true),
        "d" => AttributeValue::Null(true),
        "e" => AttributeValue::B(vec![1, 2]),
        "f" => AttributeValue::Ns(vec!["2".into(), "1".into()]),
        "g" => many,
        "h" => "",
    };
    filled(&folder.at("a.db"), &[item]);
    folder.run("export --db @a.db --to @out --format csv").unwrap();
    insta::assert_snapshot!("cells", fs::read_to_string(folder.at("out/songs.csv")).unwrap());
}

/// The lines that are shown on standard error are held by the tests of the command.
#[test]
fn what_cannot_be_done_is_said() {
    let folder = Folder::new();
    filled(&folder.at("a.db"), &songs());
    let set = attributes! { "id" => "1", "n" => 7, "tags" => AttributeValue::Ss(vec!["a".into()]) };
    filled(&folder.at("set.db"), &[set]);
    folder.run("export --db @a.db --to @out").unwrap();
    folder.run("export --db @a.db --to @out --format json").unwrap();
    folder.write("songs.json", SONGS);
    folder.write("two.json", SONGS.repeat(2));
    folder.write("bad.jsonl", "{\"id\": \"1\"}\n");
    folder.write("twice.csv", "id,id\n");
    folder.write("latin.csv", b"id,n,caf\xe9\n1,1,a\n");
    folder.write("cut.csv", "id,n,title\n1,1,\"a\n2,2,b\n");
    folder.write("open.csv", format!("id,n\n1,\"{}", "x".repeat(17 << 20)));
    folder.write("long.jsonl", "x".repeat(17 << 20));
    fs::create_dir(folder.at("empty")).unwrap();
    let lines = [
        "export --to @out",
        "export --db @none.db --to @out",
        "export --db @a.db --to @out albums",
        "export --db @a.db --to @out --format json",
        "export --db @set.db --to @sets --format json",
        "export --db @a.db --to @some --format csv --header id,n",
        "export --db @a.db --to @songs.json",
        "import @out",
        "import --db @b.db @none.jsonl --existing",
        "import --db @b.db @bad.jsonl",
        "import --db @b.db @bad.jsonl --schema @two.json",
        "import --db @b.db @bad.jsonl --schema @none.json",
        "import --db @b.db @bad.jsonl --schema @songs.json --table no/name",
        "import --db @b.db @twice.csv --schema @songs.json --format csv",
        "import --db @b.db @latin.csv --schema @songs.json --format csv",
        "import --db @b.db @cut.csv --schema @songs.json --format csv",
        "import --db @b.db @open.csv --schema @songs.json --format csv",
        "import --db @b.db @long.jsonl --schema @songs.json",
        "import --db @b.db @empty",
        "import --db @b.db @empty --format csv",
        "import --db @a.db --format json @out",
    ];
    let refused: Vec<String> =
        lines.iter().map(|line| format!("{line}\n  {}", folder.run(line).unwrap_err())).collect();
    insta::assert_snapshot!("refusals", refused.join("\n"));
    assert!(!folder.at("sets/songs.jsonl").exists());
}

/// The one file below a folder whose name has that ending.
fn below(folder: &Path, ending: &str) -> PathBuf {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_str().unwrap().ends_with(ending) {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn damage_is_found() {
    for ending in ["manifest-summary.json", "manifest-files.json", ".json.gz"] {
        let folder = Folder::new();
        filled(&folder.at("a.db"), &songs());
        folder.run("export --db @a.db --to @out").unwrap();
        let file = below(&folder.at("out"), ending);
        let mut bytes = fs::read(&file).unwrap();
        // Of what is packed, a mark that changes nothing of what is in it.
        let at = if ending == ".json.gz" { 9 } else { bytes.len() / 2 };
        bytes[at] ^= 1;
        fs::write(&file, bytes).unwrap();
        let refused = folder.run("import --db @b.db @out").unwrap_err();
        assert!(refused.ends_with("Restore it from a copy"), "{refused}");
        assert_eq!(Engine::open(Config::sqlite(folder.at("b.db"))).unwrap().holdings(), []);
    }
}

/// Whoever changes a manifest changes its checksum too, or takes it away.
#[test]
fn what_a_manifest_says_is_held_against_the_data() {
    let check = |manifest: &str, [said, lie]: [&str; 2], expected: &str| {
        let folder = Folder::new();
        filled(&folder.at("a.db"), &songs());
        folder.run("export --db @a.db --to @out").unwrap();
        let file = below(&folder.at("out"), &format!("{manifest}.json"));
        fs::remove_file(file.with_extension("md5")).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(said), "{text}");
        fs::write(&file, text.replace(said, lie)).unwrap();
        let refused = folder.run("import --db @b.db @out").unwrap_err();
        assert!(refused.ends_with(expected), "{refused}");
    };
    let other = " is not what its manifest says. Restore it from a copy";
    check("manifest-files", [r#""itemCount":1"#, r#""itemCount":2"#], other);
    check("manifest-files", [r#""md5Checksum":""#, r#""md5Checksum":"x"#], other);
    let kind = " is no full export as DYNAMODB_JSON. Make one of that kind";
    check("manifest-summary", ["DYNAMODB_JSON", "ION"], kind);
    check("manifest-summary", ["{", r#"{"exportType":"INCREMENTAL_EXPORT","#], kind);
}

#[test]
fn so_many_bad_lines_are_left_out_and_no_more() {
    let folder = Folder::new();
    folder.write("songs.json", SONGS);
    for (bad, taken) in [(0, true), (1, true), (2, true), (3, false)] {
        folder.write("a.jsonl", format!("\u{feff}{{\"id\": \"1\", \"n\": 1}}\n{}", "no\n".repeat(bad)));
        let line = format!("import --db @{bad}.db --format json --schema @songs.json --skip-bad 2 @a.jsonl");
        assert_eq!(folder.run(&line).is_ok(), taken, "{bad}");
        let holdings = Engine::open(Config::sqlite(folder.at(&format!("{bad}.db")))).unwrap().holdings();
        assert_eq!(holdings.iter().map(|table| table.items).sum::<u64>(), u64::from(taken));
    }
}

#[test]
fn a_sheet_has_255_columns_at_most() {
    for (attributes, taken) in [(255, true), (256, false)] {
        let folder = Folder::new();
        let mut item = songs().remove(0);
        item.extend((item.len()..attributes).map(|number| (format!("x{number}"), "y".into())));
        filled(&folder.at("a.db"), &[item]);
        let done = folder.run("export --db @a.db --to @out --format csv");
        assert_eq!(done.is_ok(), taken, "{done:?}");
    }
}

#[test]
fn packed_files_of_a_folder_are_found() {
    let folder = Folder::new();
    fs::create_dir(folder.at("in")).unwrap();
    folder.write("in/songs.table.json", SONGS);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(br#"{"id": "1", "n": 7, "title": "Sinnerman"}"#).unwrap();
    folder.write("in/songs.jsonl.gz", packed.finish().unwrap());
    folder.run("import --db @a.db --format json @in").unwrap();
    assert_eq!(content(&folder.at("a.db")).1, songs());
}

#[test]
fn an_export_that_was_not_finished_is_refused() {
    let folder = Folder::new();
    filled(&folder.at("a.db"), &songs());
    folder.run("export --db @a.db --to @out").unwrap();
    fs::remove_file(below(&folder.at("out"), "manifest-summary.json")).unwrap();
    let refused = folder.run("import --db @b.db @out").unwrap_err();
    assert!(refused.ends_with("Name the folder of an export that was finished"), "{refused}");
}

#[test]
fn an_export_that_fails_leaves_nothing() {
    let folder = Folder::new();
    filled(&folder.at("a.db"), &songs());
    let options = "export --db @a.db --to @out songs";
    folder.run(options).unwrap();
    let item = below(&folder.at("out"), ".json.gz");
    let whole = item.ancestors().nth(2).unwrap().to_owned();
    damage(&folder.at("a.db"), b"Sinnerman");
    folder.run(options).unwrap_err();
    let left: Vec<_> =
        fs::read_dir(folder.at("out/AWSDynamoDB")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, [whole]);
    folder.run("import --db @b.db @out").unwrap();
    folder.run("export --db @a.db --to @files --format json").unwrap_err();
    let left = fs::read_dir(folder.at("files")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["songs.table.json"]);
}

/// No line is at fault then, and none is left out.
#[test]
fn a_file_that_is_damaged_takes_no_items() {
    let folder = Folder::new();
    filled(&folder.at("a.db"), &songs());
    damage(&folder.at("a.db"), b"Sinnerman");
    folder.write("songs.jsonl", "{\"id\": \"1\", \"n\": 7}\n");
    let refused =
        folder.run("import --db @a.db --format json --existing --skip-bad 9 @songs.jsonl").unwrap_err();
    assert!(refused.contains("damaged"), "{refused}");
}

/// Changes the first byte of such a text in a file.
fn damage(file: &Path, text: &[u8]) {
    let mut content = fs::read(file).unwrap();
    let at = content.windows(text.len()).position(|bytes| bytes == text).unwrap();
    content[at] ^= 1;
    fs::write(file, content).unwrap();
}

#[test]
fn an_export_leaves_out_what_is_not_there_yet() {
    let folder = Folder::new();
    let file = folder.at("a.db");
    filled(&file, &songs());
    let delays = Delays { create: Duration::from_hours(1), ..Delays::default() };
    let engine = Engine::open(Config { delays, ..Config::sqlite(&file) }).unwrap();
    let albums = document::create_table(&SONGS.replace("songs", "albums")).unwrap();
    engine.create_table(albums.request).unwrap();
    drop(engine);
    let line = "albums is CREATING: not exported. Try again once it is ACTIVE";
    assert_eq!(folder.run("export --db @a.db --to @all --format json").unwrap_err(), line);
    assert_eq!(folder.run("export --db @a.db --to @some --format json albums").unwrap_err(), line);
    folder.run("import --db @b.db --format json @all").unwrap();
    assert_eq!(content(&folder.at("b.db")), content(&file));
    assert!(!folder.at("some").exists());
}

#[test]
fn exports_of_the_service_are_read() {
    let folder = Folder::new();
    filled(&folder.at("a.db"), &songs());
    folder.run("export --db @a.db --to @out").unwrap();
    fs::remove_file(below(&folder.at("out"), ".table.json")).unwrap();
    folder.write("songs.json", SONGS);
    folder.run("import --db @b.db --schema @songs.json @out").unwrap();
    assert_eq!(content(&folder.at("b.db")), content(&folder.at("a.db")));
}

#[test]
fn files_can_be_of_one_table() {
    let folder = Folder::new();
    folder.write("songs.json", SONGS);
    folder.write("a.csv", "\u{feff}id,n,title\n1,1,a\n2,2,\n\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(b"n,id\n3,3").unwrap();
    folder.write("b.csv", packed.finish().unwrap());
    folder.run("import --db @a.db --format csv --schema @songs.json @a.csv @b.csv").unwrap();
    let (_, mut items) = content(&folder.at("a.db"));
    items.sort_by_key(|item| format!("{:?}", item["id"]));
    let expected = [
        attributes! { "id" => "1", "n" => 1, "title" => "a" },
        attributes! { "id" => "2", "n" => 2 },
        attributes! { "id" => "3", "n" => 3 },
    ];
    assert_eq!(items, expected);
    folder.write("c.csv", "4,4");
    folder.run("import --db @a.db --format csv --existing --table songs --header id,n @c.csv").unwrap();
    assert_eq!(content(&folder.at("a.db")).1.len(), 4);
}
