//! Clients that are many, that hang, or that send what is meant to hurt: the command in a process of its own goes on,
//! and stays small.

#![expect(clippy::print_stderr, reason = "what a system cannot show is said loudly")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use super::{DDBMOCK, Serving, ask, connect, head, health};

impl Serving {
    fn with(flags: &str) -> Self {
        let line = format!("{flags} exec '{DDBMOCK}' serve --port 0 --json");
        Self::start(Command::new("sh").args(["-c", &line]))
    }

    /// The most memory that it has had so far. Where the system does not tell, nothing is checked.
    fn assert_small(&self, mebibytes: usize) {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())) else {
            eprintln!("NOT CHECKED: this system does not tell how much memory a process has had");
            return;
        };
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(peak < mebibytes * 1024, "{peak} KiB");
    }

    /// Asks for an operation, and gives the status and the body of the answer.
    fn ask(&self, operation: &str, body: &[u8]) -> (u16, String) {
        let answer = ask(self.port(), [head(operation, body.len()).as_bytes(), body].concat());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }
}

/// What is left of the answers that a connection gets until it ends; a reset is an end as well.
fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    rest
}

/// The soft limit of descriptors is raised to the hard one. What is beyond it gets an answer or a close.
#[test]
fn with_few_descriptors_many_are_turned_away_and_none_hangs() {
    let serving = Serving::with("ulimit -Sn 20 && ulimit -Hn 60 &&");
    let port = serving.port();
    let crowd: Vec<TcpStream> = (0..80).map(|_| connect(port)).collect();
    let served = crowd.into_iter().filter(|mut stream| {
        let asked = stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let answer = asked.map(|()| rest(stream.try_clone().unwrap())).unwrap_or_default();
        assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 200 ") || answer.starts_with(b"HTTP/1.1 503 ")
        );
        answer.starts_with(b"HTTP/1.1 200 ")
    });
    assert!(served.count() >= 28); // 60, less what is kept for others
    assert!(health(port).starts_with("HTTP/1.1 200 "));
    serving.signal("INT");
    assert_eq!(serving.end(), (Some(0), String::new(), String::new()));
}

/// Half of them say nothing, and half have begun a head.
#[test]
fn ten_thousand_connections_are_open() {
    const CONNECTIONS: usize = 10_000;
    let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap();
    let connections = CONNECTIONS.min(usize::try_from(limit).unwrap().saturating_sub(500));
    if connections < CONNECTIONS {
        eprintln!("ONLY {connections} CONNECTIONS: this system allows {limit} descriptors");
    }
    let serving = Serving::with("ulimit -Sn 256 &&");
    let port = serving.port();
    let mut crowd: Vec<TcpStream> = (0..connections).map(|_| connect(port)).collect();
    for stream in crowd.iter_mut().step_by(2) {
        stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: Dyn").unwrap();
    }
    for at in [0, connections / 2, connections - 1] {
        let rest =
            if at % 2 == 0 { "\r\ncontent-length: 0\r\n\r\n" } else { "GET / HTTP/1.1\r\nhost: x\r\n\r\n" };
        crowd[at].write_all(rest.as_bytes()).unwrap();
        let mut answer = [0; 9];
        crowd[at].read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 ");
    }
    assert!(health(port).starts_with("HTTP/1.1 200 "));
    serving.assert_small(256);
    drop(crowd);
    assert!(health(port).starts_with("HTTP/1.1 200 "));
    serving.signal("INT");
    assert_eq!(serving.end().0, Some(0));
}

/// Each holds most of a long body, or takes in nothing of its answers.
#[test]
fn clients_that_hang_hold_little() {
    let serving = Serving::with("");
    let port = serving.port();
    let piece = vec![b' '; 1 << 20];
    let mut crowd = Vec::new();
    for _ in 0..64 {
        let mut stream = connect(port);
        stream.write_all(head("PutItem", 16 << 20).as_bytes()).unwrap();
        // Fifteen of sixteen mebibytes, unless it is refused before.
        let _ = (0..15).try_for_each(|_| stream.write_all(&piece));
        crowd.push(stream);
    }
    assert_eq!(serving.ask("ListTables", b"{}").0, 200);
    assert!(health(port).starts_with("HTTP/1.1 200 "));
    drop(crowd);
    serving.assert_small(320); // what bodies may hold together, and the rest
    serving.signal("INT");
    assert_eq!(serving.end().0, Some(0));
}

const NO_MESSAGE: &str = r#"{"__type":"com.amazon.coral.service#SerializationException"}"#;

#[test]
fn bodies_that_are_meant_to_hurt() {
    const LONGEST: usize = 16 << 20;
    let serving = Serving::with("");
    let fill = |open: &str, unit: &str, close: &str| {
        let times = (LONGEST - open.len() - close.len()) / unit.len();
        [open, &unit.repeat(times), close].concat()
    };
    let put = r#"{"TableName":"t","Item":{"k":"#;
    let check = |operation: &str, body: &str, status: u16| {
        let answer = serving.ask(operation, body.as_bytes());
        assert_eq!(answer.0, status, "{operation} {}... {}", &body[..body.len().min(40)], answer.1);
        answer.1
    };
    // Truncated, and too long.
    assert_eq!(check("PutItem", &fill(put, "[", ""), 400), NO_MESSAGE);
    assert_eq!(check("PutItem", &fill(put, "{\"a\":", ""), 400), NO_MESSAGE);
    assert_eq!(check("PutItem", &fill("", "\"", ""), 400), NO_MESSAGE);
    assert_eq!(check("PutItem", &(fill("{", " ", "}") + " "), 413), "0\r\n\r\n"); // no chunk
    // Deep, as a member that is known and as one that is not.
    check("PutItem", &fill(&format!("{put}{{\"L\":"), "[", "]}}}"), 400);
    let deep = format!(r#"{{"TableName":"t","X":{}1{}}}"#, "[".repeat(8_000_000), "]".repeat(8_000_000));
    check("DescribeTable", &deep, 400);
    let deep = format!("{put}{}{{}}{}}}}}", "{\"M\":{\"a\":".repeat(1_000_000), "}}".repeat(1_000_000));
    check("PutItem", &deep, 400);
    // Numbers without end.
    check("ListTables", &fill("{\"Limit\":1", "0", "}"), 400);
    check("ListTables", &fill("{\"Limit\":0.", "1", "}"), 400);
    check("PutItem", &fill(&format!("{put}{{\"N\":\"1"), "0", "\"}}}"), 400);
    check("PutItem", &fill(&format!("{put}{{\"N\":\"1e"), "9", "\"}}}"), 400);
    check("PutItem", &fill(&format!("{put}{{\"NS\":[\"1\""), ",\"1\"", "]}}}"), 400);
    // Members that repeat, and that nobody knows.
    check("DescribeTable", &fill("{\"TableName\":\"t\"", ",\"TableName\":\"t\"", "}"), 400);
    check("DescribeTable", &fill("{\"TableName\":\"t\"", ",\"Unknown\":{}", "}"), 400);
    check("PutItem", &fill(&format!("{put}{{\"S\":\"a\"}}"), ",\"k\":{\"S\":\"a\"}", "}}"), 400);
    check("CreateTable", &fill("{\"KeySchema\":[{}", ",{}", "]}"), 400);
    check("Nothing", &fill("{\"a\":[0", ",0", "]}"), 400);
    serving.assert_small(512); // a list of 16 mebibytes has millions of elements
    serving.signal("INT");
    assert_eq!(serving.end().0, Some(0));
}
