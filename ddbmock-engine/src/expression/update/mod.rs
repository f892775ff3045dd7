//! Updates: what is to become of an item.

mod apply;
mod attributes;
mod charge;
mod check;
mod operand;
mod run_fault;
mod set;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod weight;

use std::sync::Arc;

use ddbmock_model::{Item, Value, Wording};

use super::cache::Cache;
use super::fault::{Fault, Kind};
use super::overlap;
use super::path::Path;
use super::placeholders::{Binding, Placeholders, Scope};
use super::projection::parts;
pub(crate) use attributes::AttributeChange;
pub(crate) use run_fault::RunFault;
pub(crate) use tree::{Action, Edit, Operator, Term, UpdateTree};

/// An update, bound to a request's names and values.
#[derive(Debug)]
pub(crate) struct Update<'r> {
    tree: Arc<UpdateTree>,
    binding: Binding<'r>,
    /// The places of the actions, in the order of their targets.
    order: Vec<usize>,
    form: Form,
}

/// How an update was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By an expression.
    Expression,
    /// Attribute by attribute.
    Attributes,
    /// By a statement.
    Statement,
}

impl<'r> Update<'r> {
    /// An update from its text.
    ///
    /// # Errors
    /// What is wrong with the text: as text, then with its names and values, between its targets, with its operands.
    pub(crate) fn parse(
        text: &str,
        placeholders: &Placeholders<'r>,
        wording: Wording,
        cache: &Cache,
    ) -> Result<Self, Fault> {
        Kind::Update.read(|| {
            let tree = cache.updates.tree(text, || syntax::parse(text, wording))?;
            let binding = placeholders.bind(&tree.leaves);
            let scope = Scope::new(&tree.leaves, &binding);
            scope.check_all()?;
            let targets: Vec<_> = tree.actions.iter().map(|action| scope.path(action.target)).collect();
            let order = overlap::sorted(&targets)?;
            check::check(&tree.actions, scope, wording)?;
            Ok(Self { tree, binding, order, form: Form::Expression })
        })
    }

    /// An update from a tree that was made without an expression, but for its targets as one with an expression is; its
    /// values are given by their places. Of two targets that clash the later one is named first. Source: captures of
    /// 2026, PartiQL updates.
    ///
    /// # Errors
    /// What is wrong between its targets, then with its operands.
    pub(crate) fn of_tree(tree: Arc<UpdateTree>, values: Vec<Value<'r>>) -> Result<Self, Fault> {
        let binding = Binding::direct(Vec::new(), values);
        let scope = Scope::new(&tree.leaves, &binding);
        let targets: Vec<_> = tree.actions.iter().rev().map(|action| scope.path(action.target)).collect();
        let last = targets.len().saturating_sub(1);
        let order = overlap::sorted(&targets)?.into_iter().map(|place| last - place).collect();
        check::check(&tree.actions, scope, Wording::Classic)?;
        Ok(Self { tree, binding, order, form: Form::Statement })
    }

    /// The paths that its actions write to, or take out, in the order written.
    pub(crate) fn targets(&self) -> impl Iterator<Item = Path<'_>> {
        self.tree.actions.iter().map(|action| self.scope().path(action.target))
    }

    /// The attributes that it gives a type that is known without an item, with that type.
    pub(crate) fn known_types(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let scope = self.scope();
        self.tree.actions.iter().filter_map(move |action| {
            let path = scope.path(action.target);
            let name = check::known_type(&action.edit, scope).filter(|_| !path.is_nested())?;
            Some((path.head(), name))
        })
    }

    /// All paths it mentions, targets and operands, in the order written.
    pub(crate) fn paths(&self) -> impl Iterator<Item = Path<'_>> {
        self.scope().paths()
    }

    /// The bytes that the request itself is charged with against the item size limit: only expressions are.
    /// Source: captures of 2026, update size limit.
    pub(crate) fn charge(&self) -> usize {
        match self.form {
            Form::Expression => charge::charge(&self.tree.actions, self.scope()),
            Form::Attributes | Form::Statement => 0,
        }
    }

    /// Whether it makes an item where there is none. Source: API reference, `AttributeUpdates`: nothing is made where
    /// attributes are only deleted.
    pub(crate) fn creates(&self) -> bool {
        let deletes = |action: &Action| matches!(action.edit, Edit::Remove | Edit::Delete(_));
        self.form != Form::Attributes || !self.tree.actions.iter().all(deletes)
    }

    /// The item that it makes of the one that is stored or, if there is none, of the attributes of the key.
    ///
    /// # Errors
    /// What only the stored item shows: operands first, those of SET before those of ADD and DELETE, then targets.
    pub(crate) fn apply(&self, before: Option<&Item>, key: &Item) -> Result<Item, RunFault> {
        let writes = operand::writes(&self.tree.actions, &self.order, self.scope(), before);
        let writes = writes.map_err(|fault| match self.form {
            Form::Attributes if fault == RunFault::TYPE => RunFault::ATTRIBUTE_TYPE,
            Form::Attributes | Form::Expression | Form::Statement => fault,
        })?;
        apply::apply(before.unwrap_or(key), writes)
    }

    /// The parts of an item that it is aimed at, if there are any: of the item before or after the update.
    pub(crate) fn updated(&self, item: &Item) -> Option<Item> {
        let scope = self.scope();
        let target = |place: &usize| scope.path(self.tree.actions[*place].target);
        let targets: Vec<Path<'_>> = self.order.iter().map(target).collect();
        Some(parts(item, &targets)).filter(|parts| !parts.attributes().is_empty())
    }

    pub(super) fn scope(&self) -> Scope<'_> {
        Scope::new(&self.tree.leaves, &self.binding)
    }
}
