//! Streams in a program: whoever reads one knows what became of every item, in order.

mod consumer;
mod history;
mod life;
mod lives;

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{Clock, Config, StreamSpecification, StreamViewType, Timestamp};

use crate::table::keyed_by_id;

const TABLE: &str = "songs";
/// A moment in 2026.
const START: u64 = 1_767_225_600_000;

fn config() -> Config {
    Config { clock: Clock::manual(Timestamp(START)), seed: Some(1), ..Config::default() }
}

/// A table with a stream of both images.
fn streamed() -> CreateTable {
    let stream =
        StreamSpecification { stream_enabled: true, stream_view_type: Some(StreamViewType::NewAndOldImages) };
    CreateTable { stream_specification: Some(stream), ..keyed_by_id(TABLE) }
}
