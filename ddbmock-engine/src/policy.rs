//! The resource policy of a table. It is kept as it was sent, neither read nor enforced.
//!
//! Source: captures of October 2026, resource policies; captures of 2025 for revisions that are not the expected one.

#[cfg(test)]
mod tests;

use ddbmock_model::{Error, Message, Rule, TableStatus};

use crate::clock::Timestamp;
use crate::definition::{Definition, Identity};
use crate::stage::check_at_rest;
use crate::table::Table;

/// The most bytes of a policy. Blanks count.
const BYTES_MAX: usize = 20_480;

/// The revision of a policy that is not there.
const NO_POLICY: &str = "NO_POLICY";

/// The policy of a table, or that it had one.
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

/// The policy of a table that has one.
pub(crate) fn policy_of(definition: &Definition) -> Option<&Policy> {
    definition.policy.as_ref().filter(|policy| policy.document.is_some())
}

/// A table with another policy, or with none.
pub(crate) fn replaced(before: &Definition, document: Option<&str>, now: Timestamp) -> Definition {
    let last = before.policy.as_ref().map_or(0, |policy| policy.changed.0 + 1);
    let policy = Policy { document: document.map(str::to_owned), changed: now.max(Timestamp(last)) };
    Definition { policy: Some(policy), ..before.clone() }
}

/// Checks that a table has the policy that a request expects.
pub(crate) fn check_expected(
    table: &Identity,
    before: &Definition,
    expected: Option<&str>,
) -> Result<(), Error> {
    let current = policy_of(before).map(Policy::revision);
    let Some(expected) = expected.filter(|expected| *expected != current.as_deref().unwrap_or(NO_POLICY))
    else {
        return Ok(());
    };
    let name = &table.name;
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

/// A policy can be changed while its table is updated, but not while that is made or ended. Source: captures of October
/// 2026, resource policies; assumed of a table that is made.
pub(crate) fn check_stage(table: &Table, now: Timestamp) -> Result<(), Error> {
    match table.status(|| now) {
        TableStatus::Updating => Ok(()),
        status => check_at_rest(status, &table.identity.name),
    }
}

/// The refusal of a policy that is not there, or not as it is expected.
pub(crate) fn not_found(rule: Rule, what: &str) -> Error {
    let text = format!("Resource-based policy not found for the provided ResourceArn: {what}");
    Error::PolicyNotFound(Message::new(rule, text))
}
