//! ListStreams: the streams of a table or of all, a page at a time.

use std::collections::BTreeMap;

use ddbmock_model::op::{ListStreams, ListStreamsOutput};
use ddbmock_model::{Call, Caller, Error, Place, Stream};

use super::describe_stream::page_size;
use crate::simulation::Simulation;
use crate::stream::Kept;

/// Does it. A table that has no stream, or is not there, has none to list: assumed.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<ListStreams>,
) -> Result<ListStreamsOutput, Error> {
    world.check_members(call)?;
    let request = &call.request;
    let seen = seen(world, world.place(caller), request.table_name.as_deref());
    let by_arn: BTreeMap<String, Kept> = seen.into_iter().map(|kept| (kept.stream.arn(), kept)).collect();
    let start = request.exclusive_start_stream_arn.as_deref().unwrap_or_default();
    let mut rest = by_arn.into_iter().filter(|(arn, _)| arn.as_str() > start);
    let streams: Vec<Stream> =
        rest.by_ref().take(page_size(request.limit)).map(|(arn, kept)| listed(arn, &kept)).collect();
    let last = streams.last().filter(|_| rest.next().is_some());
    let last_evaluated_stream_arn = last.map(|stream| stream.stream_arn.clone());
    Ok(ListStreamsOutput { streams, last_evaluated_stream_arn })
}

/// The streams that someone of a place sees: of all tables, or of those of a name, as tables of a name are seen.
fn seen(world: &Simulation, place: Place<'_>, table: Option<&str>) -> Vec<Kept> {
    let mut all = world.streams.all();
    all.retain(|kept| table.is_none_or(|name| kept.stream.table.name == name));
    let is_own = |kept: &Kept| kept.stream.table.place() == place;
    if world.catalog.isolates() || (table.is_some() && all.iter().any(is_own)) {
        all.retain(is_own);
    }
    all
}

fn listed(stream_arn: String, kept: &Kept) -> Stream {
    let stream = &kept.stream;
    Stream { stream_arn, table_name: stream.table.name.clone(), stream_label: stream.label.label() }
}
