//! The paths that are ddbmock's own. DynamoDB looks at no path, so that they take nothing from it.

use ddbmock_model::{Command, World};
use ddbmock_protocol::Answer;
use warp::http::Method;

/// What every path of ddbmock's own begins with.
const PREFIX: &str = "/_ddbmock/";

/// Something to ask of the server that is no operation of DynamoDB's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    /// Whether it is there. It needs no signature, so that anyone can wait for it.
    Health,
    /// Forget every table. It needs no signature either: who can reach a mock may empty it between two tests.
    Reset,
    /// Forget every table, and begin again with the tables and items that it began with.
    Reseed,
    /// Nothing that there is.
    Unknown,
}

impl Control {
    /// What a request asks for; `None` if its path is not one of ddbmock's.
    pub(crate) fn read(method: &Method, path: &str, query: Option<&str>) -> Option<Self> {
        let name = path.strip_prefix(PREFIX)?;
        Some(match (method, name, query.unwrap_or_default()) {
            (&Method::GET, "health", _) => Self::Health,
            (&Method::POST, "reset", "" | "seed=0") => Self::Reset,
            (&Method::POST, "reset", "seed=1") => Self::Reseed,
            _ => Self::Unknown,
        })
    }
}

/// Says that the server is there, and which it is.
pub(crate) fn health() -> Answer {
    done(format!(r#"{{"status":"ok","version":"{}"}}"#, env!("CARGO_PKG_VERSION")))
}

/// Has a world do something, and says how many tables it holds then.
pub(crate) fn command(world: &dyn World, command: Command, explain: bool) -> Answer {
    match world.control(command) {
        Ok(report) => done(format!(r#"{{"tables":{}}}"#, report.tables)),
        Err(error) => Answer::refusal(None, error, explain),
    }
}

fn done(body: String) -> Answer {
    Answer { status: 200, body: body.into_bytes(), operation: None, error: None }
}
