//! What requests of the time before expressions say of single attributes.

use std::collections::BTreeMap;

use super::enumeration::{Enumeration, enumeration};
use crate::value::AttributeValue;

/// What must hold of some attributes, by their names.
pub type Expected = BTreeMap<String, ExpectedAttributeValue>;

/// What is to become of some attributes, by their names.
pub type AttributeUpdates = BTreeMap<String, AttributeValueUpdate>;

/// What must hold of an attribute. Without a comparison operator: that it is equal to the value or, with `exists`
/// false, that it is absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExpectedAttributeValue {
    /// The value that it is compared with.
    pub value: Option<AttributeValue>,
    /// Whether it must be there.
    pub exists: Option<bool>,
    /// How it is compared.
    pub comparison_operator: Option<ComparisonOperator>,
    /// The values that it is compared with, as many as the operator takes.
    pub attribute_value_list: Option<Vec<AttributeValue>>,
}

/// What must hold of some attributes, by their names: of a key's, or of an item's.
pub type Conditions = BTreeMap<String, Condition>;

/// What must hold of an attribute.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition {
    /// How it is compared.
    pub comparison_operator: ComparisonOperator,
    /// The values that it is compared with, as many as the operator takes.
    pub attribute_value_list: Vec<AttributeValue>,
}

/// What must hold of the keys that a query reads.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyConditions {
    /// Of key attributes by name.
    Named(Conditions),
    /// What the partition key equals, and what must hold of the sort key, as API 2011-12-05 sends them. Their names are
    /// the table's.
    Positional(AttributeValue, Option<Condition>),
}

impl KeyConditions {
    /// The conditions by the names of attributes, where they have names.
    pub fn named(&self) -> Option<&Conditions> {
        match self {
            Self::Named(conditions) => Some(conditions),
            Self::Positional(..) => None,
        }
    }
}

impl From<Conditions> for KeyConditions {
    fn from(conditions: Conditions) -> Self {
        Self::Named(conditions)
    }
}

/// What is to become of an attribute.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AttributeValueUpdate {
    /// The value; an attribute can be deleted without one.
    pub value: Option<AttributeValue>,
    /// What is done with it.
    pub action: AttributeAction,
}

/// The path of a condition's comparison operator, the condition being an entry of a member of the request.
pub fn operator_path(member: &str, name: &str) -> String {
    format!("{member}.{name}.member.comparisonOperator")
}

/// The path of the action on an attribute.
pub fn action_path(name: &str) -> String {
    format!("attributeUpdates.{name}.member.action")
}

enumeration! {
    /// How an attribute is compared, without an expression.
    ComparisonOperator {
        /// It is equal to one of the values.
        In = "IN",
        /// It is absent.
        Null = "NULL",
        /// It is not outside the two values.
        Between = "BETWEEN",
        /// It is less.
        Lt = "LT",
        /// It does not contain the value.
        NotContains = "NOT_CONTAINS",
        /// It is equal.
        #[default]
        Eq = "EQ",
        /// It is greater.
        Gt = "GT",
        /// It is there.
        NotNull = "NOT_NULL",
        /// It is not equal.
        Ne = "NE",
        /// It is less or equal.
        Le = "LE",
        /// It begins with the value.
        BeginsWith = "BEGINS_WITH",
        /// It is greater or equal.
        Ge = "GE",
        /// It contains the value.
        Contains = "CONTAINS",
    }
}

enumeration! {
    /// How several conditions go together, without an expression.
    ConditionalOperator {
        /// Any of them must hold.
        Or = "OR",
        /// All of them must hold.
        #[default]
        And = "AND",
    }
}

enumeration! {
    /// What is done with an attribute, without an expression.
    AttributeAction {
        /// Adds to a number, a set or a list.
        Add = "ADD",
        /// Takes it out, or members out of a set.
        Delete = "DELETE",
        /// Writes it.
        #[default]
        Put = "PUT",
    }
}
