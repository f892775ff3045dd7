//! What a search condition says: which attributes are equal to which values.
//!
//! Source: captures of October 2026, SearchVectors.

use ddbmock_model::{Rule, Value};

use super::tree::{Node, Operand, Operator, Test};
use crate::expression::fault::Fault;
use crate::expression::lexer::Comparator;
use crate::expression::placeholders::Scope;

/// An attribute, and the value that it is equal to.
pub(crate) type Equality<'b> = (&'b str, Value<'b>);

/// The equalities of a search condition, in the order written.
pub(super) fn equalities<'b>(root: &'b Node, scope: Scope<'b>) -> Result<Vec<Equality<'b>>, Fault> {
    let mut found: Vec<Equality<'_>> = Vec::new();
    for test in tests(root)? {
        let (path, value) = match (test.operator, &*test.operands) {
            (
                Operator::Compare(Comparator::Equal),
                [Operand::Path(path), Operand::Value(value)] | [Operand::Value(value), Operand::Path(path)],
            ) => (scope.path(*path), scope.value(*value)),
            _ => return Err(no_equality()),
        };
        if path.is_nested() {
            let text = "SearchConditionExpression cannot have conditions on nested attributes";
            return Err(Fault::new(Rule("search_condition.nested"), text));
        }
        if found.iter().any(|(attribute, _)| *attribute == path.head()) {
            let text = "SearchConditionExpression must only contain one condition per attribute";
            return Err(Fault::new(Rule("search_condition.twice"), text));
        }
        found.push((path.head(), value));
    }
    Ok(found)
}

fn tests(node: &Node) -> Result<Vec<&Test>, Fault> {
    match node {
        Node::Test(test) => Ok(vec![test]),
        Node::All(nodes) => Ok(nodes.iter().map(tests).collect::<Result<Vec<_>, _>>()?.concat()),
        Node::Any(_) | Node::Not(_) => Err(no_equality()),
    }
}

fn no_equality() -> Fault {
    let text = "Invalid comparator used in SearchConditionExpression";
    Fault::new(Rule("search_condition.comparator"), text)
}
