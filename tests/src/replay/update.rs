//! Writes answers as they came into a recording, in the place of those that were expected.

use super::outcome::{Outcome, Replayed, body};
use super::transport::Reply;
use crate::compare::{Difference, Json, Place, differences, layout, pattern};
use crate::recording::{Exchange, Recording, Step, shorthand};

/// The text of a recording with the answers of its replays, one a wording, where they differ from it. All else stays
/// to the letter; patterns and shorthands stay where they still hold.
///
/// # Errors
/// If the replays were not answered alike: one text cannot hold both.
pub fn updated(text: &str, recording: &Recording, outcomes: &[Outcome]) -> Result<String, &'static str> {
    let mut texts = outcomes.iter().map(|outcome| with_answers(text, recording, outcome));
    let updated = texts.next().unwrap_or_else(|| text.to_owned());
    if texts.all(|other| other == updated) {
        Ok(updated)
    } else {
        Err("answers differ by wording: split the recording")
    }
}

fn with_answers(text: &str, recording: &Recording, outcome: &Outcome) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the last to the first, so that the places of those before stay true.
    for replayed in outcome.replayed.iter().rev().filter(|replayed| !replayed.passed()) {
        if let (Some(exchange), Some(reply)) = (exchange(recording, replayed), &replayed.reply) {
            let place = exchange.expected.lines.clone();
            let answer = answer(exchange, &lines[place.clone()], replayed, reply);
            lines.splice(place, answer);
        }
    }
    lines.join("\n") + "\n"
}

fn exchange<'a>(recording: &'a Recording, replayed: &Replayed) -> Option<&'a Exchange> {
    recording.steps.iter().find_map(|step| match step {
        Step::Exchange(exchange) if exchange.line == replayed.line && !replayed.is_setup => Some(exchange),
        _ => None,
    })
}

fn answer(exchange: &Exchange, written: &[String], replayed: &Replayed, reply: &Reply) -> Vec<String> {
    let mut answer = vec![format!("< {}", reply.status)];
    let headers = exchange.expected.headers.iter();
    answer.extend(headers.map(|(name, value)| format!("{name}: {}", header(name, value, reply))));
    let body = &written[written.len() - body_length(written, exchange.expected.headers.len())..];
    let is_body = |difference: &Difference| matches!(difference.place, Place::Body(_));
    if replayed.differences.iter().any(is_body) {
        answer.push(body_text(&body.join("\n"), reply));
    } else {
        answer.extend_from_slice(body);
    }
    answer
}

fn header(name: &str, written: &str, reply: &Reply) -> String {
    let Some(headers) = &reply.headers else {
        return written.to_owned();
    };
    match super::transport::find(headers, name) {
        None => "none".to_owned(),
        Some(got) if pattern::matches(written, &Json::String(got.to_owned())) => written.to_owned(),
        Some(got) => got.to_owned(),
    }
}

/// How many of an answer's lines are its body: all but the status, the headers, and the empty line after these.
fn body_length(written: &[String], headers: usize) -> usize {
    written.iter().skip(1 + headers).skip_while(|line| line.trim().is_empty()).count()
}

fn body_text(written: &str, reply: &Reply) -> String {
    if reply.body.is_empty() {
        return "empty".to_owned();
    }
    let got = body(&reply.body);
    // A shorthand inside a string leaves the written text readable as JSON, so that it can stay.
    match (Json::parse(written), got) {
        (_, Json::String(text)) => text,
        (Ok(written), got) => layout::text(&kept(&written, &got)),
        (Err(_), got) => layout::text(&got),
    }
}

/// What came, with what was written wherever that still holds.
fn kept(written: &Json, got: &Json) -> Json {
    match (written, got) {
        _ if holds(written, got) => written.clone(),
        (Json::Object(written), Json::Object(got)) => {
            let old = |name: &str| written.iter().find(|(other, _)| other == name);
            let each = |(name, value): &(String, Json)| {
                (name.clone(), old(name).map_or_else(|| value.clone(), |(_, written)| kept(written, value)))
            };
            Json::Object(got.iter().map(each).collect())
        }
        (Json::Array(written), Json::Array(got)) => kept_elements(written, got),
        _ => got.clone(),
    }
}

fn kept_elements(written: &[Json], got: &[Json]) -> Json {
    let first = written.first().filter(|first| first.as_str() == Some(pattern::UNORDERED));
    if first.is_some() {
        return Json::Array(first.into_iter().chain(got).cloned().collect());
    }
    let each = |(index, value): (usize, &Json)| {
        written.get(index).map_or_else(|| value.clone(), |written| kept(written, value))
    };
    Json::Array(got.iter().enumerate().map(each).collect())
}

fn holds(written: &Json, got: &Json) -> bool {
    let expanded = match written {
        Json::String(text) => shorthand::expand_text(text).map(Json::String),
        other => Ok(other.clone()),
    };
    expanded.is_ok_and(|expanded| differences(&expanded, got).is_empty())
}
