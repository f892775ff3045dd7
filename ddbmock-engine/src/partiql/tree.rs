//! A statement as it is written.

use ddbmock_model::ReturnValues;

use super::fault::Span;
use super::keyword::TypeName;

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum StatementTree {
    /// Reads items.
    Select(Select),
    /// Stores an item whose key no other has.
    Insert {
        /// The table.
        into: Source,
        /// The item.
        item: Expression,
    },
    /// Changes an item.
    Update {
        /// The table.
        table: Source,
        /// What is changed.
        edits: Vec<Edit>,
        /// Which item, and what must hold of it.
        condition: Option<Expression>,
        /// What to answer with.
        returning: ReturnValues,
    },
    /// Removes an item.
    Delete {
        /// The table.
        from: Source,
        /// Which item, and what must hold of it.
        condition: Option<Expression>,
        /// What to answer with.
        returning: ReturnValues,
    },
    /// Says whether there is an item.
    Exists(Select),
    /// Changes without a table.
    Edits,
    /// An expression, which is no statement.
    Expression(Expression),
}

/// `SELECT`
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Select {
    /// What of the items; everything without it.
    pub(super) list: Option<Vec<Expression>>,
    /// Where from.
    pub(super) from: Source,
    /// Which items.
    pub(super) condition: Option<Expression>,
    /// In which order.
    pub(super) order: Vec<OrderTerm>,
}

/// What a statement is about, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    /// The table and perhaps its index, each with its place.
    pub(super) names: Vec<(String, Span)>,
    /// Whether it is given another name.
    pub(super) alias: bool,
    /// Whether it is one table or index.
    pub(super) single: bool,
}

/// What a result is ordered by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OrderTerm {
    /// What.
    pub(super) by: Expression,
    /// Whether from the highest to the lowest.
    pub(super) descending: bool,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Edit {
    /// Writes something to a path.
    Set(Expression, Expression),
    /// Takes a path out.
    Remove(Expression),
}

/// An expression, with the place of its first token.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `NULL`
    Null,
    /// `MISSING`
    Missing,
    /// `true` or `false`
    Bool(bool),
    /// A number, with its sign.
    Number(String),
    /// A string.
    Text(String),
    /// What stands between backticks.
    Ion(String),
    /// A question mark, by its place among them.
    Parameter(usize),
    /// A name.
    Name(String),
    /// A path into something.
    Path(Box<Expression>, Vec<Step>),
    /// `[a, b]`, or several in parentheses.
    List(Vec<Expression>),
    /// `{'a': b}`
    Map(Vec<(Expression, Expression)>),
    /// `<<a, b>>`
    Bag(Vec<Expression>),
    /// A function, its name in lower case.
    Call(String, Vec<Expression>),
    /// Operands between which an operator stands: two or, of `AND` and `OR`, more.
    Infix(Infix, Vec<Expression>),
    /// `NOT a`
    Not(Box<Expression>),
    /// `a [NOT] BETWEEN b AND c`
    Between(bool, Box<[Expression; 3]>),
    /// `a [NOT] IN b`
    In(bool, Box<[Expression; 2]>),
    /// `a IS [NOT] type`
    Is(bool, Box<Expression>, TypeName),
    /// `CASE`, with or without something that is compared.
    Case(CaseKind),
    /// A query in parentheses.
    Select(Box<Select>),
}

/// The two kinds of `CASE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CaseKind {
    /// `CASE a WHEN b THEN c END`
    Simple,
    /// `CASE WHEN a THEN b END`
    Searched,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// `.name`
    Name(String),
    /// `[index]`
    Index(Expression),
    /// `.*` or `[*]`
    Any(Span),
}

/// The operators that stand between operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Infix {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Concatenate,
    Times,
    Divided,
    Modulo,
    Like,
}

impl Infix {
    /// All of them, as they are written, with how strongly they bind.
    pub(super) const ALL: &'static [(&'static str, Self, u8)] = &[
        ("or", Self::Or, 1),
        ("and", Self::And, 2),
        ("=", Self::Equal, EQUALITY),
        ("<>", Self::NotEqual, EQUALITY),
        ("<", Self::Less, COMPARISON),
        ("<=", Self::LessOrEqual, COMPARISON),
        (">", Self::Greater, COMPARISON),
        (">=", Self::GreaterOrEqual, COMPARISON),
        ("like", Self::Like, COMPARISON),
        ("+", Self::Plus, 6),
        ("-", Self::Minus, 6),
        ("||", Self::Concatenate, 6),
        ("*", Self::Times, 7),
        ("/", Self::Divided, 7),
        ("%", Self::Modulo, 7),
    ];

    /// How it is written.
    pub(super) fn text(self) -> &'static str {
        Self::ALL.iter().find(|(_, infix, _)| *infix == self).map_or("", |(text, _, _)| text)
    }
}

/// How strongly `NOT` binds.
pub(super) const NEGATION: u8 = 3;
/// How strongly `=`, `IS` and `IN` bind.
pub(super) const EQUALITY: u8 = 4;
/// How strongly `<` and `BETWEEN` bind.
pub(super) const COMPARISON: u8 = 5;
