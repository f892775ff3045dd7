//! What the request itself is charged with against the item size limit, whatever is stored.
//! Source: captures of 2026, update size limit: measured with 86 statements.

use super::tree::{Action, Edit, Operator, Term};
use crate::expression::path::{Path, Step};
use crate::expression::placeholders::Scope;

/// The charge of an update, in bytes.
pub(super) fn charge(actions: &[Action], scope: Scope<'_>) -> usize {
    let edits = actions.iter().map(|action| {
        let target = target(scope.path(action.target));
        match &action.edit {
            Edit::Set(written) => 19 + target + term(written, scope),
            Edit::Add(value) => 19 + target + scope.value(*value).bytes(),
            Edit::Remove | Edit::Delete(_) => 1 + target,
        }
    });
    3 + edits.sum::<usize>()
}

fn target(path: Path<'_>) -> usize {
    let elements: usize = path.steps().map(|step| 4 + element(step)).sum();
    elements - 4
}

fn element(step: Step<'_>) -> usize {
    match step {
        Step::Name(name) => name.len(),
        Step::Index(index) => index.checked_ilog10().unwrap_or(0) as usize + 1,
    }
}

fn term(written: &Term, scope: Scope<'_>) -> usize {
    match written {
        Term::Path(path) => 1 + scope.path(*path).steps().map(|step| 14 + element(step)).sum::<usize>(),
        Term::Value(value) => scope.value(*value).bytes(),
        Term::Operation(operator, operands) => {
            let own = match operator {
                Operator::Plus => 34,
                Operator::Minus | Operator::ListAppend => 37,
                Operator::IfNotExists => 39,
            };
            own + operands.iter().map(|operand| term(operand, scope)).sum::<usize>()
        }
    }
}
