//! `Expected` and `ConditionalOperator`: what must hold of the stored item.

use ddbmock_model::{
    ComparisonOperator, ConditionalOperator, Enumeration, Error, Expected, ExpectedAttributeValue, Item,
    Rule, Said, operator_path,
};

use super::{comparison, invalid, strict_values};
use crate::check::{Voice, check_names};
use crate::expression::{Comparison, Condition};

/// What must hold of the stored item, checked: attributes and what they are compared with.
#[derive(Debug)]
pub(crate) struct Expectations<'r> {
    comparisons: Vec<(&'r str, ComparisonOperator, Item)>,
    any: bool,
}

impl<'r> Expectations<'r> {
    /// Checks what comes before the values of the request: empty names, and how the conditions go together.
    /// Source: captures of 2026, empty attribute names, `ConditionalOperator`.
    pub(crate) fn check_first(
        expected: Option<&Expected>,
        operator: Option<ConditionalOperator>,
        said: &Said,
        voice: Voice,
    ) -> Result<(), Error> {
        let conditions = || expected.into_iter().flat_map(Expected::values);
        let values = conditions().flat_map(|condition| condition.attribute_value_list.iter().flatten());
        check_names(conditions().filter_map(|condition| condition.value.as_ref()).chain(values), voice)?;
        if operator.is_none() {
            return Ok(());
        }
        match conditions().count() {
            0 => {
                let text = "ConditionalOperator cannot be used without Filter or Expected";
                Err(voice.refuse(Rule("legacy.operator_alone"), text))
            }
            1 => {
                let text =
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements";
                Err(voice.refuse(Rule("legacy.operator_single"), text))
            }
            _ if said.unknown_word("conditionalOperator").is_some() => {
                // The slip is the service's: the words are AND and OR.
                let text = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";
                Err(voice.refuse(Rule("legacy.operator_word"), text))
            }
            _ => Ok(()),
        }
    }

    /// Checks the conditions, one attribute after the other.
    pub(crate) fn strict(
        expected: Option<&'r Expected>,
        operator: Option<ConditionalOperator>,
        said: &Said,
        voice: Voice,
    ) -> Result<Self, Error> {
        let comparison = |(name, condition): (&'r String, &ExpectedAttributeValue)| {
            let (operator, values) = match condition.comparison_operator {
                Some(operator) => {
                    let known = said.unknown_word(&operator_path("expected", name)).is_none();
                    compared(name, condition, Some(operator).filter(|_| known), voice)?
                }
                None => equal_or_absent(name, condition, voice)?,
            };
            Ok((name.as_str(), operator, values))
        };
        let comparisons: Result<Vec<_>, Error> = expected.into_iter().flatten().map(comparison).collect();
        Ok(Self { comparisons: comparisons?, any: operator == Some(ConditionalOperator::Or) })
    }

    /// The condition that they are; none if nothing is expected.
    pub(crate) fn condition(&self) -> Option<Condition<'_>> {
        if self.comparisons.is_empty() {
            return None;
        }
        let comparisons = self.comparisons.iter().map(|(name, operator, values)| Comparison {
            name,
            operator: *operator,
            values: values.attributes().iter().map(|(_, value)| value).collect(),
        });
        Some(Condition::of_comparisons(comparisons, self.any))
    }
}

/// A condition with a comparison operator, which may be a word that is none.
fn compared(
    name: &str,
    condition: &ExpectedAttributeValue,
    operator: Option<ComparisonOperator>,
    voice: Voice,
) -> Result<(ComparisonOperator, Item), Error> {
    check_one_form(name, condition, voice)?;
    if condition.exists.is_some() {
        let text = format!("Exists and ComparisonOperator cannot be used together for Attribute: {name}");
        return Err(invalid(voice, Rule("legacy.exists_and_operator"), &text));
    }
    let listed = condition.attribute_value_list.iter().flatten();
    let values = strict_values(condition.value.iter().chain(listed), voice)?;
    let Some(operator) = operator else {
        let error = invalid(voice, Rule("legacy.comparison_word"), "Invalid comparison operator");
        return Err(error.hinted(format!("the operators are {}", ComparisonOperator::WORDS.join(", "))));
    };
    let valueless = matches!(operator, ComparisonOperator::Null | ComparisonOperator::NotNull);
    if !valueless && condition.value.is_none() && condition.attribute_value_list.is_none() {
        let text = format!(
            "Value or AttributeValueList must be used with ComparisonOperator: {} for Attribute: {name}",
            operator.as_str()
        );
        return Err(invalid(voice, Rule("legacy.values_missing"), &text));
    }
    comparison::check(operator, &values, voice)?;
    Ok((operator, values))
}

/// A condition without one: equal to a value, or absent.
fn equal_or_absent(
    name: &str,
    condition: &ExpectedAttributeValue,
    voice: Voice,
) -> Result<(ComparisonOperator, Item), Error> {
    check_one_form(name, condition, voice)?;
    if condition.attribute_value_list.is_some() {
        let text =
            format!("AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}");
        return Err(invalid(voice, Rule("legacy.operator_missing"), &text));
    }
    match (condition.exists, &condition.value) {
        (None | Some(true), None) => {
            let exists = condition.exists.map_or("null", |_| "true");
            let text = format!("Value must be provided when Exists is {exists} for Attribute: {name}");
            Err(invalid(voice, Rule("legacy.exists_without_value"), &text))
        }
        (Some(false), Some(_)) => {
            let text = format!("Value cannot be used when Exists is false for Attribute: {name}");
            Err(invalid(voice, Rule("legacy.absent_with_value"), &text))
        }
        (Some(false), None) => Ok((ComparisonOperator::Null, strict_values([], voice)?)),
        (None | Some(true), value) => Ok((ComparisonOperator::Eq, strict_values(value, voice)?)),
    }
}

fn check_one_form(name: &str, condition: &ExpectedAttributeValue, voice: Voice) -> Result<(), Error> {
    if condition.value.is_none() || condition.attribute_value_list.is_none() {
        return Ok(());
    }
    let text = format!("Value and AttributeValueList cannot be used together for Attribute: {name}");
    Err(invalid(voice, Rule("legacy.value_and_list"), &text))
}
