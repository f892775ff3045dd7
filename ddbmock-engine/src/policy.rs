//! The resource policy of a table, or of a stream. It is kept as it was sent, neither read nor enforced.
//!
//! Source: captures of October 2026, resource policies; captures of 2025 for revisions that are not the expected one.
//! That it is the same with streams is assumed.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ddbmock_model::{Error, Message, Rule, TableStatus};

use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::simulation::Simulation;
use crate::stage::check_at_rest;
use crate::stream::{Kept, Stream, no_such_stream};
use crate::table::{Table, no_such_table};

/// The most bytes of a policy. Blanks count.
const BYTES_MAX: usize = 20_480;

/// The revision of a policy that is not there.
const NO_POLICY: &str = "NO_POLICY";

/// The policy of a resource, or that it had one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The policy; none once it was deleted.
    pub(crate) document: Option<String>,
    /// When it changed, which is its revision: no two changes have one.
    pub(crate) changed: Timestamp,
}

impl Policy {
    /// The policy that a table is created with.
    pub(crate) fn new(document: String, now: Timestamp) -> Self {
        Self { document: Some(document), changed: now }
    }

    /// Its revision.
    pub(crate) fn revision(&self) -> String {
        self.changed.0.to_string()
    }
}

/// Checks the text of a policy.
pub(crate) fn check_document(document: &str) -> Result<(), Error> {
    if document.is_empty() {
        let text = "Invalid policy document: This policy contains invalid Json";
        return Err(Error::invalid(Rule("policy.empty"), text));
    }
    if document.len() > BYTES_MAX {
        let text = format_args!("Maximum policy size of {BYTES_MAX} bytes exceeded");
        return Err(Error::invalid(Rule("policy.size"), text));
    }
    Ok(())
}

/// The policy of a resource that has one.
pub(crate) fn in_force(policy: Option<&Policy>) -> Option<&Policy> {
    policy.filter(|policy| policy.document.is_some())
}

/// Another policy in place of one, or none.
pub(crate) fn replaced(before: Option<&Policy>, document: Option<&str>, now: Timestamp) -> Policy {
    let last = before.map_or(0, |policy| policy.changed.0 + 1);
    Policy { document: document.map(str::to_owned), changed: now.max(Timestamp(last)) }
}

/// Checks that a table, or its stream, has the policy that a request expects.
pub(crate) fn check_expected(
    name: &str,
    before: Option<&Policy>,
    expected: Option<&str>,
) -> Result<(), Error> {
    let current = in_force(before).map(Policy::revision);
    let Some(expected) = expected.filter(|expected| *expected != current.as_deref().unwrap_or(NO_POLICY))
    else {
        return Ok(());
    };
    let text = match current {
        Some(current) if expected == NO_POLICY => format!(
            "Requested policy update expecting none to be present for table {name}, but a policy exists with revision id \
             {current}."
        ),
        Some(current) => format!(
            "Requested update for policy with revision id {expected}, but the policy associated to target table {name} \
             has revision id {current}."
        ),
        None => format!(
            "Requested update for policy with revision id {expected}, but table {name} has no associated policy."
        ),
    };
    Err(not_found(Rule("policy.revision"), &text))
}

/// What a policy is of.
#[derive(Debug)]
pub(crate) struct Governed {
    /// A table.
    pub(crate) table: Arc<Table>,
    /// Its stream, if that is meant.
    pub(crate) stream: Option<Arc<Stream>>,
}

impl Governed {
    /// The name of the table.
    pub(crate) fn name(&self) -> &str {
        &self.table.identity.name
    }

    /// Its policy, or that it had one.
    pub(crate) fn policy(&self, world: &Simulation) -> Option<Policy> {
        match &self.stream {
            None => self.table.definition().policy.clone(),
            Some(stream) => world.streams.find(stream.number)?.policy.as_deref().cloned(),
        }
    }

    /// Gives it another policy, if `decide` says so, which has a word for the caller too.
    pub(crate) fn amend<T>(
        &self,
        world: &Simulation,
        decide: impl FnOnce(Option<&Policy>) -> Result<(Option<Policy>, T), Error>,
    ) -> Result<T, Error> {
        let Some(stream) = &self.stream else {
            let amended = self.table.amend(&*world.storage, |before| {
                let (policy, said) = decide(before.policy.as_ref())?;
                Ok((Definition { policy, ..before.clone() }, said))
            })?;
            return amended.ok_or_else(|| no_such_table(self.name()));
        };
        let amended = world.streams.amend(&*world.storage, stream.number, |before| {
            let (policy, said) = decide(before.policy.as_deref())?;
            Ok((Kept { policy: policy.map(Arc::new), ..before.clone() }, said))
        })?;
        amended.ok_or_else(|| no_such_stream(&stream.arn()))
    }

    /// A policy can be changed while its table is updated, but not while that is made or ended. Source: captures of
    /// October 2026, resource policies; assumed of a table that is made.
    pub(crate) fn check_stage(&self, now: Timestamp) -> Result<(), Error> {
        match self.table.status(|| now) {
            TableStatus::Updating => Ok(()),
            status => check_at_rest(status, self.name()),
        }
    }
}

/// The refusal of a policy that is not there, or not as it is expected.
pub(crate) fn not_found(rule: Rule, what: &str) -> Error {
    let text = format!("Resource-based policy not found for the provided ResourceArn: {what}");
    Error::PolicyNotFound(Message::new(rule, text))
}
