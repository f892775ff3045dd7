//! What a read of many items reads: a table, or one of its indexes.

use std::sync::Arc;

use ddbmock_model::{Error, Rule};

use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::expression::Path;
use crate::index::{Index, IndexKind};
use crate::schema::KeySchema;
use crate::storage::Space;
use crate::table::{ROWS, Table};
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
    /// The table, or its index of a name. A global index has no consistent reads, and none at all until it is made.
    pub(crate) fn of(
        table: Arc<Table>,
        index_name: Option<&str>,
        consistent: bool,
        now: impl FnOnce() -> Timestamp,
    ) -> Result<Self, Error> {
        let definition = table.definition();
        let index = index_name.map(|name| find(&definition, name)).transpose()?;
        let source = Self { table, definition, index };
        if consistent && source.index().is_some_and(|index| index.kind == IndexKind::Global) {
            let text = "Consistent reads are not supported on global secondary indexes";
            return Err(Error::validation(Rule("read.consistent_global"), text));
        }
        // The text is assumed from that of vector indexes.
        if let Some(index) = source.index().filter(|index| index.is_building(now)) {
            let text = format!("Cannot read from backfilling global secondary index: {}", index.name);
            return Err(Error::validation(Rule("read.backfilling"), text));
        }
        Ok(source)
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
    definition.indexes.iter().position(|index| index.name == name).ok_or_else(|| {
        let text = format!("The table does not have the specified index: {name}");
        let names: Vec<&str> = definition.indexes.iter().map(|index| index.name.as_str()).collect();
        let hint = match names[..] {
            [] => "it has no indexes".to_owned(),
            _ => format!("its indexes: {}", names.join(", ")),
        };
        Error::validation(Rule("read.no_index"), text).hinted(hint)
    })
}
