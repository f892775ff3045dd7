//! Which name runs which operation.

use ddbmock_model::{
    ApiVersion, Caller, DynamoDb, Error, OPERATIONS, Operation, Service, op, unknown_operation,
};

use crate::{read, v20111205, write};

/// The services, each with what stands before the names of its operations in a target.
const SERVICES: [(Service, &str); 2] =
    [(Service::DynamoDb, "DynamoDB_20120810."), (Service::Streams, "DynamoDBStreams_20120810.")];

/// Runs an operation: from a body to a body.
type Run = fn(&dyn DynamoDb, &Caller<'_>, &str) -> Result<Vec<u8>, Error>;

/// An operation by its name.
#[derive(Clone, Copy)]
pub(crate) struct Dispatch {
    /// The name.
    pub(crate) name: &'static str,
    /// The API version that has it.
    pub(crate) version: ApiVersion,
    /// The service that answers it.
    pub(crate) service: Service,
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
                    service: <op::$name as Operation>::SERVICE,
                    long: <op::$name as Operation>::LONG,
                    run: |tables, caller, body| {
                        let call = <op::$name as read::Body>::decode(body)?;
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
    let asked = target.and_then(service);
    let found = asked.and_then(|(service, name)| named(name).filter(|found| found.service == service));
    let found = found.or_else(|| target.and_then(v20111205::find).copied());
    found.ok_or_else(|| unknown_operation().hinted(hint(target, asked)))
}

/// The package of what an API version calls by name.
pub(crate) fn package(version: ApiVersion) -> &'static str {
    match version {
        ApiVersion::V20120810 => "com.amazonaws.dynamodb.v20120810",
        ApiVersion::V20111205 => "com.amazonaws.dynamodb.v20111205",
    }
}

/// The service of a target, and the name of the operation.
fn service(target: &str) -> Option<(Service, &str)> {
    SERVICES.iter().find_map(|(service, prefix)| Some((*service, target.strip_prefix(prefix)?)))
}

fn hint(target: Option<&str>, asked: Option<(Service, &str)>) -> String {
    let Some(target) = target else {
        return "the request has no X-Amz-Target header".to_owned();
    };
    let Some((_, name)) = asked else {
        let [(_, tables), (_, streams)] = SERVICES;
        let first = v20111205::PREFIX;
        return v20111205::hint(target).unwrap_or_else(|| {
            format!("X-Amz-Target is '{target}'; it must begin with {tables}, {streams} or {first}")
        });
    };
    match OPERATIONS.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) if *known == name => format!("{name} is an operation of the other service"),
        Some(known) => format!("did you mean {known}?"),
        None => format!("ddbmock answers {}", OPERATIONS.join(", ")),
    }
}
