//! What `SET` and `REMOVE` do, as the update that an expression would be.

use ddbmock_model::{Rule, Value};

use super::fault::unrecognized_function;
use super::lower::{Lowering, written};
use super::tree::{Edit, Expression, Infix, Kind};
use crate::expression::Fault;
use crate::expression::tree::{self, Action, Term, UpdateOperator, UpdateTree, wrong_count};

/// The functions that change a set, as refusals spell them.
const SET_ADD: &str = "SET_ADD";
const SET_DELETE: &str = "SET_DELETE";

/// A value that must be a set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetOperand {
    /// Its place among the values.
    value: usize,
    /// What is said if it is none.
    text: String,
}

impl SetOperand {
    /// Refuses a value that is no set.
    pub(super) fn check(&self, values: &[Value<'_>]) -> Result<(), Fault> {
        match values[self.value] {
            Value::Ss(_) | Value::Ns(_) | Value::Bs(_) => Ok(()),
            _ => Err(Fault::new(Rule("partiql.set_type"), self.text.clone())),
        }
    }
}

/// The update that edits are: those that set before those that remove. And which of its values must be sets.
pub(super) fn update(
    lowering: &mut Lowering,
    edits: &[Edit],
) -> Result<(UpdateTree, Vec<SetOperand>), Fault> {
    let mut sets = Vec::new();
    let mut actions = Vec::with_capacity(edits.len());
    let is_set = |edit: &&Edit| matches!(edit, Edit::Set(..));
    let ordered = edits.iter().filter(is_set).chain(edits.iter().filter(|edit| !is_set(edit)));
    for edit in ordered {
        actions.push(match edit {
            Edit::Set(path, value) => set(lowering, path, value, &mut sets)?,
            Edit::Remove(path) => Action { target: lowering.path(path)?, edit: tree::Edit::Remove },
        });
    }
    Ok((UpdateTree { leaves: lowering.take_leaves(), actions }, sets))
}

fn set(
    lowering: &mut Lowering,
    path: &Expression,
    value: &Expression,
    sets: &mut Vec<SetOperand>,
) -> Result<Action, Fault> {
    let target = lowering.path(path)?;
    let (function, operands) = match &value.kind {
        Kind::Call(name, operands) if name == "set_add" => (SET_ADD, operands),
        Kind::Call(name, operands) if name == "set_delete" => (SET_DELETE, operands),
        _ => return Ok(Action { target, edit: tree::Edit::Set(term(lowering, value)?) }),
    };
    let [first, second] = &operands[..] else {
        let text = format!("{function} must have exactly two arguments at {}", value.span);
        return Err(Fault::new(Rule("partiql.set_arguments"), text));
    };
    if !is_same_path(first, path) {
        let text =
            format!("The first argument to {function} must equal the assignment value at {}", value.span);
        return Err(Fault::new(Rule("partiql.set_target"), text));
    }
    let text = format!("The second argument to {function} must be a value with type SET at {}", second.span);
    let is_value = matches!(second.kind, Kind::Parameter(_) | Kind::Bag(_));
    if !is_value {
        return Err(Fault::new(Rule("partiql.set_type"), text));
    }
    let value = lowering.value(second)?;
    sets.push(SetOperand { value, text });
    let edit = if function == SET_ADD { tree::Edit::Add(value) } else { tree::Edit::Delete(value) };
    Ok(Action { target, edit })
}

/// Whether two expressions are the same path, wherever they stand.
fn is_same_path(one: &Expression, other: &Expression) -> bool {
    written(one).ok().is_some_and(|one| written(other).ok() == Some(one))
}

fn term(lowering: &mut Lowering, expression: &Expression) -> Result<Term, Fault> {
    let operator = match &expression.kind {
        Kind::Name(_) | Kind::Path(..) => return lowering.path(expression).map(Term::Path),
        Kind::Infix(Infix::Plus, operands) => Some((UpdateOperator::Plus, operands)),
        Kind::Infix(Infix::Minus, operands) => Some((UpdateOperator::Minus, operands)),
        Kind::Call(name, operands) => {
            let function = UpdateOperator::function(name);
            Some((function.ok_or_else(|| unrecognized_function(name, expression.span))?, operands))
        }
        _ => None,
    };
    let Some((operator, operands)) = operator else {
        return lowering.operand_value(expression).map(Term::Value);
    };
    if operands.len() != 2 {
        return Err(wrong_count(operator.text(), operands.len()));
    }
    let operands = operands.iter().map(|operand| term(lowering, operand)).collect::<Result<_, _>>()?;
    Ok(Term::Operation(operator, operands))
}
