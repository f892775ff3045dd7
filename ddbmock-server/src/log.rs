//! The lines that a server logs. A line about a request opens with the request's id; what a client sent is escaped, so
//! that it stays within its line.

use std::fmt;
use std::time::Duration;

use ddbmock_model::Error;
use ddbmock_protocol::Answer;

use crate::request_id::RequestId;

/// One line a request. Refusals are the clients' affair; failures are ours.
pub(crate) fn answered(id: &RequestId, answer: &Answer, took: Duration) {
    let line = Line { id, answer, took };
    match &answer.error {
        Some(error) if answer.status >= 500 => failed(&line, error),
        Some(error) => refused(&line, error),
        None => tracing::debug!("{line}"),
    }
}

/// `<request id> PutItem 200 85us`
struct Line<'a> {
    id: &'a RequestId,
    answer: &'a Answer,
    took: Duration,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.answer.operation.unwrap_or("-");
        write!(out, "{} {operation} {} {}us", self.id, self.answer.status, self.took.as_micros())
    }
}

fn failed(line: &Line<'_>, error: &Error) {
    tracing::error!("{line} {}", told(error));
}

fn refused(line: &Line<'_>, error: &Error) {
    tracing::info!("{line} {}", told(error));
}

/// The rule, the text and the hint of an error.
fn told(error: &Error) -> String {
    let message = error.message();
    let hint = message.hint.as_ref().map(|hint| format!(" hint: {hint:?}")).unwrap_or_default();
    format!("{} {:?}{hint}", message.rule.0, message.text)
}

/// A request that was answered without a look at its body.
pub(crate) fn answered_unread(id: &RequestId, what: impl fmt::Debug, status: u16) {
    tracing::debug!("{id} {what:?} {status}");
}

/// A request whose body could not be read, or for whose answer there is no room.
pub(crate) fn turned_down(why: impl fmt::Debug) {
    tracing::info!("a request was turned down: {why:?}");
}

/// A connection that did not end as agreed, which clients may cause at any time.
pub(crate) fn connection_ended(why: impl fmt::Display) {
    tracing::debug!("a connection ended: {why}");
}

/// A connection for which there was no room.
pub(crate) fn turned_away() {
    tracing::info!("a connection was turned away: there are as many as there may be");
}

/// The system gives no connections.
pub(crate) fn nobody_let_in(why: impl fmt::Display) {
    tracing::warn!("cannot let clients in, trying again: {why}");
}

/// The time to end is over.
pub(crate) fn cut_off(connections: usize) {
    tracing::warn!("{connections} connections outlasted the time to end and were cut off");
}
