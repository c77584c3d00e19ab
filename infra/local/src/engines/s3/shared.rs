//! The one holder of the objects: every client's operation waits for its turn here, and what is created in
//! `uploads` is announced in the order of the writes.

use super::event::{Delivery, created_event};
use super::objects::{OFFICIALS, ObjectKey, Objects, Refused, SITE, UPLOADS, Written, version_of};
use anyhow::Context;
use aws_lambda_events::event::s3::S3Event;
use s3s::{S3Result, s3_error};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use store::keys::Wish;
use tokio::sync::{mpsc, oneshot};

/// The objects, for the service that serves them and for the start of the world.
#[derive(Clone, Debug)]
pub struct SharedObjects {
    objects: Arc<Mutex<Objects>>,
    events: mpsc::UnboundedSender<Delivery>,
    told: Told,
}

/// Where is told what is created in other buckets; nobody waits for who listens there.
#[derive(Clone, Debug)]
pub struct Told {
    /// Pointers in `site` that have moved.
    pub moved: mpsc::UnboundedSender<S3Event>,
    /// Wishes in `officials`.
    pub wished: mpsc::UnboundedSender<S3Event>,
}

impl Told {
    /// Who is told of a write here, as the stack tells functions.
    fn of(&self, object: &ObjectKey) -> Option<&mpsc::UnboundedSender<S3Event>> {
        match object.bucket.as_str() {
            SITE if object.key.starts_with("contests/") && object.key.ends_with("/index.json") => Some(&self.moved),
            OFFICIALS if object.key.starts_with(Wish::FOLDER) => Some(&self.wished),
            _ => None,
        }
    }
}

impl SharedObjects {
    /// Opens the file, or a temporary one; events of `uploads` arrive at `events`.
    pub fn open(file: Option<&Path>, events: mpsc::UnboundedSender<Delivery>, told: Told) -> anyhow::Result<Self> {
        Ok(Self { objects: Arc::new(Mutex::new(Objects::open(file)?)), events, told })
    }

    /// Every upload that is in force, by key.
    pub async fn uploads(&self) -> anyhow::Result<Vec<Written>> {
        self.run(|objects| objects.all(UPLOADS)).await.map_err(anyhow::Error::new).context("cannot list the uploads")
    }

    /// Path and bytes of every object of a bucket that is in force, without the way over the network.
    ///
    /// # Errors
    /// Where the disk cannot be read.
    pub async fn contents(&self, bucket: &str) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        let (name, failed) = (bucket.to_owned(), || format!("cannot read all of {bucket}"));
        self.run(move |objects| objects.contents(&name)).await.map_err(anyhow::Error::new).with_context(failed)
    }

    /// Tells the importer of an upload once more, and waits until it is imported.
    ///
    /// # Errors
    /// Where nobody imports.
    pub async fn announce_again(&self, written: &Written) -> anyhow::Result<()> {
        let imported = announce(&self.events, "ObjectCreated:Put", written)?;
        imported.await.context("the importer stopped")
    }

    /// Does something with the objects in a thread that may wait for the disk. A client that hangs up does
    /// not stop it.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Objects) -> Result<T, Refused> + Send + 'static,
    ) -> S3Result<T> {
        let objects = Arc::clone(&self.objects);
        let worked = tokio::task::spawn_blocking(move || {
            // A transaction that a panic cut short was rolled back.
            work(&mut objects.lock().unwrap_or_else(PoisonError::into_inner))
        });
        Ok(worked.await.map_err(|panic| s3_error!(panic, InternalError))??)
    }

    /// As [`Self::run`], for what creates an object: one of `uploads` is announced before the next operation
    /// has its turn, and imported when this returns.
    pub(super) async fn create(
        &self,
        event: &'static str,
        work: impl FnOnce(&mut Objects) -> Result<Written, Refused> + Send + 'static,
    ) -> S3Result<Written> {
        let (events, told) = (self.events.clone(), self.told.clone());
        let (written, imported) = self
            .run(move |objects| {
                let written = work(objects)?;
                let is_upload = written.object.bucket == UPLOADS;
                let imported = is_upload.then(|| announce(&events, event, &written));
                if let Some(listener) = told.of(&written.object) {
                    match created_event(event, &written) {
                        // Nobody hears of it when the world stops; a sweep finds what is missing, or somebody asks again.
                        Ok(event) => drop(listener.send(event)),
                        Err(error) => tracing::warn!("{} is not announced: {error:#}", written.object.key),
                    }
                }
                Ok((written, imported))
            })
            .await?;
        match imported {
            Some(Ok(imported)) => {
                // The sender is dropped unused when the world stops; the upload is delivered again then.
                let _stopped = imported.await;
            }
            Some(Err(error)) => tracing::warn!("not announced until the next start: {error:#}"),
            None => {}
        }
        Ok(written)
    }

    /// The version of an object that was written, where its bucket shows versions.
    pub(super) fn shown_version(written: &Written) -> Option<String> {
        Self::version_in(&written.object, written.at)
    }

    /// The version of what was written at an instant.
    pub(super) fn version_in(object: &ObjectKey, written: i64) -> Option<String> {
        (object.bucket == UPLOADS).then(|| version_of(written))
    }
}

fn announce(
    events: &mpsc::UnboundedSender<Delivery>,
    event: &'static str,
    written: &Written,
) -> anyhow::Result<oneshot::Receiver<()>> {
    let (done, imported) = oneshot::channel();
    let event = created_event(event, written)?;
    events.send(Delivery { event, done }).map_err(|_| anyhow::anyhow!("nobody imports"))?;
    Ok(imported)
}
