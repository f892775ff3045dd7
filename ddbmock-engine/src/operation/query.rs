//! Query: reads the items of one partition, in order, a page at a time.

use ddbmock_model::constraint::{alone, word};
use ddbmock_model::op::{Query, QueryOutput};
use ddbmock_model::{self as model, ApiVersion, Call, Caller, Error, Rule, Select, Wording};

use crate::check::{Parameters, Voice, parse, placeholder_values};
use crate::expression::{Condition, KeyClause, Kind, Path, Placeholders};
use crate::legacy::{KeyConditions, placed};
use crate::look_up::{LookUp, told};
use crate::read::{Partition, Search, Selection, Sought, Source, StartKey};
use crate::simulation::Simulation;
use crate::storage::Direction;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<Query>) -> Result<QueryOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let limits = world.limits(caller);
    let voice = Voice::of_read(wording).within(limits);
    check_parameters(request, voice)?;
    alone(word::<Select>(&call.said, "select"))?;
    let search = Search::of_query(request, &call.said, voice, limits);
    search.check_first()?;
    let expectations = search.expectations()?;
    search.check_attributes()?;
    let start = search.start()?;
    check_has_keys(request)?;
    let names = request.expression_attribute_names.as_ref();
    let values = placeholder_values(names, request.expression_attribute_values.as_ref(), voice)?;
    let placeholders = Placeholders::new(names, values.as_ref());
    let key_condition = parse(request.key_condition_expression.as_deref(), voice, |text| {
        Condition::parse(Kind::KeyCondition, text, &placeholders, wording, &world.expressions)
    })?;
    let sought = search.sought(&placeholders, &expectations, &world.expressions)?;
    let key_conditions = request.key_conditions.as_ref();
    let key_conditions =
        key_conditions.map(|conditions| KeyConditions::strict(conditions, &call.said, voice)).transpose()?;
    let clauses = match &key_condition {
        Some(condition) => condition.key_clauses().map_err(|fault| voice.refuse_expression(fault))?,
        None => key_conditions.iter().flat_map(KeyConditions::clauses).collect(),
    };
    search.check_select()?;

    let source = search.source(world, caller)?;
    let clauses = match request.key_conditions {
        Some(model::KeyConditions::Positional(..)) => placed(clauses, source.schema())?,
        _ => clauses,
    };
    let prepared = Prepared { search, clauses: &clauses, sought, start, wording };
    read(world, request, &source, prepared, caller.api_version)
}

/// Which parameters go together.
fn check_parameters(request: &Query, voice: Voice) -> Result<(), Error> {
    let key_condition = request.key_condition_expression.as_deref();
    let parameters = Parameters {
        expressions: &[
            ("ProjectionExpression", request.projection_expression.as_deref()),
            ("FilterExpression", request.filter_expression.as_deref()),
            ("KeyConditionExpression", key_condition),
        ],
        legacy: &[
            ("AttributesToGet", request.attributes_to_get.is_some()),
            ("QueryFilter", request.query_filter.is_some()),
            ("ConditionalOperator", request.conditional_operator.is_some()),
            // Alone they go together with the other expressions. Source: production captures, expression parameters.
            ("KeyConditions", request.key_conditions.is_some() && key_condition.is_some()),
        ],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)
}

/// A query says of which keys, in either way.
fn check_has_keys(request: &Query) -> Result<(), Error> {
    if request.key_condition_expression.is_some() || request.key_conditions.is_some() {
        return Ok(());
    }
    let text =
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.";
    Err(Error::validation(Rule("query.no_key_condition"), text))
}

/// A query whose words are in order; whether it fits what it reads is not known yet.
struct Prepared<'q> {
    search: Search<'q>,
    clauses: &'q [KeyClause<'q>],
    sought: Sought<'q>,
    start: Option<LookUp>,
    wording: Wording,
}

fn read(
    world: &Simulation,
    request: &Query,
    source: &Source,
    prepared: Prepared<'_>,
    version: ApiVersion,
) -> Result<QueryOutput, Error> {
    let Prepared { search, clauses, sought, start, wording } = prepared;
    let start = start.map(|key| StartKey::of_query(key.named(source.schema()).into_owned(), source, wording));
    let start = start.transpose()?;
    let partition = Partition::of(source.schema(), clauses)?;
    start.iter().try_for_each(|start| start.check_inside(&partition, source.schema(), wording))?;
    source.check_scalar(sought.projected())?;
    check_filter(request, sought.filtered(), source)?;
    let selection = Selection::of(search.select, &sought, source)?;
    source.check_scalar(sought.filtered())?;

    let forward = request.scan_index_forward.unwrap_or(true);
    let direction = if forward { Direction::Forward } else { Direction::Backward };
    let walk = search.walk(source, &selection, partition.range(), direction);
    let (page, consumed_capacity) = search.page(world, &walk.after(start.map(|start| start.position)))?;
    Ok(QueryOutput {
        items: page.items,
        count: page.count,
        scanned_count: page.scanned,
        last_evaluated_key: page.last.map(|key| told(key, &source.table.schema, version)),
        consumed_capacity,
    })
}

/// What a filter could say of a key belongs into the key condition. Source: production captures, Query.
fn check_filter<'p>(
    request: &Query,
    mut paths: impl Iterator<Item = Path<'p>>,
    source: &Source,
) -> Result<(), Error> {
    match paths.find(|path| source.schema().has(path.head())) {
        Some(path) => {
            let legacy = request.filter_expression.is_none();
            let parameter = if legacy { "QueryFilter" } else { "Filter Expression" };
            let text = format!(
                "{parameter} can only contain non-primary key attributes: Primary key attribute: {}",
                path.head()
            );
            let error = Error::validation(Rule("query.key_filtered"), text);
            let place =
                if request.key_conditions.is_some() { "KeyConditions" } else { "KeyConditionExpression" };
            Err(error.hinted(format!("what is asked of a key stands in {place}")))
        }
        None => Ok(()),
    }
}
