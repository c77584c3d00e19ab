//! Buckets: objects that are written once, and pointers that move by compare-and-swap.

use crate::compiled::ObjectRef;
use crate::error::StoreError;
use crate::sdk::Sdk;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ServerSideEncryption;
use contest::seal::sha256_hex;
use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One bucket; its name is a role (`CONTRACT.md` 2).
#[derive(Clone, Debug)]
pub struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
    kms_key: Option<String>,
}

/// Bytes together with the tag by which they can be swapped.
#[derive(Clone, Debug)]
pub struct Tagged {
    pub bytes: Vec<u8>,
    /// ETag as the bucket gave it.
    pub tag: String,
}

/// An object without its bytes.
#[derive(Clone, Debug)]
pub struct Head {
    /// Bytes.
    pub size: u64,
    /// ETag without quotes.
    pub tag: String,
    /// Version, in buckets that keep them.
    pub version: Option<String>,
}

/// An object that was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// ETag as the bucket gave it.
    pub tag: String,
    /// Version, in buckets that keep them.
    pub version: Option<String>,
}

/// Some bytes of an object.
#[derive(Clone, Debug)]
pub struct Part {
    pub bytes: Vec<u8>,
    /// Bytes of the whole.
    pub size: u64,
}

/// An object of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// ETag as the bucket gave it.
    pub tag: String,
    /// When it was written, in whole seconds since 1970.
    pub written_s: i64,
}

impl Bucket {
    pub fn new(sdk: &Sdk, name: impl Into<String>) -> Self {
        Self { client: sdk.s3.clone(), name: name.into(), kms_key: None }
    }

    /// The same bucket, for objects that are written under this key of KMS: anyone who reads them needs the
    /// key besides the bucket.
    pub fn sealed_with(self, kms_key: impl Into<String>) -> Self {
        Self { kms_key: Some(kms_key.into()), ..self }
    }

    /// What stands at a path now, without its bytes; `None` where nothing does.
    pub async fn head(&self, path: &str) -> Result<Option<Head>, StoreError> {
        match self.client.head_object().bucket(&self.name).key(path).send().await {
            Ok(reply) => Ok(Some(Head {
                size: reply.content_length().unwrap_or_default().unsigned_abs(),
                tag: reply.e_tag().unwrap_or_default().trim_matches('"').to_owned(),
                version: reply.version_id().map(str::to_owned),
            })),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_not_found()) => Ok(None),
            Err(error) => Err(StoreError::service("look at an object")(error)),
        }
    }

    /// The object at a path, or `None`.
    pub async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.get_tagged(path).await?.map(|tagged| tagged.bytes))
    }

    /// The object that a reference names; it must be there, with the recorded hash.
    pub async fn referred(&self, object: &ObjectRef) -> Result<Vec<u8>, StoreError> {
        let path = &object.path;
        let bytes = self.get(path).await?.ok_or_else(|| StoreError::missing(path))?;
        if sha256_hex(&bytes) == object.sha256 { Ok(bytes) } else { Err(StoreError::other_bytes(path)) }
    }

    /// The object that a reference names as JSON; it must be there, with the recorded hash.
    pub async fn referred_json<T: DeserializeOwned>(&self, object: &ObjectRef) -> Result<T, StoreError> {
        parse(&object.path, &self.referred(object).await?)
    }

    /// As [`Self::referred_json`], where what stood there may have been emptied.
    pub async fn referred_or_emptied<T>(&self, object: &ObjectRef, emptied: T) -> Result<T, StoreError>
    where
        T: DeserializeOwned + Serialize,
    {
        let bytes = self.get(&object.path).await?.ok_or_else(|| StoreError::missing(&object.path))?;
        let is_emptied = serde_json::to_vec(&emptied).is_ok_and(|emptied| emptied == bytes);
        match is_emptied {
            true => Ok(emptied),
            false if sha256_hex(&bytes) == object.sha256 => parse(&object.path, &bytes),
            false => Err(StoreError::other_bytes(&object.path)),
        }
    }

    /// The object at a path with its tag, or `None`.
    pub async fn get_tagged(&self, path: &str) -> Result<Option<Tagged>, StoreError> {
        self.read(path, None, u64::MAX).await
    }

    /// One version of an object that was seen to have at most `limit` bytes.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where a larger one has taken its place.
    pub async fn get_upload(
        &self,
        path: &str,
        version: Option<&str>,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.read(path, version, limit).await?.map(|tagged| tagged.bytes))
    }

    async fn read(&self, path: &str, version: Option<&str>, limit: u64) -> Result<Option<Tagged>, StoreError> {
        let request = self.client.get_object().bucket(&self.name).key(path).set_version_id(version.map(str::to_owned));
        let reply = match request.send().await {
            Ok(reply) => reply,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(StoreError::service("read an object")(error)),
        };
        let size = reply.content_length().unwrap_or_default().unsigned_abs();
        if size > limit {
            return Err(StoreError::Raced { what: path.to_owned() });
        }
        let tag = reply.e_tag().unwrap_or_default().to_owned();
        let cut = |source: aws_sdk_s3::primitives::ByteStreamError| StoreError::Busy {
            action: "read an object to its end",
            source: source.into(),
        };
        let body = reply.body.collect().await.map_err(cut)?;
        Ok(Some(Tagged { bytes: body.to_vec(), tag }))
    }

    /// Writes an object whatever stands there.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.request(path, bytes).send().await.map_err(StoreError::service("write an object"))?;
        Ok(())
    }

    /// Writes an object unless one stands there; returns what stands there afterwards. Two writers
    /// can never both believe that their bytes were kept.
    pub async fn put_if_absent(&self, path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        match self.request(path, bytes.clone()).if_none_match("*").send().await {
            Ok(_) => Ok(bytes),
            Err(error) if is_refused(&error) => {
                self.get(path).await?.ok_or_else(|| StoreError::missing(format!("object {path}")))
            }
            Err(error) => Err(StoreError::service("write an object once")(error)),
        }
    }

    /// Writes an object that is named by its content: one that stands there is the same, and is not
    /// read, so that a function that writes answer keys need not be able to read them.
    pub async fn put_named(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self.request(path, bytes).if_none_match("*").send().await {
            Ok(_) => Ok(()),
            Err(error) if is_refused(&error) => Ok(()),
            Err(error) => Err(StoreError::service("write an object once")(error)),
        }
    }

    /// Replaces the object that was read with this tag (`None`: that was absent). Returns whether it
    /// was still so.
    pub async fn swap(&self, path: &str, seen: Option<&str>, bytes: Vec<u8>) -> Result<bool, StoreError> {
        let request = self.request(path, bytes);
        let request = match seen {
            Some(tag) => request.if_match(tag),
            None => request.if_none_match("*"),
        };
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(StoreError::service("swap an object")(error)),
        }
    }

    /// Replaces the object that was read with this tag (`None`: that was absent) by bytes whose SHA-256 the bucket checks.
    /// `None` where something else stands there. Where the bytes themselves do, they were written: that is what is left of a
    /// try whose reply was lost. Whoever may not read them tells it by the tag, which of an object that was put at once and
    /// not encrypted under a key of one's own is its MD5.
    pub async fn swap_checked(
        &self,
        path: &str,
        seen: Option<&str>,
        bytes: Vec<u8>,
        sha256_base64: &str,
    ) -> Result<Option<Written>, StoreError> {
        let tag = format!("\"{}\"", HEXLOWER.encode(&Md5::digest(&bytes)));
        let request = self.request(path, bytes).checksum_sha256(sha256_base64);
        let request = match seen {
            Some(tag) => request.if_match(tag),
            None => request.if_none_match("*"),
        };
        match request.send().await {
            Ok(reply) => Ok(Some(Written {
                tag: reply.e_tag().unwrap_or_default().to_owned(),
                version: reply.version_id().map(str::to_owned),
            })),
            Err(error) if is_refused(&error) || error.code() == Some("NoSuchKey") => {
                let standing = self.list(path).await?.into_iter().find(|listed| listed.path == path);
                Ok(standing.filter(|standing| standing.tag == tag).map(|_| Written { tag, version: None }))
            }
            Err(error) => Err(StoreError::service("swap an upload")(error)),
        }
    }

    /// At most so many bytes of an object from a place on; `None` where nothing stands there, or it ends before.
    pub async fn get_part(&self, path: &str, from: u64, length: u64) -> Result<Option<Part>, StoreError> {
        const ACTION: &str = "read a part of an object";
        let range = format!("bytes={from}-{}", from.saturating_add(length) - 1);
        let reply = match self.client.get_object().bucket(&self.name).key(path).range(range).send().await {
            Ok(reply) => reply,
            Err(error) if is_absent(&error) || error.code() == Some("InvalidRange") => return Ok(None),
            Err(error) => return Err(StoreError::service(ACTION)(error)),
        };
        // `bytes 0-4194303/5000000`
        let size = reply.content_range().and_then(|range| range.rsplit_once('/')?.1.parse().ok());
        let size = size.ok_or_else(|| StoreError::corrupt(path, "a part without the size of the whole"))?;
        let cut = |source: aws_sdk_s3::primitives::ByteStreamError| StoreError::Busy {
            action: ACTION,
            source: source.into(),
        };
        Ok(Some(Part { bytes: reply.body.collect().await.map_err(cut)?.to_vec(), size }))
    }

    /// What lies under a prefix, without the bytes: to list needs no right to read.
    pub async fn list(&self, prefix: &str) -> Result<Vec<Listed>, StoreError> {
        self.list_up_to(prefix, None).await
    }

    /// Deletes an object; nothing where none is.
    pub async fn delete(&self, path: &str) -> Result<(), StoreError> {
        let delete = self.client.delete_object().bucket(&self.name).key(path).send().await;
        delete.map_err(StoreError::service("delete an object"))?;
        Ok(())
    }

    /// As [`Self::list`], without what lies in folders below it.
    pub async fn list_folder(&self, folder: &str) -> Result<Vec<Listed>, StoreError> {
        self.list_up_to(folder, Some("/")).await
    }

    async fn list_up_to(&self, prefix: &str, delimiter: Option<&str>) -> Result<Vec<Listed>, StoreError> {
        let request = self.client.list_objects_v2().bucket(&self.name).prefix(prefix);
        let mut pages = request.set_delimiter(delimiter.map(str::to_owned)).into_paginator().send();
        let mut listed = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(StoreError::service("list objects"))?;
            listed.extend(page.contents().iter().map(|object| Listed {
                path: object.key().unwrap_or_default().to_owned(),
                size: object.size().unwrap_or_default().unsigned_abs(),
                tag: object.e_tag().unwrap_or_default().to_owned(),
                written_s: object.last_modified().map(|at| at.secs()).unwrap_or_default(),
            }));
        }
        Ok(listed)
    }

    /// The folders at the top, without their slash.
    pub async fn folders(&self) -> Result<Vec<String>, StoreError> {
        let mut pages = self.client.list_objects_v2().bucket(&self.name).delimiter("/").into_paginator().send();
        let mut folders = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(StoreError::service("list folders"))?;
            let names = page.common_prefixes().iter().filter_map(|folder| folder.prefix()?.strip_suffix('/'));
            folders.extend(names.map(str::to_owned));
        }
        Ok(folders)
    }

    fn request(
        &self,
        path: &str,
        bytes: Vec<u8>,
    ) -> aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder {
        self.client
            .put_object()
            .bucket(&self.name)
            .key(path)
            .content_type(content_type(path))
            .set_server_side_encryption(self.kms_key.as_ref().map(|_| ServerSideEncryption::AwsKms))
            .set_ssekms_key_id(self.kms_key.clone())
            .body(ByteStream::from(bytes))
    }
}

/// The media type of a file by its ending.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => "application/json; charset=utf-8",
        Some("jsonl") => "application/jsonl; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("pdf") => "application/pdf",
        Some("toml") => "application/toml; charset=utf-8",
        None if path.ends_with("/checkpoint") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn is_absent<R>(error: &SdkError<aws_sdk_s3::operation::get_object::GetObjectError, R>) -> bool {
    error.as_service_error().is_some_and(|e| e.is_no_such_key() || e.code() == Some("NoSuchVersion"))
}

fn parse<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|e| StoreError::unparsed(path, &e))
}

/// 412: something stands there already; 409: someone is writing it right now, and will have won.
fn is_refused<E: ProvideErrorMetadata>(error: &SdkError<E, aws_sdk_s3::config::http::HttpResponse>) -> bool {
    let status = error.raw_response().map(|response| response.status().as_u16());
    status == Some(412) || error.code() == Some("ConditionalRequestConflict")
}
