//! Which request is what: the route table.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use hyper::Request;
use warp::http::{HeaderMap, Method};
use warp::path::FullPath;
use warp::reply::Response;
use warp::{Filter, Rejection};

use crate::body::{self, Limits};
use crate::control::Control;
use crate::cors;
use crate::endpoint::{Asked, Endpoint};
use crate::log;

/// What a request is, as told by its method. The service looks at no path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An operation, if its content type is one of the service's.
    Operation,
    /// A browser asks whether it may ask.
    Preflight,
    /// Someone asks whether the service is there.
    Health,
    /// Someone asks something of ddbmock itself.
    Control(Control),
    /// Nothing that the service knows.
    Other,
}

impl Kind {
    fn of(method: &Method, path: &str, query: Option<&str>, headers: &HeaderMap) -> Self {
        match (Control::read(method, path, query), method) {
            (_, &Method::OPTIONS) if cors::asks(headers) => Self::Preflight,
            (Some(control), _) => Self::Control(control),
            (None, &Method::POST) => Self::Operation,
            (None, &Method::GET) => Self::Health,
            _ => Self::Other,
        }
    }
}

/// The headers of a request, moved out of it before it comes here: a filter would copy each of them.
#[derive(Debug, Clone)]
pub(crate) struct Headers(Arc<HeaderMap>);

impl Headers {
    /// Moves the headers of a request to where the routes find them.
    pub(crate) fn set_aside<B>(request: &mut Request<B>) {
        let headers = std::mem::take(request.headers_mut());
        request.extensions_mut().insert(Self(Arc::new(headers)));
    }
}

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        &self.0
    }
}

/// Reads a request, whatever it is, and has the endpoint answer it: the service blames a body that is too long first.
/// Its headers must have been [set aside](Headers::set_aside).
pub(crate) fn routes(
    endpoint: Arc<Endpoint>,
    limits: Limits,
) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + Send + Sync + 'static {
    let head = warp::method().and(warp::path::full()).and(query()).and(warp::ext::get::<Headers>());
    head.and(warp::body::stream()).then(
        move |method, path: FullPath, query: Option<String>, headers: Headers, stream| {
            let (endpoint, limits) = (Arc::clone(&endpoint), limits.clone());
            async move {
                let kind = Kind::of(&method, path.as_str(), query.as_deref(), &headers);
                match body::read(&headers, stream, &limits).await {
                    Ok(body) => endpoint.respond(kind, Asked { path, query, headers, body }).await,
                    Err(refused) => {
                        log::turned_down(refused);
                        refused.response()
                    }
                }
            }
        },
    )
}

/// The query string as it came: a signature may stand in it.
fn query() -> impl Filter<Extract = (Option<String>,), Error = Infallible> + Clone {
    let absent = warp::any().map(|| None);
    warp::query::raw().map(Some).or(absent).unify()
}
