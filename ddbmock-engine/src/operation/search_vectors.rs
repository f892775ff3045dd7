//! SearchVectors: finds the items whose vectors are nearest to another. All vectors are looked at, so that these are
//! the nearest ones, where the service may miss some.
//!
//! The checks stand in the service's order. Source: captures of October 2026, SearchVectors.

use std::ops::Bound;

use ddbmock_model::op::{SearchVectors, SearchVectorsOutput};
use ddbmock_model::{
    AttributeValue, Call, Caller, Error, Item, ReturnConsumedCapacity, Rule, SearchResult, VectorCapacity,
    Wording,
};

use crate::capacity::vector_bytes;
use crate::check::{Parameters, Voice, parse, strict_values};
use crate::expression::{Condition, Equality, Kind, Placeholders, Projection, check_keys};
use crate::index::Index;
use crate::read::{KeyRange, Nearest, Partition, Source, wanted_part};
use crate::schema::{check_filled, check_partition_size, is_of, type_name};
use crate::simulation::Simulation;
use crate::vector::{Vector, float};

/// The most items that a search finds.
const TOP_K_MAX: i64 = 100;
/// What a search is charged for, in tenths of bytes a dimension, beside what it found. Source: measured in August 2026;
/// the service itself answers now with this, now with somewhat more.
const TENTHS_A_DIMENSION: usize = 176;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<SearchVectors>,
) -> Result<SearchVectorsOutput, Error> {
    let request = &call.request;
    world.check_members(call)?;
    check_top_k(request.top_k)?;
    let wanted = search_vector(&request.search_vector)?;
    // There is no older layer.
    let voice = Voice::of_read(Wording::Current);
    let condition = request.search_condition_expression.as_deref();
    let projection = request.projection_expression.as_deref();
    let parameters = Parameters {
        expressions: &[("ProjectionExpression", projection), ("SearchConditionExpression", condition)],
        legacy: &[],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    let values = strict_values(parameters.values, voice)?;
    check_keys(parameters.names, parameters.values).map_err(|fault| voice.refuse_expression(fault))?;
    parameters.check_presence(voice)?;
    let placeholders = Placeholders::new(parameters.names, values.as_ref());
    let (wording, cache) = (voice.wording, &world.expressions);
    let condition = parse(condition, voice, |text| {
        Condition::parse(Kind::SearchCondition, text, &placeholders, wording, cache)
    })?;
    let equalities = condition.as_ref().map_or(Ok(Vec::new()), Condition::equalities);
    let equalities = equalities.map_err(|fault| voice.refuse_expression(fault))?;
    let projection = parse(projection, voice, |text| Projection::parse(text, &placeholders, wording, cache))?;
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;

    let table = world.table(caller, &request.table_name)?;
    let source = Source::of_vectors(table, &request.index_name, || world.config.clock.now())?;
    let (index, vector) = source.vectors()?;
    check_dimension(wanted.len(), vector)?;
    let range = partition(index, &equalities)?;
    let most = usize::try_from(request.top_k).unwrap_or_default();
    let nearest =
        Nearest { source: &source, vector, range, condition: condition.as_ref(), wanted: &wanted, most };
    let found = nearest.find(&*world.storage)?;
    let consumed_capacity = consumed(request.return_consumed_capacity, vector, &found);
    let with_vector = index.projects(&vector.attribute, &source.table.schema);
    let answered = |(score, entry): (f64, Item)| {
        let item = vector.answered(&entry, with_vector, |item| wanted_part(projection.as_ref(), item));
        SearchResult { item, score }
    };
    Ok(SearchVectorsOutput { search_results: found.into_iter().map(answered).collect(), consumed_capacity })
}

fn check_top_k(top_k: i64) -> Result<(), Error> {
    if top_k <= TOP_K_MAX {
        return Ok(());
    }
    let text = format!(
        "Provided TopK value '{top_k}' is out of valid range. The value must be between 1 and {TOP_K_MAX} inclusive"
    );
    Err(Error::validation(Rule("search.top_k"), text))
}

/// The vector of a search.
fn search_vector(values: &[AttributeValue]) -> Result<Vec<f32>, Error> {
    let number = |value: &AttributeValue| match value {
        AttributeValue::N(text) => float(text),
        _ => None,
    };
    values.iter().map(number).collect::<Option<_>>().ok_or_else(|| {
        let text = "Search vector contains invalid values. All values in the search vector must be a 32-bit \
                    floating-point number attribute";
        Error::validation(Rule("search.vector"), text)
    })
}

fn check_dimension(given: usize, vector: &Vector) -> Result<(), Error> {
    let dimensions = vector.dimensions;
    if given == dimensions {
        return Ok(());
    }
    let text =
        format!("Input search vector dimension {given} does not match vector index dimension {dimensions}");
    Err(Error::validation(Rule("search.dimension"), text))
}

/// The keys among which those are that a search is narrowed to.
fn partition(index: &Index, equalities: &[Equality<'_>]) -> Result<KeyRange, Error> {
    let of = |name: &str| index.typed().find(|attribute| attribute.name == name);
    if let Some((name, _)) = equalities.iter().find(|(name, _)| of(name).is_none()) {
        let text = format!(
            "SearchConditionExpression must not contain any attributes that is not in SearchSchema. Invalid attribute: \
             {name}"
        );
        return Err(Error::validation(Rule("search.attribute"), text));
    }
    let hash = index.schema.partition.first().map(|hash| hash.name.as_str());
    let equal = hash.map(|hash| {
        equalities.iter().find(|(name, _)| *name == hash).ok_or_else(|| {
            let text = "SearchConditionExpression must be provided when SearchSchema has a HASH key";
            Error::validation(Rule("search.no_hash"), text)
        })
    });
    let equal = equal.transpose()?;
    for (name, value) in equalities {
        if let Some(attribute) = of(name).filter(|attribute| !is_of(*value, attribute.scalar)) {
            let text = format!(
                "Type of '{name}' attribute in SearchConditionExpression ({}) does not match type in search schema ({})",
                value.type_name(),
                type_name(attribute.scalar)
            );
            return Err(Error::validation(Rule("search.type"), text));
        }
    }
    let Some((name, value)) = equal else {
        return Ok((Bound::Unbounded, Bound::Unbounded));
    };
    check_filled(name, *value)?;
    check_partition_size(*value)?;
    Ok(Partition { equal: vec![*value], sort: Vec::new() }.range())
}

fn consumed(asked: ReturnConsumedCapacity, vector: &Vector, found: &[(f64, Item)]) -> Option<VectorCapacity> {
    if asked == ReturnConsumedCapacity::None {
        return None;
    }
    let rest: usize = found.iter().map(|(_, entry)| entry.bytes() - vector.entry_bytes()).sum();
    let bytes = vector_bytes(vector.dimensions * TENTHS_A_DIMENSION / 10 + rest);
    Some(VectorCapacity { vector_search_request_bytes: Some(bytes), ..VectorCapacity::default() })
}
