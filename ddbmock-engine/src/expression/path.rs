//! Document paths: as they are written, and bound to the names that their placeholders stand for.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use ddbmock_model::{Map, RawValue, Value};

/// A path as it is written. The first element is always a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The attribute it starts at.
    pub(crate) head: Name,
    /// The elements after it.
    pub(crate) rest: Vec<Element>,
}

/// A name in a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The name itself.
    Literal(Box<str>),
    /// A placeholder, by its place among the names of the expression.
    Placeholder(usize),
}

/// An element of a path after the first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// `.name`
    Name(Name),
    /// `[index]`
    Index(usize),
}

impl Written {
    /// A path that is only a name, by its place.
    pub(super) fn name(place: usize) -> Self {
        Self { head: Name::Placeholder(place), rest: Vec::new() }
    }

    /// The placeholders in it, by their places.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = usize> {
        let rest = self.rest.iter().filter_map(|element| match element {
            Element::Name(name) => Some(name),
            Element::Index(_) => None,
        });
        [&self.head].into_iter().chain(rest).filter_map(|name| match name {
            Name::Placeholder(place) => Some(*place),
            Name::Literal(_) => None,
        })
    }
}

impl Name {
    fn bound<'b>(&'b self, names: &'b [&'b str]) -> &'b str {
        match self {
            Self::Literal(name) => name,
            Self::Placeholder(place) => names[*place],
        }
    }
}

/// A document path: the attribute it starts at, and the steps below it.
#[derive(Clone, Copy)]
pub(crate) struct Path<'b> {
    written: &'b Written,
    names: &'b [&'b str],
}

/// One step of a path. Paths are ordered by their steps, indexes before names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step<'b> {
    /// An element of a list.
    Index(usize),
    /// An attribute of the item or an entry of a map.
    Name(&'b str),
}

impl<'b> Path<'b> {
    /// A written path with the names that its placeholders stand for.
    pub(super) fn new(written: &'b Written, names: &'b [&'b str]) -> Self {
        Self { written, names }
    }

    /// The attribute it starts at.
    pub(crate) fn head(self) -> &'b str {
        self.written.head.bound(self.names)
    }

    /// Whether it leads into the attribute.
    pub(crate) fn is_nested(self) -> bool {
        !self.written.rest.is_empty()
    }

    /// Its last name, with the indexes behind it. Source: captures of 2026, PartiQL: `a.b[0]` is `b[0]`.
    pub(super) fn leaf(self) -> Cow<'b, str> {
        let named = |element: &Element| matches!(element, Element::Name(_));
        let last = self.written.rest.iter().rposition(named).map_or(0, |place| place + 1);
        let Some(Step::Name(name)) = self.step(last) else {
            return Cow::Borrowed(self.head());
        };
        let indexes = self.steps().skip(last + 1).filter_map(|step| match step {
            Step::Index(index) => Some(format!("[{index}]")),
            Step::Name(_) => None,
        });
        let indexes: String = indexes.collect();
        if indexes.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{name}{indexes}")) }
    }

    /// How many steps it has, the attribute being the first.
    pub(super) fn len(self) -> usize {
        1 + self.written.rest.len()
    }

    /// The step at a depth, the attribute being at 0.
    pub(super) fn step(self, depth: usize) -> Option<Step<'b>> {
        let Some(below) = depth.checked_sub(1) else {
            return Some(Step::Name(self.head()));
        };
        Some(match self.written.rest.get(below)? {
            Element::Name(name) => Step::Name(name.bound(self.names)),
            Element::Index(index) => Step::Index(*index),
        })
    }

    /// Its steps.
    pub(super) fn steps(self) -> impl Iterator<Item = Step<'b>> {
        (0..self.len()).map_while(move |depth| self.step(depth))
    }

    /// What it leads to.
    pub(super) fn find(self, attributes: Map<'_>) -> Option<RawValue<'_>> {
        let mut value = attributes.get_raw(self.head())?;
        for element in &self.written.rest {
            value = match (value, element) {
                (Value::M(map), Element::Name(name)) => map.get_raw(name.bound(self.names))?,
                (Value::L(list), Element::Index(index)) => list.get_raw(*index)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

impl PartialEq for Path<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Path<'_> {}

impl PartialOrd for Path<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.steps().cmp(other.steps())
    }
}

/// As messages show it: `[a, b, [1]]`, placeholders resolved.
impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.steps().enumerate() {
            out.write_str(if depth == 0 { "[" } else { ", " })?;
            match step {
                Step::Name(name) => out.write_str(name)?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        out.write_str("]")
    }
}

impl fmt::Debug for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
