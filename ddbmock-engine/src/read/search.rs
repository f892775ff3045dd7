//! What Query and Scan have in common: the parameters that both have, their checks, and the page that is read. In which
//! order the checks come is each operation's own.

use ddbmock_model::{
    Caller, ConditionalOperator, Conditions, ConsumedCapacity, Error, Key, ReturnConsumedCapacity, Said,
    Select, Wording, op,
};

use super::selection::{Selection, Sought, check_select};
use super::source::Source;
use super::walk::{KeyRange, Page, Walk};
use crate::capacity::consumed_by_read;
use crate::check::{Voice, check_names, empty_name, key_has_empty_name, parse};
use crate::expression::{Cache, Condition, Kind, Placeholders, Projection};
use crate::legacy::{Expectations, Filter, check_attributes, check_conditional_operator};
use crate::limits::Limits;
use crate::look_up::LookUp;
use crate::simulation::Simulation;
use crate::storage::Direction;

/// The parameters that Query and Scan both have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search<'r> {
    said: &'r Said,
    voice: Voice,
    of_scan: bool,
    table_name: &'r str,
    index_name: Option<&'r str>,
    filter: Option<&'r str>,
    projection: Option<&'r str>,
    conditions: Option<&'r Conditions>,
    operator: Option<ConditionalOperator>,
    attributes: Option<&'r [String]>,
    start: Option<&'r Key>,
    limit: Option<usize>,
    consistent: bool,
    /// Which attributes to answer with.
    pub(crate) select: Option<Select>,
    capacity: ReturnConsumedCapacity,
    limits: &'r Limits,
}

macro_rules! searches {
    ($($name:ident of $operation:ident: $conditions:ident, $of_scan:literal;)+) => {
        impl<'r> Search<'r> {$(
            #[doc = concat!("The parameters of a ", stringify!($operation), ".")]
            pub(crate) fn $name(
                request: &'r op::$operation,
                said: &'r Said,
                voice: Voice,
                limits: &'r Limits,
            ) -> Self {
                Self {
                    said,
                    voice,
                    of_scan: $of_scan,
                    table_name: &request.table_name,
                    index_name: request.index_name.as_deref(),
                    filter: request.filter_expression.as_deref(),
                    projection: request.projection_expression.as_deref(),
                    conditions: request.$conditions.as_ref(),
                    operator: request.conditional_operator,
                    attributes: request.attributes_to_get.as_deref(),
                    start: request.exclusive_start_key.as_ref(),
                    limit: request.limit.and_then(|limit| usize::try_from(limit).ok()),
                    consistent: request.consistent_read,
                    select: request.select,
                    capacity: request.return_consumed_capacity,
                    limits,
                }
            }
        )+}
    };
}
searches! {
    of_query of Query: query_filter, false;
    of_scan of Scan: scan_filter, true;
}

impl<'r> Search<'r> {
    /// Checks what comes before values and expressions: empty names, and how conditions go together. Source: captures
    /// of 2026, empty attribute names, checks of Scan.
    pub(crate) fn check_first(&self) -> Result<(), Error> {
        let values = self.conditions.into_iter().flat_map(Conditions::values);
        check_names(values.flat_map(|condition| &condition.attribute_value_list), self.voice)?;
        let unnamed = self.attributes.is_some_and(|names| names.iter().any(String::is_empty));
        if unnamed || self.starts_at_empty_name() {
            return Err(empty_name(self.voice));
        }
        let conditions = self.conditions.map_or(0, Conditions::len);
        check_conditional_operator(self.operator, conditions, self.said, self.voice)
    }

    /// Whether the starting key has an empty name. The older layer looks at that with its values, and frames it.
    fn starts_at_empty_name(&self) -> bool {
        self.voice.wording == Wording::Current && self.start.is_some_and(key_has_empty_name)
    }

    /// The filter that is no expression, its values and operators checked.
    pub(crate) fn expectations(&self) -> Result<Expectations<'r>, Error> {
        Filter { of_scan: self.of_scan, conditions: self.conditions, operator: self.operator }
            .strict(self.said, self.voice)
    }

    /// Checks the names of `AttributesToGet`.
    pub(crate) fn check_attributes(&self) -> Result<(), Error> {
        self.attributes.map_or(Ok(()), |names| check_attributes(names, self.voice))
    }

    /// The starting key, its values checked.
    pub(crate) fn start(&self) -> Result<Option<LookUp>, Error> {
        self.start.map(|key| LookUp::strict_start(key, self.voice, self.of_scan)).transpose()
    }

    /// The filter and the projection, be they expressions or not. All expressions are read then, so that what is unused
    /// is refused.
    pub(crate) fn sought<'q>(
        &self,
        placeholders: &Placeholders<'q>,
        expectations: &'q Expectations<'_>,
        cache: &Cache,
    ) -> Result<Sought<'q>, Error>
    where
        'r: 'q,
    {
        let wording = self.voice.wording;
        let filter = parse(self.filter, self.voice, |text| {
            Condition::parse(Kind::Filter, text, placeholders, wording, cache)
        })?;
        let projection =
            parse(self.projection, self.voice, |text| Projection::parse(text, placeholders, wording, cache))?;
        placeholders.check_unused().map_err(|fault| self.voice.refuse_expression(fault))?;
        Ok(Sought {
            filter: filter.or_else(|| expectations.condition()),
            projection: projection.or_else(|| self.attributes.map(Projection::of_attributes)),
        })
    }

    /// Checks `Select` against the other parameters.
    pub(crate) fn check_select(&self) -> Result<(), Error> {
        let attributes = self.attributes.map(|_| "AttributesToGet");
        let projected = self.projection.map(|_| "ProjectionExpression").or(attributes);
        check_select(self.select, projected, self.index_name, self.voice.wording)
    }

    /// What is read.
    pub(crate) fn source(&self, world: &Simulation, caller: &Caller<'_>) -> Result<Source, Error> {
        let table = world.table(caller, self.table_name)?;
        let source = Source::of(table, self.index_name, self.consistent, || world.config.clock.now())?;
        source.check_ordered(self.of_scan)?;
        Ok(source)
    }

    /// The walk over a range of it.
    pub(crate) fn walk<'w>(
        &self,
        source: &'w Source,
        selection: &'w Selection<'w>,
        range: KeyRange,
        direction: Direction,
    ) -> Walk<'w>
    where
        'r: 'w,
    {
        let Self { limit, consistent, limits, .. } = *self;
        Walk { source, ranges: vec![range], direction, limit, selection, consistent, limits }
    }

    /// Reads a page, and says what that cost if it was asked for.
    pub(crate) fn page(
        &self,
        world: &Simulation,
        walk: &Walk<'_>,
    ) -> Result<(Page, Option<ConsumedCapacity>), Error> {
        let page = walk.page(&*world.storage)?;
        let units = self.limits.read_units(page.bytes, self.consistent);
        let consumed = consumed_by_read(self.capacity, self.table_name, walk.source, &page, units);
        Ok((page, consumed))
    }
}
