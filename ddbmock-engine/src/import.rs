//! Many items, put into one table.
//!
//! A table that is to be made is filled before anyone sees it: its items lie where no catalog looks, with a note that
//! says so. It is there at once, whole, or never: whoever opens a storage empties what was not finished.

use std::collections::BTreeMap;
use std::sync::Arc;

use ddbmock_model::op::{CreateTable, PutItem};
use ddbmock_model::{AttributeDefinition, Call, Caller, Error};

use crate::check::{Voice, check_item_size, strict};
use crate::engine::Engine;
use crate::operation::create_table::checked;
use crate::record;
use crate::simulation::Simulation;
use crate::stage::Current;
use crate::storage::Durable;
use crate::table::{RowWrite, Table, write_all};
use crate::write::{Action, Write};

/// How many bytes of items are written at once, as DynamoDB counts them, and as often as there may be copies of them
/// in indexes; and how many items at the most. Each batch goes through the table from its first key to its last: the
/// larger it is, the less often a page of the file is written.
const BATCH_BYTES: usize = 32 << 20;
const BATCH_ITEMS: usize = 60_000;

/// Puts items into a table, many at a time.
///
/// ```
/// use ddbmock_engine::op::{CreateTable, ListTables, PutItem};
/// use ddbmock_engine::{AttributeDefinition, BillingMode, Call, Engine, KeySchemaElement, attributes};
///
/// let engine = Engine::default();
/// let mut import = engine.import(&Call::from(CreateTable {
///     table_name: "songs".into(),
///     attribute_definitions: vec![AttributeDefinition { attribute_name: "id".into(), ..Default::default() }],
///     key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
///     billing_mode: Some(BillingMode::PayPerRequest),
///     ..Default::default()
/// }))?;
/// let item = attributes! { "id" => "1", "title" => "Sinnerman" }.into();
/// import.put(&Call::from(PutItem { table_name: "songs".into(), item, ..Default::default() }))?;
/// assert!(engine.list_tables(ListTables::default())?.table_names.is_empty());
/// import.finish()?;
/// assert_eq!(engine.list_tables(ListTables::default())?.table_names, ["songs"]);
/// # Ok::<(), ddbmock_engine::Error>(())
/// ```
#[derive(Debug)]
pub struct Import {
    world: Arc<Simulation>,
    table: Arc<Table>,
    /// Whether nobody sees the table yet.
    is_hidden: bool,
    /// What is to be written next, by the keys of rows: of two items of the same key the later one.
    puts: BTreeMap<Arc<[u8]>, Write<'static>>,
    /// How many bytes these items have, with all copies.
    bytes: usize,
    /// How many items took the place of others.
    replaced: u64,
}

impl Engine {
    /// Begins to fill a table that nobody sees before [`Import::finish`], and then active at once.
    ///
    /// # Errors
    /// Those of CreateTable.
    pub fn import(&self, table: &Call<CreateTable>) -> Result<Import, Error> {
        let world = Arc::clone(self.simulation());
        world.catch_up()?;
        let (identity, definition) = checked(&world, &Caller::default(), table)?;
        let current = Current { definition: Arc::new(definition), stage: None };
        let (table, durable) = world.catalog.begin((identity, current), &*world.storage)?;
        durable.wait()?;
        Ok(Import::over(world, table, true))
    }

    /// Begins to put items into a table that is there. What was put stays, whether or not the import is finished.
    ///
    /// # Errors
    /// Those of PutItem, of its table.
    pub fn import_into(&self, table_name: &str) -> Result<Import, Error> {
        let world = Arc::clone(self.simulation());
        world.catch_up()?;
        let table = world.table(&Caller::default(), table_name)?;
        Ok(Import::over(world, table, false))
    }
}

impl Import {
    fn over(world: Arc<Simulation>, table: Arc<Table>, is_hidden: bool) -> Self {
        Self { world, table, is_hidden, puts: BTreeMap::new(), bytes: 0, replaced: 0 }
    }

    /// The types of the attributes that are in keys, of the table or of an index.
    pub fn attribute_definitions(&self) -> Vec<AttributeDefinition> {
        self.table.definition().attributes.clone()
    }

    /// Puts an item, in place of an earlier one with the same key. Of the request only the item counts.
    ///
    /// # Errors
    /// Those of PutItem: the item is then left out. [`Error::Internal`] if the storage fails.
    pub fn put(&mut self, call: &Call<PutItem>) -> Result<(), Error> {
        let voice = Voice::of_write(self.world.check_members(call)?);
        let item = call.request.item.strict_by(|sent| strict(sent, voice))?;
        check_item_size(&item, voice.item_bytes_max)?;
        let definition = self.table.definition();
        let bytes = item.bytes() * (1 + definition.indexes.len());
        let write = Write::always(Action::Put(item));
        let key = write.row(&self.table.schema)?;
        write.check_indexes(&definition.indexes)?;
        self.replaced += u64::from(self.puts.insert(key, write).is_some());
        self.bytes += bytes;
        if self.bytes < BATCH_BYTES && self.puts.len() < BATCH_ITEMS {
            return Ok(());
        }
        self.flush()
    }

    /// Writes what is left, and lets the table be seen. Returns how many of the items took the place of others with the
    /// same keys.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails; `ResourceInUseException` if a table of that name was made meanwhile.
    pub fn finish(mut self) -> Result<u64, Error> {
        self.flush()?;
        if self.is_hidden {
            self.world.catalog.admit(&self.table, &self.world)?.wait()?;
            self.world.due.note(self.world.streams.due());
            self.is_hidden = false;
        }
        Ok(self.replaced)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.bytes = 0;
        let puts = std::mem::take(&mut self.puts);
        if puts.is_empty() {
            return Ok(());
        }
        let write = |(key, write)| RowWrite { table: &self.table, key: Arc::clone(key), write };
        let writes: Vec<_> = puts.iter().map(write).collect();
        let written = write_all(&self.world, &writes, |decided, _| decided.collect())?;
        let replaced = written.iter().filter(|written| written.change.before.is_some());
        self.replaced += replaced.count() as u64;
        Ok(())
    }
}

/// Nothing is left of a table that was not finished.
impl Drop for Import {
    fn drop(&mut self) {
        if self.is_hidden {
            self.table.halt().go_on(None);
            let emptied = self.world.storage.stage(record::abandoned(self.table.number));
            let _ = emptied.and_then(Durable::wait); // whoever opens the storage does it again
        }
    }
}
