//! Conditions without a text: attributes compared with values.

use std::sync::Arc;

use ddbmock_model::{ComparisonOperator, Value};

use super::Condition;
use super::tree::{ConditionTree, Function, Node, Operand, Operator, Test};
use crate::expression::lexer::Comparator;
use crate::expression::parser::Leaves;
use crate::expression::placeholders::Binding;

/// An attribute compared with values, which are as many as the operator takes, and of the types it takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison<'r> {
    /// The attribute.
    pub(crate) name: &'r str,
    /// How it is compared.
    pub(crate) operator: ComparisonOperator,
    /// With what.
    pub(crate) values: Vec<Value<'r>>,
}

impl<'r> Condition<'r> {
    /// The condition that all comparisons hold, or that any of them does.
    pub(crate) fn of_comparisons(comparisons: impl Iterator<Item = Comparison<'r>>, any: bool) -> Self {
        let (mut names, mut values, mut nodes) = (Vec::new(), Vec::new(), Vec::new());
        for comparison in comparisons {
            let operands = (values.len()..values.len() + comparison.values.len()).map(Operand::Value);
            let operands = [Operand::Path(names.len())].into_iter().chain(operands).collect();
            nodes.push(node(comparison.operator, operands));
            names.push(comparison.name);
            values.extend(comparison.values);
        }
        let root = if any { Node::Any(nodes) } else { Node::All(nodes) };
        let tree = Arc::new(ConditionTree { leaves: Leaves::of_names(names.len()), root });
        Self { tree, binding: Binding::direct(names, values) }
    }
}

/// What does not contain a value, or is not equal to it, may also be absent.
fn node(operator: ComparisonOperator, operands: Vec<Operand>) -> Node {
    let function = Operator::Function;
    let operator = match operator {
        ComparisonOperator::Eq => Operator::Compare(Comparator::Equal),
        ComparisonOperator::Ne => Operator::Compare(Comparator::NotEqual),
        ComparisonOperator::Lt => Operator::Compare(Comparator::Less),
        ComparisonOperator::Le => Operator::Compare(Comparator::LessOrEqual),
        ComparisonOperator::Gt => Operator::Compare(Comparator::Greater),
        ComparisonOperator::Ge => Operator::Compare(Comparator::GreaterOrEqual),
        ComparisonOperator::Between => Operator::Between,
        ComparisonOperator::In => Operator::In,
        ComparisonOperator::Null => function(Function::AttributeNotExists),
        ComparisonOperator::NotNull => function(Function::AttributeExists),
        ComparisonOperator::BeginsWith => function(Function::BeginsWith),
        ComparisonOperator::Contains => function(Function::Contains),
        ComparisonOperator::NotContains => {
            return Node::Not(Box::new(node(ComparisonOperator::Contains, operands)));
        }
    };
    Node::Test(Test { operator, operands })
}
