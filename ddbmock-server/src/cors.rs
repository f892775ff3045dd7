//! What browsers are allowed: everything, as the service does.

use warp::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use warp::http::{HeaderMap, HeaderValue, StatusCode};
use warp::reply::{Reply as _, Response};

/// Answers the question that a browser asks before the request itself: whatever is asked for is allowed, for two days.
pub(crate) fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
    if let Some(names) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    if let Some(method) = asked.get(ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    }
    response
}

/// Whether a page in a browser asks.
pub(crate) fn asks(asked: &HeaderMap) -> bool {
    asked.contains_key(ORIGIN)
}

/// Lets the page that asked read the answer.
pub(crate) fn allow(response: &mut Response) {
    const READABLE: &str = "x-amzn-requestid,x-amz-crc32,x-amzn-errortype,x-amzn-errormessage,x-amz-date";
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READABLE));
}
