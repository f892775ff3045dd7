//! How DynamoDB is spelled on the wire: requests read from JSON, answers and errors written to it.
//!
//! ```
//! use std::sync::Arc;
//!
//! use ddbmock_model::op::{GetItem, GetItemOutput};
//! use ddbmock_model::{Call, Caller, Command, DynamoDb, Error, Item, Report, World, attributes};
//! use ddbmock_protocol::{Request, Signature, answer};
//!
//! /// A DynamoDB that has the same item under every key.
//! struct OneItem;
//!
//! impl DynamoDb for OneItem {
//!     fn get_item(&self, _: &Caller<'_>, call: Call<GetItem>) -> Result<GetItemOutput, Error> {
//!         assert_eq!(call.request.table_name, "songs");
//!         let item = Item::strict(&attributes! { "artist" => "Nina Simone", "year" => 1964 }).ok();
//!         Ok(GetItemOutput { item, ..Default::default() })
//!     }
//! }
//!
//! impl World for OneItem {
//!     fn scope(&self, _: &Caller<'_>) -> Arc<dyn DynamoDb> {
//!         Arc::new(OneItem)
//!     }
//!     fn control(&self, _: Command) -> Result<Report, Error> {
//!         Ok(Report::default())
//!     }
//!     fn may_block(&self) -> bool {
//!         false
//!     }
//! }
//!
//! let request = Request {
//!     target: Some("DynamoDB_20120810.GetItem"),
//!     host: Some("127.0.0.1:8000"),
//!     signature: Signature {
//!         authorization: Some(
//!             "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/dynamodb/aws4_request, \
//!              SignedHeaders=host, Signature=0",
//!         ),
//!         amz_date: Some("20260101T000000Z"),
//!         ..Default::default()
//!     },
//!     body: br#"{"TableName": "songs", "Key": {"artist": {"S": "Nina Simone"}}}"#,
//! };
//! let answer = answer(&OneItem, &request, false);
//! assert_eq!(answer.status, 200);
//! assert_eq!(answer.body, br#"{"Item":{"artist":{"S":"Nina Simone"},"year":{"N":"1964"}}}"#);
//! ```
//!
//! This crate knows no engine and no HTTP. An operation is one file in `op`, with its members one a line.

mod answer;
mod dispatch;
pub mod document;
mod error;
mod op;
mod read;
mod shape;
mod shape_index;
mod shape_stream;
mod shape_vector;
mod signature;
#[cfg(test)]
mod tests;
mod v20111205;
mod verification;
mod write;

pub use answer::{Answer, Request, answer, is_long};
pub use signature::Signature;
pub use verification::{Claim, Verdict, Verifier, Window};
