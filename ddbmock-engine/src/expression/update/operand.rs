//! What the actions of an update write, from the item as it was.
//!
//! What is stored is referred to, however often it is written: an update is weighed before anything is copied.

use ddbmock_model::{Draft, Item, List, Number, RawValue, Value};

use super::apply::Write;
use super::run_fault::RunFault;
use super::set;
use super::tree::{Action, Edit, Operator, Term};
use crate::expression::found::Found;
use crate::expression::placeholders::Scope;

/// What all actions write, in the order given. Every operand of SET is looked at before those of ADD and DELETE.
/// Source: captures of 2026, updates.
pub(super) fn writes<'a>(
    actions: &'a [Action],
    order: &[usize],
    scope: Scope<'a>,
    before: Option<&'a Item>,
) -> Result<Vec<Write<'a>>, RunFault> {
    let source = Source { scope, found: Found::new(scope, before) };
    let mut written = Vec::with_capacity(actions.len());
    for action in actions {
        written.push(match &action.edit {
            Edit::Set(term) => Some(source.term(term)?),
            Edit::Remove | Edit::Add(_) | Edit::Delete(_) => None,
        });
    }
    for (action, written) in actions.iter().zip(&mut written) {
        let target = action.target;
        match action.edit {
            Edit::Set(_) | Edit::Remove => {}
            Edit::Add(value) => *written = Some(source.sum(target, scope.value(value))?),
            Edit::Delete(value) => *written = source.rest(target, scope.value(value))?,
        }
    }
    let write =
        |place: &usize| Write { path: scope.path(actions[*place].target), value: written[*place].take() };
    Ok(order.iter().map(write).collect())
}

/// Where operands come from: an update's values, and the item as it was.
struct Source<'a> {
    scope: Scope<'a>,
    found: Found<'a>,
}

impl<'a> Source<'a> {
    fn found(&self, path: usize) -> Option<Value<'a>> {
        self.found.get(path).map(RawValue::text)
    }

    fn term(&self, term: &Term) -> Result<Draft<'a>, RunFault> {
        match term {
            Term::Path(path) => self.found(*path).map(Draft::Kept).ok_or(RunFault::MISSING),
            Term::Value(value) => Ok(Draft::Kept(self.scope.value(*value))),
            Term::Operation(operator, operands) => self.operation(*operator, &operands[0], &operands[1]),
        }
    }

    fn operation(&self, operator: Operator, left: &Term, right: &Term) -> Result<Draft<'a>, RunFault> {
        if operator == Operator::IfNotExists {
            return self.term(left).or_else(|_| self.term(right));
        }
        let (left, right) = (self.term(left)?, self.term(right)?);
        match operator {
            Operator::Plus => Ok(Draft::N(number(&left)?.checked_add(number(&right)?)?)),
            Operator::Minus => Ok(Draft::N(number(&left)?.checked_sub(number(&right)?)?)),
            Operator::ListAppend | Operator::IfNotExists => {
                let (mut left, right) = (lists(left)?, lists(right)?);
                left.extend(right);
                Ok(Draft::Joined(left))
            }
        }
    }

    /// What ADD makes of a number or a set, or of a list, which no expression adds to.
    fn sum(&self, target: usize, value: Value<'a>) -> Result<Draft<'a>, RunFault> {
        match (self.found(target), value) {
            (None, value) => Ok(Draft::Kept(value)),
            (Some(Value::N(stored)), Value::N(_)) => {
                let (stored, value) = (number(&Draft::Kept(Value::N(stored)))?, number(&Draft::Kept(value))?);
                Ok(Draft::N(stored.checked_add(value)?))
            }
            (Some(Value::L(stored)), Value::L(value)) => Ok(Draft::Joined(vec![stored, value])),
            (Some(stored), value) => set::union(stored, value),
        }
    }

    /// What DELETE leaves of a set, if it leaves anything. There is nothing to be done where there is no set.
    fn rest(&self, target: usize, value: Value<'a>) -> Result<Option<Draft<'a>>, RunFault> {
        let Some(stored) = self.found(target) else {
            return Ok(None);
        };
        set::difference(stored, value)
    }
}

fn number(draft: &Draft<'_>) -> Result<Number, RunFault> {
    match draft {
        Draft::N(number) => Ok(*number),
        Draft::Kept(value) => value.as_number().ok_or(RunFault::TYPE),
        Draft::Set(..) | Draft::L(_) | Draft::Joined(_) | Draft::M(_) => Err(RunFault::TYPE),
    }
}

/// The lists whose elements, one after the other, are those of a list that SET writes.
fn lists(draft: Draft<'_>) -> Result<Vec<List<'_>>, RunFault> {
    match draft {
        Draft::Kept(Value::L(list)) => Ok(vec![list]),
        Draft::Joined(lists) => Ok(lists),
        _ => Err(RunFault::TYPE),
    }
}
