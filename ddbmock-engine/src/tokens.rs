//! Requests that are known by a token: made again within ten minutes, they are answered and not done again.
//!
//! They are kept in memory, a bounded number of them: what was done longest ago is forgotten first. Where storage
//! lasts, each is also stored, in the batch of what it did.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Error, Message, Place, Rule};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::lock::Mutex;
use crate::record;
use crate::storage::Write;

/// How long a request is remembered once it is done. Source: API reference, `ClientRequestToken`.
const REMEMBERED: Duration = Duration::from_mins(10);
/// The most requests that are remembered. To read as many when a file is opened takes less than a tenth of a second.
const REQUESTS_MAX: usize = 1 << 16;
/// Those that are stored are taken out together, once in so many milliseconds.
const TAKEN_OUT_EVERY: u64 = 60_000;

/// The requests that are known by tokens.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<Requests>);

#[derive(Debug, Default)]
struct Requests {
    by_token: FxHashMap<Arc<str>, Request>,
    /// Those that are done, in the order in which they are forgotten.
    done: VecDeque<Done>,
    /// The last number under which one was stored.
    last_number: u64,
    /// The numbers of those that are forgotten, and still stored.
    forgotten: Vec<u64>,
}

#[derive(Debug)]
struct Done {
    token: Arc<str>,
    /// When it is forgotten.
    until: Timestamp,
    /// The number under which it is stored, if it is.
    number: Option<u64>,
}

#[derive(Debug)]
struct Request {
    fingerprint: u64,
    /// What is remembered of it; nothing while it is being answered.
    outcome: Option<Outcome>,
}

/// What is remembered of a request: the bytes of the larger image of each item.
pub(crate) type Outcome = Arc<[usize]>;

/// A request that begins.
#[derive(Debug)]
pub(crate) enum Begun<'t> {
    /// It is made for the first time.
    Now(Running<'t>),
    /// It was done before.
    Before(Outcome),
}

/// A request that is being answered. Unless it says that it was done, it may be made again.
#[derive(Debug)]
pub(crate) struct Running<'t> {
    tokens: &'t Tokens,
    token: Arc<str>,
    number: Option<u64>,
}

/// A request that was done, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    token: String,
    fingerprint: u64,
    /// When it is forgotten, in milliseconds.
    until: u64,
    outcome: Vec<usize>,
}

impl Tokens {
    /// The requests that are stored, with their numbers.
    pub(crate) fn of(stored: Vec<(u64, Stored)>) -> Self {
        let mut requests = Requests::default();
        for (number, Stored { token, fingerprint, until, outcome }) in stored {
            let token: Arc<str> = token.into();
            let request = Request { fingerprint, outcome: Some(outcome.into()) };
            requests.by_token.insert(Arc::clone(&token), request);
            requests.done.push_back(Done { token, until: Timestamp(until), number: Some(number) });
            requests.last_number = number;
        }
        Self(Mutex::new(requests))
    }

    /// Begins a request that is known by a token to an operation, for whoever is in a place.
    ///
    /// # Errors
    /// `TransactionInProgressException` while another of that token is being answered;
    /// `IdempotentParameterMismatchException` if one was done that asked for something else.
    pub(crate) fn begin(
        &self,
        (operation, place): (&str, Place<'_>),
        token: &str,
        request: &impl Hash,
        now: Timestamp,
    ) -> Result<Begun<'_>, Error> {
        let token = [operation, place.account, place.region, token].join(" ");
        let fingerprint = fingerprint(request);
        let mut requests = self.0.lock();
        requests.trim(now);
        match requests.by_token.get(token.as_str()) {
            None => {
                let token: Arc<str> = token.into();
                requests.by_token.insert(Arc::clone(&token), Request { fingerprint, outcome: None });
                Ok(Begun::Now(Running { tokens: self, token, number: None }))
            }
            Some(Request { outcome: None, .. }) => Err(in_progress()),
            Some(known) if known.fingerprint != fingerprint => Err(mismatch()),
            Some(Request { outcome: Some(outcome), .. }) => Ok(Begun::Before(Arc::clone(outcome))),
        }
    }

    /// Forgets what was done too long ago. Returns the writes that take out what was stored of that.
    pub(crate) fn trim(&self, now: Timestamp) -> Vec<Write> {
        let mut requests = self.0.lock();
        requests.trim(now);
        requests.take_out()
    }

    /// Forgets everything that was done. Returns the writes that take out what was stored of it.
    pub(crate) fn forget(&self) -> Vec<Write> {
        self.trim(Timestamp(u64::MAX))
    }

    /// When something is to be trimmed that is stored.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.0.lock().due()
    }
}

impl Running<'_> {
    /// The writes that store what is done, in its batch.
    pub(crate) fn stored(&mut self, outcome: &Outcome, now: Timestamp) -> Vec<Write> {
        let mut requests = self.tokens.0.lock();
        let mut writes = requests.take_out();
        if let Some(Request { fingerprint, .. }) = requests.by_token.get(&self.token) {
            let (token, until, outcome) = (self.token.to_string(), now.after(REMEMBERED).0, outcome.to_vec());
            let stored = Stored { token, fingerprint: *fingerprint, until, outcome };
            requests.last_number += 1;
            self.number = Some(requests.last_number);
            writes.push(record::token(requests.last_number, &stored));
        }
        writes
    }

    /// The request was done: it is remembered from now on. Returns when something that is stored is to be trimmed, if
    /// nothing was before.
    pub(crate) fn done(self, outcome: Outcome, now: Timestamp) -> Option<Timestamp> {
        let mut requests = self.tokens.0.lock();
        let is_first = requests.done.is_empty();
        let request = requests.by_token.get_mut(&self.token)?;
        request.outcome = Some(outcome);
        let (token, until) = (Arc::clone(&self.token), now.after(REMEMBERED));
        requests.done.push_back(Done { token, until, number: self.number });
        requests.due().filter(|_| is_first)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut requests = self.tokens.0.lock();
        if requests.by_token.get(&self.token).is_some_and(|request| request.outcome.is_none()) {
            requests.by_token.remove(&self.token);
        }
    }
}

impl Requests {
    fn trim(&mut self, now: Timestamp) {
        let is_over = |done: &Done, count: usize| done.until <= now || count > REQUESTS_MAX;
        while self.done.front().is_some_and(|done| is_over(done, self.done.len())) {
            let Some(done) = self.done.pop_front() else { return };
            self.by_token.remove(&done.token);
            self.forgotten.extend(done.number);
        }
    }

    fn take_out(&mut self) -> Vec<Write> {
        self.forgotten.drain(..).map(record::token_gone).collect()
    }

    fn due(&self) -> Option<Timestamp> {
        let first = self.done.front().filter(|done| done.number.is_some())?;
        Some(Timestamp(first.until.0.next_multiple_of(TAKEN_OUT_EVERY)))
    }
}

/// What tells a request from others: by chance one in 2^64 is taken for another. Another build may tell them apart
/// otherwise: whoever repeats a request right after an upgrade may be told that it asks for something else.
fn fingerprint(request: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.hash(&mut hasher);
    hasher.finish()
}

fn in_progress() -> Error {
    let text = "The transaction with the given request token is already in progress.";
    Error::TransactionInProgress(Message::new(Rule("transaction.in_progress"), text))
}

/// The text is the documentation's; the service's own was not seen.
fn mismatch() -> Error {
    let text = "DynamoDB rejected the request because you retried a request with a different payload but with an \
                idempotent token that was already used.";
    let error = Error::IdempotentParameterMismatch(Message::new(Rule("transaction.mismatch"), text));
    error.hinted("the ClientRequestToken was used in the last ten minutes for something else")
}
