//! What a read of many items answers with: which attributes, or only how many items there are.

use ddbmock_model::constraint::ENVELOPE;
use ddbmock_model::{Enumeration, Error, Item, Rule, Select, Wording};

use super::source::Source;
use crate::expression::{Path, Projection};
use crate::index::IndexKind;

/// What a read answers with.
#[derive(Debug)]
pub(crate) struct Selection<'r> {
    /// Whether only the number of items is asked for.
    pub(crate) count_only: bool,
    projection: Option<Projection<'r>>,
    /// Whether all attributes of the item are, wherever they must be read from.
    all: bool,
    /// Whether every item's entry in an index is not enough, so that its row is read as well.
    pub(crate) fetch: bool,
}

impl<'r> Selection<'r> {
    /// What is asked of a source. A local index lends what it does not hold from the table; a global one cannot.
    pub(crate) fn of<'p>(
        select: Option<Select>,
        projection: Option<Projection<'r>>,
        filtered: impl Iterator<Item = Path<'p>>,
        source: &Source,
    ) -> Result<Self, Error> {
        let all = select == Some(Select::AllAttributes);
        let missing =
            |name: &str| source.index().is_some_and(|index| !index.projects(name, &source.table.schema));
        let mut unprojected: Vec<&str> = projection
            .iter()
            .flat_map(Projection::paths)
            .map(Path::head)
            .filter(|name| missing(name))
            .collect();
        unprojected.dedup();
        let fetch = match source.index() {
            None => false,
            Some(index) if index.kind == IndexKind::Global => {
                check_global(&index.name, all && !index.projects_all(), &unprojected)?;
                false
            }
            Some(index) => {
                let filtered = filtered.map(Path::head).any(missing);
                (all && !index.projects_all()) || !unprojected.is_empty() || filtered
            }
        };
        Ok(Self { count_only: select == Some(Select::Count), projection, all, fetch })
    }

    /// What is answered of an item. What was fetched for a filter alone is not.
    pub(crate) fn of_item(&self, entry: &Item, fetched: Option<&Item>) -> Item {
        let whole = fetched.unwrap_or(entry);
        match &self.projection {
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

/// What is wrong with the word of `Select` against the other parameters. Enveloped by the newer layer.
/// Source: captures of 2026, Select.
pub(crate) fn check_select(
    select: Option<Select>,
    projected: bool,
    index_name: Option<&str>,
    wording: Wording,
) -> Result<(), Error> {
    let refuse = |rule, text: String| {
        let envelope = if wording == Wording::Current { ENVELOPE } else { "" };
        Err(Error::validation(rule, format!("{envelope}{text}")))
    };
    match select {
        Some(Select::SpecificAttributes) if !projected => refuse(
            Rule("select.nothing_specific"),
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
                .to_owned(),
        ),
        Some(other) if other != Select::SpecificAttributes && projected => {
            let chosen = if other == Select::Count { "only the Count" } else { other.as_str() };
            let text = format!("Cannot specify the ProjectionExpression when choosing to get {chosen}");
            refuse(Rule("select.projection"), text)
        }
        Some(Select::AllProjectedAttributes) if index_name.is_none() => {
            let text = "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName".to_owned();
            refuse(Rule("select.projected_of_table"), text)
        }
        _ => Ok(()),
    }
}
