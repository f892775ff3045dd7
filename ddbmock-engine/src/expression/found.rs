//! What the paths of an expression lead to in an item.
//!
//! A name is found by walking past all names before it. Many paths are therefore found together, in one walk in path
//! order; few are found when they are asked for, which is cheaper where the first of them decides.

use ddbmock_model::{Item, RawValue, Value};

use super::path::{Path, Step};
use super::placeholders::Scope;

/// The most paths that are found one by one.
const SINGLE_MAX: usize = 4;

/// What paths, by their places, lead to in an item. Where there is no item they lead nowhere.
pub(super) enum Found<'a> {
    /// Found when asked for.
    Single(Scope<'a>, Option<&'a Item>),
    /// Found together.
    Together(Vec<Option<RawValue<'a>>>),
}

impl<'a> Found<'a> {
    /// The paths of a scope in an item.
    pub(super) fn new(scope: Scope<'a>, item: Option<&'a Item>) -> Self {
        match item {
            Some(item) if scope.paths().len() > SINGLE_MAX => {
                let mut paths: Vec<_> = scope.paths().zip(0..).collect();
                paths.sort_unstable();
                let mut found = vec![None; paths.len()];
                descend(Value::M(item.attributes()), &paths, 0, &mut found);
                Self::Together(found)
            }
            _ => Self::Single(scope, item),
        }
    }

    /// What the path of a place leads to.
    pub(super) fn get(&self, place: usize) -> Option<RawValue<'a>> {
        match self {
            Self::Single(scope, item) => scope.path(place).find((*item)?.attributes()),
            Self::Together(found) => found[place],
        }
    }
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
