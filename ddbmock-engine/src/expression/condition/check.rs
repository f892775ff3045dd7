//! What can be wrong with a condition's operands, whatever is stored.
//!
//! Tests are checked from left to right, each for its placeholders, the number of its operands, operands that are the
//! same, and their types. Source: captured order of static errors.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ddbmock_model::{Rule, Value};

use super::evaluate;
use super::tree::{Function, Node, Operand, Operator, Test};
use crate::expression::fault::Fault;
use crate::expression::lexer::Comparator;
use crate::expression::operands::{path_needed, wrong_count, wrong_type};
use crate::expression::placeholders::{Leaf, Scope};

/// The most operands that IN chooses from. Source: captures of 2026, sizes and counts.
const CHOICES_MAX: usize = 100;

/// The types that have an order.
const ORDERED: &[&str] = &["S", "N", "B"];
/// The types that have a beginning.
const BEGINNING: &[&str] = &["S", "B"];
/// The types that contain something.
const CONTAINING: &[&str] = &["S", "B", "SS", "NS", "BS", "L"];
/// The types that have a size.
const SIZED: &[&str] = &["S", "B", "SS", "NS", "BS", "L", "M"];
/// The types by name, in the service's order.
const TYPES: &[&str] = &["B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M"];

/// Checks a condition.
pub(super) fn check(node: &Node, scope: Scope<'_>) -> Result<(), Fault> {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().try_for_each(|node| check(node, scope)),
        Node::Not(node) => check(node, scope),
        Node::Test(test) => {
            check_defined(test, scope)?;
            check_count(test)?;
            check_distinct(test, scope)?;
            check_types(test, scope)
        }
    }
}

fn check_defined(test: &Test, scope: Scope<'_>) -> Result<(), Fault> {
    test.operands.iter().try_for_each(|operand| match operand {
        Operand::Path(path) => scope.check_path(*path),
        Operand::Value(value) => scope.check(Leaf::Value(*value)),
        Operand::Call(test) => check_defined(test, scope),
    })
}

fn calls(test: &Test) -> impl Iterator<Item = &Test> {
    test.operands.iter().filter_map(|operand| match operand {
        Operand::Call(test) => Some(test),
        Operand::Path(_) | Operand::Value(_) => None,
    })
}

fn check_count(test: &Test) -> Result<(), Fault> {
    calls(test).try_for_each(check_count)?;
    let count = test.operands.len();
    match test.operator {
        Operator::In if count > CHOICES_MAX + 1 => Err(Fault::new(
            Rule("expression.choices"),
            format!("The IN operator is provided with too many operands; number of operands: {}", count - 1),
        )),
        Operator::Function(function) if count != function.operands() => {
            Err(wrong_count(function.text(), count))
        }
        _ => Ok(()),
    }
}

/// A path may not be tested against itself.
fn check_distinct(test: &Test, scope: Scope<'_>) -> Result<(), Fault> {
    let Some((Operand::Path(first), rest)) = test.operands.split_first() else {
        return Ok(());
    };
    let first = scope.path(*first);
    let same = |operand: &Operand| matches!(operand, Operand::Path(path) if scope.path(*path) == first);
    if !rest.iter().any(same) {
        return Ok(());
    }
    Err(Fault::new(
        Rule("expression.operand_distinct"),
        format!(
            "The first operand must be distinct from the remaining operands for this operator or function; operator: \
             {}, first operand: {first}",
            test.operator.text()
        ),
    ))
}

fn check_types(test: &Test, scope: Scope<'_>) -> Result<(), Fault> {
    calls(test).try_for_each(|call| check_types(call, scope))?;
    let operands = &test.operands;
    let require = |operands: &[Operand], types: &[&str]| {
        let wrong = |operand: &Operand| operand_type(operand, scope).filter(|name| !types.contains(name));
        operands.iter().find_map(wrong).map_or(Ok(()), |name| Err(wrong_type(test.operator.text(), name)))
    };
    match test.operator {
        Operator::Compare(Comparator::Equal | Comparator::NotEqual) | Operator::In => Ok(()),
        Operator::Compare(_) => require(operands, ORDERED),
        Operator::Between => {
            require(operands, ORDERED)?;
            check_bounds(&operands[1], &operands[2], scope)
        }
        Operator::Function(Function::AttributeExists | Function::AttributeNotExists) => match operands[0] {
            Operand::Path(_) => Ok(()),
            Operand::Value(_) | Operand::Call(_) => Err(path_needed(test.operator.text())),
        },
        Operator::Function(Function::AttributeType) => check_type_name(&operands[1], scope),
        Operator::Function(Function::BeginsWith) => require(operands, BEGINNING),
        Operator::Function(Function::Contains) => require(&operands[..1], CONTAINING),
        Operator::Function(Function::Size) => require(operands, SIZED),
    }
}

/// The type of an operand, where it is known without an item.
fn operand_type(operand: &Operand, scope: Scope<'_>) -> Option<&'static str> {
    match operand {
        Operand::Path(_) => None,
        Operand::Value(value) => Some(scope.value(*value).type_name()),
        Operand::Call(test) if test.operator == Operator::Function(Function::Size) => Some("N"),
        Operand::Call(_) => Some("BOOL"),
    }
}

fn check_type_name(operand: &Operand, scope: Scope<'_>) -> Result<(), Fault> {
    let Operand::Value(value) = operand else {
        return Err(wrong_type("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    };
    match scope.value(*value) {
        Value::S(name) if TYPES.contains(&name) => Ok(()),
        Value::S(name) => Err(Fault::new(
            Rule("expression.type_name"),
            format!("Invalid attribute type name found; type: {name}, valid types: {{{}}}", TYPES.join(",")),
        )),
        other => Err(wrong_type("attribute_type", other.type_name())),
    }
}

fn check_bounds(lower: &Operand, upper: &Operand, scope: Scope<'_>) -> Result<(), Fault> {
    let (Operand::Value(lower), Operand::Value(upper)) = (lower, upper) else {
        return Ok(());
    };
    let (lower, upper) = (scope.value(*lower), scope.value(*upper));
    let bounds = || format!("lower bound operand: {}, upper bound operand: {}", shown(lower), shown(upper));
    match evaluate::order(lower, upper) {
        Some(order) if order.is_le() => Ok(()),
        Some(_) => Err(Fault::new(
            Rule("expression.bounds_order"),
            format!(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {}",
                bounds()
            ),
        )),
        None => Err(Fault::new(
            Rule("expression.bounds_type"),
            format!("The BETWEEN operator requires same data type for lower and upper bounds; {}", bounds()),
        )),
    }
}

/// A value of an ordered type as messages show it. Not captured for bytes.
fn shown(value: Value<'_>) -> String {
    let content = match value {
        Value::S(text) | Value::N(text) => text.to_owned(),
        Value::B(bytes) => STANDARD.encode(bytes),
        _ => String::new(),
    };
    format!("AttributeValue: {{{}:{content}}}", value.type_name())
}
