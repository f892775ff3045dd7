//! What can be wrong with an update once the stored item is known.

use ddbmock_model::{NumberFault, Rule};

/// Why an update cannot be applied to the item that is stored. Reported without any frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RunFault {
    /// The rule that refuses.
    pub(crate) rule: Rule,
    /// DynamoDB's own text.
    pub(crate) text: &'static str,
}

impl RunFault {
    /// An operand's path leads nowhere.
    pub(super) const MISSING: Self = Self {
        rule: Rule("expression.run_missing"),
        text: "The provided expression refers to an attribute that does not exist in the item",
    };
    /// What is stored is of a type that the operator does not take.
    pub(super) const TYPE: Self = Self {
        rule: Rule("expression.run_type"),
        text: "An operand in the update expression has an incorrect data type",
    };
    /// The same where attributes are updated without an expression.
    pub(super) const ATTRIBUTE_TYPE: Self =
        Self { rule: Rule("legacy.run_type"), text: "Type mismatch for attribute to update" };
    /// A target's parent is missing, or is no map or list as the path needs it.
    pub(super) const PATH: Self = Self {
        rule: Rule("expression.run_path"),
        text: "The document path provided in the update expression is invalid for update",
    };
    /// The result is nested too deep. Source: captures of 2026, nesting: the short form.
    pub(super) const LEVELS: Self =
        Self { rule: Rule("expression.run_levels"), text: "Nesting Levels have exceeded supported limits" };
    /// What is written is far too large to be put together at all.
    pub(super) const SIZE: Self =
        Self { rule: Rule("write.size"), text: "Item size to update has exceeded the maximum allowed size" };
}

/// A result that is no number that can be stored.
impl From<NumberFault> for RunFault {
    fn from(fault: NumberFault) -> Self {
        match fault {
            NumberFault::Overflow => Self {
                rule: Rule("expression.run_overflow"),
                text: "Number overflow. Attempting to store a number with magnitude larger than supported range",
            },
            NumberFault::Underflow => Self {
                rule: Rule("expression.run_underflow"),
                text: "Number underflow. Attempting to store a number with magnitude smaller than supported range",
            },
            NumberFault::TooManyDigits | NumberFault::Empty | NumberFault::NotANumber => Self {
                rule: Rule("expression.run_digits"),
                text: "Attempting to store more than 38 significant digits in a Number",
            },
        }
    }
}
