//! An update as it is written, placeholders unresolved.

use crate::expression::parser::Leaves;

/// An update as it is written.
#[derive(Debug)]
pub(in crate::expression) struct UpdateTree {
    pub(super) leaves: Leaves,
    pub(super) actions: Vec<Action>,
}

/// One change of an update.
#[derive(Debug)]
pub(super) struct Action {
    /// What is changed, by its place among the paths.
    pub(super) target: usize,
    /// How.
    pub(super) edit: Edit,
}

/// What an action does with its target.
#[derive(Debug)]
pub(super) enum Edit {
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
    pub(super) fn clause(&self) -> Clause {
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
pub(super) enum Clause {
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
    pub(super) fn text(self) -> &'static str {
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
pub(super) enum Term {
    /// What a path leads to, by its place.
    Path(usize),
    /// A value, by its place.
    Value(usize),
    /// The result of an operator or a function.
    Operation(Operator, Vec<Term>),
}

/// The operators and functions of SET. Each takes two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    IfNotExists,
    ListAppend,
}

impl Operator {
    /// The functions.
    pub(super) const FUNCTIONS: &'static [&'static str] = &["if_not_exists", "list_append"];

    /// The function of a name. Functions are written in lower case.
    pub(super) fn function(name: &str) -> Option<Self> {
        [Self::IfNotExists, Self::ListAppend].into_iter().find(|function| function.text() == name)
    }

    /// How it is written.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::IfNotExists => "if_not_exists",
            Self::ListAppend => "list_append",
        }
    }
}
