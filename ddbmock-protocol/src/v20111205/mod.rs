//! API version 2011-12-05, the first: what it asks is read into what is asked today, and today's answers are written in
//! its words.
//!
//! Keys have places instead of names in it, values six types, and what was consumed is always told. Its limits and
//! units follow from the version in the engine. Source: service model of 2011-12-05; developer guide of 2012.

mod batch;
mod item;
mod search;
mod table;

use std::ops::{Deref, DerefMut};

use ddbmock_model::constraint::{joined, null, word};
use ddbmock_model::{
    ApiVersion, Call, ComparisonOperator, ConsumedCapacity, Error, Operation, ReturnConsumedCapacity, Said,
    ScalarType, Service, op,
};

use crate::dispatch::Dispatch;
use crate::read::{Structure, decode_first};
use crate::write::{self, Json, Written};

/// What stands before an operation's name in a target.
pub(crate) const PREFIX: &str = "DynamoDB_20111205.";

/// A request or an answer of today's, as the first version has it.
#[derive(Debug)]
struct First<T>(T);

impl<T> Deref for First<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for First<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Blank> Default for First<T> {
    fn default() -> Self {
        Self(T::blank())
    }
}

/// A request of today's before any member of the first version's is read.
trait Blank {
    fn blank() -> Self;
}

/// Lists the operations: with `Total` where it is told what was consumed, and behind a colon what is checked in words
/// that today's request does not have.
macro_rules! operations {
    ($($name:ident $method:ident $($told:ident)? $(: $check:path)?,)+) => {
        $(impl Blank for op::$name {
            fn blank() -> Self {
                Self { $(return_consumed_capacity: ReturnConsumedCapacity::$told,)? ..Self::default() }
            }
        })+

        /// The operations of the first version.
        const OPERATIONS: &[Dispatch] = &[$(Dispatch {
            name: stringify!($name),
            version: ApiVersion::V20111205,
            service: Service::DynamoDb,
            long: <op::$name as Operation>::LONG,
            run: |tables, caller, body| {
                let call = decode(body)?;
                $($check(&call.request)?;)?
                Ok(write::encode(&First(tables.$method(caller, call)?)))
            },
        }),+];
    };
}
operations! {
    BatchGetItem batch_get_item Total,
    BatchWriteItem batch_write_item Total,
    CreateTable create_table: table::check_names,
    DeleteItem delete_item Total,
    DeleteTable delete_table,
    DescribeTable describe_table,
    GetItem get_item Total,
    ListTables list_tables,
    PutItem put_item Total,
    Query query Total,
    Scan scan Total,
    UpdateItem update_item Total,
    UpdateTable update_table,
}

/// The operation that a target of this version names.
pub(crate) fn find(target: &str) -> Option<&'static Dispatch> {
    let name = named(target)?;
    OPERATIONS.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
}

/// What a target of this version that names none of its operations could name.
pub(crate) fn hint(target: &str) -> Option<String> {
    named(target)?;
    let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    Some(format!("API version 2011-12-05 has {}", names.join(", ")))
}

/// What a target of this version names, in whatever case: clients of its time were not of one mind.
fn named(target: &str) -> Option<&str> {
    let (prefix, name) = target.split_at_checked(PREFIX.len())?;
    prefix.eq_ignore_ascii_case(PREFIX).then_some(name)
}

/// Reads a request. The older of today's two layers words what is refused of it.
fn decode<T: Operation>(body: &str) -> Result<Call<T>, Error>
where
    First<T>: Structure,
{
    let Call { request: First(request), mut said } = decode_first::<First<T>>(body, T::NAME)?;
    check_given(&said)?;
    said.older_layer = true;
    Ok(Call { request, said })
}

/// Members that must be there are, and so are the words of those that today's requests do not have. That this comes
/// before all else is assumed.
fn check_given(said: &Said) -> Result<(), Error> {
    if said.is_silent() {
        return Ok(());
    }
    joined(said.missing().map(null).chain([
        word::<ScalarType>(said, "keySchema.hashKeyElement.attributeType"),
        word::<ScalarType>(said, "keySchema.rangeKeyElement.attributeType"),
        word::<ComparisonOperator>(said, "rangeKeyCondition.comparisonOperator"),
    ]))
}

/// The units that were consumed, of a table and all its indexes.
struct Units<'a>(&'a Option<ConsumedCapacity>);

impl Written for Units<'_> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, out: &mut Json) {
        self.0.iter().for_each(|consumed| consumed.total.capacity_units.write(out));
    }
}
