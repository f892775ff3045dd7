//! Answers with the headers that the service gives them.

use std::fmt::Write as _;

use hyper::body::Bytes;
use warp::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use warp::reply::Response;

const CRC32: HeaderName = HeaderName::from_static("x-amz-crc32");
/// What a person would like to know beyond the message of an error. The service has no such header.
const HINT: HeaderName = HeaderName::from_static("x-ddbmock-hint");

/// An answer with its checksum, of a type or of none.
pub(crate) fn reply(
    status: StatusCode,
    content_type: Option<HeaderValue>,
    body: impl Into<Bytes>,
) -> Response {
    let body = body.into();
    let checksum = crc32fast::hash(&body);
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CRC32, HeaderValue::from(checksum));
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    response
}

/// Adds a hint. Whatever is not visible ASCII or a blank within is percent-encoded, and so is the percent sign.
pub(crate) fn add_hint(response: &mut Response, hint: &str) {
    if let Ok(value) = HeaderValue::from_str(&spelled(hint)) {
        response.headers_mut().insert(HINT, value);
    }
}

/// Clients limit the head of an answer, some to 8 KiB: a hint may not make the answer unreadable.
const HINT_BYTES_MAX: usize = 2048;

fn spelled(hint: &str) -> String {
    let mut spelled = String::with_capacity(hint.len());
    for byte in hint.trim().bytes() {
        if spelled.len() + "%00".len() > HINT_BYTES_MAX {
            break;
        }
        match byte {
            b'%' | 0..b' ' | 0x7f.. => write!(spelled, "%{byte:02X}").expect("a string takes all"),
            _ => spelled.push(char::from(byte)),
        }
    }
    spelled
}

/// The type of an answer to a body of this type: the same, without its parameters. `None` for a type that the service
/// does not take for an operation.
pub(crate) fn echoed_type(asked: &HeaderMap) -> Option<HeaderValue> {
    let sent = asked.get(header::CONTENT_TYPE)?.as_bytes();
    let kind = sent.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
    match kind {
        b"application/x-amz-json-1.0" => Some(HeaderValue::from_static("application/x-amz-json-1.0")),
        b"application/json" => Some(PLAIN_TYPE),
        _ => None,
    }
}

/// The type of an answer to a request that has neither a body nor a type.
pub(crate) const PLAIN_TYPE: HeaderValue = HeaderValue::from_static("application/json");

/// The answer to what is no request for an operation. Source: the service's answers to other methods and types.
pub(crate) fn unknown() -> Response {
    reply(StatusCode::NOT_FOUND, None, "<UnknownOperationException/>\n")
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn hints_fit_a_header() {
        let check = |hint: &str, expected: &str| assert_eq!(spelled(hint), expected);
        check("a table \"t\" exists in eu-west-1", "a table \"t\" exists in eu-west-1");
        check(" 100%\r\nx: y\u{7f} ", "100%25%0D%0Ax: y%7F");
        check("é", "%C3%A9");
        assert!(spelled(&"\u{0}".repeat(4000)).len() <= super::HINT_BYTES_MAX);
    }
}
