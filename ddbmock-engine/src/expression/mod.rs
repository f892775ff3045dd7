//! Expressions: conditions, updates and projections, from a text to what it does with an item.
//!
//! A text becomes a tree in which placeholders stand unresolved; trees are kept by their text ([`Cache`]). A request
//! then *binds* a tree to its names and values ([`Placeholders`]), which is where what is wrong with them is found,
//! in DynamoDB's order. What is bound has no faults left but those that only a stored item shows ([`RunFault`]).

mod cache;
mod condition;
mod fault;
mod finding;
mod found;
mod lexer;
mod operands;
mod overlap;
mod parser;
mod path;
mod placeholders;
mod projection;
mod reserved;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use cache::{Cache, Shelf};
pub(crate) use condition::{Branch, Comparison, Condition, Equality, KeyClause, KeyComparison, order};
pub(crate) use fault::{Fault, Kind};
pub(crate) use path::Path;
pub(crate) use placeholders::{Placeholders, check_keys};
pub(crate) use projection::Projection;
pub(crate) use update::{AttributeChange, Update};

/// The trees of conditions, updates and projections, for those who make them from something else than an expression.
pub(crate) mod tree {
    pub(crate) use super::condition::{ConditionTree, Function, Node, Operand, Operator, Test};
    pub(crate) use super::lexer::Comparator;
    pub(crate) use super::operands::wrong_count;
    pub(crate) use super::parser::{INDEX_MAX, Leaves, OPERATORS_MAX, too_many_operators};
    pub(crate) use super::path::{Element, Name, Written};
    pub(crate) use super::projection::ProjectionTree;
    pub(crate) use super::update::{Action, Edit, Operator as UpdateOperator, Term, UpdateTree};
}
