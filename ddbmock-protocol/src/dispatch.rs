//! Which name runs which operation.

use ddbmock_model::{Caller, DynamoDb, Error, OPERATIONS, Operation, Service, op, unknown_operation};

use crate::read;
use crate::write;

/// The services, each with what stands before the names of its operations in a target.
const SERVICES: [(Service, &str); 2] =
    [(Service::DynamoDb, "DynamoDB_20120810."), (Service::Streams, "DynamoDBStreams_20120810.")];

/// Runs an operation: from a body to a body.
type Run = fn(&dyn DynamoDb, &Caller<'_>, &str) -> Result<Vec<u8>, Error>;

/// An operation by its name.
pub(crate) struct Dispatch {
    /// The name.
    pub(crate) name: &'static str,
    /// The service that answers it.
    service: Service,
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
                    service: <op::$name as Operation>::SERVICE,
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
    let asked = target.and_then(service);
    let found = asked.and_then(|(service, name)| named(name).filter(|found| found.service == service));
    found.ok_or_else(|| unknown_operation().hinted(hint(target, asked)))
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
        return format!("X-Amz-Target is '{target}'; it must begin with {tables} or {streams}");
    };
    match OPERATIONS.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) if *known == name => format!("{name} is an operation of the other service"),
        Some(known) => format!("did you mean {known}?"),
        None => format!("ddbmock answers {}", OPERATIONS.join(", ")),
    }
}
