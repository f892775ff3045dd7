//! The names and values of a request, and which of them its expressions use.

use std::cell::{OnceCell, RefCell};

use ddbmock_model::op::Names;
use ddbmock_model::{Attributes, Item, Rule, Value};

use super::fault::Fault;
use super::parser::Leaves;
use super::path::Path;
use crate::hint;

/// Checks the keys of both maps, and that no name is empty.
///
/// # Errors
/// A map without entries, a key that is no placeholder, an empty name; names before values, keys before contents.
pub(crate) fn check_keys(names: Option<&Names>, values: Option<&Attributes>) -> Result<(), Fault> {
    if let Some(names) = names {
        check_names(names)?;
    }
    if let Some(values) = values {
        check_values(values)?;
    }
    let unnamed = names.and_then(|names| names.iter().find(|(_, name)| name.is_empty()));
    match unnamed {
        None => Ok(()),
        Some((key, _)) => Err(Fault::new(
            Rule("expression.names_content"),
            format!("ExpressionAttributeNames contains invalid value: Empty attribute name for key {key}"),
        )),
    }
}

fn check_names(names: &Names) -> Result<(), Fault> {
    if names.is_empty() {
        let text = "ExpressionAttributeNames must not be empty";
        return Err(Fault::new(Rule("expression.names_empty"), text));
    }
    match names.keys().find(|key| !is_placeholder(key, '#')) {
        None => Ok(()),
        Some(key) => Err(Fault::new(
            Rule("expression.names_key"),
            format!("ExpressionAttributeNames contains invalid key: Syntax error; key: \"{key}\""),
        )),
    }
}

fn check_values(values: &Attributes) -> Result<(), Fault> {
    if values.is_empty() {
        let text = "ExpressionAttributeValues must not be empty";
        return Err(Fault::new(Rule("expression.values_empty"), text));
    }
    match values.names().find(|key| !is_placeholder(key, ':')) {
        None => Ok(()),
        Some(key) => Err(Fault::new(
            Rule("expression.values_key"),
            format!("ExpressionAttributeValues contains invalid key: Syntax error; key: \"{key}\""),
        )),
    }
}

fn is_placeholder(key: &str, sign: char) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    key.strip_prefix(sign).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(part))
}

/// The names and values that a request's expressions may use, and those they have used.
#[derive(Debug, Default)]
pub(crate) struct Placeholders<'r> {
    names: Option<&'r Names>,
    values: Option<&'r Item>,
    used_names: RefCell<Vec<&'r str>>,
    used_values: RefCell<Vec<&'r str>>,
}

impl<'r> Placeholders<'r> {
    /// Names by `#name`, and values packed as the attributes `:value` of an item.
    pub(crate) fn new(names: Option<&'r Names>, values: Option<&'r Item>) -> Self {
        Self { names, values, ..Self::default() }
    }

    /// Checks, after all expressions are read, that they use everything there is.
    ///
    /// # Errors
    /// The unused names, else the unused values.
    pub(crate) fn check_unused(&self) -> Result<(), Fault> {
        let names = self.names.into_iter().flat_map(|names| names.keys().map(String::as_str));
        if let Some(keys) = unused(names, &self.used_names) {
            let text =
                format!("Value provided in ExpressionAttributeNames unused in expressions: keys: {{{keys}}}");
            return Err(Fault::new(Rule("expression.names_unused"), text));
        }
        let values = self.values.into_iter().flat_map(|values| values.attributes().names());
        if let Some(keys) = unused(values, &self.used_values) {
            let text = format!(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {{{keys}}}"
            );
            return Err(Fault::new(Rule("expression.values_unused"), text));
        }
        Ok(())
    }

    /// What the placeholders of a tree stand for.
    pub(super) fn bind(&self, leaves: &Leaves) -> Binding<'r> {
        let mut binding = Binding {
            names: Vec::with_capacity(leaves.names.len()),
            values: Vec::with_capacity(leaves.values.len()),
            undefined: Vec::new(),
            defined: Defined { names: self.names, values: self.values },
            path_order: OnceCell::new(),
        };
        for (place, key) in leaves.names.iter().enumerate() {
            let name = self.name(key);
            if name.is_none() {
                binding.undefined.push(Leaf::Name(place));
            }
            binding.names.push(name.unwrap_or_default());
        }
        for (place, value) in self.find_values(&leaves.values).into_iter().enumerate() {
            if value.is_none() {
                binding.undefined.push(Leaf::Value(place));
            }
            binding.values.push(value.unwrap_or(Value::Null));
        }
        binding
    }

    fn name(&self, key: &str) -> Option<&'r str> {
        let (key, name) = self.names?.get_key_value(key)?;
        self.used_names.borrow_mut().push(key);
        Some(name)
    }

    /// The values of some keys, looked up in the order of the keys.
    fn find_values(&self, keys: &[Box<str>]) -> Vec<Option<Value<'r>>> {
        let mut found = vec![None; keys.len()];
        let Some(values) = self.values else {
            return found;
        };
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_unstable_by_key(|place| &keys[*place]);
        let mut ascent = values.attributes().ascent();
        let mut used = self.used_values.borrow_mut();
        for place in order {
            if let Some((key, value)) = ascent.get_key_value(&keys[place]) {
                used.push(key);
                found[place] = Some(value);
            }
        }
        found
    }
}

/// The keys that are not among the used ones, joined.
fn unused<'r>(keys: impl Iterator<Item = &'r str>, used: &RefCell<Vec<&'r str>>) -> Option<String> {
    let mut used = used.borrow_mut();
    used.sort_unstable();
    let unused: Vec<&str> = keys.filter(|key| used.binary_search(key).is_err()).collect();
    if unused.is_empty() { None } else { Some(unused.join(", ")) }
}

/// A placeholder of a tree, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    /// A name.
    Name(usize),
    /// A value.
    Value(usize),
}

/// What the placeholders of a tree stand for. One that is not defined stands for something arbitrary, which nothing
/// looks at: a tree is not used before the undefined ones are refused.
#[derive(Debug)]
pub(super) struct Binding<'r> {
    names: Vec<&'r str>,
    values: Vec<Value<'r>>,
    undefined: Vec<Leaf>,
    defined: Defined<'r>,
    /// The places of the tree's paths in path order, once that was asked for.
    path_order: OnceCell<Vec<usize>>,
}

impl<'r> Binding<'r> {
    /// Names and values by their places, for a tree that was made without a text.
    pub(super) fn direct(names: Vec<&'r str>, values: Vec<Value<'r>>) -> Self {
        Self {
            names,
            values,
            undefined: Vec::new(),
            defined: Defined::default(),
            path_order: OnceCell::new(),
        }
    }
}

/// What a request defines.
#[derive(Debug, Clone, Copy, Default)]
struct Defined<'r> {
    names: Option<&'r Names>,
    values: Option<&'r Item>,
}

impl Defined<'_> {
    fn undefined_name(self, key: &str) -> Fault {
        let text = format!(
            "An expression attribute name used in the document path is not defined; attribute name: {key}"
        );
        let names = self.names.into_iter().flat_map(|names| names.keys().map(String::as_str));
        Fault::new(Rule("expression.name_undefined"), text).hinted(hint(
            key,
            "ExpressionAttributeNames",
            names,
        ))
    }

    fn undefined_value(self, key: &str) -> Fault {
        let text = format!(
            "An expression attribute value used in expression is not defined; attribute value: {key}"
        );
        let values = self.values.into_iter().flat_map(|values| values.attributes().names());
        Fault::new(Rule("expression.value_undefined"), text).hinted(hint(
            key,
            "ExpressionAttributeValues",
            values,
        ))
    }
}

/// How many placeholders a hint names.
const PLACEHOLDERS_TOLD: usize = 5;

/// What a placeholder that is not defined may have been meant to be, or what is defined.
fn hint<'d>(key: &str, member: &str, defined: impl Iterator<Item = &'d str>) -> Option<String> {
    let defined: Vec<&str> = defined.collect();
    let listed = || match &defined[..defined.len().min(PLACEHOLDERS_TOLD)] {
        [] => format!("define it in {member}"),
        told => format!("define it in {member}, which has {}", told.join(", ")),
    };
    hint::nearest(key, defined.iter().copied()).or_else(|| Some(listed()))
}

/// The leaves of a tree together with what they stand for.
#[derive(Clone, Copy)]
pub(super) struct Scope<'b> {
    leaves: &'b Leaves,
    binding: &'b Binding<'b>,
}

impl<'b> Scope<'b> {
    /// The leaves of a tree, bound.
    pub(super) fn new(leaves: &'b Leaves, binding: &'b Binding<'b>) -> Self {
        Self { leaves, binding }
    }

    /// A path by its place.
    pub(super) fn path(self, place: usize) -> Path<'b> {
        Path::new(&self.leaves.paths[place], &self.binding.names)
    }

    /// All paths.
    pub(super) fn paths(self) -> impl ExactSizeIterator<Item = Path<'b>> {
        self.leaves.paths.iter().map(move |path| Path::new(path, &self.binding.names))
    }

    /// The places of all paths, in path order.
    pub(super) fn path_order(self) -> &'b [usize] {
        self.binding.path_order.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.leaves.paths.len()).collect();
            places.sort_by_key(|place| self.path(*place));
            places
        })
    }

    /// A value by its place.
    pub(super) fn value(self, place: usize) -> Value<'b> {
        self.binding.values[place]
    }

    /// Refuses the first undefined name, else the first undefined value.
    pub(super) fn check_all(self) -> Result<(), Fault> {
        self.binding.undefined.first().map_or(Ok(()), |leaf| Err(self.undefined(*leaf)))
    }

    /// Refuses a placeholder that is not defined.
    pub(super) fn check(self, leaf: Leaf) -> Result<(), Fault> {
        if self.binding.undefined.contains(&leaf) { Err(self.undefined(leaf)) } else { Ok(()) }
    }

    fn undefined(self, leaf: Leaf) -> Fault {
        match leaf {
            Leaf::Name(place) => self.binding.defined.undefined_name(&self.leaves.names[place]),
            Leaf::Value(place) => self.binding.defined.undefined_value(&self.leaves.values[place]),
        }
    }

    /// Refuses a path with a placeholder that is not defined.
    pub(super) fn check_path(self, place: usize) -> Result<(), Fault> {
        if self.binding.undefined.is_empty() {
            return Ok(());
        }
        let mut placeholders = self.leaves.paths[place].placeholders();
        placeholders.try_for_each(|name| self.check(Leaf::Name(name)))
    }
}
