//! What a comparison operator takes: how many values, and of which types.

use std::cmp::Ordering;

use ddbmock_model::{ComparisonOperator, Enumeration, Error, Item, Rule, Value};

use super::invalid;
use crate::check::Voice;
use crate::expression::order;

/// The types that have an order.
const ORDERED: &[&str] = &["S", "N", "B"];
/// The types that have a beginning.
const BEGINNING: &[&str] = &["S", "B"];
/// The types that can be contained. Source: production captures; booleans and null are not refused there.
const CONTAINED: &[&str] = &["S", "N", "B", "BOOL", "NULL"];

/// Checks the values that an operator is given: their number, then their types, then the order of bounds.
///
/// IN says first which value is of a type it does not take. Source: captures of 2026, legacy parameters. That the other
/// operators refuse types here as they do in queries was not captured.
pub(super) fn check(operator: ComparisonOperator, values: &Item, voice: Voice) -> Result<(), Error> {
    let values: Vec<Value<'_>> = values.attributes().iter().map(|(_, value)| value).collect();
    check_count(operator, values.len(), voice)?;
    if operator == ComparisonOperator::In {
        check_types(operator, &values, voice)?;
    }
    let mixed = values.windows(2).any(|pair| pair[0].type_name() != pair[1].type_name());
    if mixed {
        let text = "AttributeValues inside AttributeValueList must be of same type";
        return Err(invalid(voice, Rule("legacy.mixed_types"), text));
    }
    check_types(operator, &values, voice)?;
    match (operator, &*values) {
        (ComparisonOperator::Between, [lower, upper]) => check_bounds(*lower, *upper, voice),
        _ => Ok(()),
    }
}

fn check_count(operator: ComparisonOperator, count: usize, voice: Voice) -> Result<(), Error> {
    let right = match operator {
        ComparisonOperator::Null | ComparisonOperator::NotNull => count == 0,
        ComparisonOperator::Between => count == 2,
        ComparisonOperator::In => count > 0,
        _ => count == 1,
    };
    if right {
        return Ok(());
    }
    let text = format!("Invalid number of argument(s) for the {} ComparisonOperator", operator.as_str());
    Err(invalid(voice, Rule("legacy.argument_count"), &text))
}

fn check_types(operator: ComparisonOperator, values: &[Value<'_>], voice: Voice) -> Result<(), Error> {
    let Some(types) = types(operator) else {
        return Ok(());
    };
    match values.iter().map(|value| value.type_name()).find(|name| !types.contains(name)) {
        Some(name) => {
            let operator = operator.as_str();
            let text = format!("ComparisonOperator {operator} is not valid for {name} AttributeValue type");
            Err(invalid(voice, Rule("legacy.argument_type"), &text))
        }
        None => Ok(()),
    }
}

/// The types that an operator takes; any without them.
fn types(operator: ComparisonOperator) -> Option<&'static [&'static str]> {
    match operator {
        ComparisonOperator::Eq
        | ComparisonOperator::Ne
        | ComparisonOperator::Null
        | ComparisonOperator::NotNull => None,
        ComparisonOperator::Lt
        | ComparisonOperator::Le
        | ComparisonOperator::Gt
        | ComparisonOperator::Ge
        | ComparisonOperator::Between
        | ComparisonOperator::In => Some(ORDERED),
        ComparisonOperator::BeginsWith => Some(BEGINNING),
        ComparisonOperator::Contains | ComparisonOperator::NotContains => Some(CONTAINED),
    }
}

fn check_bounds(lower: Value<'_>, upper: Value<'_>, voice: Voice) -> Result<(), Error> {
    if order(lower, upper) != Some(Ordering::Greater) {
        return Ok(());
    }
    let text =
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound";
    Err(voice.refuse(Rule("legacy.bounds"), text))
}
