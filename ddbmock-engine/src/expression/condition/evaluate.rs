//! Whether a condition holds of an item.

use std::cmp::Ordering;

use ddbmock_model::{Number, RawValue, Value};
use memchr::memmem;

use super::tree::{Function, Node, Operand, Operator, Test};
use crate::expression::found::Found;
use crate::expression::lexer::Comparator;
use crate::expression::placeholders::Scope;

/// Whether a condition holds of an item, from what its paths lead to there.
pub(super) fn holds<'a>(node: &'a Node, scope: Scope<'a>, found: &Found<'a>) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().all(|node| holds(node, scope, found)),
        Node::Any(nodes) => nodes.iter().any(|node| holds(node, scope, found)),
        Node::Not(node) => !holds(node, scope, found),
        Node::Test(test) => passes(test, scope, found),
    }
}

/// What an operand stands for.
#[derive(Clone, Copy)]
enum Term<'a> {
    Value(RawValue<'a>),
    Size(usize),
}

impl Term<'_> {
    fn as_number(self) -> Option<Number> {
        match self {
            Self::Value(value) => value.text().as_number(),
            Self::Size(size) => Some(Number::from(size as i64)),
        }
    }
}

fn passes<'a>(test: &'a Test, scope: Scope<'a>, found: &Found<'a>) -> bool {
    let term = |place: usize| term(&test.operands[place], scope, found);
    match test.operator {
        Operator::Compare(comparator) => compares(comparator, term(0), term(1)),
        Operator::Between => {
            let first = term(0);
            compares(Comparator::GreaterOrEqual, first, term(1))
                && compares(Comparator::LessOrEqual, first, term(2))
        }
        Operator::In => {
            let first = term(0);
            (1..test.operands.len()).any(|place| compares(Comparator::Equal, first, term(place)))
        }
        Operator::Function(Function::AttributeExists) => term(0).is_some(),
        Operator::Function(Function::AttributeNotExists) => term(0).is_none(),
        Operator::Function(Function::AttributeType) => is_of_type(term(0), term(1)),
        Operator::Function(Function::BeginsWith) => begins_with(term(0), term(1)),
        Operator::Function(Function::Contains) => contains(term(0), term(1)),
        // Refused where a condition is read: a size is neither true nor false.
        Operator::Function(Function::Size) => false,
    }
}

fn term<'a>(operand: &'a Operand, scope: Scope<'a>, found: &Found<'a>) -> Option<Term<'a>> {
    match operand {
        Operand::Path(path) => found.get(*path).map(Term::Value),
        Operand::Value(value) => Some(Term::Value(scope.value(*value).raw())),
        Operand::Call(test) if test.operator == Operator::Function(Function::Size) => {
            match term(&test.operands[0], scope, found)? {
                Term::Value(value) => size(value).map(Term::Size),
                Term::Size(_) => None,
            }
        }
        Operand::Call(test) => Some(Term::Value(Value::Bool(passes(test, scope, found)))),
    }
}

/// What is absent is equal to nothing, and so different from everything. Source: captures of 2026, functions.
fn compares(comparator: Comparator, left: Option<Term<'_>>, right: Option<Term<'_>>) -> bool {
    let equal = || matches!((left, right), (Some(left), Some(right)) if equal(left, right));
    let ordered = |accepts: fn(Ordering) -> bool| {
        let order = left.zip(right).and_then(|(left, right)| order_of_terms(left, right));
        order.is_some_and(accepts)
    };
    match comparator {
        Comparator::Equal => equal(),
        Comparator::NotEqual => !equal(),
        Comparator::Less => ordered(Ordering::is_lt),
        Comparator::LessOrEqual => ordered(Ordering::is_le),
        Comparator::Greater => ordered(Ordering::is_gt),
        Comparator::GreaterOrEqual => ordered(Ordering::is_ge),
    }
}

/// Values are equal as they are packed: numbers have one text, sets and maps one order.
fn equal(left: Term<'_>, right: Term<'_>) -> bool {
    match (left, right) {
        (Term::Value(left), Term::Value(right)) => left == right,
        _ => left.as_number().is_some_and(|left| right.as_number() == Some(left)),
    }
}

fn order_of_terms(left: Term<'_>, right: Term<'_>) -> Option<Ordering> {
    match (left, right) {
        (Term::Value(left), Term::Value(right)) => order(left, right),
        _ => Some(left.as_number()?.cmp(&right.as_number()?)),
    }
}

/// The order of two values, if they are of one type that has an order.
pub(crate) fn order<Text: AsRef<[u8]>>(left: Value<'_, Text>, right: Value<'_, Text>) -> Option<Ordering> {
    match (left, right) {
        (Value::S(left), Value::S(right)) => Some(left.as_ref().cmp(right.as_ref())),
        (Value::B(left), Value::B(right)) => Some(left.cmp(right)),
        (Value::N(left), Value::N(right)) => Some(Number::order_of_texts(left.as_ref(), right.as_ref())),
        _ => None,
    }
}

/// The size of a value that has one: of a string in UTF-16 code units. Source: captures of 2026, functions.
fn size(value: RawValue<'_>) -> Option<usize> {
    match value {
        Value::S(text) => Some(text.iter().copied().map(utf16_units).sum()),
        Value::B(bytes) => Some(bytes.len()),
        Value::Ss(set) | Value::Ns(set) | Value::Bs(set) => Some(set.len()),
        Value::L(list) => Some(list.len()),
        Value::M(map) => Some(map.len()),
        Value::N(_) | Value::Bool(_) | Value::Null => None,
    }
}

/// The code units of UTF-16 that a byte of UTF-8 stands for, if it is the first of its letter: two of one of four
/// bytes.
fn utf16_units(byte: u8) -> usize {
    match byte {
        0x80..0xC0 => 0,
        0xF0.. => 2,
        _ => 1,
    }
}

fn is_of_type(term: Option<Term<'_>>, name: Option<Term<'_>>) -> bool {
    let own = match term {
        None => return false,
        Some(Term::Value(value)) => value.type_name(),
        Some(Term::Size(_)) => "N",
    };
    matches!(name, Some(Term::Value(Value::S(name))) if name == own.as_bytes())
}

fn begins_with(term: Option<Term<'_>>, beginning: Option<Term<'_>>) -> bool {
    match (term, beginning) {
        (Some(Term::Value(Value::S(own))), Some(Term::Value(Value::S(beginning))))
        | (Some(Term::Value(Value::B(own))), Some(Term::Value(Value::B(beginning)))) => {
            own.starts_with(beginning)
        }
        _ => false,
    }
}

/// Whether a string or bytes contain others, a set a member, a list an element.
fn contains(container: Option<Term<'_>>, part: Option<Term<'_>>) -> bool {
    match (container, part) {
        (Some(Term::Value(container)), Some(Term::Value(part))) => contains_value(container, part),
        // Equal numbers have equal texts: what is stored need not be read as numbers.
        (Some(Term::Value(container)), Some(Term::Size(size))) => {
            contains_value(container, Value::N(Number::from(size as i64).to_string().as_bytes()))
        }
        _ => false,
    }
}

fn contains_value(container: RawValue<'_>, part: RawValue<'_>) -> bool {
    match (container, part) {
        (Value::S(container), Value::S(part)) | (Value::B(container), Value::B(part)) => {
            memmem::find(container, part).is_some()
        }
        (Value::Ss(set), Value::S(member))
        | (Value::Ns(set), Value::N(member))
        | (Value::Bs(set), Value::B(member)) => set.contains(member),
        (Value::L(list), part) => list.raw_iter().any(|element| element == part),
        _ => false,
    }
}
