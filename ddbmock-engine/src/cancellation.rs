//! Transactions that are cancelled: a reason for each action, in the order of the request.

use ddbmock_model::{CancellationCode, CancellationReason, Enumeration as _, Error, Message, Rule};

/// What came of the actions of a transaction, if nothing was refused of any.
///
/// # Errors
/// `TransactionCanceledException` with the reasons; what is no reason, such as a storage that fails, as it is.
pub(crate) fn all_or_cancelled<T>(results: Vec<Result<T, Error>>) -> Result<Vec<T>, Error> {
    if results.iter().all(Result::is_ok) {
        return results.into_iter().collect();
    }
    let none = || Ok(CancellationReason::default());
    let reasons = results.into_iter().map(|result| result.err().map_or_else(none, reason));
    Err(cancelled(reasons.collect::<Result<_, _>>()?))
}

/// Why an action was refused. Source: API reference, cancellation reasons.
fn reason(error: Error) -> Result<CancellationReason, Error> {
    let (code, message, item) = match error {
        Error::ConditionalCheckFailed { message, item } => {
            (CancellationCode::ConditionalCheckFailed, message, item)
        }
        Error::Validation(message) => (CancellationCode::ValidationError, message, None),
        Error::DuplicateItem(message) => (CancellationCode::DuplicateItem, message, None),
        Error::ResourceNotFound(message) => (CancellationCode::ResourceNotFound, message, None),
        other => return Err(other),
    };
    Ok(CancellationReason { code, message: Some(message), item })
}

fn cancelled(reasons: Vec<CancellationReason>) -> Error {
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
    let text = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    let mut message = Message::new(Rule("transaction.cancelled"), text);
    let hints = (1..).zip(&reasons).filter_map(|(place, reason)| {
        Some(format!("action {place}: {}", reason.message.as_ref()?.hint.as_deref()?))
    });
    message.hint = hints.into_iter().next().map(Into::into);
    Error::TransactionCanceled { message, reasons }
}
