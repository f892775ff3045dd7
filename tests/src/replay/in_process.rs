//! A fresh engine in this process, with nothing between but the wire's words.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use ddbmock_engine::{Config, Engine};
use ddbmock_model::Wording;
use ddbmock_protocol::{Answer, Request, Signature, answer};

use crate::recording::{DELAY, Recording};

use super::strict::Strict;
use super::transport::{Reply, Sent, Transport};

/// A world of its own, in this process. It shows which rule refused a request, and no headers.
pub struct InProcess {
    world: Engine,
}

impl InProcess {
    /// An empty world in memory that refuses in that wording.
    pub fn new(wording: Wording) -> Self {
        Self::with(Engine::new(Config { wording, ..Config::default() }))
    }

    /// An empty world in memory that suits a recording.
    pub fn of(recording: &Recording, wording: Wording) -> Self {
        Self::with(Engine::new(recording.config(wording)))
    }

    /// The world of an engine.
    pub fn with(world: Engine) -> Self {
        Self { world }
    }

    fn answer(&self, request: &Sent) -> Answer {
        let signature = Signature {
            authorization: request.header("Authorization"),
            query: request.query.as_deref(),
            amz_date: request.header("X-Amz-Date"),
            date: request.header("Date"),
            token: request.header("X-Amz-Security-Token"),
            verifier: request.strict.then_some(&Strict),
        };
        let (target, host) = (request.target(), request.header("Host"));
        answer(&self.world, &Request { target, host, signature, body: &request.body }, false)
    }
}

impl Transport for InProcess {
    fn send(&self, request: &Sent) -> Result<Reply, String> {
        // A defect in one operation must not hide what the other recordings say.
        let answer = catch_unwind(AssertUnwindSafe(|| self.answer(request)))
            .map_err(|_| "it panicked, as its message above says".to_owned())?;
        let rule = answer.error.as_ref().map(|error| error.message().rule);
        Ok(Reply { status: answer.status, headers: None, body: answer.body, rule })
    }

    fn pass_time(&self, waited: usize) -> bool {
        self.world.advance(DELAY / 2);
        waited < 2 && self.world.settle().is_ok()
    }

    fn pass(&self, time: Duration) -> bool {
        self.world.advance(time);
        true
    }
}
