//! Errors, as they are on the wire: a type with a prefix, and a message under one of two names.
//!
//! Source: production captures, the error envelope.

use ddbmock_model::op::SearchVectors;
use ddbmock_model::{ApiVersion, CancellationReason, Error, Message, Operation as _};

use crate::dispatch::package;
use crate::write::{HashOrder, Json, Written, written};

/// The room an error is given at first.
const BODY_BYTES: usize = 256;

/// How an exception is written.
struct Form {
    status: u16,
    /// The package of its type; that of the API version without it.
    package: Option<&'static str>,
    name: &'static str,
    /// What its message is called.
    message: &'static str,
}

/// An error's HTTP status.
pub(crate) fn status(error: &Error) -> u16 {
    form(error).status
}

/// An error's body, in the words of an operation of an API version. With `explain`, the hint stands behind the message.
pub(crate) fn encode(error: &Error, operation: Option<&str>, version: ApiVersion, explain: bool) -> Vec<u8> {
    let mut body = Json::with_capacity(BODY_BYTES);
    let form = form(error);
    let mut members = body.structure();
    let package = form.package.unwrap_or_else(|| package(version));
    members.member("__type").text(&[package, "#", form.name].concat());
    if let Error::TransactionCanceled { reasons, .. } = error {
        reasons.write(members.member("CancellationReasons"));
    }
    let text = text(error, explain);
    if !text.is_empty() {
        // Where vectors are searched, all messages are called alike. Source: captures of October 2026, SearchVectors.
        let is_search = operation == Some(SearchVectors::NAME);
        members.member(if is_search { "message" } else { form.message }).text(&text);
    }
    if let Error::ConditionalCheckFailed { item: Some(item), .. } = error {
        item.write(members.member("Item"));
    }
    if let Error::StatementCheckFailed { item, .. } = error {
        HashOrder(item).write(members.member("Item"));
    }
    drop(members);
    body.into_bytes()
}

fn form(error: &Error) -> Form {
    const CORAL: Option<&str> = Some("com.amazon.coral.service");
    match error {
        Error::Validation(_) => Form::new(Some("com.amazon.coral.validate"), "ValidationException"),
        Error::ResourceNotFound(_) => Form::dynamodb("ResourceNotFoundException"),
        Error::ResourceInUse(_) => Form::dynamodb("ResourceInUseException"),
        Error::TableNotFound(_) => Form::dynamodb("TableNotFoundException"),
        Error::ContinuousBackupsUnavailable(_) => Form::dynamodb("ContinuousBackupsUnavailableException"),
        Error::GlobalTableNotFound(_) => Form::dynamodb("GlobalTableNotFoundException"),
        Error::BackupNotFound(_) => Form::dynamodb("BackupNotFoundException"),
        Error::ExportNotFound(_) => Form::dynamodb("ExportNotFoundException"),
        Error::ImportNotFound(_) => Form::dynamodb("ImportNotFoundException"),
        Error::PolicyNotFound(_) => Form::dynamodb("PolicyNotFoundException"),
        Error::LimitExceeded(_) => Form::dynamodb("LimitExceededException"),
        Error::ConditionalCheckFailed { .. } => Form::dynamodb("ConditionalCheckFailedException"),
        Error::StatementCheckFailed { .. } => Form::capital("ConditionalCheckFailedException"),
        Error::DuplicateItem(_) => Form::dynamodb("DuplicateItemException"),
        Error::TransactionCanceled { .. } => Form::capital("TransactionCanceledException"),
        Error::TransactionInProgress(_) => Form::capital("TransactionInProgressException"),
        Error::IdempotentParameterMismatch(_) => Form::capital("IdempotentParameterMismatchException"),
        Error::ExpiredIterator(_) => Form::dynamodb("ExpiredIteratorException"),
        Error::TrimmedDataAccess(_) => Form::dynamodb("TrimmedDataAccessException"),
        Error::AccessDenied(_) => Form { message: "Message", ..Form::new(CORAL, "AccessDeniedException") },
        Error::Serialization(_) => Form { message: "Message", ..Form::new(CORAL, "SerializationException") },
        Error::UnknownOperation(_) => Form::new(CORAL, "UnknownOperationException"),
        Error::MissingAuthenticationToken(_) => Form::new(CORAL, "MissingAuthenticationTokenException"),
        Error::IncompleteSignature(_) => Form::new(CORAL, "IncompleteSignatureException"),
        Error::InvalidSignature(_) => Form::new(CORAL, "InvalidSignatureException"),
        Error::UnrecognizedClient(_) => Form::new(CORAL, "UnrecognizedClientException"),
        Error::InternalFailure(_) => Form { status: 500, ..Form::new(CORAL, "InternalFailure") },
        Error::Internal(_) => Form { status: 500, ..Form::dynamodb("InternalServerError") },
    }
}

impl Form {
    fn new(package: Option<&'static str>, name: &'static str) -> Self {
        Self { status: 400, package, name, message: "message" }
    }

    fn dynamodb(name: &'static str) -> Self {
        Self::new(None, name)
    }

    fn capital(name: &'static str) -> Self {
        Self { message: "Message", ..Self::dynamodb(name) }
    }
}

fn text(error: &Error, explain: bool) -> String {
    let message = error.message();
    match message.hint.as_ref().filter(|_| explain) {
        Some(hint) => format!("{} (hint: {hint})", message.text).trim_start().to_owned(),
        None => message.text.clone().into_owned(),
    }
}

written! { CancellationReason;
    "Code" => code,
    "Item" => item as HashOrder,
    "Message" => message,
}

impl Written for Message {
    fn write(&self, out: &mut Json) {
        out.text(&self.text);
    }
}
