//! Several statements of one request: all of them read, or all of them write.

use ddbmock_model::{AttributeValue, Error, Rule};

use super::prepared::{Bound, Parameters, Prepared};
use crate::simulation::Simulation;

/// The statements of a request. What is wrong with one is kept in its place.
#[derive(Debug)]
pub(crate) struct Several<'r> {
    prepared: Vec<Result<Prepared<'r>, Error>>,
    /// How it is told that something is wrong with a statement, by its place. Of parameters it is told as it is.
    told: fn(usize, Error) -> Error,
}

impl<'r> Several<'r> {
    /// Statements, each with its parameters.
    pub(crate) fn new(
        world: &Simulation,
        sent: impl Iterator<Item = (&'r str, Option<&'r [AttributeValue]>)>,
        told: fn(usize, Error) -> Error,
    ) -> Self {
        let prepared = sent.enumerate().map(|(place, (text, parameters))| {
            let parameters = Parameters::strict(parameters)?;
            Prepared::new(world, text, parameters).map_err(|error| told(place, error))
        });
        Self { prepared: prepared.collect(), told }
    }

    /// Binds them; `check` refuses what is no statement of such a request.
    pub(crate) fn bound(
        &self,
        check: fn(&Bound<'_>) -> Result<(), Error>,
    ) -> impl Iterator<Item = Result<Bound<'_>, Error>> {
        self.prepared.iter().enumerate().map(move |(place, prepared)| {
            let bound = prepared.as_ref().map_err(Error::clone)?.bound();
            bound.and_then(|bound| check(&bound).map(|()| bound)).map_err(|error| (self.told)(place, error))
        })
    }
}

/// Whether statements read; else they write. They may not do both.
pub(crate) fn all_read<'b>(
    all: impl Iterator<Item = &'b Bound<'b>>,
    (rule, text): (Rule, &'static str),
) -> Result<bool, Error> {
    let reads: Vec<bool> = all.map(Bound::reads).collect();
    let first = reads.first().is_some_and(|first| *first);
    if reads.iter().all(|reads| *reads == first) { Ok(first) } else { Err(Error::validation(rule, text)) }
}
