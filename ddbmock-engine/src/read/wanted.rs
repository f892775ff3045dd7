//! What of an item is wanted, in the parameters of GetItem and of each table of BatchGetItem.

use ddbmock_model::op::Names;
use ddbmock_model::{Error, Item};

use crate::check::{Parameters, Voice, parse};
use crate::expression::{Cache, Placeholders, Projection, check_keys};
use crate::legacy::check_attributes;

/// What of an item is wanted; everything if neither an expression nor attributes are given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'r> {
    /// `ProjectionExpression`.
    pub(crate) expression: Option<&'r str>,
    /// `AttributesToGet`.
    pub(crate) attributes: Option<&'r [String]>,
    /// `ExpressionAttributeNames`.
    pub(crate) names: Option<&'r Names>,
}

impl<'r> Wanted<'r> {
    /// Checks which of the parameters are given.
    pub(crate) fn check_presence(&self, voice: Voice) -> Result<(), Error> {
        let parameters = Parameters {
            expressions: &[("ProjectionExpression", self.expression)],
            legacy: &[("AttributesToGet", self.attributes.is_some())],
            names: self.names,
            values: None,
        };
        parameters.check_presence(voice)
    }

    /// Reads them.
    pub(crate) fn projection(&self, voice: Voice, cache: &Cache) -> Result<Option<Projection<'r>>, Error> {
        self.attributes.map_or(Ok(()), |names| check_attributes(names, voice))?;
        check_keys(self.names, None).map_err(|fault| voice.refuse_expression(fault))?;
        let placeholders = Placeholders::new(self.names, None);
        let read = |text: &str| Projection::parse(text, &placeholders, voice.wording, cache);
        let projection = parse(self.expression, voice, read)?;
        placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;
        Ok(projection.or_else(|| self.attributes.map(Projection::of_attributes)))
    }
}

/// What of an item is wanted: what a projection leaves of it, or all.
pub(crate) fn wanted_part(projection: Option<&Projection<'_>>, item: Item) -> Item {
    projection.map(|projection| projection.of(&item)).unwrap_or(item)
}
