//! Every way an operation can fail, one variant an exception of DynamoDB.

use std::borrow::Cow;
use std::fmt;

use crate::{CancellationReason, Item};

/// The id of the rule that refused a request: it stands where the rule's text stands, and the recordings prove that
/// each is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(pub &'static str);

/// What an error says: DynamoDB's own text to the letter, and what a person may like to know beyond it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The service's own text.
    pub text: Cow<'static, str>,
    /// The rule that refused.
    pub rule: Rule,
    /// What a person would like to know beyond the text. Never part of it unless the user asks for that.
    pub hint: Option<Box<str>>,
    /// What is wrong with a key, if that is what it says: PartiQL answers of keys in ways of their own.
    pub key: Option<KeyFault>,
}

/// What can be wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// It is looked up, and its attributes or their types are not the table's.
    Mismatch,
    /// It is too large.
    Size,
    /// It would be changed.
    Changed,
}

impl Message {
    /// A message of a rule.
    pub fn new(rule: Rule, text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), rule, hint: None, key: None }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// Why an operation was refused, or failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// `ValidationException`: the request, or what it would do, is not allowed.
    #[error("{0}")]
    Validation(Message),
    /// `ResourceNotFoundException`: no such table, index, stream or shard.
    #[error("{0}")]
    ResourceNotFound(Message),
    /// `ResourceInUseException`: the table exists already, or is changing.
    #[error("{0}")]
    ResourceInUse(Message),
    /// `TableNotFoundException`: no such table, where backups are asked for.
    #[error("{0}")]
    TableNotFound(Message),
    /// `ContinuousBackupsUnavailableException`: the table is too new for backups.
    #[error("{0}")]
    ContinuousBackupsUnavailable(Message),
    /// `GlobalTableNotFoundException`: no such global table of the first version.
    #[error("{0}")]
    GlobalTableNotFound(Message),
    /// `BackupNotFoundException`: no such backup.
    #[error("{0}")]
    BackupNotFound(Message),
    /// `ExportNotFoundException`: no such export.
    #[error("{0}")]
    ExportNotFound(Message),
    /// `ImportNotFoundException`: no such import.
    #[error("{0}")]
    ImportNotFound(Message),
    /// `PolicyNotFoundException`: the resource has no policy, or not the one that was expected.
    #[error("{0}")]
    PolicyNotFound(Message),
    /// `AccessDeniedException`: what is asked for is not the caller's.
    #[error("{0}")]
    AccessDenied(Message),
    /// `LimitExceededException`: too many of something.
    #[error("{0}")]
    LimitExceeded(Message),
    /// `ConditionalCheckFailedException`: the condition was false.
    #[error("{message}")]
    ConditionalCheckFailed {
        /// What it says.
        message: Message,
        /// The stored item, where the request asked for it and there is one.
        item: Option<Item>,
    },
    /// `ConditionalCheckFailedException` of a PartiQL statement that asked for the item that is stored, where there is
    /// one.
    #[error("{message}")]
    StatementCheckFailed {
        /// What it says.
        message: Message,
        /// The stored item.
        item: Item,
    },
    /// `DuplicateItemException`: there is an item with the key of one that was to be inserted.
    #[error("{0}")]
    DuplicateItem(Message),
    /// `TransactionCanceledException`: nothing of the transaction was done.
    #[error("{message}")]
    TransactionCanceled {
        /// What it says.
        message: Message,
        /// Why, for each action in the order of the request.
        reasons: Vec<CancellationReason>,
    },
    /// `TransactionInProgressException`: a request with the same token is still being answered.
    #[error("{0}")]
    TransactionInProgress(Message),
    /// `IdempotentParameterMismatchException`: another request was made with the same token.
    #[error("{0}")]
    IdempotentParameterMismatch(Message),
    /// `ExpiredIteratorException`: a shard's iterator is too old.
    #[error("{0}")]
    ExpiredIterator(Message),
    /// `TrimmedDataAccessException`: records are asked for that are kept no longer.
    #[error("{0}")]
    TrimmedDataAccess(Message),
    /// `SerializationException`: the body is not JSON, or not of the operation's types. Without a message where the
    /// service gives none.
    #[error("{}", .0.text)]
    Serialization(Message),
    /// `UnknownOperationException`: the request names no operation that is answered here.
    #[error("unknown operation")]
    UnknownOperation(Message),
    /// `MissingAuthenticationTokenException`: the request is not signed.
    #[error("{0}")]
    MissingAuthenticationToken(Message),
    /// `IncompleteSignatureException`: the signature lacks a part, or a part is malformed.
    #[error("{0}")]
    IncompleteSignature(Message),
    /// `InvalidSignatureException`: the signature is wrong, out of its time, or for something else.
    #[error("{0}")]
    InvalidSignature(Message),
    /// `UnrecognizedClientException`: nobody knows the key that signed the request, or its session.
    #[error("{0}")]
    UnrecognizedClient(Message),
    /// `InternalFailure`: DynamoDB itself fails on this request, every time.
    #[error("internal failure")]
    InternalFailure(Message),
    /// `InternalServerError`: the storage fails or is damaged, or a defect of ddbmock.
    #[error("{0}")]
    Internal(Message),
}

/// The message of an error: of a shared one shared, of a mutable one mutable.
macro_rules! message_of {
    ($error:expr) => {
        match $error {
            Error::ConditionalCheckFailed { message, .. }
            | Error::StatementCheckFailed { message, .. }
            | Error::DuplicateItem(message)
            | Error::TransactionCanceled { message, .. }
            | Error::TransactionInProgress(message)
            | Error::IdempotentParameterMismatch(message)
            | Error::Validation(message)
            | Error::ResourceNotFound(message)
            | Error::ResourceInUse(message)
            | Error::TableNotFound(message)
            | Error::ContinuousBackupsUnavailable(message)
            | Error::GlobalTableNotFound(message)
            | Error::BackupNotFound(message)
            | Error::ExportNotFound(message)
            | Error::ImportNotFound(message)
            | Error::PolicyNotFound(message)
            | Error::AccessDenied(message)
            | Error::LimitExceeded(message)
            | Error::ExpiredIterator(message)
            | Error::TrimmedDataAccess(message)
            | Error::Serialization(message)
            | Error::UnknownOperation(message)
            | Error::MissingAuthenticationToken(message)
            | Error::IncompleteSignature(message)
            | Error::InvalidSignature(message)
            | Error::UnrecognizedClient(message)
            | Error::InternalFailure(message)
            | Error::Internal(message) => message,
        }
    };
}

impl Error {
    /// A `ValidationException`.
    pub fn validation(rule: Rule, text: impl Into<Cow<'static, str>>) -> Self {
        Self::Validation(Message::new(rule, text))
    }

    /// A `ValidationException` of what parameters say, in the words that it begins with.
    pub fn invalid(rule: Rule, text: impl fmt::Display) -> Self {
        Self::validation(rule, format!("One or more parameter values were invalid: {text}"))
    }

    /// What it says, with its rule and hint.
    pub fn message(&self) -> &Message {
        message_of!(self)
    }

    /// The same error with a hint beside its text.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<Box<str>>) -> Self {
        message_of!(&mut self).hint = Some(hint.into());
        self
    }

    /// The same error, which says what is wrong with a key.
    #[must_use]
    pub fn of_key(mut self, fault: KeyFault) -> Self {
        message_of!(&mut self).key = Some(fault);
        self
    }
}
