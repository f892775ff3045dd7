//! A world that can begin again.

use std::sync::Arc;

use ddbmock_engine::Engine;
use ddbmock_model::{Caller, Command, DynamoDb, Error, Message, Report, Rule, World};

use super::Seed;

/// An engine, and what it began with.
pub(crate) struct Seeded {
    pub(super) engine: Engine,
    seed: Seed,
}

impl Seeded {
    /// The engine with what the seed holds, unless it has tables: those of a file were there before.
    ///
    /// # Errors
    /// A line that says what of the seed was refused.
    pub(crate) fn new(engine: Engine, seed: Seed) -> Result<Self, String> {
        let is_new = engine.holdings().is_empty();
        if is_new {
            seed.plant(&engine)?;
        }
        Ok(Self { engine, seed })
    }
}

impl World for Seeded {
    fn scope(&self, caller: &Caller<'_>) -> Arc<dyn DynamoDb> {
        self.engine.scope(caller)
    }

    /// While it begins again, whoever asks may see a part of what it began with.
    fn control(&self, command: Command) -> Result<Report, Error> {
        if command != Command::Reseed {
            return self.engine.control(command);
        }
        self.engine.control(Command::Reset)?;
        let planted = self.seed.plant(&self.engine);
        planted.map_err(|line| Error::Internal(Message::new(Rule("internal.seed"), line)))?;
        self.engine.control(Command::Settle)
    }

    fn may_block(&self) -> bool {
        self.engine.may_block()
    }
}
