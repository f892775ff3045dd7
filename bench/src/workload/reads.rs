//! Operations that change nothing: a question has one answer.
//!
//! An answer is read in full when it comes for the first time. From then on the same bytes are expected, and read in
//! full again only if they differ: a server may write the same in another order.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use fastrand::Rng;
use serde_json::Value;

use super::known::Known;
use super::{Progress, Seat, Workload, expect_status, parsed};
use crate::connection::Answer;
use crate::template::Template;

/// Says what is wrong with the answer to a question.
type Check = dyn Fn(u64, &Value) -> Result<(), String>;

/// Questions, numbered, and what is known of their answers; all connections share them.
pub(crate) struct Questions {
    count: u64,
    /// The key that the request of a question names.
    key: fn(u64, u64) -> u64,
    status: u16,
    check: Box<Check>,
    known: RefCell<Vec<Option<Known>>>,
}

impl fmt::Debug for Questions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Questions").field("count", &self.count).finish_non_exhaustive()
    }
}

impl Questions {
    /// So many questions; `key` makes the key of one from its number and their count.
    pub(crate) fn new(
        count: u64,
        key: fn(u64, u64) -> u64,
        check: impl Fn(u64, &Value) -> Result<(), String> + 'static,
    ) -> Self {
        let known = (0..count).map(|_| None).collect();
        Self { count, key, status: 200, check: Box::new(check), known: RefCell::new(known) }
    }

    /// The same, refused.
    pub(crate) fn refused(mut self) -> Self {
        self.status = 400;
        self
    }

    fn check(&self, question: u64, answer: &Answer<'_>) -> Result<(), String> {
        expect_status(answer, self.status)?;
        let mut all_known = self.known.borrow_mut();
        let Some(known) = all_known.get_mut(usize::try_from(question).unwrap_or(usize::MAX)) else {
            return Err(format!("there is no question {question}"));
        };
        if known.as_mut().is_some_and(|known| known.is(answer.body)) {
            return Ok(());
        }
        (self.check)((self.key)(question, self.count), &parsed(answer.body)?)?;
        known.get_or_insert_with(|| Known::new(answer.body));
        Ok(())
    }
}

/// A connection that asks them at random.
#[derive(Debug)]
pub(crate) struct Reads {
    template: Template,
    questions: Rc<Questions>,
    random: Rng,
    asked: u64,
}

impl Reads {
    /// A connection that asks questions by a template.
    pub(crate) fn new(template: Template, questions: Rc<Questions>, seat: Seat) -> Self {
        Self { template, questions, random: Rng::with_seed(seat.round * seat.of + seat.index), asked: 0 }
    }
}

impl Workload for Reads {
    fn request(&mut self) -> &[u8] {
        self.asked = self.random.u64(..self.questions.count);
        self.template.fill((self.questions.key)(self.asked, self.questions.count), 0);
        self.template.request()
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        self.questions.check(self.asked, answer)?;
        Ok(Progress::Done)
    }
}
