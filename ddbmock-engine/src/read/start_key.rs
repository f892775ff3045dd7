//! Where a page begins: after the position that a request gives, which need not be an item's.
//!
//! Source: captures of 2026, starting keys; older captures for the classic texts.

use ddbmock_model::{Error, Item, Rule, Wording};

use super::partition::Partition;
use super::source::Source;
use crate::schema::{KeyAttribute, KeySchema, is_of, type_name};

const INVALID: &str = "The provided starting key is invalid";
const MISMATCH: &str = "The provided key element does not match the schema";

/// A starting key that fits what is read.
#[derive(Debug)]
pub(crate) struct StartKey {
    /// The position, in the source's order.
    pub(crate) position: Vec<u8>,
    item: Item,
}

impl StartKey {
    /// The position that a query's starting key gives.
    pub(crate) fn of_query(item: Item, source: &Source, wording: Wording) -> Result<Self, Error> {
        let own = fits(source.schema(), &item);
        let table = fits(&source.table.schema, &item);
        let counted = item.attributes().len() == source.position_names().len();
        let invalid = || Error::validation(Rule("start_key.invalid"), INVALID);
        match wording {
            _ if counted && own.is_ok() && table.is_ok() => Self::positioned(item, source),
            Wording::Current => Err(invalid()),
            Wording::Classic if !counted || own == Err(Misfit::Missing) => Err(invalid()),
            Wording::Classic if own.is_err() => Err(Error::validation(Rule("start_key.mismatch"), MISMATCH)),
            Wording::Classic => Err(framed_mismatch()),
        }
    }

    /// The position that a scan's starting key gives.
    pub(crate) fn of_scan(item: Item, source: &Source, wording: Wording) -> Result<Self, Error> {
        let own = fits(source.schema(), &item);
        let table = fits(&source.table.schema, &item);
        let counted = item.attributes().len() == source.position_names().len();
        if counted && own.is_ok() && table.is_ok() {
            return Self::positioned(item, source);
        }
        let invalid = || Error::validation(Rule("start_key.invalid"), INVALID);
        match wording {
            Wording::Current => {
                check_definitions(&item, source)?;
                Err(invalid())
            }
            Wording::Classic if source.index().is_none() => Err(framed_mismatch()),
            Wording::Classic if !counted || own == Err(Misfit::Missing) => Err(invalid()),
            Wording::Classic if own.is_err() => Err(Error::validation(Rule("start_key.mismatch"), MISMATCH)),
            Wording::Classic => Err(framed_mismatch()),
        }
    }

    fn positioned(item: Item, source: &Source) -> Result<Self, Error> {
        source.table.schema.check_values(&item)?;
        if !source.schema().fits(&item) {
            return Err(Error::validation(Rule("start_key.invalid"), INVALID));
        }
        let mut position = source.schema().key_bytes(&item);
        if source.index().is_some() {
            position.extend(source.table.schema.key_bytes(&item));
        }
        Ok(Self { position, item })
    }

    /// A starting key must be inside what the query reads.
    pub(crate) fn check_inside(
        &self,
        partition: &Partition<'_>,
        schema: &KeySchema,
        wording: Wording,
    ) -> Result<(), Error> {
        let held = partition.holds(schema, &self.item);
        let one_row = || {
            let text = "The query can return at most one row and cannot be restarted";
            Err(Error::validation(Rule("start_key.one_row"), text))
        };
        if !held.leading_partition {
            return one_row();
        }
        if !held.sort {
            let text = "The provided starting key does not match the range key predicate";
            return Err(Error::validation(Rule("start_key.predicate"), text));
        }
        if held.last_partition {
            return Ok(());
        }
        if !partition.sort.is_empty() {
            return one_row();
        }
        if wording == Wording::Current && schema.sort.is_empty() {
            return Err(Error::validation(
                Rule("start_key.exclusive"),
                "The provided exclusive start key is invalid",
            ));
        }
        let text = "The provided starting key is outside query boundaries based on provided conditions";
        Err(Error::validation(Rule("start_key.outside"), text))
    }
}

/// Why attributes do not fit a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misfit {
    Missing,
    Type,
}

fn fits(schema: &KeySchema, item: &Item) -> Result<(), Misfit> {
    schema.attributes().try_for_each(|attribute| match item.get(&attribute.name) {
        None => Err(Misfit::Missing),
        Some(value) if is_of(value, attribute.scalar) => Ok(()),
        Some(_) => Err(Misfit::Type),
    })
}

fn framed_mismatch() -> Error {
    Error::validation(Rule("start_key.framed_mismatch"), format!("{INVALID}: {MISMATCH}"))
}

/// On a table with indexes the newer layer first holds every attribute against its definition.
fn check_definitions(item: &Item, source: &Source) -> Result<(), Error> {
    let Some(index) = source.index().or_else(|| source.indexes().first()) else {
        return Ok(());
    };
    let keys = || {
        source
            .table
            .schema
            .attributes()
            .chain(source.indexes().iter().flat_map(|index| index.schema.attributes()))
    };
    let wrong = |attribute: &&KeyAttribute| {
        item.get(&attribute.name).is_some_and(|value| !is_of(value, attribute.scalar))
    };
    match keys().find(wrong) {
        None => Ok(()),
        Some(attribute) => {
            let actual = item.get(&attribute.name).map_or("", |value| value.type_name());
            let text = format!(
                "One or more parameter values were invalid: Type mismatch for Index Key {} Expected: {} Actual: \
                 {actual} IndexName: {}",
                attribute.name,
                type_name(attribute.scalar),
                index.name
            );
            Err(Error::validation(Rule("start_key.type"), text))
        }
    }
}
