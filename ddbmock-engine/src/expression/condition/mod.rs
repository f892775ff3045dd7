//! Conditions: what must hold of an item.

mod check;
mod comparison;
mod evaluate;
mod key;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;

use std::sync::Arc;

use ddbmock_model::{Item, Wording};

use super::cache::Cache;
use super::fault::{Fault, Kind};
use super::found::Found;
use super::path::Path;
use super::placeholders::{Binding, Placeholders, Scope};
pub(crate) use comparison::Comparison;
pub(crate) use evaluate::order;
pub(crate) use key::{KeyClause, KeyComparison};
pub(super) use tree::ConditionTree;

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

    fn scope(&self) -> Scope<'_> {
        Scope::new(&self.tree.leaves, &self.binding)
    }
}
