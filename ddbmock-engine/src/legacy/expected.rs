//! `Expected`: what must hold of the stored item.

use ddbmock_model::{
    ComparisonOperator, ConditionalOperator, Enumeration, Error, Expected, ExpectedAttributeValue, Item,
    Rule, Said,
};

use super::comparison::check;
use super::expectations::{Compared, Expectations, check_comparison_word, check_conditional_operator};
use super::{invalid, strict_values};
use crate::check::{Voice, check_names};

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
        check_conditional_operator(operator, conditions().count(), said, voice)
    }

    /// Checks the conditions, one attribute after the other.
    pub(crate) fn strict(
        expected: Option<&'r Expected>,
        operator: Option<ConditionalOperator>,
        said: &Said,
        voice: Voice,
    ) -> Result<Self, Error> {
        let compared = |(name, condition): (&'r String, &ExpectedAttributeValue)| {
            if let Some(operator) = condition.comparison_operator {
                return with_operator((name, operator), condition, said, voice);
            }
            let (operator, values) = equal_or_absent(name, condition, voice)?;
            Ok(Compared { name, operator, values })
        };
        let compared: Result<Vec<_>, Error> = expected.into_iter().flatten().map(compared).collect();
        Ok(Self { compared: compared?, any: operator == Some(ConditionalOperator::Or) })
    }
}

/// A condition with a comparison operator, which may be a word that is none.
fn with_operator<'r>(
    (name, operator): (&'r str, ComparisonOperator),
    condition: &ExpectedAttributeValue,
    said: &Said,
    voice: Voice,
) -> Result<Compared<'r>, Error> {
    check_one_form(name, condition, voice)?;
    if condition.exists.is_some() {
        let text = format!("Exists and ComparisonOperator cannot be used together for Attribute: {name}");
        return Err(invalid(voice, Rule("legacy.exists_and_operator"), &text));
    }
    let listed = condition.attribute_value_list.iter().flatten();
    let values = strict_values(condition.value.iter().chain(listed), voice)?;
    check_comparison_word("expected", name, said, voice)?;
    let valueless = matches!(operator, ComparisonOperator::Null | ComparisonOperator::NotNull);
    if !valueless && condition.value.is_none() && condition.attribute_value_list.is_none() {
        let text = format!(
            "Value or AttributeValueList must be used with ComparisonOperator: {} for Attribute: {name}",
            operator.as_str()
        );
        return Err(invalid(voice, Rule("legacy.values_missing"), &text));
    }
    let compared = Compared { name, operator, values };
    // That operators other than IN refuse types here, as they do in filters, was not captured.
    check(&compared.comparison(), voice)?;
    Ok(compared)
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
