//! What the console knows of the files that it uploaded itself: their bucket tells neither version nor hash to whoever may
//! not read them, and banks are read by the importer alone.

use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, key, number, text};
use crate::keys;
use crate::objects::Listed;
use contest::ids::ContestId;
use std::collections::BTreeMap;

/// A file that came by the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRecord {
    /// ETag as the bucket gave it.
    pub tag: String,
    /// When it was written by the bucket's clock, in whole seconds since 1970. With the tag it tells the upload from any
    /// other, such as a later one of the same bytes.
    pub written_s: i64,
    /// Version, in buckets that keep them.
    pub version: Option<String>,
    /// In hexadecimal.
    pub sha256: String,
    /// When the gateway received it, in milliseconds since 1970; none of an upload that was noted before this was.
    pub received_ms: Option<i64>,
}

impl UploadRecord {
    /// Whether it is of what lies in the bucket.
    pub fn is_of(&self, listed: &Listed) -> bool {
        self.tag == listed.tag && self.written_s == listed.written_s
    }
}

impl Control {
    /// Notes an upload.
    pub async fn note_upload(&self, contest: &ContestId, file: &str, of: &UploadRecord) -> Result<(), StoreError> {
        let mut item = key(keys::contest(contest), keys::upload_record(file));
        item.insert("tag".to_owned(), text(&*of.tag));
        item.insert("written_s".to_owned(), number(of.written_s));
        item.insert("sha256".to_owned(), text(&*of.sha256));
        if let Some(received) = of.received_ms {
            item.insert("received_ms".to_owned(), number(received));
        }
        if let Some(version) = &of.version {
            item.insert("version_id".to_owned(), text(&**version));
        }
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await;
        put.map_err(StoreError::service("note an upload"))?;
        Ok(())
    }

    /// Every upload of a contest that was noted, by the name of its file.
    pub async fn noted_uploads(&self, contest: &ContestId) -> Result<BTreeMap<String, UploadRecord>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND begins_with(sk, :files)");
        let query = query.expression_attribute_values(":pk", text(keys::contest(contest)));
        let query = query.expression_attribute_values(":files", text(keys::UPLOADS));
        let (mut items, mut noted) = (query.into_paginator().items().send(), BTreeMap::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::service("read noted uploads"))?;
            let reader = Reader(&item);
            let file = reader.text("sk")?.trim_start_matches(keys::UPLOADS).to_owned();
            let record = UploadRecord {
                tag: reader.text("tag")?.to_owned(),
                written_s: reader.number("written_s")?,
                version: reader.optional_text("version_id").map(str::to_owned),
                sha256: reader.text("sha256")?.to_owned(),
                received_ms: reader.optional_number("received_ms")?,
            };
            noted.insert(file, record);
        }
        Ok(noted)
    }
}
