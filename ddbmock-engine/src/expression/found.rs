//! What the paths of an expression lead to in an item.
//!
//! A name is found by walking past all names before it. The first few paths that are asked for are found so, for often
//! one of them decides; when more are asked for, all are found together, in one walk in path order.

use std::cell::{Cell, OnceCell};

use ddbmock_model::{Item, RawValue, Value};

use super::path::{Path, Step};
use super::placeholders::Scope;

/// The most times that a path is found by itself.
const SINGLE_MAX: usize = 4;

/// What paths, by their places, lead to in an item. Where there is no item they lead nowhere.
pub(super) struct Found<'a> {
    scope: Scope<'a>,
    item: Option<&'a Item>,
    singles: Cell<usize>,
    together: OnceCell<Vec<Option<RawValue<'a>>>>,
}

impl<'a> Found<'a> {
    /// The paths of a scope in an item.
    pub(super) fn new(scope: Scope<'a>, item: Option<&'a Item>) -> Self {
        Self { scope, item, singles: Cell::new(0), together: OnceCell::new() }
    }

    /// What the path of a place leads to.
    pub(super) fn get(&self, place: usize) -> Option<RawValue<'a>> {
        let item = self.item?;
        let singles = self.singles.get();
        if singles < SINGLE_MAX {
            self.singles.set(singles + 1);
            return self.scope.path(place).find(item.attributes());
        }
        self.together.get_or_init(|| together(self.scope, item))[place]
    }
}

fn together<'a>(scope: Scope<'a>, item: &'a Item) -> Vec<Option<RawValue<'a>>> {
    let paths: Vec<_> = scope.path_order().iter().map(|place| (scope.path(*place), *place)).collect();
    let mut found = vec![None; paths.len()];
    descend(Value::M(item.attributes()), &paths, 0, &mut found);
    found
}

/// Finds what paths, in path order, lead to. All of them have led to this value with their first `depth` steps.
fn descend<'a>(
    value: RawValue<'a>,
    paths: &[(Path<'a>, usize)],
    depth: usize,
    found: &mut [Option<RawValue<'a>>],
) {
    // Whoever ends here stands before those that lead on.
    let (here, below) = paths.split_at(paths.partition_point(|(path, _)| path.len() == depth));
    for (_, place) in here {
        found[*place] = Some(value);
    }
    let groups = below.chunk_by(|(one, _), (two, _)| one.step(depth) == two.step(depth));
    match value {
        Value::M(map) => {
            let mut entries = map.ascent();
            for group in groups {
                let Some(Step::Name(name)) = group[0].0.step(depth) else { continue };
                if let Some(value) = entries.get_raw(name) {
                    descend(value, group, depth + 1, found);
                }
            }
        }
        Value::L(list) => {
            let mut elements = list.ascent();
            for group in groups {
                let Some(Step::Index(index)) = group[0].0.step(depth) else { continue };
                if let Some(value) = elements.get_raw(index) {
                    descend(value, group, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}
