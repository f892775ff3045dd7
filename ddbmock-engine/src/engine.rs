//! The engine: a world of its own, with its tables, its clock and its randomness.

use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Call, Caller, Command, DynamoDb, Error, Operation, Report, World, op, operations};
use fastrand::Rng;

use crate::catalog::Catalog;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::expression;
use crate::lock::Mutex;
use crate::operation as run;
use crate::record::{self, Catalogued};
use crate::simulation::Simulation;
use crate::stage::Due;
#[cfg(feature = "sqlite")]
use crate::storage::Sqlite;
use crate::storage::{Memory, Storage};
use crate::stream::Streams;
use crate::tokens::Tokens;

/// A simulated DynamoDB. Clones are handles on the same one.
///
/// Each operation is a method that takes the typed request: `engine.put_item(PutItem { .. })`.
#[derive(Debug, Clone)]
pub struct Engine {
    simulation: Arc<Simulation>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

impl Engine {
    /// An engine without tables, in memory. A file is left alone: `Engine::open` opens it.
    pub fn new(config: Config) -> Self {
        Self::over(config, Box::new(Memory::default()), Catalogued::default(), Tokens::default())
    }

    /// An engine with what is in the file of the config; without one as [`Engine::new`].
    ///
    /// # Errors
    /// [`Error::Internal`] with one line that says what is wrong with the file.
    #[cfg(feature = "sqlite")]
    pub fn open(config: Config) -> Result<Self, Error> {
        match &config.file {
            None => Ok(Self::new(config)),
            Some(path) => {
                let storage = Sqlite::open(path, config.durability)?;
                Self::with_storage(config, storage)
            }
        }
    }

    /// An engine over a storage, which is its alone: with the tables that are there, if it lasts.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails or is damaged.
    pub fn with_storage(config: Config, storage: impl Storage + 'static) -> Result<Self, Error> {
        let stored = record::read(&storage)?;
        stored.unfinished.iter().try_for_each(|number| storage.stage(record::abandoned(*number))?.wait())?;
        storage.stage(record::cut_short(&storage)?)?.wait()?;
        let stages = stored.tables.iter().filter_map(|one| Some(one.current.stage.as_ref()?.until)).min();
        let tokens = Tokens::of(record::tokens(&storage)?);
        let due = tokens.due().into_iter().chain(stages).min();
        let engine = Self::over(config, Box::new(storage), stored, tokens);
        let streams = engine.simulation.streams.due();
        engine.simulation.due.note(due.into_iter().chain(streams).min());
        Ok(engine)
    }

    fn over(config: Config, storage: Box<dyn Storage>, stored: Catalogued, tokens: Tokens) -> Self {
        let random = Mutex::new(config.seed.map_or_else(Rng::new, Rng::with_seed));
        let simulation = Simulation {
            streams: Streams::new(&stored.streams),
            catalog: Catalog::new(config.isolate, stored),
            config,
            random,
            due: Due::default(),
            storage,
            expressions: expression::Cache::default(),
            statements: expression::Shelf::default(),
            tokens,
        };
        Self { simulation: Arc::new(simulation) }
    }

    /// Forgets every table and stream, and every token of a transaction.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails.
    pub fn reset(&self) -> Result<(), Error> {
        self.simulation.reset()
    }

    /// Everything it holds.
    pub(crate) fn simulation(&self) -> &Arc<Simulation> {
        &self.simulation
    }

    /// The time it is in this world.
    pub fn now(&self) -> Timestamp {
        self.simulation.config.clock.now()
    }

    /// Lets time pass, if the engine was made with a manual clock, and does what comes due.
    pub fn advance(&self, by: Duration) {
        self.simulation.config.clock.advance(by);
        let _ = self.settle(); // what fails is tried again at the next operation, which tells of it
    }

    /// Does what has come due: tables become active, or go; items expire. Every operation does so first, but for items
    /// no more than a few at a time.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails.
    pub fn settle(&self) -> Result<(), Error> {
        self.simulation.settle(self.now())?;
        self.simulation.expire_all()
    }

    /// Does at once what would come due: tables that are made, changed or ended are so now.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails.
    pub fn finish(&self) -> Result<(), Error> {
        self.simulation.settle(Timestamp(u64::MAX - 1)) // what has no time to end goes on
    }
}

macro_rules! answer {
    ($($name:ident $method:ident,)+) => {
        impl Engine {
            $(
                #[doc = concat!("Does ", stringify!($name), ".\n\n# Errors\nDynamoDB's own, in its own words.")]
                pub fn $method(&self, request: op::$name) -> Result<<op::$name as Operation>::Output, Error> {
                    self.simulation.$method(&Caller::default(), Call::from(request))
                }
            )+
        }

        impl DynamoDb for Simulation {
            $(
                fn $method(
                    &self,
                    caller: &Caller<'_>,
                    call: Call<op::$name>,
                ) -> Result<<op::$name as Operation>::Output, Error> {
                    self.catch_up()?;
                    run::$method::run(self, caller, &call)
                }
            )+
        }
    };
}
operations!(answer);

impl World for Engine {
    fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
        Arc::clone(&self.simulation) as Arc<dyn DynamoDb>
    }

    fn control(&self, command: Command) -> Result<Report, Error> {
        let mut report = Report::default();
        match command {
            // An engine begins with nothing.
            Command::Reset | Command::Reseed => self.reset()?,
            Command::Settle => report.more = self.simulation.settle_some()?,
        }
        report.tables = self.simulation.catalog.count();
        Ok(report)
    }

    fn may_block(&self) -> bool {
        self.simulation.storage.may_block()
    }
}
