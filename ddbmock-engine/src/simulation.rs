//! What a world holds, and what every operation asks of it.

use std::sync::Arc;

use ddbmock_model::{
    ApiVersion, Call, Caller, Enumeration as _, Error, Operation, Place, TableName, TableStatus, Wording,
};
use fastrand::Rng;

use crate::catalog::Catalog;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::expression;
use crate::hint;
use crate::limits::Limits;
use crate::lock::Mutex;
use crate::partiql::Statement;
use crate::stage::Due;
use crate::storage::{Batch, Storage};
use crate::stream::Streams;
use crate::table::{Table, no_such_table, not_found};
use crate::tokens::Tokens;

/// Everything a world holds.
#[derive(Debug)]
pub(crate) struct Simulation {
    /// What it was made from.
    pub(crate) config: Config,
    /// Its tables.
    pub(crate) catalog: Catalog,
    /// Their streams.
    pub(crate) streams: Streams,
    /// When something of either next comes due.
    pub(crate) due: Due,
    /// What the tables hold.
    pub(crate) storage: Box<dyn Storage>,
    /// The expressions that were parsed lately.
    pub(crate) expressions: expression::Cache,
    /// The statements that were parsed lately.
    pub(crate) statements: expression::Shelf<Statement>,
    /// The transactions that were made lately.
    pub(crate) tokens: Tokens,
    /// Its randomness.
    pub(crate) random: Mutex<Rng>,
}

impl Simulation {
    /// Where a caller is.
    pub(crate) fn place<'a>(&'a self, caller: &Caller<'a>) -> Place<'a> {
        Place {
            account: caller.account.unwrap_or(&self.config.account),
            region: caller.region.unwrap_or(&self.config.region),
        }
    }

    /// What a caller's requests may do at most, and how they are charged.
    pub(crate) fn limits(&self, caller: &Caller<'_>) -> &Limits {
        match caller.api_version {
            ApiVersion::V20120810 => &Limits::TODAY,
            ApiVersion::V20111205 => &self.config.first_limits,
        }
    }

    /// Checks the members of a request, and decides which layer words what is refused of it.
    pub(crate) fn check_members<T: Operation>(&self, call: &Call<T>) -> Result<Wording, Error> {
        let wording = call.said.wording(self.config.wording);
        T::check_members(call, wording)?;
        Ok(wording)
    }

    /// The table that a request is about.
    pub(crate) fn table_itself(&self, caller: &Caller<'_>, table_name: &str) -> Result<Arc<Table>, Error> {
        self.find(caller, table_name).ok_or_else(|| {
            no_such_table(TableName::read(table_name).name).hinted(self.missing(caller, table_name))
        })
    }

    /// The table whose items a request is about. One that is made or ended has none yet, or none any more. Source:
    /// production captures, items of a table that is created; assumed of one that is deleted.
    pub(crate) fn table(&self, caller: &Caller<'_>, table_name: &str) -> Result<Arc<Table>, Error> {
        let missing = || not_found().hinted(self.missing(caller, table_name));
        let table = self.find(caller, table_name).ok_or_else(missing)?;
        match table.status(|| self.config.clock.now()) {
            status @ (TableStatus::Creating | TableStatus::Deleting) => {
                Err(not_found().hinted(inactive(&table, status)))
            }
            _ => Ok(table),
        }
    }

    /// Does what has come due, if anything has. Whoever finds items being deleted that expired leaves them to who is at
    /// it.
    pub(crate) fn catch_up(&self) -> Result<(), Error> {
        self.settle_stages()?;
        if self.due.is_expiry_due(|| self.config.clock.now()) { self.expire_some() } else { Ok(()) }
    }

    /// Does what has come due, of items that expired a page. Whether there may be more of them.
    pub(crate) fn settle_some(&self) -> Result<bool, Error> {
        self.settle_stages()?;
        self.expire_page()
    }

    /// Does what has come due but for items, if anything has, once what a failure of the storage left behind is mended.
    fn settle_stages(&self) -> Result<(), Error> {
        if self.storage.has_failed() {
            let stages = self.catalog.recover(&*self.storage, &self.streams)?;
            self.due.note(stages.into_iter().chain(self.streams.due()).min());
            self.due.note_expiry(Timestamp(0));
        }
        let now = || self.config.clock.now();
        if self.due.is_due(now) { self.settle(now()) } else { Ok(()) }
    }

    /// The table that a request names, if there is one. An ARN means the table that was created where it says.
    pub(crate) fn find(&self, caller: &Caller<'_>, table_name: &str) -> Option<Arc<Table>> {
        let TableName { name, place } = TableName::read(table_name);
        match place {
            Some(place) => self.catalog.find_in(place, name),
            None => self.catalog.find(self.place(caller), name),
        }
    }

    /// What a person would like to know of a table that is not there: where one of that name is, or what it may have
    /// been meant to be.
    pub(crate) fn missing(&self, caller: &Caller<'_>, table_name: &str) -> String {
        let TableName { name, place } = TableName::read(table_name);
        let asked = place.unwrap_or_else(|| self.place(caller));
        if let Some(table) = self.catalog.namesakes(name).first() {
            let there = whereabouts(table, asked);
            return format!("a table of that name exists in {there}");
        }
        let (names, more) = self.catalog.names_after(asked, None, NAMES_LOOKED_AT);
        let nearest = hint::nearest(name, names.iter().map(String::as_str)).unwrap_or_else(|| {
            let more = more || names.len() > NAMES_TOLD;
            match &names[..names.len().min(NAMES_TOLD)] {
                [] => "there are no tables".to_owned(),
                told => format!("tables: {}{}", told.join(", "), if more { ", and more" } else { "" }),
            }
        });
        format!("no table is named {name}; {nearest}")
    }

    /// A new random id.
    pub(crate) fn uuid(&self) -> String {
        let mut bytes = [0; 16];
        self.random.lock().fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().as_hyphenated().to_string()
    }

    /// Ends a table; whether it was still there. Of two who end it one is told so.
    pub(crate) fn remove(&self, table: &Table) -> Result<bool, Error> {
        let Some(durable) = self.catalog.remove(table, self)? else {
            return Ok(false);
        };
        durable.wait()?;
        Ok(true)
    }

    /// Forgets every table, with its streams, and every token.
    pub(crate) fn reset(&self) -> Result<(), Error> {
        for table in self.catalog.all() {
            self.remove(&table)?;
        }
        self.streams.forget(&*self.storage)?.wait()?;
        let batch = Batch { writes: self.tokens.forget(), ..Batch::default() };
        self.storage.stage(batch)?.wait()
    }
}

/// Of how many tables the names are looked at to find one that may have been meant, and how many are told.
const NAMES_LOOKED_AT: usize = 200;
const NAMES_TOLD: usize = 5;

/// What a person would like to know of a table that cannot be used yet, or any more.
pub(crate) fn inactive(table: &Table, status: TableStatus) -> String {
    format!("table {} is {}, not ACTIVE", table.identity.name, status.as_str())
}

/// Where a table is, for someone who looked elsewhere.
pub(crate) fn whereabouts(table: &Table, looked: Place<'_>) -> String {
    let Place { account, region } = table.identity.place();
    if account == looked.account { region.to_owned() } else { format!("{region}, in account {account}") }
}
