//! `ddbmock healthcheck` and `ddbmock wait`: whether a server is there.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::listen::Url;
use crate::outcome::Outcome;

/// How long to leave a server alone before it is asked again.
const PAUSE: Duration = Duration::from_millis(20);
/// What a server says that is well. Other servers answer any path, too.
const WELL: &str = r#""status":"ok""#;
/// The most of an answer that is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Asks once.
pub(crate) fn check(url: &Url, timeout: Duration) -> Result<(), Outcome> {
    let asked = ask(url, Instant::now() + timeout);
    asked.map_err(|why| {
        Outcome::Refused(format!("{url} is not healthy: {why}. Start it with `ddbmock serve`"))
    })
}

/// Asks until the server is well, or until the time is over.
pub(crate) fn wait(url: &Url, timeout: Duration) -> Result<(), Outcome> {
    let end = Instant::now() + timeout;
    loop {
        let Err(why) = ask(url, end) else { return Ok(()) };
        if Instant::now() + PAUSE >= end {
            return Err(Outcome::Refused(format!(
                "{url} was not ready within {timeout:?}: {why}. Start it with `ddbmock serve`, or wait longer with \
                 --timeout"
            )));
        }
        thread::sleep(PAUSE);
    }
}

fn ask(url: &Url, end: Instant) -> Result<(), String> {
    let addresses = url.addresses().map_err(|error| error.to_string())?;
    let mut failed = "its host has no address".to_owned();
    for address in addresses {
        failed = match answer(url, address, end) {
            Ok(answer) if !answer.starts_with("HTTP/1.1 200 ") => {
                format!("it answers {:?}", answer.lines().next().unwrap_or_default())
            }
            Ok(answer) if answer.contains(WELL) => return Ok(()),
            Ok(_) => "who answers is no ddbmock".to_owned(),
            // What a system says of a socket that is silent for longer than it was told to wait.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => "timed out".to_owned(),
            Err(error) => error.to_string(),
        };
    }
    Err(failed)
}

fn answer(url: &Url, address: SocketAddr, end: Instant) -> io::Result<String> {
    let left = || {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::Error::from(io::ErrorKind::TimedOut)) } else { Ok(left) }
    };
    let mut stream = TcpStream::connect_timeout(&address, left()?)?;
    stream.set_write_timeout(Some(left()?))?;
    let host = url.authority();
    // In one piece: who answers before the last one resets the connection, and is not heard.
    let request = format!("GET /_ddbmock/health HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let (mut answer, mut piece) = (Vec::new(), [0; 1024]);
    while (answer.len() as u64) < ANSWER_BYTES_MAX {
        stream.set_read_timeout(Some(left()?))?;
        match stream.read(&mut piece)? {
            0 => break,
            read => answer.extend_from_slice(&piece[..read]),
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
