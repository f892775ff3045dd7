//! DynamoDB in a program: an engine that does what DynamoDB does, in memory, and forgets it with the last handle.
//!
//! ```
//! use ddbmock_engine::op::{CreateTable, GetItem, PutItem};
//! use ddbmock_engine::{AttributeDefinition, BillingMode, Engine, Error, KeySchemaElement, attributes};
//!
//! let engine = Engine::default();
//! engine.create_table(CreateTable {
//!     table_name: "songs".into(),
//!     attribute_definitions: vec![AttributeDefinition { attribute_name: "id".into(), ..Default::default() }],
//!     key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
//!     billing_mode: Some(BillingMode::PayPerRequest),
//!     ..Default::default()
//! })?;
//!
//! let song = PutItem {
//!     table_name: "songs".into(),
//!     item: attributes! { "id" => "1", "title" => "Sinnerman", "seconds" => 621 }.into(),
//!     condition_expression: Some("attribute_not_exists(id)".into()),
//!     ..Default::default()
//! };
//! engine.put_item(song.clone())?;
//! assert!(matches!(engine.put_item(song), Err(Error::ConditionalCheckFailed { .. })));
//!
//! let read = GetItem { table_name: "songs".into(), key: attributes! { "id" => "1" }.into(), ..Default::default() };
//! let item = engine.get_item(read)?.item.expect("it was just written");
//! assert_eq!(item.to_map()["title"], "Sinnerman".into());
//! # Ok::<(), Error>(())
//! ```
//!
//! An [`Engine`] is a world of its own: its tables, its [`Clock`], its randomness. It is `Send + Sync`, cheap to
//! clone, and synchronous. There is neither JSON nor async in it; the server crate and the protocol crate add those.
//!
//! With the feature `sqlite` (off by default: it compiles C) everything can lie in one file, which outlives the engine:
//! `Engine::open(Config::sqlite("tables.db"))`.

mod amendment;
mod cancellation;
mod capacity;
mod catalog;
mod change;
mod check;
mod clock;
mod collection;
mod config;
mod counts;
mod definition;
mod describe;
mod encryption;
mod engine;
mod expiry;
mod expression;
#[cfg(test)]
mod fixture;
mod hint;
mod import;
mod index;
mod inspect;
mod key;
mod legacy;
mod limits;
mod lock;
mod look_up;
mod operation;
mod partiql;
mod policy;
mod read;
mod record;
mod redefinition;
mod resource;
mod schema;
mod simulation;
mod stage;
pub mod storage;
mod stream;
mod table;
mod tags;
mod throughput;
mod tokens;
mod transaction;
mod vector;
mod warm;
mod words;
mod write;

pub use clock::{Clock, Timestamp};
pub use config::Config;
pub use ddbmock_model::*;
pub use engine::Engine;
pub use import::Import;
pub use inspect::Holding;
pub use limits::Limits;
pub use stage::Delays;
#[cfg(feature = "sqlite")]
pub use storage::Durability;
