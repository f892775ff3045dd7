//! Tables that are kept in a file.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::{DDBMOCK, Serving, ask, head, run};

/// A file of a name of its own, which goes with the test.
pub(super) struct File(pub(super) PathBuf);

impl File {
    pub(super) fn new(name: &str) -> Self {
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder.join("tables.db"))
    }

    fn shown(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub(super) fn serving(&self, more: &[&str]) -> Serving {
        let mut command = Command::new(DDBMOCK);
        Serving::start(command.args(["serve", "--port", "0", "--json", "--db", self.shown()]).args(more))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

pub(super) fn asked(serving: &Serving, operation: &str, body: &str) -> String {
    ask(serving.port(), head(operation, body.len()) + body)
}

const TABLE: &str = r#"{"TableName":"songs","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}"#;
const PUT: &str = r#"{"TableName":"songs","Item":{"id":{"S":"1"},"n":{"N":"7"}}}"#;
const GET: &str = r#"{"TableName":"songs","Key":{"id":{"S":"1"}}}"#;

#[test]
fn what_was_written_is_there_the_next_time() {
    let file = File::new("next-time");
    let serving = file.serving(&[]);
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    assert!(asked(&serving, "PutItem", PUT).starts_with("HTTP/1.1 200"));
    drop(serving); // which kills it
    for durability in ["full", "off"] {
        let serving = file.serving(&["--durability", durability]);
        assert!(asked(&serving, "GetItem", GET).ends_with(r#"{"Item":{"id":{"S":"1"},"n":{"N":"7"}}}"#));
    }
}

#[test]
fn seeds_go_into_a_file_without_tables() {
    let file = File::new("seeded");
    let seed = file.0.with_file_name("songs.json");
    fs::write(&seed, format!("{TABLE}\n{{\"id\":{{\"S\":\"1\"}},\"n\":{{\"N\":\"7\"}}}}")).unwrap();
    for _ in 0..2 {
        let serving = file.serving(&["--seed", seed.to_str().unwrap()]);
        assert!(asked(&serving, "GetItem", GET).contains(r#""N":"7""#));
        let replaced = PUT.replace('7', "8");
        assert!(asked(&serving, "PutItem", &replaced).starts_with("HTTP/1.1 200"));
        assert!(asked(&serving, "PutItem", PUT).starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn files_that_cannot_be_opened_are_told_of_in_one_line() {
    let file = File::new("refused");
    let check = |arguments: &[&str], expected: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let line = String::from_utf8(output.stderr).unwrap().replace(file.shown(), "FILE");
        assert_eq!(line, format!("ddbmock: {expected}\n"));
        assert!(output.stdout.is_empty());
    };
    let shown = file.shown();
    for task in ["check", "info", "compact"] {
        check(
            &["db", task, shown],
            "FILE: No such file or directory (os error 2). Name a file that `ddbmock serve --db` made",
        );
    }
    fs::write(&file.0, "").unwrap();
    for task in ["check", "info", "compact"] {
        check(&["db", task, shown], "FILE: it is empty. Name a file that `ddbmock serve --db` made");
    }
    assert_eq!(fs::read(&file.0).unwrap(), b"");
    fs::write(&file.0, "hello").unwrap();
    let not_ours = "FILE is no file of ddbmock's. Choose another, or a new one";
    check(&["serve", "--port", "0", "--db", shown], &format!("--db: {not_ours}"));
    check(&["db", "check", shown], not_ours);
    fs::remove_file(&file.0).unwrap();
    let serving = file.serving(&[]);
    let in_use =
        format!("FILE is in use by process {}. End that first, or choose another file", serving.process.id());
    check(&["serve", "--port", "0", "--db", shown], &format!("--db: {in_use}"));
    check(&["db", "info", shown], &in_use);
}

/// A disk is full when a file cannot grow any more, which the system can be told of one process.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_refuses_writes_until_there_is_room() {
    let file = File::new("full");
    let script = "trap '' XFSZ; ulimit -S -f 600; exec \"$0\" serve --port 0 --json --db \"$1\"";
    let serving = Serving::start(Command::new("sh").args(["-c", script, DDBMOCK, file.shown()]));
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    let put = |id: usize| {
        let text = "x".repeat(50_000);
        let body = format!(r#"{{"TableName":"songs","Item":{{"id":{{"S":"{id}"}},"t":{{"S":"{text}"}}}}}}"#);
        asked(&serving, "PutItem", &body)
    };
    let refused = (0..100).find(|id| !put(*id).starts_with("HTTP/1.1 200")).unwrap();
    assert!(refused > 1);
    let answer = put(refused);
    assert!(answer.starts_with("HTTP/1.1 500") && answer.contains("the storage failed: "), "{answer}");
    let count = r#"{"TableName":"songs","Select":"COUNT"}"#;
    assert!(
        asked(&serving, "Scan", count)
            .ends_with(&format!(r#"{{"Count":{refused},"ScannedCount":{refused}}}"#))
    );
    let process = serving.process.id().to_string();
    let room = Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited"]).status().unwrap();
    assert!(room.success());
    assert!(put(refused).starts_with("HTTP/1.1 200"));
    drop(serving);
    let output = run(&["db", "check", file.shown()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What the file was is looked at now and then, so that a write or two may come before.
#[cfg(unix)]
#[test]
fn a_server_whose_file_is_removed_says_so() {
    let file = File::new("removed");
    let serving = file.serving(&[]);
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    fs::remove_file(&file.0).unwrap();
    let refused = (0..10_000)
        .map(|_| asked(&serving, "PutItem", PUT))
        .find(|answer| !answer.starts_with("HTTP/1.1 200"));
    let answer = refused.unwrap().replace(file.shown(), "FILE");
    assert!(answer.starts_with("HTTP/1.1 500") && answer.contains("#InternalServerError"), "{answer}");
    assert!(answer.contains("the storage failed: FILE was removed, moved or replaced while it was open"));
    assert!(
        answer.contains("x-ddbmock-hint: nothing is written, for nobody would find it. Put the file back, ")
    );
}

#[test]
fn a_file_is_looked_after() {
    let file = File::new("looked-after");
    let serving = file.serving(&[]);
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    let large = "x".repeat(100_000);
    for text in [large.as_str(), "y"] {
        let put = format!(r#"{{"TableName":"songs","Item":{{"id":{{"S":"1"}},"t":{{"S":"{text}"}}}}}}"#);
        assert!(asked(&serving, "PutItem", &put).starts_with("HTTP/1.1 200"));
    }
    drop(serving);
    let check = |task: &str, expected: &str| {
        let output = run(&["db", task, file.shown()]);
        let text = String::from_utf8(output.stdout).unwrap().replace(file.shown(), "FILE");
        assert_eq!((text.as_str(), output.status.code()), (expected, Some(0)));
    };
    check("check", "FILE is whole\n");
    let before = fs::metadata(&file.0).unwrap().len();
    check("compact", &format!("FILE: {before} bytes before, 24576 now\n"));
    check(
        "info",
        "FILE: 1 tables, 24576 bytes on disk\n  songs (eu-west-1, 123456789012): 1 items, 5 bytes\n",
    );
    check_damage(&file);
}

fn check_damage(file: &File) {
    let mut content = fs::read(&file.0).unwrap();
    let at = content.windows(5).position(|bytes| bytes == b"songs").unwrap();
    content[at] ^= 1;
    fs::write(&file.0, content).unwrap();
    let output = run(&["db", "check", file.shown()]);
    let line = String::from_utf8(output.stderr).unwrap().replace(file.shown(), "FILE");
    let damaged = "ddbmock: FILE: stored data is damaged: key 0x0000000000000001 of space 0.0. Restore it from a copy\n";
    assert_eq!(line, damaged);
    // How many pages are free. Source: SQLite's file format, "Free page list".
    let at = 39;
    let mut content = fs::read(&file.0).unwrap();
    content[at] ^= 1;
    fs::write(&file.0, &content).unwrap();
    let output = run(&["db", "compact", file.shown()]);
    let line = String::from_utf8(output.stderr).unwrap().replace(file.shown(), "FILE");
    assert!(line.starts_with("ddbmock: FILE is damaged: ") && line.contains("Freelist"), "{line}");
    assert!(fs::read(&file.0).unwrap() == content);
}
