//! Expressions as people write them, from their trees: what is printed is read again.

use ddbmock_model::Wording;
use proptest::prelude::*;

use crate::expression::parser::Leaves;
use crate::expression::path::{Element, Name, Written};
use crate::expression::projection::ProjectionTree;

/// What trees refer to by its place.
pub(in crate::expression) trait Printed {
    /// A path.
    fn path(&self, place: usize) -> String;
    /// The placeholder of a value.
    fn value(&self, place: usize) -> String;
}

impl Printed for Leaves {
    fn path(&self, place: usize) -> String {
        let name = |name: &Name| match name {
            Name::Literal(name) => name.to_string(),
            Name::Placeholder(place) => self.names[*place].to_string(),
        };
        let Written { head, rest } = &self.paths[place];
        let element = |element: &Element| match element {
            Element::Name(one) => format!(".{}", name(one)),
            Element::Index(index) => format!("[{index}]"),
        };
        name(head) + &rest.iter().map(element).collect::<String>()
    }

    fn value(&self, place: usize) -> String {
        self.values[place].to_string()
    }
}

/// A path. No name is a reserved word.
pub(in crate::expression) fn path() -> impl Strategy<Value = String> {
    "(#[a-c]|[p-s]{1,2}[0-9_])(\\.(#[a-c]|[p-s][0-9])|\\[[1-9]?[0-9]\\]){0,3}"
}

/// The placeholder of a value.
pub(in crate::expression) fn value() -> impl Strategy<Value = String> {
    ":[a-d]"
}

/// Several with something between them.
pub(in crate::expression) fn separated<T>(all: &[T], between: &str, print: impl Fn(&T) -> String) -> String {
    all.iter().map(print).collect::<Vec<_>>().join(between)
}

proptest! {
    #[test]
    fn what_is_printed_of_a_projection_is_read_again(paths in prop::collection::vec(path(), 1..6)) {
        let text = paths.join(", ");
        for wording in [Wording::Current, Wording::Classic] {
            let ProjectionTree { leaves } = ProjectionTree::parse(&text, wording).unwrap();
            let places: Vec<usize> = (0..leaves.paths.len()).collect();
            prop_assert_eq!(separated(&places, ", ", |place| leaves.path(*place)), &*text);
        }
    }
}
