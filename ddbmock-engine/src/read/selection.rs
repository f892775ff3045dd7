//! What a read of many items answers with: which attributes, or only how many items there are.

use std::collections::BTreeSet;

use ddbmock_model::constraint::ENVELOPE;
use ddbmock_model::{Enumeration, Error, Item, Rule, Select, Wording};

use super::source::Source;
use crate::expression::{Condition, Path, Projection};
use crate::index::IndexKind;

/// Which items a read answers with, and which of their parts.
#[derive(Debug)]
pub(crate) struct Sought<'r> {
    /// What must hold of an item.
    pub(crate) filter: Option<Condition<'r>>,
    /// The parts; all without it.
    pub(crate) projection: Option<Projection<'r>>,
}

impl Sought<'_> {
    /// The paths of the filter.
    pub(crate) fn filtered(&self) -> impl Iterator<Item = Path<'_>> {
        self.filter.iter().flat_map(Condition::paths)
    }

    /// The paths of the projection.
    pub(crate) fn projected(&self) -> impl Iterator<Item = Path<'_>> {
        self.projection.iter().flat_map(Projection::paths)
    }
}

/// What a read answers with.
#[derive(Debug)]
pub(crate) struct Selection<'w> {
    /// Whether only the number of items is asked for.
    pub(crate) count_only: bool,
    sought: &'w Sought<'w>,
    /// Whether all attributes of the item are, wherever they must be read from.
    all: bool,
    /// Whether every item's entry in an index is not enough, so that its row is read as well.
    pub(crate) fetch: bool,
}

impl<'w> Selection<'w> {
    /// What is asked of a source. A local index lends what it does not hold from the table; a global one cannot.
    pub(crate) fn of(select: Option<Select>, sought: &'w Sought<'w>, source: &Source) -> Result<Self, Error> {
        let all = select == Some(Select::AllAttributes);
        let missing =
            |name: &str| source.index().is_some_and(|index| !index.projects(name, &source.table.schema));
        let mut seen = BTreeSet::new();
        let heads = sought.projected().map(Path::head);
        let unprojected: Vec<&str> = heads.filter(|name| missing(name) && seen.insert(*name)).collect();
        let fetch = match source.index() {
            None => false,
            Some(index) if index.kind == IndexKind::Global => {
                check_global(&index.name, all && !index.projects_all(), &unprojected)?;
                false
            }
            Some(index) => {
                let filtered = sought.filtered().map(Path::head).any(missing);
                (all && !index.projects_all()) || !unprojected.is_empty() || filtered
            }
        };
        Ok(Self { count_only: select == Some(Select::Count), sought, all, fetch })
    }

    /// Whether an item is answered with.
    pub(crate) fn passes(&self, item: &Item) -> bool {
        self.sought.filter.as_ref().is_none_or(|filter| filter.holds(Some(item)))
    }

    /// What is answered of an item. What was fetched for a filter alone is not.
    pub(crate) fn of_item(&self, entry: &Item, fetched: Option<&Item>) -> Item {
        let whole = fetched.unwrap_or(entry);
        match &self.sought.projection {
            Some(projection) => projection.of(whole),
            None if self.all => whole.clone(),
            None => entry.clone(),
        }
    }
}

fn check_global(index: &str, all: bool, unprojected: &[&str]) -> Result<(), Error> {
    let invalid = "One or more parameter values were invalid: ";
    if all {
        let text = format!(
            "{invalid}Select type ALL_ATTRIBUTES is not supported for global secondary index {index} because its \
             projection type is not ALL"
        );
        return Err(Error::validation(Rule("select.all_of_global"), text));
    }
    if unprojected.is_empty() {
        return Ok(());
    }
    let text =
        format!("{invalid}Global secondary index {index} does not project [{}]", unprojected.join(", "));
    Err(Error::validation(Rule("select.unprojected"), text))
}

/// What is wrong with the word of `Select` against the other parameters, one of which may say what is projected.
/// Enveloped by the newer layer. Source: captures of 2026, Select.
pub(super) fn check_select(
    select: Option<Select>,
    projected: Option<&str>,
    index_name: Option<&str>,
    wording: Wording,
) -> Result<(), Error> {
    let refuse = |rule, text: String| {
        let envelope = if wording == Wording::Current { ENVELOPE } else { "" };
        Err(Error::validation(rule, format!("{envelope}{text}")))
    };
    match (select, projected) {
        (Some(Select::SpecificAttributes), None) => refuse(
            Rule("select.nothing_specific"),
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
                .to_owned(),
        ),
        (Some(other), Some(member)) if other != Select::SpecificAttributes => {
            let chosen = if other == Select::Count { "only the Count" } else { other.as_str() };
            let text = format!("Cannot specify the {member} when choosing to get {chosen}");
            refuse(Rule("select.projection"), text)
        }
        (Some(Select::AllProjectedAttributes), _) if index_name.is_none() => {
            let text = "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName".to_owned();
            refuse(Rule("select.projected_of_table"), text)
        }
        _ => Ok(()),
    }
}
