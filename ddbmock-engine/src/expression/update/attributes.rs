//! Updates without a text: attributes, each with what is done to it.

use std::sync::Arc;

use ddbmock_model::{AttributeAction, Value};

use super::tree::{Action, Edit, Term, UpdateTree};
use super::{Form, Update};
use crate::expression::parser::Leaves;
use crate::expression::placeholders::Binding;

/// What is to become of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AttributeChange<'r> {
    /// The attribute.
    pub(crate) name: &'r str,
    /// A value of a type that the action takes, and what is done with it. Without one the attribute is taken out.
    pub(crate) value: Option<(AttributeAction, Value<'r>)>,
}

impl<'r> Update<'r> {
    /// The update that makes these changes, which stand in the order of names, each name once.
    pub(crate) fn of_attributes(changes: impl Iterator<Item = AttributeChange<'r>>) -> Self {
        let (mut names, mut values, mut actions) = (Vec::new(), Vec::new(), Vec::new());
        for AttributeChange { name, value } in changes {
            let place = values.len();
            let edit = match value {
                None => Edit::Remove,
                Some((AttributeAction::Put, _)) => Edit::Set(Term::Value(place)),
                Some((AttributeAction::Add, _)) => Edit::Add(place),
                Some((AttributeAction::Delete, _)) => Edit::Delete(place),
            };
            actions.push(Action { target: names.len(), edit });
            names.push(name);
            values.extend(value.map(|(_, value)| value));
        }
        let order = (0..actions.len()).collect();
        let tree = Arc::new(UpdateTree { leaves: Leaves::of_names(names.len()), actions });
        Self { tree, binding: Binding::direct(names, values), order, form: Form::Attributes }
    }
}
