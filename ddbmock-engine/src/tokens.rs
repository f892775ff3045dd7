//! Requests that are known by a token: made again within ten minutes, they are answered and not done again.
//!
//! They are kept in memory, a bounded number of them: what was done longest ago is forgotten first.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Error, Message, Place, Rule};
use rustc_hash::FxHashMap;

use crate::clock::Timestamp;
use crate::lock::Mutex;

/// How long a request is remembered once it is done. Source: API reference, `ClientRequestToken`.
const REMEMBERED: Duration = Duration::from_mins(10);
/// The most requests that are remembered.
const REQUESTS_MAX: usize = 1 << 17;

/// The requests of one operation.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<Requests>);

#[derive(Debug, Default)]
struct Requests {
    by_token: FxHashMap<Arc<str>, Request>,
    /// The tokens of those that are done, with when they are forgotten, in that order.
    done: VecDeque<(Timestamp, Arc<str>)>,
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
}

impl Tokens {
    /// Begins a request that is known by a token to whoever is in a place.
    ///
    /// # Errors
    /// `TransactionInProgressException` while another of that token is being answered;
    /// `IdempotentParameterMismatchException` if one was done that asked for something else.
    pub(crate) fn begin(
        &self,
        place: Place<'_>,
        token: &str,
        request: &impl Hash,
        now: Timestamp,
    ) -> Result<Begun<'_>, Error> {
        let token = [place.account, place.region, token].join(" ");
        let fingerprint = fingerprint(request);
        let mut requests = self.0.lock();
        requests.trim(now);
        match requests.by_token.get(token.as_str()) {
            None => {
                let token: Arc<str> = token.into();
                requests.by_token.insert(Arc::clone(&token), Request { fingerprint, outcome: None });
                Ok(Begun::Now(Running { tokens: self, token }))
            }
            Some(Request { outcome: None, .. }) => Err(in_progress()),
            Some(known) if known.fingerprint != fingerprint => Err(mismatch()),
            Some(Request { outcome: Some(outcome), .. }) => Ok(Begun::Before(Arc::clone(outcome))),
        }
    }

    /// Forgets what was done too long ago.
    pub(crate) fn trim(&self, now: Timestamp) {
        self.0.lock().trim(now);
    }

    /// Forgets everything that was done.
    pub(crate) fn forget(&self) {
        let mut requests = self.0.lock();
        requests.done.clear();
        requests.by_token.retain(|_, request| request.outcome.is_none());
    }
}

impl Running<'_> {
    /// The request was done: it is remembered from now on.
    pub(crate) fn done(self, outcome: Outcome, now: Timestamp) {
        let mut requests = self.tokens.0.lock();
        if let Some(request) = requests.by_token.get_mut(&self.token) {
            request.outcome = Some(outcome);
            requests.done.push_back((now.after(REMEMBERED), Arc::clone(&self.token)));
        }
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
        let over = |until: Timestamp, count: usize| until <= now || count > REQUESTS_MAX;
        while self.done.front().is_some_and(|(until, _)| over(*until, self.done.len())) {
            let token = self.done.pop_front().map(|(_, token)| token);
            token.and_then(|token| self.by_token.remove(&token));
        }
    }
}

/// What tells a request from others: by chance one in 2^64 is taken for another.
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
    error.hinted("the ClientRequestToken was used in the last ten minutes for other TransactItems")
}

#[cfg(test)]
mod tests {
    use ddbmock_model::{Error, Place};

    use super::{Begun, REMEMBERED, REQUESTS_MAX, Running, Tokens};
    use crate::clock::Timestamp;

    const HERE: Place<'_> = Place { account: "1", region: "here" };
    const THERE: Place<'_> = Place { account: "1", region: "there" };
    const START: Timestamp = Timestamp(1_000);

    fn begin<'t>(tokens: &'t Tokens, place: Place<'_>, request: &str, now: Timestamp) -> Option<Running<'t>> {
        match tokens.begin(place, "token", &request, now).unwrap() {
            Begun::Now(running) => Some(running),
            Begun::Before(outcome) => {
                assert_eq!(*outcome, [7]);
                None
            }
        }
    }

    #[test]
    fn a_request_is_done_once() {
        let tokens = Tokens::default();
        let running = begin(&tokens, HERE, "a", START).unwrap();
        for request in ["a", "b"] {
            let meanwhile = tokens.begin(HERE, "token", &request, START);
            assert!(matches!(meanwhile, Err(Error::TransactionInProgress(_))));
        }
        assert!(begin(&tokens, THERE, "b", START).is_some());
        running.done([7].into(), START);
        assert!(begin(&tokens, HERE, "a", START).is_none());
        let other = tokens.begin(HERE, "token", &"b", START);
        assert!(matches!(other, Err(Error::IdempotentParameterMismatch(_))));
    }

    #[test]
    fn what_was_not_done_may_be_made_again() {
        let tokens = Tokens::default();
        drop(begin(&tokens, HERE, "a", START).unwrap());
        assert!(begin(&tokens, HERE, "b", START).is_some());
    }

    #[test]
    fn what_was_done_is_forgotten_in_time() {
        let tokens = Tokens::default();
        begin(&tokens, HERE, "a", START).unwrap().done([7].into(), START);
        let end = START.after(REMEMBERED);
        assert!(begin(&tokens, HERE, "a", Timestamp(end.0 - 1)).is_none());
        assert!(begin(&tokens, HERE, "b", end).is_some());
        begin(&tokens, HERE, "a", end).unwrap().done([7].into(), end);
        tokens.forget();
        assert!(begin(&tokens, HERE, "b", end).is_some());
    }

    #[test]
    fn no_more_are_remembered_than_there_is_room_for() {
        let tokens = Tokens::default();
        for number in 0..REQUESTS_MAX + 10 {
            let Begun::Now(running) = tokens.begin(HERE, &number.to_string(), &1, START).unwrap() else {
                panic!("{number} was not seen before");
            };
            running.done([7].into(), START);
        }
        tokens.trim(START);
        assert_eq!(tokens.0.lock().by_token.len(), REQUESTS_MAX);
        assert!(matches!(tokens.begin(HERE, "9", &1, START), Ok(Begun::Now(_))));
        assert!(matches!(tokens.begin(HERE, "10", &1, START), Ok(Begun::Before(_))));
    }
}
