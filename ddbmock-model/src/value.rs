//! Attribute values as their sender wrote them.
//!
//! Nothing is checked or normalised here: `N` holds its text, sets keep their order and their repeats. What is
//! wrong with a value is said by a check, in its place in the order of checks. The strict form is
//! [`Item`](crate::Item).

use std::collections::BTreeMap;

/// Attributes by name: an item, a key, or the values of an expression.
pub type AttributeMap = BTreeMap<String, AttributeValue>;

/// A value of one of DynamoDB's ten types.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum AttributeValue {
    /// A string.
    S(String),
    /// A number, as text: 38 digits are more than any machine number holds.
    N(String),
    /// Bytes.
    B(Vec<u8>),
    /// A boolean.
    Bool(bool),
    /// The null value. Its sender writes `true`; `false` is refused.
    Null(bool),
    /// A set of strings.
    Ss(Vec<String>),
    /// A set of numbers.
    Ns(Vec<String>),
    /// A set of byte strings.
    Bs(Vec<Vec<u8>>),
    /// A list.
    L(Vec<AttributeValue>),
    /// A map.
    M(AttributeMap),
    /// Not exactly one type: none of them, or several. Only a hand-written request holds it, and every operation
    /// refuses it; it stands here so that the refusal has its place in the order.
    Mixed(Vec<AttributeValue>),
}

impl AttributeValue {
    /// A number from anything that prints as one.
    pub fn n(number: impl ToString) -> Self {
        Self::N(number.to_string())
    }

    /// The type's short name: `S`, `N`, `BOOL` and so on.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::S(_) => "S",
            Self::N(_) => "N",
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Null(_) => "NULL",
            Self::Ss(_) => "SS",
            Self::Ns(_) => "NS",
            Self::Bs(_) => "BS",
            Self::L(_) => "L",
            Self::M(_) => "M",
            Self::Mixed(_) => "",
        }
    }
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::S(text.to_owned())
    }
}

impl From<String> for AttributeValue {
    fn from(text: String) -> Self {
        Self::S(text)
    }
}

impl From<bool> for AttributeValue {
    fn from(boolean: bool) -> Self {
        Self::Bool(boolean)
    }
}

impl From<AttributeMap> for AttributeValue {
    fn from(map: AttributeMap) -> Self {
        Self::M(map)
    }
}

impl<V: Into<AttributeValue>> From<Vec<V>> for AttributeValue {
    fn from(values: Vec<V>) -> Self {
        Self::L(values.into_iter().map(Into::into).collect())
    }
}

macro_rules! number_from {
    ($($integer:ty),+) => {$(
        impl From<$integer> for AttributeValue {
            fn from(number: $integer) -> Self {
                Self::n(number)
            }
        }
    )+};
}
number_from!(i32, i64, u32, u64, usize);

/// Attributes from literals: `attributes! { "id" => "a", "count" => 1 }`.
///
/// ```
/// use ddbmock_model::{AttributeValue, attributes};
///
/// let item = attributes! { "id" => "a", "count" => 1, "tags" => AttributeValue::Ss(vec!["x".into()]) };
/// assert_eq!(item["count"], AttributeValue::N("1".into()));
/// ```
#[macro_export]
macro_rules! attributes {
    ($($name:expr => $value:expr),* $(,)?) => {
        $crate::AttributeMap::from([$((::std::string::String::from($name), $crate::AttributeValue::from($value))),*])
    };
}
