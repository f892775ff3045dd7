//! Which request is what: the route table.

use std::convert::Infallible;
use std::sync::Arc;

use warp::http::header;
use warp::reply::Response;
use warp::{Filter, Rejection};

use crate::body::{self, Limits};
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
    /// Nothing that the service knows.
    Other,
}

/// Reads a request, whatever it is, and has the endpoint answer it: the service blames a body that is too long first.
pub(crate) fn routes(
    endpoint: Arc<Endpoint>,
    limits: Limits,
) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + Send + Sync + 'static {
    kind().and(warp::header::headers_cloned()).and(query()).and(warp::body::stream()).then(
        move |kind, headers, query, stream| {
            let endpoint = Arc::clone(&endpoint);
            async move {
                match body::read(&headers, stream, limits).await {
                    Ok(body) => endpoint.respond(kind, Asked { headers, query, body }).await,
                    Err(refused) => {
                        log::body_refused(refused);
                        refused.response()
                    }
                }
            }
        },
    )
}

fn kind() -> impl Filter<Extract = (Kind,), Error = Infallible> + Clone {
    let operation = warp::post().map(|| Kind::Operation);
    let preflight =
        warp::options().and(warp::header::value(header::ORIGIN.as_str())).map(|_| Kind::Preflight);
    let health = warp::get().map(|| Kind::Health);
    let other = warp::any().map(|| Kind::Other);
    operation.or(preflight).unify().or(health).unify().or(other).unify()
}

/// The query string as it came: a signature may stand in it.
fn query() -> impl Filter<Extract = (Option<String>,), Error = Infallible> + Clone {
    let absent = warp::any().map(|| None);
    warp::query::raw().map(Some).or(absent).unify()
}
