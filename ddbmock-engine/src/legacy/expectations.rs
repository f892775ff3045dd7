//! What must hold of an item, without an expression: attributes and what they are compared with, checked.

use ddbmock_model::{
    ComparisonOperator, ConditionalOperator, Enumeration, Error, Item, Rule, Said, operator_path,
};

use super::invalid;
use crate::check::Voice;
use crate::expression::{Comparison, Condition};

/// What must hold of an item, checked.
#[derive(Debug)]
pub(crate) struct Expectations<'r> {
    pub(super) compared: Vec<Compared<'r>>,
    /// Whether it is enough that any of it holds.
    pub(super) any: bool,
}

impl Expectations<'_> {
    /// The condition that they are; none if nothing is expected.
    pub(crate) fn condition(&self) -> Option<Condition<'_>> {
        if self.compared.is_empty() {
            return None;
        }
        Some(Condition::of_comparisons(self.compared.iter().map(Compared::comparison), self.any))
    }
}

/// An attribute, how it is compared, and the strict form of what with.
#[derive(Debug)]
pub(super) struct Compared<'r> {
    pub(super) name: &'r str,
    pub(super) operator: ComparisonOperator,
    pub(super) values: Item,
}

impl Compared<'_> {
    pub(super) fn comparison(&self) -> Comparison<'_> {
        let values = self.values.attributes().iter().map(|(_, value)| value).collect();
        Comparison { name: self.name, operator: self.operator, values }
    }
}

/// Checks that `ConditionalOperator` has conditions to join, and is one of its words. Source: captures of 2026,
/// `ConditionalOperator`.
pub(crate) fn check_conditional_operator(
    operator: Option<ConditionalOperator>,
    conditions: usize,
    said: &Said,
    voice: Voice,
) -> Result<(), Error> {
    if operator.is_none() {
        return Ok(());
    }
    match conditions {
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

/// Checks that the comparison operator of a condition is one of its words. The older layer has done so before, with
/// the members.
pub(super) fn check_comparison_word(
    member: &str,
    name: &str,
    said: &Said,
    voice: Voice,
) -> Result<(), Error> {
    if said.unknown_word(&operator_path(member, name)).is_none() {
        return Ok(());
    }
    let error = invalid(voice, Rule("legacy.comparison_word"), "Invalid comparison operator");
    Err(error.hinted(format!("the operators are {}", ComparisonOperator::WORDS.join(", "))))
}
