//! Conditions on keys: which attributes a key condition compares, and how. Whether they are the key's is not known yet.
//!
//! Source: production captures, key conditions; captures of 2026 for which refusals name the expression.

use ddbmock_model::{Rule, Value};

use super::tree::{Function, Node, Operand, Operator, Test};
use crate::expression::fault::Fault;
use crate::expression::lexer::Comparator;
use crate::expression::placeholders::Scope;

/// One comparison of a key condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeyClause<'b> {
    /// The attribute.
    pub(crate) attribute: &'b str,
    /// What it is compared with, and how; none if keys are not compared so, as only a condition without an expression
    /// can say.
    pub(crate) comparison: Option<KeyComparison<'b>>,
}

impl<'b> KeyClause<'b> {
    /// The values, as written.
    pub(crate) fn values(&self) -> impl Iterator<Item = Value<'b>> {
        self.comparison.into_iter().flat_map(KeyComparison::values)
    }
}

/// How a key's attribute is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum KeyComparison<'b> {
    /// It is the value.
    Equal(Value<'b>),
    /// It is below the value.
    Less(Value<'b>),
    /// It is below the value or is it.
    LessOrEqual(Value<'b>),
    /// It is above the value.
    Greater(Value<'b>),
    /// It is above the value or is it.
    GreaterOrEqual(Value<'b>),
    /// It is neither below the first value nor above the second.
    Between(Value<'b>, Value<'b>),
    /// It begins with the value.
    BeginsWith(Value<'b>),
}

impl<'b> KeyComparison<'b> {
    /// The values, as written.
    pub(crate) fn values(self) -> impl Iterator<Item = Value<'b>> {
        let (first, second) = match self {
            Self::Between(low, high) => (low, Some(high)),
            Self::Equal(value)
            | Self::Less(value)
            | Self::LessOrEqual(value)
            | Self::Greater(value)
            | Self::GreaterOrEqual(value)
            | Self::BeginsWith(value) => (value, None),
        };
        [first].into_iter().chain(second)
    }
}

/// The clauses of a key condition, in the order written.
pub(super) fn clauses<'b>(root: &'b Node, scope: Scope<'b>) -> Result<Vec<KeyClause<'b>>, Fault> {
    let tests = tests(root)?;
    let mut clauses: Vec<KeyClause<'_>> = Vec::with_capacity(tests.len());
    for test in tests {
        let clause = clause(test, scope)?;
        if clauses.iter().any(|other| other.attribute == clause.attribute) {
            let text = "KeyConditionExpressions must only contain one condition per key";
            return Err(Fault::new(Rule("key_condition.twice"), text));
        }
        clauses.push(clause);
    }
    Ok(clauses)
}

fn tests(node: &Node) -> Result<Vec<&Test>, Fault> {
    match node {
        Node::Test(test) => Ok(vec![test]),
        Node::All(nodes) => Ok(nodes.iter().map(tests).collect::<Result<Vec<_>, _>>()?.concat()),
        Node::Any(_) => Err(invalid_operator("OR")),
        Node::Not(_) => Err(invalid_operator("NOT")),
    }
}

fn clause<'b>(clause: &'b Test, scope: Scope<'b>) -> Result<KeyClause<'b>, Fault> {
    check_operator(clause)?;
    if clause.operands.iter().any(|operand| matches!(operand, Operand::Call(_))) {
        let text = "KeyConditionExpressions cannot contain nested operations";
        return Err(Fault::new(Rule("key_condition.nested_operation"), text));
    }
    let mut paths = clause.operands.iter().filter_map(|operand| match operand {
        Operand::Path(path) => Some(scope.path(*path)),
        Operand::Value(_) | Operand::Call(_) => None,
    });
    let path = paths.next().ok_or_else(|| invalid_condition("No key attribute specified"))?;
    if paths.next().is_some() {
        return Err(invalid_condition("Multiple attribute names used in one condition"));
    }
    if path.is_nested() {
        let text = "KeyConditionExpressions cannot have conditions on nested attributes";
        return Err(Fault::new(Rule("key_condition.nested_attribute"), text));
    }
    let comparison = comparison(clause, scope).ok_or_else(|| {
        let operator = clause.operator.text();
        invalid_condition(&format!("{operator} operator must have the key attribute as its first operand"))
    })?;
    Ok(KeyClause { attribute: path.head(), comparison: Some(comparison) })
}

/// How a test compares a path with values, if keys can be compared so.
pub(super) fn comparison<'b>(test: &Test, scope: Scope<'b>) -> Option<KeyComparison<'b>> {
    let value = |operand: &Operand| match operand {
        Operand::Value(value) => Some(scope.value(*value)),
        Operand::Path(_) | Operand::Call(_) => None,
    };
    match (test.operator, &*test.operands) {
        (Operator::Compare(comparator), [Operand::Path(_), right]) => {
            Some(compared(comparator, false, value(right)?))
        }
        (Operator::Compare(comparator), [left, Operand::Path(_)]) => {
            Some(compared(comparator, true, value(left)?))
        }
        (Operator::Between, [Operand::Path(_), low, high]) => {
            Some(KeyComparison::Between(value(low)?, value(high)?))
        }
        (Operator::Function(Function::BeginsWith), [Operand::Path(_), right]) => {
            Some(KeyComparison::BeginsWith(value(right)?))
        }
        _ => None,
    }
}

/// What a comparison says of the attribute; one with the value first says it the other way round.
fn compared(comparator: Comparator, value_first: bool, value: Value<'_>) -> KeyComparison<'_> {
    match (comparator, value_first) {
        (Comparator::Equal | Comparator::NotEqual, _) => KeyComparison::Equal(value),
        (Comparator::Less, false) | (Comparator::Greater, true) => KeyComparison::Less(value),
        (Comparator::LessOrEqual, false) | (Comparator::GreaterOrEqual, true) => {
            KeyComparison::LessOrEqual(value)
        }
        (Comparator::Greater, false) | (Comparator::Less, true) => KeyComparison::Greater(value),
        (Comparator::GreaterOrEqual, false) | (Comparator::LessOrEqual, true) => {
            KeyComparison::GreaterOrEqual(value)
        }
    }
}

/// Keys are compared by order and by their beginning, and in no other way.
fn check_operator(test: &Test) -> Result<(), Fault> {
    match test.operator {
        Operator::Compare(Comparator::NotEqual) | Operator::In => Err(invalid_operator(test.operator.text())),
        Operator::Function(Function::BeginsWith) | Operator::Compare(_) | Operator::Between => Ok(()),
        Operator::Function(_) => Err(invalid_operator(test.operator.text())),
    }
}

fn invalid_operator(operator: &str) -> Fault {
    let text = format!("Invalid operator used in KeyConditionExpression: {operator}");
    Fault::new(Rule("key_condition.operator"), text)
}

fn invalid_condition(reason: &str) -> Fault {
    let text = format!("Invalid condition in KeyConditionExpression: {reason}");
    Fault::new(Rule("key_condition.condition"), text)
}
