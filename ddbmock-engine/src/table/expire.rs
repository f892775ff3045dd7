//! How the items of a table begin to expire, or no longer do.
//!
//! The items that are there are looked through as an index is filled: piece by piece, with the lock let go of between
//! pieces. Until that is done none expires, and of a process that ends before nothing is left.

use std::sync::Arc;

use ddbmock_model::Error;

use super::redefine::{Piece, interrupted};
use super::{Locked, Table, no_such_table};
use crate::definition::Definition;
use crate::expiry::TimeToLive;
use crate::simulation::Simulation;
use crate::storage::{Durable, Write};

impl Table {
    /// Has its items expire as `decide` says, or no longer.
    pub(crate) fn change_expiry(
        &self,
        world: &Simulation,
        decide: impl FnOnce(&Definition) -> Result<TimeToLive, Error>,
    ) -> Result<(), Error> {
        let decided = self.amend(&*world.storage, |before| {
            let (decided, former) = (decide(before)?, before.time_to_live.clone());
            let begun = Arc::new(if decided.enabled { decided.beginning() } else { decided.clone() });
            let next_part = before.next_part.max(begun.part + 1);
            let after = Definition { time_to_live: Some(Arc::clone(&begun)), next_part, ..before.clone() };
            Ok((after, (decided, begun, former)))
        })?;
        let (decided, begun, former) = decided.ok_or_else(|| no_such_table(&self.identity.name))?;
        if !decided.enabled {
            return Ok(());
        }
        let looked_through = self.look_through(world, &begun);
        let becomes = if looked_through.is_ok() { Some(Arc::new(decided)) } else { former };
        let ended = self.amend(&*world.storage, |before| {
            let is_begun = before.time_to_live.as_ref() == Some(&begun);
            let time_to_live = if is_begun { becomes } else { before.time_to_live.clone() };
            Ok((Definition { time_to_live, ..before.clone() }, ()))
        });
        looked_through.and(ended).map(drop)
    }

    /// Adds the times of all items that are there.
    fn look_through(&self, world: &Simulation, begun: &Arc<TimeToLive>) -> Result<(), Error> {
        let mut last = None;
        let piece = |locked: &mut Locked<'_>| locked.look_through_piece(world, begun, &mut last);
        self.piece_by_piece(piece).map(drop)
    }
}

impl Locked<'_> {
    /// The same of the items after the last one; nothing if there are none left.
    fn look_through_piece(
        &mut self,
        world: &Simulation,
        begun: &Arc<TimeToLive>,
        last: &mut Option<Arc<[u8]>>,
    ) -> Result<Option<Durable>, Error> {
        let Self { table, .. } = self;
        if table.definition().time_to_live.as_ref() != Some(begun) {
            return Err(interrupted());
        }
        let (space, now) = (table.space(begun.part), world.config.clock.now());
        let piece = Piece::read(&*world.storage, table, last.as_deref(), |piece, row, item| {
            let entry = begun.entry(row, item, now);
            let write = entry.map(|key| Write { space, key, bytes: Some(Arc::new([])) });
            piece.batch.writes.extend(write);
        })?;
        if piece.last.is_none() {
            return Ok(None);
        }
        *last = piece.last;
        world.storage.stage(piece.batch).map(Some)
    }
}
