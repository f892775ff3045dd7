//! Which name runs which operation.

use ddbmock_model::{ApiVersion, Caller, DynamoDb, Error, OPERATIONS, Operation, op, unknown_operation};

use crate::{read, v20111205, write};

/// What stands before an operation's name in a target.
const PREFIX: &str = "DynamoDB_20120810.";

/// Runs an operation: from a body to a body.
type Run = fn(&dyn DynamoDb, &Caller<'_>, &str) -> Result<Vec<u8>, Error>;

/// An operation by its name.
#[derive(Clone, Copy)]
pub(crate) struct Dispatch {
    /// The name.
    pub(crate) name: &'static str,
    /// The API version that has it.
    pub(crate) version: ApiVersion,
    /// Whether it can take as long as a table is large.
    pub(crate) long: bool,
    /// What runs it.
    pub(crate) run: Run,
}

macro_rules! table {
    ($($name:ident $method:ident,)+) => {
        fn named(name: &str) -> Option<Dispatch> {
            match name {
                $(stringify!($name) => Some(Dispatch {
                    name: stringify!($name),
                    version: ApiVersion::V20120810,
                    long: <op::$name as Operation>::LONG,
                    run: |tables, caller, body| {
                        let call = read::decode(body)?;
                        Ok(write::encode(&tables.$method(caller, call)?))
                    },
                }),)+
                _ => None,
            }
        }
    };
}
ddbmock_model::operations!(table);

/// The operation that a target names.
///
/// # Errors
/// `UnknownOperationException` if there is none.
pub(crate) fn find(target: Option<&str>) -> Result<Dispatch, Error> {
    let name = target.and_then(|target| target.strip_prefix(PREFIX));
    let found = name.and_then(named).or_else(|| target.and_then(v20111205::find).copied());
    found.ok_or_else(|| unknown_operation().hinted(hint(target, name)))
}

/// The package of what an API version calls by name.
pub(crate) fn package(version: ApiVersion) -> &'static str {
    match version {
        ApiVersion::V20120810 => "com.amazonaws.dynamodb.v20120810",
        ApiVersion::V20111205 => "com.amazonaws.dynamodb.v20111205",
    }
}

fn hint(target: Option<&str>, name: Option<&str>) -> String {
    let Some(target) = target else {
        return "the request has no X-Amz-Target header".to_owned();
    };
    let Some(name) = name else {
        return format!("X-Amz-Target is '{target}'; it must begin with {PREFIX}");
    };
    match OPERATIONS.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) => format!("did you mean {known}?"),
        None => format!("ddbmock answers {}", OPERATIONS.join(", ")),
    }
}
