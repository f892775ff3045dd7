//! The commands beside `serve`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use crate::{DDBMOCK, run, serving};

fn told(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_server_is_healthy_and_waited_for() {
    let serving = serving(&[]);
    let url = format!("http://127.0.0.1:{}", serving.port());
    let port = serving.port().to_string();
    for arguments in
        [["healthcheck", "--url", &url], ["healthcheck", "--port", &port], ["wait", "--url", &url]]
    {
        assert_eq!(told(&arguments), (Some(0), String::new(), String::new()), "{arguments:?}");
    }
}

#[test]
fn a_server_that_is_not_there_is_told_of() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    let (code, out, err) = told(&["healthcheck", "--url", &url]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.starts_with(&format!("ddbmock: {url} is not healthy: ")) && err.lines().count() == 1,
        "{err}"
    );
    let (code, _, err) = told(&["wait", "--timeout", "50ms", "--url", &url]);
    assert_eq!(code, Some(2));
    assert!(err.starts_with(&format!("ddbmock: {url} was not ready within 50ms: ")), "{err}");
}

/// Someone listens who does not answer.
#[test]
fn a_silent_server_is_not_waited_for_longer_than_asked() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let (code, _, err) = told(&["healthcheck", "--timeout", "100ms", "--url", &url]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains(" is not healthy: timed out. "), "{err}");
}

/// Someone answers everything.
#[test]
fn a_server_of_others_is_not_healthy() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", other.local_addr().unwrap());
    let asking = Command::new(DDBMOCK).args(["healthcheck", "--url", &url]).stderr(Stdio::piped()).spawn();
    let (mut asked, _) = other.accept().unwrap();
    assert!(asked.read(&mut [0; 4096]).unwrap() > 0);
    asked.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello").unwrap();
    drop(asked);
    let output = asking.unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains(": who answers is no ddbmock. "));
}

#[test]
fn a_server_that_starts_later_is_waited_for() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let waiting = Command::new(DDBMOCK).args(["wait", "--port", &free]).spawn().unwrap();
    let _serving = crate::Serving::start(Command::new(DDBMOCK).args(["serve", "--json", "--port", &free]));
    assert_eq!(waiting.wait_with_output().unwrap().status.code(), Some(0));
}

#[test]
fn shells_are_pointed_at_a_server() {
    let (code, out, _) = told(&["env", "--port", "8001", "--region", "eu-west-1"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        "export AWS_ENDPOINT_URL_DYNAMODB='http://127.0.0.1:8001'\n\
         export AWS_ENDPOINT_URL_DYNAMODB_STREAMS='http://127.0.0.1:8001'\n\
         export AWS_REGION='eu-west-1'\n\
         export AWS_DEFAULT_REGION='eu-west-1'\n\
         export AWS_ACCESS_KEY_ID='ddbmock'\n\
         export AWS_SECRET_ACCESS_KEY='ddbmock'\n"
    );
    assert!(told(&["env", "--shell", "fish"]).1.starts_with("set -gx AWS_ENDPOINT_URL_DYNAMODB 'http://"));
    assert!(
        told(&["env", "--shell", "powershell"]).1.starts_with("$env:AWS_ENDPOINT_URL_DYNAMODB = 'http://")
    );
}

#[cfg(unix)]
#[test]
fn a_shell_reads_what_is_printed() {
    let line = format!("eval \"$('{DDBMOCK}' env)\" && echo $AWS_ENDPOINT_URL_DYNAMODB");
    let output = Command::new("sh").args(["-c", &line]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "http://127.0.0.1:8000\n");
}

#[test]
fn shells_complete_the_flags() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, err) = told(&["completions", shell]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("ready-file"), "{shell}: {out}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_is_there_while_the_server_is_ready() {
    let folder = crate::settings::folder("ready");
    let file = folder.join("ready.json");
    fs::write(&file, "left by another").unwrap();
    let serving = serving(&["--ready-file", file.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&file).unwrap(), serving.ready);
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
    assert!(!file.exists());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_that_cannot_be_written_is_told_of() {
    let (code, out, err) = told(&["serve", "--port", "0", "--ready-file", "no-such-folder/ready"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("ddbmock: --ready-file: no-such-folder/ready cannot be written: "), "{err}");
}
