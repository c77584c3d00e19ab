//! Embedded S3: objects in SQLite ([`objects`]) behind the protocol of `s3s` ([`service`]). Conditions are
//! checked in the transaction that writes, `uploads` is versioned, and every object that is created there
//! gives an S3 event.

mod checksums;
mod event;
mod headers;
mod listing;
mod objects;
mod parts;
mod service;
mod shared;

pub use event::Delivery;
pub use objects::{BUCKETS, ObjectKey, UPLOADS, Written};
pub use shared::{SharedObjects, Told};

use super::{CREDENTIAL, Server, StopSignal};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;

/// Largest object. The largest file written here is the ledger of 10⁶ attempts, about 250 MB; S3 itself
/// takes 5 GB in one request.
const MAX_OBJECT_BYTES: usize = 512 * 1024 * 1024;

/// Seconds after which a client may try again where the disk is full or does not answer.
const BUSY_SECONDS: u64 = 2;

/// Serves the objects.
///
/// # Errors
/// Where the listener has no address.
pub fn start(listener: TcpListener, objects: SharedObjects, stop: StopSignal) -> anyhow::Result<Server> {
    let mut builder = S3ServiceBuilder::new(objects);
    builder.set_auth(s3s::auth::SimpleAuth::from_single(CREDENTIAL, CREDENTIAL));
    let router = axum::Router::new().fallback(answer).with_state(builder.build());
    Server::start(listener, router, stop)
}

/// Answers one request, read whole: `s3s` takes a body of unknown length for one that lacks its header.
async fn answer(State(service): State<S3Service>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_OBJECT_BYTES).await else {
        return failed(StatusCode::BAD_REQUEST, "IncompleteBody");
    };
    match service.call(Request::from_parts(parts, s3s::Body::from(body))).await {
        Ok(response) => response.map(Body::new),
        Err(error) => {
            tracing::error!("S3 engine: {error:?}");
            failed(StatusCode::INTERNAL_SERVER_ERROR, "InternalError")
        }
    }
}

fn failed(status: StatusCode, code: &str) -> Response {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

#[cfg(test)]
mod tests;
