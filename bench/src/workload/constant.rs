//! A workload against a server that always answers the same.

use std::rc::Rc;

use super::{Progress, Workload, expect_status, shown};
use crate::connection::Answer;

/// Sends the requests of another workload. Every answer must be the constant one.
pub(crate) struct Constant {
    asked: Box<dyn Workload>,
    body: Rc<[u8]>,
    /// How many requests an operation takes.
    requests: u64,
    sent: u64,
}

impl Constant {
    /// The requests of a workload, so many an operation, with one answer to all.
    pub(crate) fn new(asked: Box<dyn Workload>, body: Rc<[u8]>, requests: u64) -> Self {
        Self { asked, body, requests, sent: 0 }
    }
}

impl Workload for Constant {
    fn request(&mut self) -> &[u8] {
        self.asked.request()
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        expect_status(answer, 200)?;
        if answer.body != &*self.body {
            return Err(format!("not the constant answer: {}", shown(answer.body)));
        }
        self.sent += 1;
        Ok(if self.sent.is_multiple_of(self.requests) { Progress::Done } else { Progress::More })
    }
}
