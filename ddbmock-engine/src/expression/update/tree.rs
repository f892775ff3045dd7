//! An update as it is written, placeholders unresolved.

use crate::expression::parser::Leaves;

/// An update as it is written.
#[derive(Debug)]
pub(crate) struct UpdateTree {
    pub(crate) leaves: Leaves,
    pub(crate) actions: Vec<Action>,
}

/// One change of an update.
#[derive(Debug)]
pub(crate) struct Action {
    /// What is changed, by its place among the paths.
    pub(crate) target: usize,
    /// How.
    pub(crate) edit: Edit,
}

/// What an action does with its target.
#[derive(Debug)]
pub(crate) enum Edit {
    /// Writes the value of a term.
    Set(Term),
    /// Takes it out.
    Remove,
    /// Adds a value, by its place, to a number or a set.
    Add(usize),
    /// Takes a value, by its place, out of a set.
    Delete(usize),
}

impl Edit {
    /// The clause that it stands in.
    pub(crate) fn clause(&self) -> Clause {
        match self {
            Self::Set(_) => Clause::Set,
            Self::Remove => Clause::Remove,
            Self::Add(_) => Clause::Add,
            Self::Delete(_) => Clause::Delete,
        }
    }
}

/// The clauses of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clause {
    /// `SET`
    Set,
    /// `REMOVE`
    Remove,
    /// `ADD`
    Add,
    /// `DELETE`
    Delete,
}

impl Clause {
    /// How it is written.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Set => "SET",
            Self::Remove => "REMOVE",
            Self::Add => "ADD",
            Self::Delete => "DELETE",
        }
    }
}

/// What SET writes.
#[derive(Debug)]
pub(crate) enum Term {
    /// What a path leads to, by its place.
    Path(usize),
    /// A value, by its place.
    Value(usize),
    /// The result of an operator or a function.
    Operation(Operator, Vec<Term>),
}

/// The operators and functions of SET. Each takes two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    IfNotExists,
    ListAppend,
}

impl Operator {
    /// The functions.
    pub(crate) const FUNCTIONS: &'static [&'static str] = &["if_not_exists", "list_append"];

    /// The function of a name. Functions are written in lower case.
    pub(crate) fn function(name: &str) -> Option<Self> {
        [Self::IfNotExists, Self::ListAppend].into_iter().find(|function| function.text() == name)
    }

    /// How it is written.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::IfNotExists => "if_not_exists",
            Self::ListAppend => "list_append",
        }
    }
}
