//! Objects that arrive in parts: what the AWS command line does with a file of more than 8 MB.

use super::objects::{Conditions, Headers, New, ObjectKey, Objects, Refused, Written};
use super::objects::{headers_of, json_of, nanoseconds, put, require_bucket, stored};
use super::{MAX_OBJECT_BYTES, checksums};
use bytes::{Bytes, BytesMut};
use data_encoding::HEXLOWER;
use rusqlite::{OptionalExtension, Transaction, params};
use s3s::S3ErrorCode;

/// S3's own limit, but for the last part.
const SMALLEST_PART: usize = 5 * 1024 * 1024;

/// A part as it is kept.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) number: i32,
    pub(super) written: i64,
    pub(super) etag: String,
    pub(super) size: i64,
}

/// Which upload in parts: its id, and the object that its address names.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub(super) id: String,
    pub(super) object: ObjectKey,
}

impl Objects {
    /// Begins an upload; returns its id.
    pub(super) fn begin_parts(&mut self, object: &ObjectKey, headers: &Headers) -> Result<String, Refused> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| S3ErrorCode::InternalError)?;
        let id = HEXLOWER.encode(&id);
        self.change(|write| {
            require_bucket(write, &object.bucket)?;
            let values = params![id, object.bucket, object.key, json_of(headers)];
            write.execute("INSERT INTO multipart (id, bucket, key, headers) VALUES (?1, ?2, ?3, ?4)", values)?;
            Ok(())
        })?;
        Ok(id)
    }

    /// Keeps a part, in place of an earlier one of the same number.
    pub(super) fn put_part(&mut self, upload: &Upload, number: i32, content: &Bytes) -> Result<String, Refused> {
        let etag = checksums::etag(content);
        self.change(|write| {
            headers_of_upload(write, upload)?;
            let values =
                params![upload.id, number, nanoseconds(), etag, stored(content.len() as u64), content.as_ref()];
            write.execute(
                "INSERT OR REPLACE INTO parts (upload, number, written, etag, size, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                values,
            )?;
            Ok(())
        })?;
        Ok(etag)
    }

    /// The parts that are there, by number.
    pub(super) fn parts(&mut self, upload: &Upload) -> Result<Vec<Part>, Refused> {
        self.change(|read| {
            headers_of_upload(read, upload)?;
            let mut query =
                read.prepare("SELECT number, written, etag, size FROM parts WHERE upload = ?1 ORDER BY number")?;
            let found = query.query_map([&upload.id], |row| {
                Ok(Part { number: row.get(0)?, written: row.get(1)?, etag: row.get(2)?, size: row.get(3)? })
            })?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Makes an object of the parts that are named, by number and ETag, in this order.
    pub(super) fn complete_parts(
        &mut self,
        upload: &Upload,
        named: &[(i32, Option<String>)],
        conditions: &Conditions,
    ) -> Result<Written, Refused> {
        if named.is_empty() {
            return Err(S3ErrorCode::InvalidPart.into());
        }
        if !named.is_sorted_by(|(before, _), (after, _)| before < after) {
            return Err(S3ErrorCode::InvalidPartOrder.into());
        }
        self.change(|write| {
            let headers = headers_of_upload(write, upload)?;
            let (content, etag) = joined(write, upload, named)?;
            let new = New { object: upload.object.clone(), etag, headers, content };
            let written = put(write, &new, conditions)?;
            write.execute("DELETE FROM multipart WHERE id = ?1", [&upload.id])?;
            Ok(written)
        })
    }

    /// Forgets an upload and its parts.
    pub(super) fn abort_parts(&mut self, upload: &Upload) -> Result<(), Refused> {
        self.change(|write| {
            headers_of_upload(write, upload)?;
            write.execute("DELETE FROM multipart WHERE id = ?1", [&upload.id])?;
            Ok(())
        })
    }
}

/// The bytes of the named parts one after the other, and the ETag of the whole: the hash of their hashes.
fn joined(write: &Transaction, upload: &Upload, named: &[(i32, Option<String>)]) -> Result<(Bytes, String), Refused> {
    let mut query = write.prepare("SELECT etag, content FROM parts WHERE upload = ?1 AND number = ?2")?;
    let (mut content, mut hashes) = (BytesMut::new(), Vec::new());
    for (place, (number, wanted)) in named.iter().enumerate() {
        let part = query
            .query_row(params![upload.id, number], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let (etag, bytes) = part.optional()?.ok_or(S3ErrorCode::InvalidPart)?;
        if wanted.as_ref().is_some_and(|wanted| *wanted != etag) {
            return Err(S3ErrorCode::InvalidPart.into());
        }
        if place + 1 < named.len() && bytes.len() < SMALLEST_PART {
            return Err(S3ErrorCode::EntityTooSmall.into());
        }
        if content.len() + bytes.len() > MAX_OBJECT_BYTES {
            return Err(S3ErrorCode::EntityTooLarge.into());
        }
        content.extend_from_slice(&bytes);
        hashes.extend(checksums::md5(&bytes));
    }
    Ok((content.freeze(), format!("{}-{}", checksums::etag(&hashes), named.len())))
}

/// The headers with which an upload began; it must be there, and about this object.
fn headers_of_upload(read: &Transaction, upload: &Upload) -> Result<Headers, Refused> {
    let found: Option<String> = read
        .query_row(
            "SELECT headers FROM multipart WHERE id = ?1 AND bucket = ?2 AND key = ?3",
            params![upload.id, upload.object.bucket, upload.object.key],
            |row| row.get(0),
        )
        .optional()?;
    found.map(|json| headers_of(&json)).ok_or_else(|| S3ErrorCode::NoSuchUpload.into())
}
