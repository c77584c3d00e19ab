//! Embedded S3 (`s3s-fs`), made to keep the promises of S3 that the functions build on.
//!
//! What `s3s-fs` lacks, and this layer adds:
//! * a conditional write is atomic: every writing operation of every client waits for one lock;
//! * a refused or interrupted write changes nothing ([`folder::Undo`]);
//! * with `--data`, an acknowledged write is on the disk;
//! * bucket `uploads` is versioned, and every object created there gives an S3 event.

mod event;
mod folder;
mod operation;

pub use event::{Delivery, created_event};
pub use folder::ObjectKey;

use super::{CREDENTIAL, Server, StopSignal};
use anyhow::Context;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use folder::Folder;
use operation::Operation;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{RwLock, mpsc, oneshot};

/// The buckets, named after their roles.
pub const BUCKETS: [&str; 4] = ["uploads", "vault", "officials", "site"];

/// The bucket with versions and events.
pub const UPLOADS: &str = "uploads";

/// Largest object in one request. The largest file written here is the ledger of 10⁶ attempts, about
/// 250 MB; S3 itself takes 5 GB.
const MAX_OBJECT_BYTES: usize = 512 * 1024 * 1024;

const VERSION_ID: HeaderName = HeaderName::from_static("x-amz-version-id");

/// The engine behind its port.
struct Engine {
    service: s3s::service::S3Service,
    folder: Folder,
    /// Readers share it so that an object and its ETag are read as one; writers hold it alone.
    lock: RwLock<()>,
    events: mpsc::UnboundedSender<Delivery>,
}

/// Starts the engine on a folder, with the four buckets. Events of `uploads` arrive at `events` in
/// the order of the writes.
///
/// # Errors
/// Where the folder cannot be read or written.
pub fn start(
    listener: TcpListener,
    root: &Path,
    durable: bool,
    events: mpsc::UnboundedSender<Delivery>,
    stop: StopSignal,
) -> anyhow::Result<Server> {
    let folder = Folder::open(root, &BUCKETS, durable)?;
    let files =
        s3s_fs::FileSystem::new(root).map_err(|error| anyhow::anyhow!("cannot open {}: {error:?}", root.display()))?;
    let mut builder = s3s::service::S3ServiceBuilder::new(files);
    builder.set_auth(s3s::auth::SimpleAuth::from_single(CREDENTIAL, CREDENTIAL));
    let engine = Arc::new(Engine { service: builder.build(), folder, lock: RwLock::new(()), events });
    let router = axum::Router::new().fallback(answer).with_state(engine);
    Server::start(listener, router, stop)
}

/// Answers one request. The work runs in a task of its own: a client that hangs up must not leave
/// half of a write behind.
async fn answer(State(engine): State<Arc<Engine>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_OBJECT_BYTES).await else {
        return error_reply(StatusCode::BAD_REQUEST, "EntityTooLarge", "the body is too large or was cut off");
    };
    match crate::task::spawn(async move { engine.perform(parts, body).await }).await {
        Ok(response) => response,
        Err(panic) => fault(&anyhow::Error::new(panic)),
    }
}

impl Engine {
    async fn perform(&self, parts: Parts, body: Bytes) -> Response {
        let performed = match Operation::of(&parts) {
            Ok(Operation::Read(key)) => self.read(parts, body, key).await,
            Ok(Operation::Write { key, creates }) => self.write(parts, body, key, creates).await,
            Err(reason) => return error_reply(StatusCode::BAD_REQUEST, "InvalidURI", reason),
        };
        performed.unwrap_or_else(|error| fault(&error))
    }

    async fn read(&self, parts: Parts, body: Bytes, key: Option<ObjectKey>) -> anyhow::Result<Response> {
        let uploaded = key.filter(|key| key.bucket == UPLOADS && !key.key.is_empty());
        let wanted = uploaded.as_ref().and_then(|_| operation::query_value(&parts.uri, "versionId"));
        let _shared = self.lock.read().await;
        let mut response = self.forward(parts, body).await?;
        let Some(key) = uploaded else { return Ok(response) };
        let current = self.folder.version_id(&key)?;
        match wanted {
            // Refused for its signature: whichever version was asked for.
            Some(_) if response.status() == StatusCode::FORBIDDEN => Ok(response),
            Some(wanted) if current.as_deref() != Some(wanted.as_str()) => self.read_old_version(&key, &wanted),
            _ => {
                if let (true, Some(version)) = (response.status().is_success(), current) {
                    response.headers_mut().insert(VERSION_ID, HeaderValue::from_str(&version)?);
                }
                Ok(response)
            }
        }
    }

    fn read_old_version(&self, key: &ObjectKey, version: &str) -> anyhow::Result<Response> {
        let Some(bytes) = self.folder.old_version(key, version)? else {
            return Ok(error_reply(StatusCode::NOT_FOUND, "NoSuchVersion", "there is no such version of the object"));
        };
        Ok(([(VERSION_ID, HeaderValue::from_str(version)?)], bytes).into_response())
    }

    async fn write(
        &self,
        parts: Parts,
        body: Bytes,
        key: Option<ObjectKey>,
        creates: Option<&'static str>,
    ) -> anyhow::Result<Response> {
        let (response, imported) = {
            let _alone = self.lock.write().await;
            self.write_alone(parts, body, key, creates).await?
        };
        if let Some(imported) = imported {
            // The sender is dropped unused when the world stops; the upload is delivered again then.
            let _stopped = imported.await;
        }
        Ok(response)
    }

    async fn write_alone(
        &self,
        parts: Parts,
        body: Bytes,
        key: Option<ObjectKey>,
        creates: Option<&'static str>,
    ) -> anyhow::Result<(Response, Option<oneshot::Receiver<()>>)> {
        let Some(key) = key else { return Ok((self.forward(parts, body).await?, None)) };
        let undo = self.folder.begin(&key)?;
        let (mut head, body) = self.forward(parts, body).await?.into_parts();
        // The collected body has a length of its own.
        head.headers.remove(header::TRANSFER_ENCODING);
        // Written objects are answered by a few hundred bytes of XML; multipart completion streams them.
        let body = axum::body::to_bytes(body, MAX_OBJECT_BYTES).await.context("the engine's answer broke off")?;
        let mut response = Response::from_parts(head, Body::from(body.clone()));
        if !response.status().is_success() {
            undo.roll_back()?;
            return Ok((response, None));
        }
        self.folder.settle(&key, creates.is_some() && key.bucket == UPLOADS)?;
        undo.commit()?;
        let Some(event_name) = creates.filter(|_| key.bucket == UPLOADS) else { return Ok((response, None)) };
        let version = self.folder.version_id(&key)?.context("an object that was just written is gone")?;
        response.headers_mut().insert(VERSION_ID, HeaderValue::from_str(&version)?);
        let etag = operation::etag(response.headers(), &body).context("the engine wrote an object without an ETag")?;
        let event = created_event(event_name, &key, self.folder.size(&key)?, &etag, &version)?;
        Ok((response, self.announce(event)))
    }

    /// Hands the event over while the lock is held, so that events keep the order of the writes.
    fn announce(&self, event: aws_lambda_events::event::s3::S3Event) -> Option<oneshot::Receiver<()>> {
        let (done, imported) = oneshot::channel();
        match self.events.send(Delivery { event, done }) {
            Ok(()) => Some(imported),
            Err(_) => {
                tracing::warn!("an upload arrived while the world was stopping; it is imported at the next start");
                None
            }
        }
    }

    async fn forward(&self, parts: Parts, body: Bytes) -> anyhow::Result<Response> {
        let request = axum::http::Request::from_parts(parts, s3s::Body::from(body));
        let response = self.service.call(request).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok(response.map(Body::new))
    }
}

fn fault(error: &anyhow::Error) -> Response {
    tracing::error!("S3 engine: {error:#}");
    error_reply(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", "the local S3 engine failed; its log says why")
}

fn error_reply(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

#[cfg(test)]
mod tests;
