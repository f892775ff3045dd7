//! The search of a vector index: it looks at the vectors of a partition one by one, and keeps the nearest.

use std::ops::ControlFlow;
use std::sync::Arc;

use ddbmock_model::{Error, Item};

use super::source::Source;
use super::walk::{KeyRange, borrowed};
use crate::expression::Condition;
use crate::storage::{Direction, Storage};
use crate::vector::Vector;

/// What is searched for.
#[derive(Debug)]
pub(crate) struct Nearest<'s> {
    /// The index.
    pub(crate) source: &'s Source,
    /// What makes it one of vectors.
    pub(crate) vector: &'s Vector,
    /// The keys to look at.
    pub(crate) range: KeyRange,
    /// What must hold of an entry.
    pub(crate) condition: Option<&'s Condition<'s>>,
    /// The vector to which others are to be near: as many numbers as those have.
    pub(crate) wanted: &'s [f32],
    /// The most entries to find.
    pub(crate) most: usize,
}

impl Nearest<'_> {
    /// Finds the entries, the nearest first, each with its score. Of those that are as near as each other the first of
    /// the index comes first.
    pub(crate) fn find(&self, storage: &dyn Storage) -> Result<Vec<(f64, Item)>, Error> {
        let mut found = Vec::with_capacity(self.most);
        storage.walk(self.source.space(), borrowed(&self.range), Direction::Forward, &mut |_, bytes| {
            let entry = Item::from_packed(Arc::clone(bytes));
            if self.condition.is_none_or(|condition| condition.holds(Some(&entry))) {
                self.keep(&mut found, entry);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Puts an entry in its place among those that were found, if it is near enough.
    fn keep(&self, found: &mut Vec<(f64, Item)>, entry: Item) {
        let distance = |score: f64| if self.vector.prefers_large() { -score } else { score };
        let score = self.vector.score(&entry, self.wanted);
        let place = found.partition_point(|(other, _)| distance(*other) <= distance(score));
        if place < self.most {
            found.truncate(self.most - 1);
            found.insert(place, (score, entry));
        }
    }
}
