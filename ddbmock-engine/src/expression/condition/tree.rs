//! A condition as it is written, placeholders unresolved.

use crate::expression::lexer::Comparator;
use crate::expression::parser::Leaves;

/// A condition as it is written.
#[derive(Debug)]
pub(crate) struct ConditionTree {
    pub(crate) leaves: Leaves,
    pub(crate) root: Node,
}

/// A part of a condition that is true or false.
#[derive(Debug)]
pub(crate) enum Node {
    /// All of these.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A test of some operands.
    Test(Test),
}

/// An operator or a function with its operands.
#[derive(Debug)]
pub(crate) struct Test {
    pub(crate) operator: Operator,
    pub(crate) operands: Vec<Operand>,
}

/// What a test does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Compares two operands.
    Compare(Comparator),
    /// Whether the first operand is not outside the two others.
    Between,
    /// Whether the first operand is equal to any of the others.
    In,
    /// A function.
    Function(Function),
}

impl Operator {
    /// How it is written.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Compare(comparator) => comparator.text(),
            Self::Between => "BETWEEN",
            Self::In => "IN",
            Self::Function(function) => function.text(),
        }
    }
}

/// The functions of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    AttributeExists,
    AttributeNotExists,
    AttributeType,
    BeginsWith,
    Contains,
    Size,
}

impl Function {
    /// All of them.
    const ALL: [Self; 6] = [
        Self::AttributeExists,
        Self::AttributeNotExists,
        Self::AttributeType,
        Self::BeginsWith,
        Self::Contains,
        Self::Size,
    ];
    /// How they are written.
    pub(crate) const NAMES: &'static [&'static str] =
        &["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

    /// The function of a name. Functions are written in lower case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.text() == name)
    }

    /// How it is written.
    pub(crate) fn text(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// How many operands it takes.
    pub(crate) fn operands(self) -> usize {
        match self {
            Self::AttributeExists | Self::AttributeNotExists | Self::Size => 1,
            Self::AttributeType | Self::BeginsWith | Self::Contains => 2,
        }
    }
}

/// What a test looks at.
#[derive(Debug)]
pub(crate) enum Operand {
    /// A path, by its place among the leaves.
    Path(usize),
    /// A value, by its place among the leaves.
    Value(usize),
    /// The result of a function: in the tree of an expression of `size`, in that of a statement also of others.
    Call(Test),
}
