//! Tables out of a file and into one.

use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::process::{Command, Stdio};

#[cfg(unix)]
use crate::DDBMOCK;
use crate::run;
use crate::settings::folder;

const SONGS: &str = r#"{"TableName":"songs","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"N"}],
    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}"#;

/// What a command prints on both streams, and its code. Files are named in the folder, and shown without it.
fn told(folder: &Path, line: &str) -> String {
    let at = |word: &str| match word.strip_prefix('@') {
        Some(name) => folder.join(name).display().to_string(),
        None => word.to_owned(),
    };
    let words: Vec<String> = line.split(' ').map(at).collect();
    let output = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    let code = output.status.code().unwrap();
    let shown = format!("{out}{err}").replace(&format!("{}/", folder.display()), "");
    format!("$ ddbmock {}\n{shown}ended with {code}\n", line.replace('@', ""))
}

const LINES: &str = r#"{"Item": {"id": {"S": "1"}, "at": {"N": "1"}}}
{"Item": {"id": {"S": "2"}}}
{"id": {"S": "3"}, "at": {"N": "3"}}

{"Item": {"id": {"S": "4"}, "at": {"S": "4"}}}
{"Item": {"id": {"S": "5"}, "at": {"N": "five"}}}
{"Item": {"id": {"S": "6"}, "at": {"N": "6"}, "tags": {"SS": []}}}
{"Item": {"id": {"S": ""}, "at": {"N": "7"}}}
{"Item": {"id": {"S": "8"}, "at": {"N": 8}}}
{"Item": {"id": {"S": "9"}
{"albums": [{"PutRequest": {"Item": {"id": {"S": "1"}, "at": {"N": "1"}}}}]}
{"NewImage": {"id": {"S": "1"}}}
[]
{"Item": {"id": {"S": "10"}, "at": {"N": "10"}, "id": {"S": "11"}}}
"#;

const ROWS: &str = "id,at,title\n1,1,\"a \"\"b\"\"\"\n2,two,\n3,3\n,4,\n5,5,\"c\nd\"\n6,,\n";

const VALUES: &str = "{\"id\": \"1\", \"at\": 1}\n{\"id\": \"2\"}\n{\"id\": 3, \"at\": 3}\nnull\n{\"id\": \"5\", \"at\": 05}\n{\"id\": \"6\", \"id\": \"7\", \"at\": 7}\n";

#[test]
fn bad_lines_are_shown_and_counted() {
    let folder = folder("bad-lines");
    for (name, text) in [
        ("songs.table.json", SONGS),
        ("songs.jsonl", LINES),
        ("songs.csv", ROWS),
        ("songs.json", VALUES),
        ("many.jsonl", &"[]\n".repeat(50)),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let lines = [
        "import --db @a.db @songs.jsonl",
        "import --db @a.db --skip-bad 10 @songs.jsonl",
        "db info @a.db",
        "import --db @a.db --skip-bad 11 @songs.jsonl",
        "import --db @b.db --format csv @songs.csv",
        "import --db @b.db --format json --skip-bad 5 @songs.json",
        "import --db @b.db --format csv --existing --table songs @songs.csv",
        "import --db @b.db --existing --table songs @many.jsonl",
        "db check @b.db",
    ];
    let shown: String = lines.iter().map(|line| told(&folder, line)).collect();
    let shown = shown.replace("24576 bytes on disk", "SIZE on disk");
    insta::assert_snapshot!(shown);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_export_is_imported_again() {
    let folder = folder("round-trip");
    fs::write(folder.join("songs.table.json"), SONGS).unwrap();
    let mut rows = vec!["id,at,title".to_owned()];
    rows.extend((0..3000).map(|id| format!("{id},{id},{}", "x".repeat(id % 900))));
    fs::write(folder.join("songs.csv"), rows.join("\n")).unwrap();
    let lines = [
        "import --db @a.db --format csv @songs.csv",
        "import --db @a.db --format csv --existing @songs.csv",
        "export --db @a.db --to @out --format json",
        "import --db @b.db --format json @out",
        "export --db @b.db --to @again --format csv songs",
        "export --db @b.db --to @once --format csv --header at,id,title",
    ];
    let shown: String = lines.iter().map(|line| told(&folder, line)).collect();
    insta::assert_snapshot!(shown);
    let sorted = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted("again/songs.csv"), sorted("songs.csv"));
    fs::remove_dir_all(folder).unwrap();
}

/// What feeds the import is a pipe, which takes no more than is read: so it is known that some of it was written, of 40
/// MB more than is written at once.
#[cfg(unix)]
#[test]
fn an_import_that_is_killed_leaves_nothing() {
    use std::io::Write as _;

    let folder = folder("killed");
    fs::write(folder.join("songs.table.json"), SONGS).unwrap();
    let (pipe, file) = (folder.join("songs.jsonl"), folder.join("tables.db"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(DDBMOCK);
    command.args(["import", "--db"]).arg(&file).arg(&pipe).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut feed = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    let body = "x".repeat(100_000);
    for id in 0..400 {
        writeln!(feed, r#"{{"Item":{{"id":{{"S":"{id}"}},"at":{{"N":"1"}},"body":{{"S":"{body}"}}}}}}"#)
            .unwrap();
    }
    process.kill().unwrap();
    assert_eq!(process.wait().unwrap().code(), None);
    drop(feed);
    let log = fs::metadata(folder.join("tables.db-wal")).unwrap().len();
    assert!(log > 1_000_000, "{log} bytes of it were written");
    let shown = told(&folder, "db compact @tables.db");
    assert!(shown.contains(", 24576 now\n"), "{shown}");
    assert!(told(&folder, "db info @tables.db").contains(": 0 tables, "));
    fs::remove_file(&pipe).unwrap();
    fs::write(&pipe, r#"{"id":{"S":"1"},"at":{"N":"1"}}"#).unwrap();
    assert_eq!(
        told(&folder, "import --db @tables.db @songs.jsonl"),
        "$ ddbmock import --db tables.db songs.jsonl\nsongs: 1 items\nended with 0\n"
    );
    fs::remove_dir_all(folder).unwrap();
}
