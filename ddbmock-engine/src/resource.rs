//! The tables and streams that requests name by an ARN of theirs, or of what belongs to them.
//!
//! An ARN is exact: it means the table that was created where it says. It is refused for its account or its Region, but
//! where clients share tables only if that table is not there. Source: captures of October 2026, tags and resource
//! policies.

use std::sync::Arc;

use ddbmock_model::{Arn, Caller, Error, Message, Place, ResourceArn, ResourcePart, Rule, TableStatus, Tag};

use crate::definition::Definition;
use crate::policy::Governed;
use crate::simulation::{Simulation, inactive};
use crate::table::{Table, no_such_table};

/// An ARN that can be one of a resource with tags, there or not.
pub(crate) fn taggable(text: &str) -> Result<ResourceArn<'_>, Error> {
    let arn = ResourceArn::read(text)?;
    let is_taggable = arn.part != ResourcePart::Index && arn.table.chars().count() >= 3;
    if is_taggable { Ok(arn) } else { Err(not_taggable(text)) }
}

fn not_taggable(text: &str) -> Error {
    let text = format!("Invalid TableArn: Invalid ResourceArn provided as input {text}");
    Error::validation(Rule("tags.arn"), text)
}

impl Simulation {
    /// The table whose tags a request is about. One that is made or ended has none yet, or none any more.
    pub(crate) fn tagged(&self, caller: &Caller<'_>, text: &str) -> Result<Arc<Table>, Error> {
        let arn = taggable(text)?;
        let missing = |hint| no_such_resource(text).hinted(hint);
        if arn.part != ResourcePart::Table {
            return Err(missing("streams have no tags".to_owned()));
        }
        let Some(table) = self.shown(caller, arn) else {
            let Place { account, region } = self.place(caller);
            return Err(match arn.place {
                place if place.account != account => access_denied(),
                place if place.region != region => not_taggable(text),
                _ => missing(self.missing(caller, arn.table)),
            });
        };
        match table.status(|| self.config.clock.now()) {
            status @ (TableStatus::Creating | TableStatus::Deleting) => {
                Err(missing(inactive(&table, status)))
            }
            _ => Ok(table),
        }
    }

    /// Gives that table other tags.
    pub(crate) fn amend_tags(
        &self,
        caller: &Caller<'_>,
        text: &str,
        change: impl FnOnce(&[Tag]) -> Result<Vec<Tag>, Error>,
    ) -> Result<(), Error> {
        let after = |before: &Definition| {
            let tags = change(&before.tags)?;
            Ok((Definition { tags, ..before.clone() }, ()))
        };
        let amended = self.tagged(caller, text)?.amend(&*self.storage, after)?;
        amended.ok_or_else(|| no_such_resource(text))
    }

    /// The table or the stream whose policy a request is about.
    pub(crate) fn governed(&self, caller: &Caller<'_>, text: &str) -> Result<Governed, Error> {
        let arn = ResourceArn::read(text)?;
        if arn.part == ResourcePart::Index {
            let what =
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn";
            return Err(Error::invalid(Rule("policy.arn_of_index"), format_args!("{what}: {text}")));
        }
        let table = self.shown(caller, arn).ok_or_else(|| {
            let Place { account, region } = self.place(caller);
            match arn.place {
                place if place.account != account => other_account(),
                place if place.region != region => {
                    Error::invalid(Rule("policy.arn"), format_args!("Invalid resource Arn: {text}"))
                }
                _ => no_such_table(arn.table).hinted(self.missing(caller, arn.table)),
            }
        })?;
        let ResourcePart::Stream(label) = arn.part else {
            return Ok(Governed { table, stream: None });
        };
        match self.streams.named(text) {
            Some(kept) => Ok(Governed { table, stream: Some(kept.stream) }),
            None => Err(no_such_stream(&table, label)),
        }
    }

    /// The table of an ARN, if someone of the caller's place sees it.
    fn shown(&self, caller: &Caller<'_>, arn: ResourceArn<'_>) -> Option<Arc<Table>> {
        let is_seen = !self.catalog.isolates() || arn.place == self.place(caller);
        self.catalog.find_in(arn.place, arn.table).filter(|_| is_seen)
    }

    /// What is another account's is not shown.
    pub(crate) fn check_account(&self, caller: &Caller<'_>, arn: &str) -> Result<(), Error> {
        let account = self.place(caller).account;
        match Arn::read(arn) {
            Some(arn) if arn.place.account != account => Err(access_denied()),
            _ => Ok(()),
        }
    }
}

fn no_such_resource(text: &str) -> Error {
    let text = format!("Requested resource not found: ResourceArn: {text} not found");
    Error::ResourceNotFound(Message::new(Rule("tags.no_such_resource"), text))
}

fn access_denied() -> Error {
    Error::AccessDenied(Message::new(Rule("arn.account"), "Access is denied"))
}

fn other_account() -> Error {
    let text = "This action is only supported by accounts that match the resource owner’s account.";
    Error::validation(Rule("policy.account"), text)
}

fn no_such_stream(table: &Table, label: &str) -> Error {
    let name = &table.identity.name;
    let text = format!("Requested resource not found: Stream: {label} not found for Table: {name}");
    Error::ResourceNotFound(Message::new(Rule("policy.no_such_stream"), text))
}
