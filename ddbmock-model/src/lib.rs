//! What DynamoDB is asked and what it answers: requests, answers, values, items, errors.
//!
//! ```
//! use ddbmock_model::op::PutItem;
//! use ddbmock_model::{Item, Number, attributes};
//!
//! let request = PutItem {
//!     table_name: "songs".into(),
//!     item: attributes! { "artist" => "Nina Simone", "year" => 1964 }.into(),
//!     ..Default::default()
//! };
//! let item = request.item.strict_by(Item::strict).unwrap();
//! assert_eq!(item.get("year").unwrap().as_number(), Some(Number::from(1964)));
//! ```
//!
//! This crate knows neither JSON nor storage, neither time nor threads. [`operations!`] lists the operations.

pub mod constraint;
pub mod java_hash;
pub mod op;

mod attributes;
mod call;
mod definition;
mod dynamodb;
mod echo;
mod error;
mod item;
mod number;
mod resource_arn;
mod shape;
mod table_name;
mod value;

pub use attributes::Attributes;
pub use call::{ApiVersion, Call, Caller, Said, Wording};
pub use dynamodb::{Command, DynamoDb, OPERATIONS, Operation, Report, Service, World, unknown_operation};
pub use error::{Error, KeyFault, Message, Rule};
pub use item::{Draft, Item, LEVELS_MAX, List, Map, Packer, RawValue, Set, SetKind, Value, ValueFault};
pub use number::{DIGITS_MAX, EXPONENT_MAX, EXPONENT_MIN, Number, NumberFault};
pub use resource_arn::{Arn, ResourceArn, ResourcePart};
pub use shape::*;
pub use table_name::{Place, TableName};
pub use value::{AttributeMap, AttributeValue};
