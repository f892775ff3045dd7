//! A table: what it is, its rows, and the lock under which they change.
//!
//! A write holds the table's lock while it looks at the stored item, decides, and stages the new one. Reads do not
//! take it.

use std::sync::{Arc, MutexGuard};

use ddbmock_model::{
    AttributeDefinition, BillingMode, Error, Item, KeySchemaElement, Message, OnDemandThroughput,
    ProvisionedThroughput, Rule, SseDescription, StreamSpecification, TableClass, Tag, WarmThroughput,
};

use crate::change::{Cause, Change};
use crate::clock::Timestamp;
use crate::engine::Simulation;
use crate::lock::Mutex;
use crate::schema::KeySchema;
use crate::storage::{self, Batch, Cleared, Durable, Space, Storage};
use crate::write::Write;

/// What a table was defined to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// The account it belongs to.
    pub(crate) account: String,
    /// The region it is in.
    pub(crate) region: String,
    /// Its name.
    pub(crate) name: String,
    /// Its id, new each time a table is created.
    pub(crate) id: String,
    /// When it was created.
    pub(crate) created: Timestamp,
    /// The types of its key attributes.
    pub(crate) attributes: Vec<AttributeDefinition>,
    /// Its key, as it was sent.
    pub(crate) key: Vec<KeySchemaElement>,
    /// How it is paid for.
    pub(crate) billing: BillingMode,
    /// Its provisioned units; zeros when on-demand.
    pub(crate) throughput: ProvisionedThroughput,
    /// The most units it serves on demand.
    pub(crate) on_demand: Option<OnDemandThroughput>,
    /// What it was asked to serve at once.
    pub(crate) warm: Option<WarmThroughput>,
    /// Its stream, and when that was enabled.
    pub(crate) stream: Option<(StreamSpecification, Timestamp)>,
    /// How it is encrypted, if not with a key that the service owns.
    pub(crate) sse: Option<SseDescription>,
    /// Its storage class, if one was chosen.
    pub(crate) class: Option<TableClass>,
    /// Whether it is protected from being deleted.
    pub(crate) protected: bool,
    /// Its tags.
    pub(crate) tags: Vec<Tag>,
}

impl Definition {
    /// The table's ARN.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:dynamodb:{}:{}:table/{}", self.region, self.account, self.name)
    }
}

/// How much a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Statistics {
    /// Items.
    pub(crate) items: u64,
    /// The bytes they are billed for.
    pub(crate) bytes: u64,
}

impl Statistics {
    fn follow(&mut self, change: &Change) {
        let bytes = |item: &Option<Item>| item.as_ref().map_or(0, |item| item.bytes() as u64);
        self.items = self.items + u64::from(change.after.is_some()) - u64::from(change.before.is_some());
        self.bytes = self.bytes + bytes(&change.after) - bytes(&change.before);
    }
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its number: the name of its spaces, never given twice.
    pub(crate) number: u64,
    /// What it is.
    pub(crate) definition: Definition,
    /// Its key.
    pub(crate) schema: KeySchema,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    statistics: Statistics,
    /// The last change.
    latest: (u64, Timestamp),
    dropped: bool,
}

impl Table {
    /// A table without items.
    pub(crate) fn new(number: u64, definition: Definition) -> Self {
        let schema = KeySchema::of(&definition.key, &definition.attributes);
        Self { number, definition, schema, state: Mutex::default() }
    }

    /// Where its rows are.
    pub(crate) fn rows(&self) -> Space {
        Space { table: self.number, part: 0 }
    }

    /// How much it holds now.
    pub(crate) fn statistics(&self) -> Statistics {
        self.state.lock().statistics
    }

    /// The item of a row's key.
    pub(crate) fn get(&self, storage: &dyn Storage, key: &[u8]) -> Result<Option<Item>, Error> {
        Ok(storage.get(self.rows(), key)?.map(Item::from_packed))
    }

    /// Makes a write: looks at the stored item, decides, and stores the new one.
    pub(crate) fn write(&self, world: &Simulation, write: &Write<'_>) -> Result<Change, Error> {
        let key = write.key(&self.schema)?;
        let storage = &*world.storage;
        let mut locked = self.lock()?;
        let change = locked.change(storage, world.config.clock.now(), key, write)?;
        let mut batch = Batch::default();
        locked.put_in(&mut batch, &change);
        let durable = storage.stage(batch)?;
        locked.follow(&change);
        drop(locked);
        durable.wait()?;
        Ok(change)
    }

    /// Waits until no one else writes to it.
    fn lock(&self) -> Result<Locked<'_>, Error> {
        let state = self.state.lock();
        if state.dropped { Err(not_found()) } else { Ok(Locked { table: self, state }) }
    }

    /// Ends the table: its rows go, and whoever still holds it finds it gone.
    pub(crate) fn end(&self, storage: &dyn Storage) -> Result<Durable, Error> {
        let mut state = self.state.lock();
        let durable =
            storage.stage(Batch { cleared: vec![Cleared::Table(self.number)], ..Batch::default() })?;
        state.dropped = true;
        Ok(durable)
    }
}

/// A table to which no one else can write. Whoever locks several locks them by number.
struct Locked<'t> {
    table: &'t Table,
    state: MutexGuard<'t, State>,
}

impl Locked<'_> {
    /// Decides what a write does to the item of a row's key.
    fn change(
        &self,
        storage: &dyn Storage,
        now: Timestamp,
        key: Arc<[u8]>,
        write: &Write<'_>,
    ) -> Result<Change, Error> {
        let before = self.table.get(storage, &key)?;
        let after = write.change(before.as_ref(), &self.table.schema)?;
        let (sequence, latest) = self.state.latest;
        let (sequence, at) = (sequence + 1, now.max(latest));
        Ok(Change { table: self.table.number, sequence, key, before, after, at, cause: Cause::Request })
    }

    /// Adds what a change writes to a batch.
    fn put_in(&self, batch: &mut Batch, change: &Change) {
        let bytes = change.after.as_ref().map(|item| Arc::clone(item.packed()));
        batch.writes.push(storage::Write { space: self.table.rows(), key: Arc::clone(&change.key), bytes });
    }

    /// Keeps the counts of a change that was staged. Nothing here can fail.
    fn follow(&mut self, change: &Change) {
        self.state.statistics.follow(change);
        self.state.latest = (change.sequence, change.at);
    }
}

/// The refusal of an operation on items of a table that is not there.
pub(crate) fn not_found() -> Error {
    Error::ResourceNotFound(Message::new(Rule("table.not_found"), "Requested resource not found"))
}
