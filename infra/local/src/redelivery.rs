//! After a crash: uploads whose import was never reported are announced again. S3 promises to deliver
//! an event at least once, and the importer takes a second delivery for the first.

use crate::engines::s3::{Delivery, ObjectKey, UPLOADS, created_event};
use crate::upload::{PLAN, import_report};
use anyhow::Context;
use aws_sdk_s3::Client;
use tokio::sync::{mpsc, oneshot};

/// Announces every upload whose report is missing or about another version, plans first, and waits
/// until all are imported.
///
/// # Errors
/// Where the buckets cannot be read.
pub(crate) async fn deliver_unreported(s3: &Client, events: &mpsc::UnboundedSender<Delivery>) -> anyhow::Result<()> {
    let mut keys = Vec::new();
    let mut pages = s3.list_objects_v2().bucket(UPLOADS).into_paginator().send();
    while let Some(page) = pages.try_next().await? {
        keys.extend(page.contents().iter().filter_map(|object| object.key()).map(str::to_owned));
    }
    keys.sort_by_key(|key| (!key.ends_with(&format!("/{PLAN}")), key.clone()));
    for key in keys {
        deliver_if_unreported(s3, events, &key).await.with_context(|| format!("cannot announce {key} again"))?;
    }
    Ok(())
}

async fn deliver_if_unreported(s3: &Client, events: &mpsc::UnboundedSender<Delivery>, key: &str) -> anyhow::Result<()> {
    let head = s3.head_object().bucket(UPLOADS).key(key).send().await?;
    let version = head.version_id().context("an upload without a version")?;
    // A key outside a contest's folder has no report; the importer says so in its log each time.
    if let Some((contest, file)) = key.split_once('/') {
        let report = import_report(s3, contest, file).await?;
        if report.is_some_and(|report| report["version_id"] == version) {
            return Ok(());
        }
    }
    tracing::info!(key, "announced again: its import was not reported");
    let size = u64::try_from(head.content_length().unwrap_or_default()).unwrap_or_default();
    let etag = head.e_tag().unwrap_or_default().trim_matches('"').to_owned();
    let object = ObjectKey { bucket: UPLOADS.to_owned(), key: key.to_owned() };
    let (done, imported) = oneshot::channel();
    let event = created_event("ObjectCreated:Put", &object, size, &etag, version)?;
    events.send(Delivery { event, done }).map_err(|_| anyhow::anyhow!("nobody imports"))?;
    imported.await.context("the importer stopped")
}
