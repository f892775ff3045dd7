//! What `SELECT` reads: the item of a key or, by the one walk, what its condition says of a table or an index.

use std::sync::Arc;

use ddbmock_model::{
    AttributeValue, Caller, ConsumedCapacity, Error, Item, ReturnConsumedCapacity, Rule, Wording,
};

use super::extent::Extent;
use super::keys;
use super::next_token;
use super::order;
use super::prepared::{Bound, Deed};
use super::tree::OrderTerm;
use crate::capacity::{consumed, consumed_by_read};
use crate::expression::{Condition, Path, Projection};
use crate::index::IndexKind;
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::read::{Selection, Sought, Source, StartKey, Walk, wanted_part};
use crate::schema::KeySchema;
use crate::simulation::Simulation;
use crate::table::Table;

/// How a statement reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'r> {
    /// The text of the statement, to which tokens are bound.
    pub(crate) text: &'r str,
    /// Its parameters, to which tokens are bound.
    pub(crate) parameters: &'r [AttributeValue],
    /// The token that it goes on with.
    pub(crate) token: Option<&'r str>,
    /// The most items to look at.
    pub(crate) limit: Option<usize>,
    /// Whether to read what was written last.
    pub(crate) consistent: bool,
    /// How much to say of the capacity consumed.
    pub(crate) capacity: ReturnConsumedCapacity,
}

/// What a statement read.
#[derive(Debug, Default)]
pub(crate) struct Selected {
    /// The items, or parts of them.
    pub(crate) items: Vec<Item>,
    /// The token for what comes after them, and the key of the last item that was looked at, if anything may come.
    pub(crate) next: Option<(String, Item)>,
    /// What it consumed, if that was asked for.
    pub(crate) consumed: Option<ConsumedCapacity>,
}

/// Reads what a statement selects.
pub(crate) fn select(
    world: &Simulation,
    caller: &Caller<'_>,
    bound: Bound<'_>,
    asked: Asked<'_>,
) -> Result<Selected, Error> {
    let start = asked.token.map(|token| next_token::open(token, asked.text, asked.parameters)).transpose()?;
    let table = world.table(caller, bound.table)?;
    let whole = bound.index.is_none() && order(&bound.deed).is_empty() && start.is_none();
    match keys::single(bound.condition.as_ref().filter(|_| whole), &table.schema) {
        Some(key) => keyed(world, (key, bound), &table, asked),
        None => walked(world, (start, bound), table, asked),
    }
}

/// Reads what a statement says of a table or an index, after the item of a token.
fn walked(
    world: &Simulation,
    (start, bound): (Option<Item>, Bound<'_>),
    table: Arc<Table>,
    asked: Asked<'_>,
) -> Result<Selected, Error> {
    let source = source(world, table, bound.index, asked.consistent)?;
    let order = order(&bound.deed);
    order::check(order, source.schema())?;
    let mut extent = Extent::of(bound.condition.as_ref(), source.schema())?;
    let direction = order::apply(order, source.schema(), &mut extent)?;
    let Bound { table: table_name, condition, deed, .. } = bound;
    let projection = projection(deed);
    let missing = unprojected(&source, condition.as_ref());
    let filter = if missing.is_empty() { condition } else { Some(Condition::never()) };
    let sought = Sought { filter: filter.filter(|_| !extent.covers), projection };
    source.check_scalar(sought.projected())?;
    let selection = Selection::of(None, &sought, &source)?;
    if extent.partitions.is_some() {
        check_projected(&source, &missing)?;
    }
    source.check_scalar(sought.filtered())?;
    let start = start.map(|key| position(key, &source, &extent)).transpose()?;
    let walk = Walk {
        source: &source,
        ranges: extent.ranges,
        direction,
        limit: asked.limit,
        selection: &selection,
        consistent: asked.consistent,
        limits: &Limits::TODAY,
    };
    page(world, table_name, &walk.after(start), asked)
}

/// Reads a page, and seals where it ends.
fn page(world: &Simulation, table_name: &str, walk: &Walk<'_>, asked: Asked<'_>) -> Result<Selected, Error> {
    let page = walk.page(&*world.storage)?;
    let units = Limits::TODAY.read_units(page.bytes, asked.consistent);
    let consumed = consumed_by_read(asked.capacity, table_name, walk.source, &page, units);
    let next = page.last.map(|last| (next_token::seal(asked.text, asked.parameters, &last), last));
    Ok(Selected { items: page.items.unwrap_or_default(), next, consumed })
}

fn order<'p>(deed: &Deed<'p>) -> &'p [OrderTerm] {
    match deed {
        Deed::Select(_, order) => order,
        _ => &[],
    }
}

fn projection(deed: Deed<'_>) -> Option<Projection<'_>> {
    match deed {
        Deed::Select(projection, _) => projection,
        _ => None,
    }
}

/// Reads the item of a key, which is all that a statement says.
fn keyed(
    world: &Simulation,
    (key, bound): (Item, Bound<'_>),
    table: &Table,
    asked: Asked<'_>,
) -> Result<Selected, Error> {
    keys::check_types(&key, &table.schema)?;
    let table_name = bound.table;
    let read = KeyedRead::new(key, bound);
    let item = table.get(&*world.storage, &read.row(&table.schema)?)?;
    let units = Limits::TODAY.read_units(table.billed_bytes(item.as_ref()), asked.consistent);
    let consumed = consumed(asked.capacity, table_name, units);
    let items = item.map(|item| read.part(item)).into_iter().collect();
    Ok(Selected { items, next: None, consumed })
}

/// A read of the item of a key, which is all that its statement says.
#[derive(Debug)]
pub(crate) struct KeyedRead<'p> {
    key: LookUp,
    projection: Option<Projection<'p>>,
}

impl<'p> KeyedRead<'p> {
    fn new(key: Item, bound: Bound<'p>) -> Self {
        Self { key: LookUp::Named(key), projection: projection(bound.deed) }
    }

    /// The read that a statement must be, in an operation of that name.
    pub(crate) fn of(bound: Bound<'p>, schema: &KeySchema, operation: &str) -> Result<Self, Error> {
        let condition = bound.condition.as_ref().filter(|_| bound.index.is_none());
        let key = keys::single(condition, schema).ok_or_else(|| {
            let text = format!(
                "Select statements within {operation} must specify the primary key in the where clause."
            );
            Error::validation(Rule("partiql.select_key"), text)
        })?;
        Ok(Self::new(key, bound))
    }

    /// The attributes of its key are of the types of a table's.
    pub(crate) fn check_types(&self, schema: &KeySchema) -> Result<(), Error> {
        keys::check_types(self.key.item(), schema)
    }

    /// The row that it reads.
    pub(crate) fn row(&self, schema: &KeySchema) -> Result<Arc<[u8]>, Error> {
        let row = self.key.row(schema)?;
        schema.check_scalar(self.projection.iter().flat_map(Projection::paths))?;
        Ok(row)
    }

    /// What is answered of an item.
    pub(crate) fn part(&self, item: Item) -> Item {
        wanted_part(self.projection.as_ref(), item)
    }
}

/// The table or the index that is read.
fn source(
    world: &Simulation,
    table: Arc<Table>,
    index_name: Option<&str>,
    consistent: bool,
) -> Result<Source, Error> {
    let definition = table.definition();
    let found = index_name.map(|name| definition.indexes.iter().find(|index| index.name == name));
    match found {
        Some(None) => {
            let names: Vec<&str> = definition.indexes.iter().map(|index| index.name.as_str()).collect();
            let text = "The table does not have the specified index";
            let hint = format!("its indexes: {}", names.join(", "));
            return Err(Error::validation(Rule("partiql.no_index"), text).hinted(hint));
        }
        Some(Some(index)) if consistent && index.kind != IndexKind::Local => {
            let text = "Strongly consistent read is not supported on Global Secondary Indexes";
            return Err(Error::validation(Rule("partiql.consistent_global"), text));
        }
        _ => {}
    }
    let source = Source::of(table, index_name, consistent, || world.config.clock.now())?;
    source.check_ordered(true)?;
    Ok(source)
}

/// What a condition is about that a global index does not hold: where all of it is read, nothing matches then. Source:
/// captures of 2026, PartiQL indexes.
fn unprojected(source: &Source, condition: Option<&Condition<'_>>) -> Vec<String> {
    let Some(index) = source.index().filter(|index| index.kind == IndexKind::Global) else {
        return Vec::new();
    };
    let mut missing: Vec<String> = Vec::new();
    for name in condition.into_iter().flat_map(Condition::paths).map(Path::head) {
        if !index.projects(name, &source.table.schema) && !missing.iter().any(|known| known == name) {
            missing.push(name.to_owned());
        }
    }
    missing
}

/// Where a partition of an index is read, all that it is filtered by must be in it.
fn check_projected(source: &Source, missing: &[String]) -> Result<(), Error> {
    let Some(index) = source.index().filter(|_| !missing.is_empty()) else {
        return Ok(());
    };
    let text = format!(
        "One or more parameter values were invalid: Secondary index {} does not project one or more filter attributes: \
         [{}]",
        index.name,
        missing.join(", ")
    );
    Err(Error::validation(Rule("partiql.filter_unprojected"), text))
}

/// The position that a token's key gives, which must be in what is read.
fn position(key: Item, source: &Source, extent: &Extent) -> Result<Vec<u8>, Error> {
    let start = StartKey::of_scan(key, source, Wording::Current).map_err(|_| next_token::invalid())?;
    if extent.holds(&start.position) { Ok(start.position) } else { Err(next_token::invalid()) }
}
