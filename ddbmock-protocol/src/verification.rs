//! Whether a signature that has the right shape is also right: when it was made, for what, with which key.
//!
//! Nobody asks for that unless there is a [`Verifier`]. Source: production captures, authentication errors, in their
//! order.

use std::fmt::Debug;

use ddbmock_model::{Error, Message, Rule};

use crate::signature::{Parts, is_region};

/// What knows the time and the secrets, and computes signatures: that takes a request's whole head, and its body as
/// it was sent.
pub trait Verifier: Debug {
    /// The time now, and around it.
    fn window(&self) -> Window;

    /// What is to be thought of a signature.
    fn judge(&self, claim: &Claim<'_>) -> Verdict;
}

/// The time in which a signature must have been made. Each is written as in `X-Amz-Date`: `20150830T123600Z`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// A quarter of an hour ago.
    pub earliest: String,
    /// The time now.
    pub now: String,
    /// In a quarter of an hour.
    pub latest: String,
}

/// What a signature says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The id of the key that made it.
    pub access_key: &'a str,
    /// The token of the session, where the key is one of a session.
    pub token: Option<&'a str>,
    /// The region that it is for.
    pub region: &'a str,
    /// When it was made, as in `X-Amz-Date`; `None` where only the header `Date` says so.
    pub date: Option<&'a str>,
    /// The names of the headers that it is about, with semicolons between.
    pub signed_headers: &'a str,
    /// The signature itself, in hexadecimal digits.
    pub signature: &'a str,
    /// Whether it stands in the query string.
    pub in_query: bool,
}

/// What is thought of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one that the key makes of the request.
    Right,
    /// It is another.
    Wrong,
    /// Nobody knows the key.
    UnknownKey,
    /// The key is known, and is used with another token, or without the one that it needs.
    WrongToken,
}

/// What is wrong with the time of a signature. One without a date in the form of `X-Amz-Date` is judged later.
pub(crate) fn check_time(date: Option<&str>, verifier: &dyn Verifier) -> Result<(), Error> {
    let Some(date) = date else {
        return Ok(());
    };
    let Window { earliest, now, latest } = verifier.window();
    if date < earliest.as_str() {
        let text = format!("Signature expired: {date} is now earlier than {earliest} ({now} - 15 min.)");
        return Err(invalid(Rule("wire.signature_expired"), text));
    }
    if date > latest.as_str() {
        let text =
            format!("Signature not yet current: {date} is still later than {latest} ({now} + 15 min.)");
        return Err(invalid(Rule("wire.signature_early"), text));
    }
    Ok(())
}

/// What is wrong with what a signature is for, and with the signature itself. Its credential has five elements.
pub(crate) fn check(parts: &Parts<'_>, verifier: &dyn Verifier) -> Result<(), Error> {
    let mut elements = parts.credential.split('/');
    let mut element = || elements.next().unwrap_or_default();
    let [access_key, day, region, service, term] = [(); 5].map(|()| element());
    check_scope(parts.date.as_deref(), [day, region, service, term])?;
    let claim = Claim {
        access_key,
        token: parts.token.as_deref(),
        region,
        date: parts.date.as_deref(),
        signed_headers: &parts.signed_headers,
        signature: &parts.signature,
        in_query: parts.in_query,
    };
    match verifier.judge(&claim) {
        Verdict::Right => Ok(()),
        Verdict::Wrong => Err(wrong(&claim)),
        Verdict::UnknownKey => {
            let text = "The security token included in the request is invalid.";
            Err(unrecognized(
                Rule("wire.unknown_key"),
                text,
                format!("no credentials have the key {access_key}"),
            ))
        }
        Verdict::WrongToken => {
            let text = "The security token included in the request is invalid";
            let hint = format!("the key {access_key} has another session token, or none");
            Err(unrecognized(Rule("wire.wrong_token"), text, hint))
        }
    }
}

fn check_scope(date: Option<&str>, [day, region, service, term]: [&str; 4]) -> Result<(), Error> {
    let day_of_date =
        date.and_then(|date| date.get(.."YYYYMMDD".len())).filter(|day_of_date| *day_of_date != day);
    let faults = [
        (!is_region(region))
            .then(|| format!("Credential should be scoped to a valid region, not '{region}'. ")),
        (service != "dynamodb")
            .then(|| "Credential should be scoped to correct service: 'dynamodb'. ".to_owned()),
        (term != "aws4_request").then(|| {
            format!("Credential should be scoped with a valid terminator: 'aws4_request', not '{term}'. ")
        }),
        day_of_date.zip(date).map(|(day_of_date, date)| {
            format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
                 '{day}' != '{day_of_date}', from '{date}'."
            )
        }),
    ];
    let text: String = faults.into_iter().flatten().collect();
    if text.is_empty() { Ok(()) } else { Err(invalid(Rule("wire.scope"), text)) }
}

fn wrong(claim: &Claim<'_>) -> Error {
    let text = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                Access Key and signing method. Consult the service documentation for details.";
    let key = claim.access_key;
    let hint = match claim.date {
        Some(_) => format!("the secret of the key {key} makes another signature of this request"),
        None => "ddbmock verifies signatures with X-Amz-Date only".to_owned(),
    };
    invalid(Rule("wire.wrong_signature"), text.to_owned()).hinted(hint)
}

fn invalid(rule: Rule, text: String) -> Error {
    Error::InvalidSignature(Message::new(rule, text))
}

fn unrecognized(rule: Rule, text: &'static str, hint: String) -> Error {
    Error::UnrecognizedClient(Message::new(rule, text)).hinted(hint)
}
