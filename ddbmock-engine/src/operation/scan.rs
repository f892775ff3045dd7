//! Scan: reads all items of a table or an index, or a segment of them, a page at a time.

use std::ops::{Bound, RangeBounds as _};

use ddbmock_model::constraint::{alone, word};
use ddbmock_model::op::{Scan, ScanOutput};
use ddbmock_model::{ApiVersion, Call, Caller, Error, Rule, Select, Wording};

use crate::check::{Parameters, Voice, empty_name, placeholder_values};
use crate::expression::Placeholders;
use crate::look_up::{LookUp, told};
use crate::read::{KeyRange, Search, Selection, Sought, Source, StartKey, segment};
use crate::simulation::Simulation;
use crate::storage::Direction;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<Scan>) -> Result<ScanOutput, Error> {
    let request = &call.request;
    let wording = world.check_members(call)?;
    let limits = world.limits(caller);
    let voice = Voice::of_read(wording).within(limits);
    check_parameters(request, voice)?;
    check_filled_names(request, voice)?;
    let search = Search::of_scan(request, &call.said, voice, limits);
    search.check_first()?;
    search.check_attributes()?;
    let expectations = search.expectations()?;
    let start = search.start()?;
    let range = segment_range(request, wording);
    // The older layer looks at segments before expressions, the newer one after them. Source: captures of 2026, Scan.
    if wording == Wording::Classic
        && let Err(error) = range
    {
        return Err(error);
    }
    let names = request.expression_attribute_names.as_ref();
    let values = placeholder_values(names, request.expression_attribute_values.as_ref(), voice)?;
    let placeholders = Placeholders::new(names, values.as_ref());
    let sought = search.sought(&placeholders, &expectations, &world.expressions)?;
    alone(word::<Select>(&call.said, "select"))?;
    search.check_select()?;
    let range = range?;

    let source = search.source(world, caller)?;
    let prepared = Prepared { search, range, sought, start, wording };
    read(world, request, &source, prepared, caller.api_version)
}

/// Which parameters go together.
fn check_parameters(request: &Scan, voice: Voice) -> Result<(), Error> {
    let parameters = Parameters {
        expressions: &[
            ("ProjectionExpression", request.projection_expression.as_deref()),
            ("FilterExpression", request.filter_expression.as_deref()),
        ],
        legacy: &[
            ("AttributesToGet", request.attributes_to_get.is_some()),
            ("ScanFilter", request.scan_filter.is_some()),
            ("ConditionalOperator", request.conditional_operator.is_some()),
        ],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)
}

/// A scan whose words are in order; whether it fits what it reads is not known yet.
struct Prepared<'q> {
    search: Search<'q>,
    range: KeyRange,
    sought: Sought<'q>,
    start: Option<LookUp>,
    wording: Wording,
}

fn read(
    world: &Simulation,
    request: &Scan,
    source: &Source,
    prepared: Prepared<'_>,
    version: ApiVersion,
) -> Result<ScanOutput, Error> {
    let Prepared { search, range, sought, start, wording } = prepared;
    let selection = Selection::of(search.select, &sought, source);
    let start = start.map(|key| StartKey::of_scan(key.named(source.schema()).into_owned(), source, wording));
    // The newer layer looks at what is selected before the starting key. Source: captures of 2026, Scan.
    if wording == Wording::Classic
        && let Some(Err(error)) = start
    {
        return Err(error);
    }
    let (selection, start) = (selection?, start.transpose()?);
    start.iter().try_for_each(|start| check_segment(start, &range, request))?;
    source.check_scalar(sought.projected())?;
    source.check_scalar(sought.filtered())?;

    let walk = search.walk(source, &selection, range, Direction::Forward);
    let (page, consumed_capacity) = search.page(world, &walk.after(start.map(|start| start.position)))?;
    Ok(ScanOutput {
        items: page.items,
        count: page.count,
        scanned_count: page.scanned,
        last_evaluated_key: page.last.map(|key| told(key, &source.table.schema, version)),
        consumed_capacity,
    })
}

/// In the newer layer a name that is empty is refused bare, and before any expression is read. Source: captures of
/// 2026, Scan.
fn check_filled_names(request: &Scan, voice: Voice) -> Result<(), Error> {
    let mut names = request.expression_attribute_names.iter().flat_map(|names| names.values());
    if voice.wording == Wording::Current && names.any(String::is_empty) {
        return Err(empty_name(voice));
    }
    Ok(())
}

/// The keys of the segment that is asked for; all keys if none is.
fn segment_range(request: &Scan, wording: Wording) -> Result<KeyRange, Error> {
    match (request.segment, request.total_segments) {
        (None, None) => Ok((Bound::Unbounded, Bound::Unbounded)),
        (Some(_), None) => Err(Error::validation(
            Rule("scan.segments_missing"),
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is \
             present",
        )),
        (None, Some(_)) => Err(Error::validation(
            Rule("scan.segment_missing"),
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is \
             present",
        )),
        (Some(number), Some(total)) if number >= total => {
            let tail = match wording {
                Wording::Current => String::new(),
                Wording::Classic => format!(": Segment: {number} is not less than TotalSegments: {total}"),
            };
            let text = format!(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments{tail}"
            );
            Err(Error::validation(Rule("scan.segment"), text))
        }
        (Some(number), Some(total)) => Ok(segment(number.unsigned_abs(), total.unsigned_abs())),
    }
}

/// A starting key must be of the segment that goes on. Source: production captures, Scan.
fn check_segment(start: &StartKey, range: &KeyRange, request: &Scan) -> Result<(), Error> {
    if range.contains(&start.position) {
        return Ok(());
    }
    let text = format!(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct \
         Segment. TotalSegments: {} Segment: {}",
        request.total_segments.unwrap_or_default(),
        request.segment.unwrap_or_default()
    );
    Err(Error::validation(Rule("scan.other_segment"), text))
}
