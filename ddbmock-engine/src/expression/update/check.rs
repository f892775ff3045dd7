//! What can be wrong with an update's operands, whatever is stored: those of ADD and DELETE first, then those of SET.
//! Source: captured order of static errors.

use ddbmock_model::{Rule, Value, Wording};

use super::tree::{Action, Clause, Edit, Operator, Term};
use crate::expression::fault::Fault;
use crate::expression::operands::{path_needed, wrong_count, wrong_type};
use crate::expression::placeholders::Scope;

/// Checks the operands of all actions.
pub(super) fn check(actions: &[Action], scope: Scope<'_>, wording: Wording) -> Result<(), Fault> {
    for action in actions {
        check_addend(&action.edit, scope, wording)?;
    }
    actions.iter().try_for_each(|action| match &action.edit {
        Edit::Set(term) => check_term(term, scope),
        Edit::Remove | Edit::Add(_) | Edit::Delete(_) => Ok(()),
    })
}

/// ADD takes numbers and sets, DELETE sets.
fn check_addend(edit: &Edit, scope: Scope<'_>, wording: Wording) -> Result<(), Fault> {
    let value = match edit {
        Edit::Add(value) | Edit::Delete(value) => scope.value(*value),
        Edit::Set(_) | Edit::Remove => return Ok(()),
    };
    match value {
        Value::Ss(_) | Value::Ns(_) | Value::Bs(_) => Ok(()),
        Value::N(_) if edit.clause() == Clause::Add => Ok(()),
        _ => Err(wrong_addend(edit.clause(), value, wording)),
    }
}

/// Here types have long names, and the newer layer also names the set of those it allows: ADD's for DELETE too.
/// Source: captures of 2026, operand checks.
fn wrong_addend(clause: Clause, value: Value<'_>, wording: Wording) -> Fault {
    let name = match (value, wording) {
        (Value::S(_), _) => "STRING",
        (Value::N(_), _) => "NUMBER",
        (Value::B(_), Wording::Current) => "Binary",
        (Value::B(_), Wording::Classic) => "BINARY",
        (Value::Bool(_), _) => "BOOLEAN",
        (Value::L(_), _) => "LIST",
        (Value::M(_), _) => "MAP",
        (other, _) => other.type_name(),
    };
    let allowed = match wording {
        Wording::Current => ", typeSet: ALLOWED_FOR_ADD_OPERAND",
        Wording::Classic => "",
    };
    let text = format!(
        "Incorrect operand type for operator or function; operator: {}, operand type: {name}{allowed}",
        clause.text()
    );
    Fault::new(Rule("expression.addend_type"), text)
}

fn check_term(term: &Term, scope: Scope<'_>) -> Result<(), Fault> {
    let Term::Operation(operator, operands) = term else {
        return Ok(());
    };
    operands.iter().try_for_each(|operand| check_term(operand, scope))?;
    if operands.len() != 2 {
        return Err(wrong_count(operator.text(), operands.len()));
    }
    let require = |wanted: &str| {
        let wrong = |operand| term_type(operand, scope).filter(|name| *name != wanted);
        operands.iter().find_map(wrong).map_or(Ok(()), |name| Err(wrong_type(operator.text(), name)))
    };
    match (operator, &operands[0]) {
        (Operator::Plus | Operator::Minus, _) => require("N"),
        (Operator::ListAppend, _) => require("L"),
        (Operator::IfNotExists, Term::Path(_)) => Ok(()),
        (Operator::IfNotExists, _) => Err(path_needed(operator.text())),
    }
}

/// The type that an action gives its target, where that is known without an item.
pub(super) fn known_type(edit: &Edit, scope: Scope<'_>) -> Option<&'static str> {
    match edit {
        Edit::Set(Term::Operation(Operator::IfNotExists, _)) | Edit::Remove | Edit::Delete(_) => None,
        Edit::Set(term) => term_type(term, scope),
        Edit::Add(value) => Some(scope.value(*value).type_name()),
    }
}

/// The type of a term, where it is known without an item: a default has the type that is written.
fn term_type(term: &Term, scope: Scope<'_>) -> Option<&'static str> {
    match term {
        Term::Path(_) => None,
        Term::Value(value) => Some(scope.value(*value).type_name()),
        Term::Operation(Operator::Plus | Operator::Minus, _) => Some("N"),
        Term::Operation(Operator::ListAppend, _) => Some("L"),
        Term::Operation(Operator::IfNotExists, operands) => term_type(operands.last()?, scope),
    }
}
