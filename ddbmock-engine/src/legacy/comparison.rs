//! What a comparison operator takes: how many values, and of which types.

use std::cmp::Ordering;

use ddbmock_model::{ComparisonOperator, Enumeration, Error, Rule};

use super::invalid;
use crate::check::Voice;
use crate::expression::{Comparison, order};

/// The types that have an order.
const ORDERED: &[&str] = &["S", "N", "B"];
/// The types that have a beginning.
const BEGINNING: &[&str] = &["S", "B"];
/// The types that can be contained. Source: production captures; booleans and null are not refused there.
const CONTAINED: &[&str] = &["S", "N", "B", "BOOL", "NULL"];

/// A check of the values that an operator is given.
type Check = fn(&Comparison<'_>, Voice) -> Result<(), Error>;

/// The checks, in their order. IN says first which value is of a type it does not take. Source: captures of 2026,
/// legacy parameters.
const CHECKS: [Check; 5] = [check_count, check_choices, check_same_type, check_types, check_bounds];

/// Checks one comparison.
pub(super) fn check(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    check_all(std::slice::from_ref(comparison), voice)
}

/// Checks several together: each check looks at all of them before the next one does.
pub(super) fn check_all(comparisons: &[Comparison<'_>], voice: Voice) -> Result<(), Error> {
    let mut checks = CHECKS.iter();
    checks.try_for_each(|check| comparisons.iter().try_for_each(|comparison| check(comparison, voice)))
}

fn check_count(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    let count = comparison.values.len();
    let right = match comparison.operator {
        ComparisonOperator::Null | ComparisonOperator::NotNull => count == 0,
        ComparisonOperator::Between => count == 2,
        ComparisonOperator::In => count > 0,
        _ => count == 1,
    };
    if right {
        return Ok(());
    }
    let operator = comparison.operator.as_str();
    let text = format!("Invalid number of argument(s) for the {operator} ComparisonOperator");
    Err(invalid(voice, Rule("legacy.argument_count"), &text))
}

fn check_choices(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    if comparison.operator == ComparisonOperator::In { check_types(comparison, voice) } else { Ok(()) }
}

fn check_same_type(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    let mixed = comparison.values.windows(2).any(|pair| pair[0].type_name() != pair[1].type_name());
    if !mixed {
        return Ok(());
    }
    let text = "AttributeValues inside AttributeValueList must be of same type";
    Err(invalid(voice, Rule("legacy.mixed_types"), text))
}

fn check_types(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    let Some(types) = types(comparison.operator) else {
        return Ok(());
    };
    match comparison.values.iter().map(|value| value.type_name()).find(|name| !types.contains(name)) {
        Some(name) => {
            let operator = comparison.operator.as_str();
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

fn check_bounds(comparison: &Comparison<'_>, voice: Voice) -> Result<(), Error> {
    let (ComparisonOperator::Between, [lower, upper]) = (comparison.operator, &*comparison.values) else {
        return Ok(());
    };
    if order(*lower, *upper) != Some(Ordering::Greater) {
        return Ok(());
    }
    let text =
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound";
    Err(voice.refuse(Rule("legacy.bounds"), text))
}
