//! Recorded DynamoDB traffic: the format it is written in, and what holds ddbmock, or any endpoint, against it.
//!
//! ```
//! use std::path::Path;
//!
//! use ddbmock_model::Wording;
//! use ddbmock_tests::{recording, replay};
//!
//! let text = r#"# An item that is not there is answered with no members.
//! ## source: developer guide, reading an item
//!
//! table songs artist:S
//!
//! > GetItem
//! {"TableName": "songs", "Key": {"artist": {"S": "nobody"}}}
//! < 200
//! {}
//! "#;
//! let recording = recording::parse(Path::new("get-item/missing.rec"), text).unwrap();
//! let outcome = replay::replay(&recording, &replay::InProcess::new(Wording::Current));
//! assert!(outcome.passed(), "{}", outcome.describe(&recording));
//! ```
//!
//! The recordings are in `tests/recordings`, a folder an operation; [`recording`] describes the format. Beside them
//! stand the shapes of the service's own model ([`shapes`]), and what is fuzzed ([`fuzz`]).

pub mod compare;
pub mod fuzz;
pub mod recording;
pub mod replay;
pub mod shapes;
