//! Scan: reads all items of a table or an index, or a segment of them, a page at a time.

use std::ops::Bound;

use ddbmock_model::constraint::{joined, word};
use ddbmock_model::op::{Scan, ScanOutput};
use ddbmock_model::{Call, Caller, Error, Operation, Rule, Select, Wording};

use crate::capacity::consumed_by_read;
use crate::check::{Parameters, Voice, parse};
use crate::engine::Simulation;
use crate::expression::{Condition, Kind, Placeholders, Projection};
use crate::read::{KeyRange, Selection, Source, StartKey, Walk, check_select, segment};
use crate::storage::Direction;
use crate::write::LookUp;

/// Does it.
pub(crate) fn run(world: &Simulation, caller: &Caller<'_>, call: &Call<Scan>) -> Result<ScanOutput, Error> {
    let request = &call.request;
    let wording = call.said.wording(world.config.wording);
    Scan::check_members(call, wording)?;
    let voice = Voice::of_read(wording);
    let (filter, projection) =
        (request.filter_expression.as_deref(), request.projection_expression.as_deref());
    let parameters = Parameters {
        expressions: &[("ProjectionExpression", projection), ("FilterExpression", filter)],
        legacy: &[],
        names: request.expression_attribute_names.as_ref(),
        values: request.expression_attribute_values.as_ref(),
    };
    parameters.check_presence(voice)?;
    let start = request.exclusive_start_key.as_ref();
    let start = start.map(|key| LookUp::strict_start(key, voice, true)).transpose()?;
    let segments = segment_range(request, wording);
    // The older layer looks at segments before expressions, the newer one after them. Source: captures of 2026, Scan.
    let range = if wording == Wording::Classic {
        Ok(segments?)
    } else {
        check_filled_names(request).map(|()| segments)?
    };
    let values = parameters.strict_values(voice)?;
    let placeholders = Placeholders::new(parameters.names, values.as_ref());
    let filter = parse(filter, voice, |text| {
        Condition::parse(Kind::Filter, text, &placeholders, wording, &world.expressions)
    })?;
    let projection =
        parse(projection, voice, |text| Projection::parse(text, &placeholders, wording, &world.expressions))?;
    placeholders.check_unused().map_err(|fault| voice.refuse_expression(fault))?;
    joined([word::<Select>(&call.said, "select")])?;
    check_select(request.select, projection.is_some(), request.index_name.as_deref(), wording)?;
    let range = range?;

    let table = world.table(caller, &request.table_name)?;
    let now = || world.config.clock.now();
    let source = Source::of(table, request.index_name.as_deref(), request.consistent_read, now)?;
    read(world, request, &source, Prepared { range, filter, projection, start, wording })
}

/// A scan whose words are in order; whether it fits what it reads is not known yet.
struct Prepared<'q> {
    range: KeyRange,
    filter: Option<Condition<'q>>,
    projection: Option<Projection<'q>>,
    start: Option<LookUp>,
    wording: Wording,
}

fn read(
    world: &Simulation,
    request: &Scan,
    source: &Source,
    prepared: Prepared<'_>,
) -> Result<ScanOutput, Error> {
    let Prepared { range, filter, projection, start, wording } = prepared;
    let filtered = filter.iter().flat_map(Condition::paths);
    let projected = source.check_scalar(projection.iter().flat_map(Projection::paths));
    let selection = Selection::of(request.select, projection, filtered, source);
    let start = start.map(|key| StartKey::of_scan(key.named(source.schema()).into_owned(), source, wording));
    // The newer layer looks at what is selected before the starting key. Source: captures of 2026, Scan.
    if wording == Wording::Classic
        && let Some(Err(error)) = start
    {
        return Err(error);
    }
    let (selection, start) = (selection?, start.transpose()?);
    start.iter().try_for_each(|start| check_segment(start, &range, request))?;
    projected?;
    source.check_scalar(filter.iter().flat_map(Condition::paths))?;

    let walk = Walk {
        source,
        range,
        direction: Direction::Forward,
        limit: request.limit.and_then(|limit| usize::try_from(limit).ok()),
        filter: filter.as_ref(),
        selection: &selection,
        consistent: request.consistent_read,
    };
    let page = walk.after(start.map(|start| start.position)).page(&*world.storage)?;
    let asked = request.return_consumed_capacity;
    let consumed_capacity =
        consumed_by_read(asked, &request.table_name, source, &page, request.consistent_read);
    Ok(ScanOutput {
        items: (!selection.count_only).then_some(page.items),
        count: page.count,
        scanned_count: page.scanned,
        last_evaluated_key: page.last,
        consumed_capacity,
    })
}

/// A name that is empty is refused bare, and before any expression is read. Source: captures of 2026, Scan.
fn check_filled_names(request: &Scan) -> Result<(), Error> {
    let names = request.expression_attribute_names.iter().flatten();
    if names.into_iter().any(|(_, name)| name.is_empty()) {
        return Err(Error::validation(Rule("scan.empty_name"), "Empty attribute name"));
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
    let (low, high) = range;
    let inside = match low {
        Bound::Included(low) => start.position >= *low,
        Bound::Excluded(low) => start.position > *low,
        Bound::Unbounded => true,
    } && match high {
        Bound::Excluded(high) => start.position < *high,
        Bound::Included(high) => start.position <= *high,
        Bound::Unbounded => true,
    };
    if inside {
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
