//! Query: reads the items of one partition, in order, a page at a time.

use ddbmock_model::constraint::{joined, word};
use ddbmock_model::op::{Query, QueryOutput};
use ddbmock_model::{Call, Caller, Error, Operation, Rule, Select, Wording};

use crate::capacity::consumed_by_read;
use crate::check::{Parameters, Voice, parse};
use crate::engine::Simulation;
use crate::expression::{Condition, KeyClause, Kind, Placeholders, Projection};
use crate::read::{Partition, Selection, Source, StartKey, Walk, check_select};
use crate::storage::Direction;
use crate::write::LookUp;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<Query>) -> Result<QueryOutput, Error> {
    let request = &call.request;
    let wording = call.said.wording(world.config.wording);
    Query::check_members(call, wording)?;
    let voice = Voice::of_read(wording);
    let key_condition = request.key_condition_expression.as_deref();
    let (filter, projection) =
        (request.filter_expression.as_deref(), request.projection_expression.as_deref());
    let parameters = Parameters {
        expressions: &[
            ("ProjectionExpression", projection),
            ("FilterExpression", filter),
            ("KeyConditionExpression", key_condition),
        ],
        legacy: &[],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)?;
    joined([word::<Select>(&call.said, "select")])?;
    let start = request.exclusive_start_key.as_ref();
    let start = start.map(|key| LookUp::strict_start(key, voice, false)).transpose()?;
    let Some(key_condition) = key_condition else {
        let text =
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.";
        return Err(Error::validation(Rule("query.no_key_condition"), text));
    };
    let values = parameters.strict_values(voice)?;
    let placeholders = Placeholders::new(parameters.names, values.as_ref());
    let condition =
        |kind, text: &str| Condition::parse(kind, text, &placeholders, wording, &world.expressions);
    let key_condition =
        condition(Kind::KeyCondition, key_condition).map_err(|fault| voice.refuse_expression(fault))?;
    let filter = parse(filter, voice, |text| condition(Kind::Filter, text))?;
    let projection =
        parse(projection, voice, |text| Projection::parse(text, &placeholders, wording, &world.expressions))?;
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;
    let clauses = key_condition.key_clauses().map_err(|fault| voice.refuse_expression(fault))?;
    check_select(request.select, projection.is_some(), request.index_name.as_deref(), wording)?;

    let table = world.table(caller, &request.table_name)?;
    let now = || world.config.clock.now();
    let source = Source::of(table, request.index_name.as_deref(), request.consistent_read, now)?;
    let prepared = Prepared { clauses: &clauses, filter, projection, start, wording };
    read(world, request, &source, prepared)
}

/// A query whose words are in order; whether it fits what it reads is not known yet.
struct Prepared<'q> {
    clauses: &'q [KeyClause<'q>],
    filter: Option<Condition<'q>>,
    projection: Option<Projection<'q>>,
    start: Option<LookUp>,
    wording: Wording,
}

fn read(
    world: &Simulation,
    request: &Query,
    source: &Source,
    prepared: Prepared<'_>,
) -> Result<QueryOutput, Error> {
    let Prepared { clauses, filter, projection, start, wording } = prepared;
    let start = start.map(|key| StartKey::of_query(key.named(source.schema()).into_owned(), source, wording));
    let start = start.transpose()?;
    let partition = Partition::of(source.schema(), clauses)?;
    start.iter().try_for_each(|start| start.check_inside(&partition, source.schema(), wording))?;
    source.check_scalar(projection.iter().flat_map(Projection::paths))?;
    check_filter(filter.as_ref(), source)?;
    let filtered = filter.iter().flat_map(Condition::paths);
    let selection = Selection::of(request.select, projection, filtered, source)?;
    source.check_scalar(filter.iter().flat_map(Condition::paths))?;

    let walk = Walk {
        source,
        range: partition.range(),
        direction: if request.scan_index_forward.unwrap_or(true) {
            Direction::Forward
        } else {
            Direction::Backward
        },
        limit: request.limit.and_then(|limit| usize::try_from(limit).ok()),
        filter: filter.as_ref(),
        selection: &selection,
        consistent: request.consistent_read,
    };
    let page = walk.after(start.map(|start| start.position)).page(&*world.storage)?;
    let asked = request.return_consumed_capacity;
    let consumed_capacity =
        consumed_by_read(asked, &request.table_name, source, &page, request.consistent_read);
    Ok(QueryOutput {
        items: (!selection.count_only).then_some(page.items),
        count: page.count,
        scanned_count: page.scanned,
        last_evaluated_key: page.last,
        consumed_capacity,
    })
}

/// What a filter could say of a key belongs into the key condition. Source: production captures, Query.
fn check_filter(filter: Option<&Condition<'_>>, source: &Source) -> Result<(), Error> {
    let mut paths = filter.into_iter().flat_map(Condition::paths);
    match paths.find(|path| source.schema().has(path.head())) {
        Some(path) => {
            let text = format!(
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: {}",
                path.head()
            );
            let error = Error::validation(Rule("query.key_filtered"), text);
            Err(error.hinted("what is asked of a key stands in KeyConditionExpression"))
        }
        None => Ok(()),
    }
}
