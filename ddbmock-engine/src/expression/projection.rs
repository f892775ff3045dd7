//! Projections: which parts of an item are wanted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use ddbmock_model::{Draft, Item, List, Map, Value, Wording};

use super::cache::Cache;
use super::fault::{Fault, Kind};
use super::lexer::Token;
use super::overlap;
use super::parser::{Leaves, Parser};
use super::path::{Path, Step};
use super::placeholders::{Binding, Placeholders, Scope};

/// A projection as it is written: its paths.
#[derive(Debug)]
pub(crate) struct ProjectionTree {
    /// Its paths.
    pub(crate) leaves: Leaves,
}

impl ProjectionTree {
    fn parse(text: &str, wording: Wording) -> Result<Self, Fault> {
        let mut parser = Parser::new(text, Kind::Projection, wording)?;
        parser.path()?;
        while parser.eat(Token::Comma) {
            parser.path()?;
        }
        Ok(Self { leaves: parser.finish()? })
    }
}

/// A projection, bound to a request's names.
#[derive(Debug)]
pub(crate) struct Projection<'r> {
    tree: Arc<ProjectionTree>,
    binding: Binding<'r>,
    /// The places of the paths, in path order; of leaves, in the order of their names.
    order: Vec<usize>,
    form: Form,
}

/// How what is wanted is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In the structure that it has in the item.
    Structure,
    /// Each under the last name of its path.
    Leaves,
}

impl<'r> Projection<'r> {
    /// A projection from its text.
    ///
    /// # Errors
    /// What is wrong with the text: as text, then with its names, then between its paths.
    pub(crate) fn parse(
        text: &str,
        placeholders: &Placeholders<'r>,
        wording: Wording,
        cache: &Cache,
    ) -> Result<Self, Fault> {
        Kind::Projection.read(|| {
            let tree = cache.projections.tree(text, || ProjectionTree::parse(text, wording))?;
            let binding = placeholders.bind(&tree.leaves);
            let scope = Scope::new(&tree.leaves, &binding);
            scope.check_all()?;
            let paths: Vec<Path<'_>> = scope.paths().collect();
            let order = overlap::sorted(&paths)?;
            Ok(Self { tree, binding, order, form: Form::Structure })
        })
    }

    /// The projection on some attributes, each of which is named once.
    pub(crate) fn of_attributes(names: &'r [String]) -> Self {
        let tree = Arc::new(ProjectionTree { leaves: Leaves::of_names(names.len()) });
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|place| &names[*place]);
        let names = names.iter().map(String::as_str).collect();
        Self { tree, binding: Binding::direct(names, Vec::new()), order, form: Form::Structure }
    }

    /// The projection on what some paths lead to, each under its last name; of two alike the later one counts.
    pub(crate) fn of_leaves(tree: Arc<ProjectionTree>) -> Self {
        let binding = Binding::direct(Vec::new(), Vec::new());
        let scope = Scope::new(&tree.leaves, &binding);
        let mut order: Vec<usize> = (0..tree.leaves.paths.len()).collect();
        order.sort_by_cached_key(|place| scope.path(*place).leaf());
        order.dedup_by(|later, earlier| {
            let same = scope.path(*later).leaf() == scope.path(*earlier).leaf();
            if same {
                *earlier = *later;
            }
            same
        });
        Self { tree, binding, order, form: Form::Leaves }
    }

    /// The paths it names, in the order written.
    pub(crate) fn paths(&self) -> impl Iterator<Item = Path<'_>> {
        Scope::new(&self.tree.leaves, &self.binding).paths()
    }

    /// The wanted parts of an item, in the structure they have there; lists have no holes.
    pub(crate) fn of(&self, item: &Item) -> Item {
        let scope = Scope::new(&self.tree.leaves, &self.binding);
        let paths: Vec<Path<'_>> = self.order.iter().map(|place| scope.path(*place)).collect();
        match self.form {
            Form::Structure => parts(item, &paths),
            Form::Leaves => leaves(item, &paths),
        }
    }
}

/// What paths, in the order of their last names, lead to in an item, under these names.
fn leaves(item: &Item, paths: &[Path<'_>]) -> Item {
    let found = paths.iter().filter_map(|path| Some((path.leaf(), path.find(item.attributes())?.text())));
    Item::from_values(found)
}

/// The parts of an item that some paths, in path order, lead to.
pub(super) fn parts(item: &Item, paths: &[Path<'_>]) -> Item {
    let parts: Vec<(&str, Draft<'_>)> = entries(item.attributes(), paths, 0).collect();
    Item::from_drafts(&parts)
}

/// The parts of a map's entries. All paths have led here with their first `depth` steps.
fn entries<'a>(map: Map<'a>, paths: &[Path<'a>], depth: usize) -> impl Iterator<Item = (&'a str, Draft<'a>)> {
    let mut stored = map.ascent();
    groups(paths, depth).filter_map(move |group| {
        let Some(Step::Name(name)) = group[0].step(depth) else {
            return None;
        };
        Some((name, part(stored.get(name)?, group, depth + 1)?))
    })
}

/// The parts of a list's elements, without holes.
fn elements<'a>(list: List<'a>, paths: &[Path<'a>], depth: usize) -> impl Iterator<Item = Draft<'a>> {
    let mut stored = list.ascent();
    groups(paths, depth).filter_map(move |group| {
        let Some(Step::Index(index)) = group[0].step(depth) else {
            return None;
        };
        part(stored.get(index)?, group, depth + 1)
    })
}

/// The paths, parted by their step at a depth.
fn groups<'p, 'a>(paths: &'p [Path<'a>], depth: usize) -> impl Iterator<Item = &'p [Path<'a>]> {
    paths.chunk_by(move |one, two| one.step(depth) == two.step(depth))
}

/// The part of a value that the paths lead to, if they lead to anything.
fn part<'a>(value: Value<'a>, paths: &[Path<'a>], depth: usize) -> Option<Draft<'a>> {
    if paths[0].len() == depth {
        return Some(Draft::Kept(value));
    }
    match value {
        Value::M(map) => {
            let entries = entries(map, paths, depth).map(|(name, part)| (Cow::Borrowed(name), part));
            let entries: BTreeMap<_, _> = entries.collect();
            if entries.is_empty() { None } else { Some(Draft::M(entries)) }
        }
        Value::L(list) => {
            let elements: Vec<Draft<'a>> = elements(list, paths, depth).collect();
            if elements.is_empty() { None } else { Some(Draft::L(elements)) }
        }
        _ => None,
    }
}
