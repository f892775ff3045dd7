//! Conditions: what must hold of an item.

mod branches;
mod check;
mod comparison;
mod evaluate;
mod key;
mod search;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;

use std::sync::Arc;

use ddbmock_model::{Item, Value, Wording};

use super::cache::Cache;
use super::fault::{Fault, Kind};
use super::found::Found;
use super::parser::Leaves;
use super::path::Path;
use super::placeholders::{Binding, Placeholders, Scope};
pub(crate) use branches::Branch;
pub(crate) use comparison::Comparison;
pub(crate) use evaluate::order;
pub(crate) use key::{KeyClause, KeyComparison};
pub(crate) use search::Equality;
pub(crate) use tree::{ConditionTree, Function, Node, Operand, Operator, Test};

/// A condition, bound to a request's names and values.
#[derive(Debug)]
pub(crate) struct Condition<'r> {
    tree: Arc<ConditionTree>,
    binding: Binding<'r>,
}

impl<'r> Condition<'r> {
    /// A condition from the text of a member that holds conditions.
    ///
    /// # Errors
    /// What is wrong with the text: as text, then test by test with its names, values and operands.
    pub(crate) fn parse(
        kind: Kind,
        text: &str,
        placeholders: &Placeholders<'r>,
        wording: Wording,
        cache: &Cache,
    ) -> Result<Self, Fault> {
        kind.read(|| {
            let tree = cache.conditions.tree(text, || syntax::parse(kind, text, wording))?;
            let binding = placeholders.bind(&tree.leaves);
            check::check(&tree.root, Scope::new(&tree.leaves, &binding))?;
            Ok(Self { tree, binding })
        })
    }

    /// A condition from a tree that was made without an expression; its values are given by their places.
    ///
    /// # Errors
    /// What is wrong with its operands, test by test.
    pub(crate) fn of_tree(tree: Arc<ConditionTree>, values: Vec<Value<'r>>) -> Result<Self, Fault> {
        let binding = Binding::direct(Vec::new(), values);
        check::check(&tree.root, Scope::new(&tree.leaves, &binding))?;
        Ok(Self { tree, binding })
    }

    /// A condition that never holds.
    pub(crate) fn never() -> Self {
        let tree = Arc::new(ConditionTree { leaves: Leaves::default(), root: Node::Any(Vec::new()) });
        Self { tree, binding: Binding::direct(Vec::new(), Vec::new()) }
    }

    /// What it says of some attributes: each way in which it can hold.
    pub(crate) fn branches(&self, is_asked: impl Fn(&str) -> bool) -> Option<Vec<Branch<'_>>> {
        branches::of(&self.tree.root, self.scope(), &is_asked)
    }

    /// Whether it holds of an item. Of an item that does not exist every attribute is absent.
    pub(crate) fn holds(&self, item: Option<&Item>) -> bool {
        evaluate::holds(&self.tree.root, self.scope(), &Found::new(self.scope(), item))
    }

    /// Whether another condition was bound to the very same tree.
    #[cfg(test)]
    pub(super) fn shares_tree(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tree, &other.tree)
    }

    /// The paths it mentions, in the order written.
    pub(crate) fn paths(&self) -> impl Iterator<Item = Path<'_>> {
        self.scope().paths()
    }

    /// What it says of keys, read as a key condition.
    ///
    /// # Errors
    /// What a key condition may not hold.
    pub(crate) fn key_clauses(&self) -> Result<Vec<KeyClause<'_>>, Fault> {
        Kind::KeyCondition.read(|| key::clauses(&self.tree.root, self.scope()))
    }

    /// What it says of attributes, read as a search condition.
    ///
    /// # Errors
    /// What a search condition may not hold.
    pub(crate) fn equalities(&self) -> Result<Vec<Equality<'_>>, Fault> {
        Kind::SearchCondition.read(|| search::equalities(&self.tree.root, self.scope()))
    }

    fn scope(&self) -> Scope<'_> {
        Scope::new(&self.tree.leaves, &self.binding)
    }
}
