//! What a table becomes when it is updated: a new definition, from the one before and a request.
//!
//! The checks stand in the service's order. Source: production captures, UpdateTable; captures of October 2026 for what
//! goes together in one request, and for what is answered meanwhile.

mod billing;
mod indexes;
mod request;
mod settings;
mod vectors;

use ddbmock_model::op::UpdateTable;
use ddbmock_model::{BillingMode, Error, Message, Rule, TableStatus};

pub(crate) use request::check_request;

use crate::clock::Timestamp;
use crate::definition::{Definition, Identity, sorted};
use crate::index::Index;
use crate::limits::Limits;
use crate::simulation::Simulation;
use crate::table::Redefinition;

/// An update that was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Where.
    pub(crate) world: &'a Simulation,
    /// What.
    pub(crate) request: &'a UpdateTable,
    /// Of which table.
    pub(crate) table: &'a Identity,
    /// When.
    pub(crate) now: Timestamp,
    /// How far units may rise, and how often they may fall.
    pub(crate) limits: &'a Limits,
}

impl Asked<'_> {
    /// What the table becomes.
    pub(crate) fn redefine(&self, before: &Definition, status: TableStatus) -> Result<Redefinition, Error> {
        self.check_at_rest(before, status)?;
        let mut draft = Draft {
            before,
            billing: self.request.billing_mode.unwrap_or(before.billing),
            made: Redefinition {
                after: before.clone(),
                shown: before.clone(),
                status: TableStatus::Active,
                lasts: self.world.config.delays.update,
                splits: false,
            },
        };
        self.check_units_fit(&draft)?;
        self.check_indexes(&draft)?;
        self.check_vectors(&draft)?;
        self.change_billing(&mut draft)?;
        self.change_indexes(&mut draft)?;
        self.change_settings(&mut draft)?;
        if self.new_count() > 0 {
            draft.made.lasts /= 2;
        }
        draft.made.after.attributes = used(&draft.made.after);
        Ok(draft.made)
    }

    /// When the change is done.
    fn done(&self) -> Timestamp {
        self.now.after(self.world.config.delays.update)
    }
}

/// What was decided so far.
struct Draft<'d> {
    before: &'d Definition,
    /// How the table will be paid for.
    billing: BillingMode,
    made: Redefinition,
}

impl Draft<'_> {
    /// Says that the table is changing.
    fn is_updating(&mut self) {
        self.made.status = TableStatus::Updating;
    }

    /// Whether the table changes from one way of being paid for to the other.
    fn switches_billing(&self) -> bool {
        self.billing != self.before.billing
    }
}

/// The definitions of the attributes that keys use, and searches of vectors: the others are dropped. Source: captures
/// of 2026, UpdateTable.
fn used(definition: &Definition) -> Vec<ddbmock_model::AttributeDefinition> {
    let is_used = |name: &str| {
        definition.key.iter().any(|element| element.attribute_name == name)
            || definition.indexes.iter().flat_map(Index::typed).any(|attribute| attribute.name == name)
    };
    let used = definition.attributes.iter().filter(|one| is_used(&one.attribute_name)).cloned();
    sorted(used.collect())
}

/// The refusal of an index that the table does not have. Source: captures of October 2026, UpdateTable.
fn no_such_index(index: &str, table: &str) -> Error {
    let text = format!("Requested resource not found: Index {index} for table {table}");
    Error::ResourceNotFound(Message::new(Rule("redefinition.no_such_index"), text))
}
