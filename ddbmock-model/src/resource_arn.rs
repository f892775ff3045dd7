//! Resources that requests name by their ARN: tables, and what belongs to one.
//!
//! Source: captures of October 2026, tags, resource policies and jobs: which ARN is refused how. What is said of one
//! that is too short to be any is assumed.

use crate::constraint::{alone, null};
use crate::error::{Error, Message, Rule};
use crate::{Place, Said};

/// An ARN of any service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The service.
    pub service: &'a str,
    /// Where the resource is.
    pub place: Place<'a>,
    /// What it is there: `table/songs`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads a text that is one.
    pub fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (partition, service) = (part()?, part()?);
        let (region, account, resource) = (part()?, part()?, part()?);
        partition.starts_with("aws").then_some(Self { service, place: Place { account, region }, resource })
    }

    /// Reads one of DynamoDB's own.
    pub(crate) fn of_dynamodb(text: &'a str) -> Option<Self> {
        Self::read(text).filter(|arn| arn.service == "dynamodb")
    }
}

/// A table, or what belongs to one, as an ARN names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceArn<'a> {
    /// Where the table is.
    pub place: Place<'a>,
    /// The table's name.
    pub table: &'a str,
    /// What of the table's it is.
    pub part: ResourcePart<'a>,
}

/// What of a table's an ARN names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourcePart<'a> {
    /// The table itself.
    Table,
    /// An index.
    Index,
    /// The stream of that label.
    Stream(&'a str),
}

impl<'a> ResourceArn<'a> {
    /// Reads the ARN of a table, of an index or of a stream.
    ///
    /// # Errors
    /// `ValidationException` if it is none, `AccessDeniedException` if it is another service's.
    pub fn read(text: &'a str) -> Result<Self, Error> {
        if !text.starts_with("arn:") {
            return Err(Error::invalid(
                Rule("arn.start"),
                format_args!("ARNs must start with 'arn:': {text}"),
            ));
        }
        let arn = Arn::read(text);
        if arn.is_some_and(|arn| arn.service != "dynamodb") {
            return Err(Error::AccessDenied(Message::new(Rule("arn.service"), "Access is denied")));
        }
        let text = format_args!("Provided Arn is not a DynamoDB resource arn: {text}");
        arn.and_then(Self::of).ok_or_else(|| Error::invalid(Rule("arn.resource"), text))
    }

    fn of(arn: Arn<'a>) -> Option<Self> {
        let mut steps = arn.resource.splitn(4, '/');
        let (kind, table) = (steps.next()?, steps.next()?);
        let part = match (steps.next(), steps.next()) {
            (None, _) => ResourcePart::Table,
            (Some("index"), Some(_)) => ResourcePart::Index,
            (Some("stream"), Some(label)) => ResourcePart::Stream(label),
            _ => return None,
        };
        (kind == "table").then_some(Self { place: arn.place, table, part })
    }
}

/// The ARN of something that was made of a table: of a `Backup`, an `Export` or an `Import`. Nothing is looked for that
/// has another form.
pub(crate) fn check_made_of_table(said: &Said, path: &str, text: &str, kind: &str) -> Result<(), Error> {
    if said.is_missing(path) {
        return alone(null(path));
    }
    let resource = Arn::of_dynamodb(text).map_or("", |arn| arn.resource);
    let steps: Vec<&str> = resource.split('/').collect();
    match steps[..] {
        ["table", _, made, _] if made.eq_ignore_ascii_case(kind) => Ok(()),
        _ => Err(Error::validation(Rule("arn.made_of_table"), format!("Invalid {kind} ARN"))),
    }
}
