//! Replays recordings, in this process or against an endpoint, and tells what was answered otherwise.

mod http;
mod in_process;
mod outcome;
mod saved;
mod strict;
mod transport;
mod update;

#[cfg(test)]
mod tests;

use std::time::Duration;

pub use http::Http;
pub use in_process::InProcess;
pub use outcome::{Outcome, Replayed};
pub use transport::{Reply, Sent, Transport};
pub use update::updated;

use crate::compare::{Difference, Json, Place, differences, pattern};
use crate::recording::{Body, Exchange, Expected, Recording, Step};
use saved::Saved;

/// Replays a recording, to its end even where an answer differs; only a table that could not be had ends it.
pub fn replay(recording: &Recording, transport: &dyn Transport) -> Outcome {
    let mut outcome = Outcome::default();
    let mut saved = Saved::default();
    for step in &recording.steps {
        let replayed = match step {
            Step::Exchange(exchange) => {
                let replayed = exchanged(exchange, recording.strict, transport, &mut saved);
                outcome.tables.extend(created_table(exchange, &replayed));
                replayed
            }
            Step::Wait { line, table } => waited(*line, table, transport),
            Step::Pass { line, time } => passed(*line, *time, transport),
        };
        let needed = replayed.is_setup && !replayed.passed();
        outcome.replayed.push(replayed);
        if needed {
            break;
        }
    }
    outcome
}

/// Deletes the tables that a replay created, and waits until they are gone. For an endpoint, whose tables would stay.
///
/// # Errors
/// If one could not be deleted.
pub fn delete_tables(tables: &[String], transport: &dyn Transport) -> Result<(), String> {
    for table in tables {
        // A recording may have deleted it itself.
        transport.send(&about_table("DeleteTable", table))?;
    }
    for table in tables {
        let mut waited = 0;
        while table_status(table, transport)?.is_some() {
            if !transport.pass_time(waited) {
                return Err(format!("table {table} is still there"));
            }
            waited += 1;
        }
    }
    Ok(())
}

fn exchanged(exchange: &Exchange, strict: bool, transport: &dyn Transport, saved: &mut Saved) -> Replayed {
    let sent = Sent::of(exchange);
    let reply = transport.send(&Sent { strict, body: saved.fill_body(sent.body), ..sent });
    let found = match &reply {
        Ok(reply) => {
            let expected = filled(&exchange.expected, saved);
            if let Body::Json(expected) = &expected.body {
                saved.note(expected, &outcome::body(&reply.body));
            }
            unlike(&expected, reply)
        }
        Err(why) => vec![no_answer(why)],
    };
    Replayed {
        line: exchange.line,
        operation: exchange.operation.clone(),
        is_setup: exchange.expected.lines.is_empty(),
        differences: found,
        reply: reply.ok(),
    }
}

/// What must be answered, with what was saved in it.
fn filled(expected: &Expected, saved: &Saved) -> Expected {
    let body = match &expected.body {
        Body::Json(body) => Body::Json(saved.fill(body)),
        other => other.clone(),
    };
    Expected { body, ..expected.clone() }
}

fn no_answer(why: &str) -> Difference {
    Difference { place: Place::Answer, expected: None, got: Some(Json::String(why.to_owned())) }
}

/// The table that an exchange created, if it is a CreateTable.
fn created_table(exchange: &Exchange, replayed: &Replayed) -> Option<String> {
    replayed.reply.as_ref().filter(|reply| reply.status == 200)?;
    Some(&exchange.operation).filter(|operation| operation.ends_with("CreateTable"))?;
    let body = Json::parse(str::from_utf8(&exchange.body).ok()?).ok()?;
    body.member("TableName")?.as_str().map(str::to_owned)
}

fn unlike(expected: &Expected, reply: &Reply) -> Vec<Difference> {
    let mut found = Vec::new();
    if expected.status != reply.status {
        let number = |status: u16| Some(Json::Number(status.into()));
        let (expected, got) = (number(expected.status), number(reply.status));
        found.push(Difference { place: Place::Status, expected, got });
    }
    if let Some(headers) = &reply.headers {
        found.extend(expected.headers.iter().filter_map(|header| unlike_header(header, headers)));
    }
    found.extend(unlike_body(&expected.body, &reply.body));
    found
}

fn unlike_header((name, value): &(String, String), headers: &[(String, String)]) -> Option<Difference> {
    let got = transport::find(headers, name);
    let alike = match got {
        None => value == "none",
        Some(got) => value != "none" && pattern::matches(value, &Json::String(got.to_owned())),
    };
    let text = |text: &str| Json::String(text.to_owned());
    let expected = Some(text(value)).filter(|_| value != "none");
    (!alike).then(|| Difference { place: Place::Header(name.clone()), expected, got: got.map(text) })
}

fn unlike_body(expected: &Body, got: &[u8]) -> Vec<Difference> {
    let expected = match expected {
        Body::Json(expected) => expected.clone(),
        Body::Text(text) => Json::String(text.clone()),
        Body::Empty if got.is_empty() => return Vec::new(),
        Body::Empty => Json::String(String::new()),
    };
    differences(&expected, &outcome::body(got))
}

fn waited(line: usize, table: &str, transport: &dyn Transport) -> Replayed {
    let got = until_active(table, transport);
    let text = |text: &str| Some(Json::String(text.to_owned()));
    let difference = match &got {
        Ok(()) => None,
        Err(why) => Some(Difference {
            place: Place::Table(table.to_owned()),
            expected: text("ACTIVE"),
            got: text(why),
        }),
    };
    let differences = difference.into_iter().collect();
    Replayed { line, operation: "wait".to_owned(), is_setup: true, differences, reply: None }
}

fn passed(line: usize, time: Duration, transport: &dyn Transport) -> Replayed {
    let why = "its time does not pass by being told to";
    let differences = if transport.pass(time) { Vec::new() } else { vec![no_answer(why)] };
    Replayed { line, operation: "pass".to_owned(), is_setup: true, differences, reply: None }
}

fn until_active(table: &str, transport: &dyn Transport) -> Result<(), String> {
    for waited in 0.. {
        let status = table_status(table, transport)?.unwrap_or_else(|| "no such table".to_owned());
        if status == "ACTIVE" {
            break;
        }
        if !transport.pass_time(waited) {
            return Err(status);
        }
    }
    Ok(())
}

fn table_status(table: &str, transport: &dyn Transport) -> Result<Option<String>, String> {
    let reply = transport.send(&about_table("DescribeTable", table))?;
    let body = outcome::body(&reply.body);
    let status = body.member("Table").and_then(|table| table.member("TableStatus"));
    Ok(status.and_then(Json::as_str).map(str::to_owned))
}

fn about_table(operation: &str, table: &str) -> Sent {
    Sent::new(operation, serde_json::json!({"TableName": table}).to_string().into_bytes())
}
