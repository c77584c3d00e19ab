//! After a crash: uploads whose import was never reported are announced again. S3 promises to deliver
//! an event at least once, and the importer takes a second delivery for the first.

use super::upload::{PLAN, report_at};
use crate::engines::s3::{SharedObjects, Written};
use anyhow::Context;
use aws_sdk_s3::Client;

/// Announces every upload whose report is missing or about another version, plans first, and waits
/// until all are imported.
pub(crate) async fn deliver_unreported(s3: &Client, objects: &SharedObjects) -> anyhow::Result<()> {
    let mut uploads = objects.uploads().await?;
    uploads.sort_by_key(|upload| !upload.object.key.ends_with(&format!("/{PLAN}")));
    for upload in uploads {
        let key = &upload.object.key;
        if !is_reported(s3, &upload).await.with_context(|| format!("cannot read the report on {key:?}"))? {
            tracing::info!(key, "announced again: its import was not reported");
            objects.announce_again(&upload).await.with_context(|| format!("cannot announce {key:?} again"))?;
        }
    }
    Ok(())
}

/// Whether the importer has told what became of an upload, or never will since it lies in no contest's folder.
async fn is_reported(s3: &Client, upload: &Written) -> anyhow::Result<bool> {
    let Some(path) = import_upload::report_path(&upload.object.key) else { return Ok(true) };
    let report = report_at(s3, &path).await?;
    Ok(report.is_some_and(|report| report["version_id"] == upload.version()))
}
