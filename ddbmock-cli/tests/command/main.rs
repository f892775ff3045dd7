//! The command as users run it.
#![expect(clippy::unwrap_used, reason = "all of this file is tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};

const DDBMOCK: &str = env!("CARGO_BIN_EXE_ddbmock");

#[cfg(unix)]
mod crash;
mod exchange;
mod files;
#[cfg(unix)]
mod hostile;
mod large;
mod other_commands;
mod seeds;
mod settings;

fn run(arguments: &[&str]) -> Output {
    Command::new(DDBMOCK).args(arguments).output().unwrap()
}

/// A server that is ready; killed with the test.
struct Serving {
    process: Child,
    ready: String,
    out: BufReader<ChildStdout>,
    err: ChildStderr,
}

impl Serving {
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let err = process.stderr.take().unwrap();
        let mut ready = String::new();
        out.read_line(&mut ready).unwrap();
        Self { process, ready, out, err }
    }

    fn port(&self) -> u16 {
        let (_, after) = self.ready.split_once("\"port\":").unwrap();
        after.split(',').next().unwrap().parse().unwrap()
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let signal = format!("-{name}");
        let killed = Command::new("kill").args([&signal, &self.process.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }

    /// Its exit code, and what it wrote after it was ready.
    fn end(mut self) -> (Option<i32>, String, String) {
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        (self.process.wait().unwrap().code(), out, err)
    }

    /// Its exit code, and as much of its log as it could write while nobody read it.
    #[cfg(unix)]
    fn end_unread(mut self) -> (Option<i32>, String) {
        let (ended, end) = mpsc::channel();
        let Self { process, out, err, .. } = &mut self;
        thread::scope(|scope| {
            scope.spawn(move || ended.send(out.read_to_end(&mut Vec::new()))); // its output ends when it does
            if end.recv_timeout(Duration::from_secs(20)).is_err() {
                process.kill().unwrap(); // which has no code
            }
        });
        let mut log = String::new();
        err.read_to_string(&mut log).unwrap();
        (process.wait().unwrap().code(), log)
    }
}

/// A server on a free port.
fn serving(more: &[&str]) -> Serving {
    Serving::start(Command::new(DDBMOCK).args(["serve", "--port", "0", "--json"]).args(more))
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// The answer to a request that asks to close its connection. It may come before all of the request is sent, and a
/// reset is an end as well.
fn ask(port: u16, request: impl AsRef<[u8]>) -> String {
    let mut stream = connect(port);
    let _ = stream.write_all(request.as_ref());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

fn health(port: u16) -> String {
    ask(port, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

/// The head of a request for an operation, from a client in another region than the server's.
fn head(operation: &str, length: usize) -> String {
    format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: DynamoDB_20120810.{operation}\r\nconnection: close\r\n\
         content-type: application/x-amz-json-1.0\r\nx-amz-date: 20260101T000000Z\r\ncontent-length: {length}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=abc\r\n\r\n"
    )
}

#[test]
fn version_and_help_end_well() {
    for flag in ["--version", "--help"] {
        let output = run(&[flag]);
        assert_eq!(output.status.code(), Some(0), "{flag}");
        assert!(
            output.stdout.starts_with(b"ddbmock 0.") || output.stdout.starts_with(b"DynamoDB on your desk")
        );
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let check = |arguments: &[&str], expected: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap().replace(&port, "PORT"),
            format!("ddbmock: {expected}\n")
        );
        assert!(output.stdout.is_empty());
    };
    check(
        &["serve", "--port", &port],
        "port PORT of 127.0.0.1 is in use by another program. Choose another with --port, or a free one with --port 0",
    );
    check(
        &["serve", "--listen", "203.0.113.1"],
        "203.0.113.1 is no address of this machine. Choose another with --listen: 127.0.0.1 for this machine only, \
         0.0.0.0 for all",
    );
    check(
        &["serve", "--signatures", "strict"],
        "--signatures strict: name a file of keys with --credentials FILE",
    );
    check(
        &["serve", "--signatures", "strict", "--credentials", "/nowhere/keys"],
        "--credentials /nowhere/keys: No such file or directory (os error 2)",
    );
    check(
        &["serve", "--credentials", "keys"],
        "--credentials: signatures are not verified. Add --signatures strict, or leave it out",
    );
}

#[cfg(unix)]
#[test]
fn it_serves_until_a_signal_comes() {
    for name in ["INT", "TERM"] {
        let serving = serving(&[]);
        let port = serving.port();
        let expected = format!(
            "{{\"ready\":true,\"url\":\"http://127.0.0.1:{port}\",\"port\":{port},\"pid\":{}}}\n",
            serving.process.id()
        );
        assert_eq!(serving.ready, expected);
        assert!(health(port).ends_with("healthy: dynamodb.us-east-1.amazonaws.com "));
        serving.signal(name);
        assert_eq!(serving.end(), (Some(0), String::new(), String::new()));
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_at_once() {
    let serving = serving(&[]);
    let port = serving.port();
    let mut unfinished = connect(port);
    unfinished
        .write_all(b"POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n")
        .unwrap();
    assert!(unfinished.read(&mut [0; 100]).unwrap() > 0); // the request is under way
    serving.signal("TERM");
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {} // until it lets no one in
    serving.signal("INT");
    assert_eq!(serving.end(), (Some(130), String::new(), String::new()));
}

#[cfg(unix)]
#[test]
fn the_line_for_people_says_how_to_use_it() {
    let serving =
        Serving::start(Command::new(DDBMOCK).args(["serve", "--listen", "0.0.0.0:0", "--region", "local"]));
    let url = serving.ready.trim_end().rsplit(' ').next().unwrap();
    assert_eq!(
        serving.ready,
        format!(
            "ddbmock is ready at {url} (in memory; any credentials). \
             Try: aws dynamodb list-tables --endpoint-url {url}\n"
        )
    );
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    assert!(health(port).ends_with("healthy: dynamodb.local.amazonaws.com "));
    serving.signal("INT");
    assert_eq!(serving.end().0, Some(0));
}

#[cfg(unix)]
#[test]
fn the_line_for_people_says_whose_signatures_are_taken() {
    let folder = settings::folder("keys");
    let keys = folder.join("keys");
    fs::write(&keys, "[default]\naws_access_key_id = A\naws_secret_access_key = secret\n").unwrap();
    let arguments = ["serve", "--port", "0", "--signatures", "strict", "--credentials"];
    let serving = Serving::start(Command::new(DDBMOCK).args(arguments).arg(&keys));
    fs::remove_dir_all(folder).unwrap();
    let said = format!(" (in memory; credentials of {}). Try: ", keys.display());
    assert!(serving.ready.contains(&said), "{}", serving.ready);
}

#[cfg(unix)]
#[test]
fn requests_are_logged_when_asked_for() {
    let serving = serving(&["--log", "debug"]);
    let port = serving.port();
    let answers = [
        ask(port, head("Getitem", 0)),
        ask(port, head("ListTables", 2) + "{}"),
        ask(port, head("DescribeTable", 21) + r#"{"TableName":"songs"}"#),
        health(port),
    ];
    serving.signal("INT");
    let (_, _, log) = serving.end();
    let id = |answer: &String| answer.split_once("x-amzn-requestid: ")?.1.lines().next().map(str::to_owned);
    let ids: Vec<String> = answers.iter().filter_map(id).collect();
    assert_eq!(ids.len(), answers.len());
    insta::assert_snapshot!(log.lines().map(|line| untimed(line, &ids)).collect::<Vec<_>>().join("\n"));
}

/// A line of a log without its time, and without what is another each time.
#[cfg(unix)]
fn untimed(line: &str, ids: &[String]) -> String {
    let (_, line) = line.split_once("Z ").unwrap_or(("", line));
    let line =
        ids.iter().enumerate().fold(line.to_owned(), |line, (at, id)| line.replace(id, &format!("ID-{at}")));
    let is_time = |word: &str| word.strip_suffix("us").is_some_and(|count| count.parse::<u64>().is_ok());
    line.split(' ').map(|word| if is_time(word) { "(time)" } else { word }).collect::<Vec<_>>().join(" ")
}

/// Its standard error is a pipe whose other end is asleep.
#[cfg(unix)]
#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    /// More than a pipe holds, at over a hundred bytes a line.
    const REQUESTS: usize = 2000;
    let serving = serving(&["--log", "info"]);
    let mut stream = connect(serving.port());
    let mut requests = stream.try_clone().unwrap();
    let asking = thread::spawn(move || {
        let request = "POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: X.Nothing\r\ncontent-length: 0\r\n\r\n";
        requests.write_all(request.repeat(REQUESTS - 1).as_bytes())?;
        requests.write_all(request.replace("host: x", "host: x\r\nconnection: close").as_bytes())
    });
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    asking.join().unwrap().unwrap();
    assert_eq!(answers.matches("HTTP/1.1 400 ").count(), REQUESTS);
    serving.signal("TERM");
    let (code, log) = serving.end_unread();
    assert_eq!(code, Some(0));
    assert!(log.contains(" INFO "), "{log}");
}

/// Whoever started it has gone before it was ready.
#[cfg(unix)]
#[test]
fn nobody_needs_to_read_its_output() {
    let line = format!("'{DDBMOCK}' --help | true; '{DDBMOCK}' serve --signatures strict 2>&1 | true");
    let output = Command::new("sh").args(["-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
