//! What a read of many items reads: a table, or one of its indexes.

use std::sync::Arc;

use ddbmock_model::{Error, Item, Rule};

use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::expression::Path;
use crate::index::{Index, IndexKind};
use crate::schema::KeySchema;
use crate::storage::Space;
use crate::table::{ROWS, Table};
use crate::vector::{Vector, billed_bytes};
use crate::write::indexes;

/// A table, or one of its indexes.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The table.
    pub(crate) table: Arc<Table>,
    definition: Arc<Definition>,
    /// The index's place among the table's.
    index: Option<usize>,
}

impl Source {
    /// The table, or its index of a name. A global index has no consistent reads, and none at all until it is made; nor
    /// has one of vectors consistent ones.
    pub(crate) fn of(
        table: Arc<Table>,
        index_name: Option<&str>,
        consistent: bool,
        now: impl FnOnce() -> Timestamp,
    ) -> Result<Self, Error> {
        let source = Self::named(table, index_name)?;
        if consistent && source.index().is_some_and(|index| index.kind != IndexKind::Local) {
            let text = "Consistent reads are not supported on global secondary indexes";
            return Err(Error::validation(Rule("read.consistent_global"), text));
        }
        // The text is assumed from that of vector indexes.
        let building = |index: &&Index| index.vector().is_none() && index.is_building(now);
        if let Some(index) = source.index().filter(building) {
            let text = format!("Cannot read from backfilling global secondary index: {}", index.name);
            return Err(Error::validation(Rule("read.backfilling"), text));
        }
        Ok(source)
    }

    /// A vector index of a table, to be searched.
    pub(crate) fn of_vectors(
        table: Arc<Table>,
        index_name: &str,
        now: impl FnOnce() -> Timestamp,
    ) -> Result<Self, Error> {
        let source = Self::named(table, Some(index_name))?;
        let readable_from = source.vectors()?.0.readable_from();
        if readable_from.is_some_and(|from| from > now()) {
            let text = format!("Cannot search backfilling vector index: {index_name}");
            return Err(Error::validation(Rule("search.backfilling"), text));
        }
        Ok(source)
    }

    fn named(table: Arc<Table>, index_name: Option<&str>) -> Result<Self, Error> {
        let definition = table.definition();
        let index = index_name.map(|name| find(&definition, name)).transpose()?;
        Ok(Self { table, definition, index })
    }

    /// The vector index, which no other index can stand for; how that is refused was not seen.
    pub(crate) fn vectors(&self) -> Result<(&Index, &Vector), Error> {
        let index = self.index();
        let vectors = index.and_then(|index| Some((index, index.vector()?)));
        vectors.ok_or_else(|| no_index(&self.definition, index.map_or("", |index| &index.name)))
    }

    /// Vectors are searched, and neither queried nor scanned. Source: captures of October 2026, vector indexes.
    pub(crate) fn check_ordered(&self, of_scan: bool) -> Result<(), Error> {
        if self.index().is_none_or(|index| index.vector().is_none()) {
            return Ok(());
        }
        let (rule, text) = if of_scan {
            (Rule("read.scan_of_vectors"), "Scan operation not supported on this index type")
        } else {
            (Rule("read.query_of_vectors"), "Query operation not supported on this index type.")
        };
        Err(Error::validation(rule, text))
    }

    /// The index, if it is one.
    pub(crate) fn index(&self) -> Option<&Index> {
        self.index.map(|at| &self.definition.indexes[at])
    }

    /// All indexes of the table.
    pub(crate) fn indexes(&self) -> &[Index] {
        &self.definition.indexes
    }

    /// The key that it is ordered by.
    pub(crate) fn schema(&self) -> &KeySchema {
        self.index().map_or(&self.table.schema, |index| &index.schema)
    }

    /// Where it is stored.
    pub(crate) fn space(&self) -> Space {
        self.table.space(self.index().map_or(ROWS, |index| index.part))
    }

    /// The bytes that an item or an entry is billed for where it is read.
    pub(crate) fn billed_bytes(&self, entry: &Item) -> usize {
        match self.index {
            Some(_) => entry.bytes(),
            None => billed_bytes(entry, self.indexes()),
        }
    }

    /// The names of the attributes that say where in it an item stands.
    pub(crate) fn position_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.schema().attributes().map(|attribute| attribute.name.as_str()).collect();
        for attribute in self.table.schema.attributes() {
            if !names.contains(&attribute.name.as_str()) {
                names.push(&attribute.name);
            }
        }
        names
    }

    /// Paths may not lead into an attribute of a key, be it the table's or an index's.
    pub(crate) fn check_scalar<'p>(&self, paths: impl IntoIterator<Item = Path<'p>>) -> Result<(), Error> {
        let paths: Vec<Path<'p>> = paths.into_iter().collect();
        self.table.schema.check_scalar(paths.iter().copied())?;
        indexes::check_scalar(paths, self.indexes())
    }
}

fn find(definition: &Definition, name: &str) -> Result<usize, Error> {
    let place = definition.indexes.iter().position(|index| index.name == name);
    place.ok_or_else(|| no_index(definition, name))
}

fn no_index(definition: &Definition, name: &str) -> Error {
    let text = format!("The table does not have the specified index: {name}");
    let names: Vec<&str> = definition.indexes.iter().map(|index| index.name.as_str()).collect();
    let hint = match names[..] {
        [] => "it has no indexes".to_owned(),
        _ => format!("its indexes: {}", names.join(", ")),
    };
    Error::validation(Rule("read.no_index"), text).hinted(hint)
}
