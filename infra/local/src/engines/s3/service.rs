//! The operations of S3 that this machine knows: what goes in and out of [`Objects`] in the words of the
//! protocol, which `s3s` speaks.

use super::listing::{Listing, Page};
use super::objects::{Conditions, Entry, New, ObjectKey, stored};
use super::parts::Upload;
use super::shared::SharedObjects;
use super::{MAX_OBJECT_BYTES, checksums, headers};
use axum::http::HeaderMap;
use bytes::Bytes;
use data_encoding::BASE64URL_NOPAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use s3s::dto::*;
use s3s::{S3, S3ErrorCode, S3Request, S3Response, S3Result, TrailingHeaders, s3_error};
use std::time::{Duration, SystemTime};

/// Most names of one page, whatever is asked for.
const PAGE: i32 = 1000;

/// Left as they are in a list whose names are encoded.
const ENCODED_IN_LISTS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'/');

#[async_trait::async_trait]
impl S3 for SharedObjects {
    async fn list_buckets(&self, _: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        let found = self.run(|objects| objects.buckets()).await?;
        let bucket =
            |(name, created)| Bucket { name: Some(name), creation_date: Some(time_of(created)), ..Bucket::default() };
        let buckets = Some(found.into_iter().map(bucket).collect());
        Ok(S3Response::new(ListBucketsOutput { buckets, ..ListBucketsOutput::default() }))
    }

    async fn head_bucket(&self, request: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.run(move |objects| objects.require_bucket(&request.input.bucket)).await?;
        Ok(S3Response::new(HeadBucketOutput::default()))
    }

    async fn get_bucket_location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.run(move |objects| objects.require_bucket(&request.input.bucket)).await?;
        Ok(S3Response::new(GetBucketLocationOutput::default()))
    }

    async fn create_bucket(&self, request: S3Request<CreateBucketInput>) -> S3Result<S3Response<CreateBucketOutput>> {
        self.run(move |objects| objects.create_bucket(&request.input.bucket)).await?;
        Ok(S3Response::new(CreateBucketOutput::default()))
    }

    async fn delete_bucket(&self, request: S3Request<DeleteBucketInput>) -> S3Result<S3Response<DeleteBucketOutput>> {
        self.run(move |objects| objects.delete_bucket(&request.input.bucket)).await?;
        Ok(S3Response::new(DeleteBucketOutput::default()))
    }

    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let S3Request { input, headers: sent, trailing_headers, .. } = request;
        let (content, checksums) = read(input.body, &sent, trailing_headers).await?;
        let mut kept = headers::kept(&sent);
        kept.extend(checksums.clone());
        let object = ObjectKey { bucket: input.bucket, key: input.key };
        let new = New { object, etag: checksums::etag(&content), headers: kept, content };
        let conditions = Conditions { if_match: input.if_match, if_none_match: input.if_none_match };
        let written = self.create("ObjectCreated:Put", move |objects| objects.put(&new, &conditions)).await?;
        let version_id = SharedObjects::shown_version(&written);
        let output =
            PutObjectOutput { e_tag: Some(ETag::Strong(written.etag)), version_id, ..PutObjectOutput::default() };
        Ok(S3Response::with_headers(output, headers::sent(&checksums, &request.uri, true)))
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let S3Request { input, uri, .. } = request;
        let object = ObjectKey { bucket: input.bucket, key: input.key };
        let conditions = Conditions { if_match: input.if_match, if_none_match: input.if_none_match };
        let asked = (object.clone(), input.version_id, input.range);
        let (entry, range, content) = self
            .run(move |objects| {
                let (object, version, range) = asked;
                objects.require_bucket(&object.bucket)?;
                let entry = objects.entry(&object, version.as_deref())?;
                check(&conditions, &entry)?;
                let range = match range {
                    None => 0..entry.size,
                    Some(range) => range.check(entry.size).map_err(|_| S3ErrorCode::InvalidRange)?,
                };
                let content = objects.content(&entry, range.clone())?;
                Ok((entry, range, content))
            })
            .await?;
        let headers = headers::sent(&entry.headers, &uri, range == (0..entry.size));
        let content_range =
            input.range.map(|_| format!("bytes {}-{}/{}", range.start, range.end.saturating_sub(1), entry.size));
        let output = GetObjectOutput {
            content_length: Some(stored(content.len() as u64)),
            body: Some(s3s::Body::from(content).into()),
            content_range,
            accept_ranges: Some("bytes".to_owned()),
            last_modified: Some(time_of(entry.written)),
            version_id: SharedObjects::version_in(&object, entry.written),
            e_tag: Some(ETag::Strong(entry.etag)),
            ..GetObjectOutput::default()
        };
        Ok(S3Response::with_headers(output, headers))
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let S3Request { input, uri, .. } = request;
        let object = ObjectKey { bucket: input.bucket, key: input.key };
        let conditions = Conditions { if_match: input.if_match, if_none_match: input.if_none_match };
        let asked = (object.clone(), input.version_id);
        let entry = self
            .run(move |objects| {
                objects.require_bucket(&asked.0.bucket)?;
                let entry = objects.entry(&asked.0, asked.1.as_deref())?;
                check(&conditions, &entry)?;
                Ok(entry)
            })
            .await?;
        let output = HeadObjectOutput {
            content_length: Some(stored(entry.size)),
            accept_ranges: Some("bytes".to_owned()),
            last_modified: Some(time_of(entry.written)),
            version_id: SharedObjects::version_in(&object, entry.written),
            e_tag: Some(ETag::Strong(entry.etag)),
            ..HeadObjectOutput::default()
        };
        Ok(S3Response::with_headers(output, headers::sent(&entry.headers, &uri, true)))
    }

    async fn copy_object(&self, request: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        let S3Request { input, headers: sent, .. } = request;
        let (source, version) = source_of(input.copy_source)?;
        let of_source =
            Conditions { if_match: input.copy_source_if_match, if_none_match: input.copy_source_if_none_match };
        let replaced = input.metadata_directive.filter(|directive| directive.as_str() == MetadataDirective::REPLACE);
        let replaced = replaced.map(|_| headers::kept(&sent));
        let object = ObjectKey { bucket: input.bucket, key: input.key };
        let written = self
            .create("ObjectCreated:Copy", move |objects| {
                let entry = objects.entry(&source, version.as_deref())?;
                if !of_source.hold(Some(&entry.etag)) {
                    return Err(S3ErrorCode::PreconditionFailed.into());
                }
                let content = objects.content(&entry, 0..entry.size)?;
                let Entry { etag, headers, .. } = entry;
                let new = New { object, etag, headers: replaced.unwrap_or(headers), content };
                objects.put(&new, &Conditions::default())
            })
            .await?;
        let version_id = SharedObjects::shown_version(&written);
        let result = CopyObjectResult {
            e_tag: Some(ETag::Strong(written.etag)),
            last_modified: Some(time_of(written.at)),
            ..CopyObjectResult::default()
        };
        let output = CopyObjectOutput { copy_object_result: Some(result), version_id, ..CopyObjectOutput::default() };
        Ok(S3Response::new(output))
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let DeleteObjectInput { bucket, key, version_id, if_match, .. } = request.input;
        refuse_version(version_id.as_ref())?;
        let conditions = Conditions { if_match, if_none_match: None };
        self.run(move |objects| {
            objects.require_bucket(&bucket)?;
            objects.delete(&[ObjectKey { bucket, key }], &conditions)
        })
        .await?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn delete_objects(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let DeleteObjectsInput { bucket, delete, .. } = request.input;
        for object in &delete.objects {
            refuse_version(object.version_id.as_ref())?;
        }
        let keys: Vec<String> = delete.objects.into_iter().map(|object| object.key).collect();
        let gone = keys.iter().map(|key| ObjectKey { bucket: bucket.clone(), key: key.clone() }).collect::<Vec<_>>();
        self.run(move |objects| {
            objects.require_bucket(&bucket)?;
            objects.delete(&gone, &Conditions::default())
        })
        .await?;
        let deleted = keys.into_iter().map(|key| DeletedObject { key: Some(key), ..DeletedObject::default() });
        let deleted = delete.quiet.is_none_or(|quiet| !quiet).then(|| deleted.collect());
        Ok(S3Response::new(DeleteObjectsOutput { deleted, ..DeleteObjectsOutput::default() }))
    }

    async fn list_objects(&self, request: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
        let input = request.input;
        let limit = input.max_keys.unwrap_or(PAGE);
        let listing = Listing {
            bucket: input.bucket.clone(),
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after: input.marker.clone().unwrap_or_default(),
            limit: page_limit(limit),
        };
        let page = self.run(move |objects| objects.list(&listing)).await?;
        let name = Naming::of(input.encoding_type.as_ref());
        let output = ListObjectsOutput {
            name: Some(input.bucket),
            prefix: input.prefix.map(|prefix| name.shown(&prefix)),
            marker: input.marker.map(|marker| name.shown(&marker)),
            max_keys: Some(limit),
            is_truncated: Some(page.next.is_some()),
            next_marker: page.next.as_deref().map(|next| name.shown(next)),
            contents: Some(name.contents(&page)),
            common_prefixes: Some(name.prefixes(&page)),
            delimiter: input.delimiter.map(|delimiter| name.shown(&delimiter)),
            encoding_type: input.encoding_type,
            ..ListObjectsOutput::default()
        };
        Ok(S3Response::new(output))
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = request.input;
        let limit = input.max_keys.unwrap_or(PAGE);
        let after = match &input.continuation_token {
            Some(token) => name_of(token)?,
            None => input.start_after.clone().unwrap_or_default(),
        };
        let listing = Listing {
            bucket: input.bucket.clone(),
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after,
            limit: page_limit(limit),
        };
        let page = self.run(move |objects| objects.list(&listing)).await?;
        let name = Naming::of(input.encoding_type.as_ref());
        let output = ListObjectsV2Output {
            name: Some(input.bucket),
            prefix: input.prefix.map(|prefix| name.shown(&prefix)),
            max_keys: Some(limit),
            key_count: i32::try_from(page.objects.len() + page.prefixes.len()).ok(),
            continuation_token: input.continuation_token,
            is_truncated: Some(page.next.is_some()),
            next_continuation_token: page.next.as_deref().map(token_of),
            contents: Some(name.contents(&page)),
            common_prefixes: Some(name.prefixes(&page)),
            delimiter: input.delimiter.map(|delimiter| name.shown(&delimiter)),
            encoding_type: input.encoding_type,
            start_after: input.start_after.map(|after| name.shown(&after)),
            ..ListObjectsV2Output::default()
        };
        Ok(S3Response::new(output))
    }

    async fn create_multipart_upload(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let S3Request { input, headers: sent, .. } = request;
        let object = ObjectKey { bucket: input.bucket, key: input.key };
        let (begun, kept) = (object.clone(), headers::kept(&sent));
        let id = self.run(move |objects| objects.begin_parts(&begun, &kept)).await?;
        let output = CreateMultipartUploadOutput {
            bucket: Some(object.bucket),
            key: Some(object.key),
            upload_id: Some(id),
            ..CreateMultipartUploadOutput::default()
        };
        Ok(S3Response::new(output))
    }

    async fn upload_part(&self, request: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        let S3Request { input, headers: sent, trailing_headers, .. } = request;
        let number = part_number(input.part_number)?;
        let (content, _) = read(input.body, &sent, trailing_headers).await?;
        let upload = Upload { id: input.upload_id, object: ObjectKey { bucket: input.bucket, key: input.key } };
        let etag = self.run(move |objects| objects.put_part(&upload, number, &content)).await?;
        Ok(S3Response::new(UploadPartOutput { e_tag: Some(ETag::Strong(etag)), ..UploadPartOutput::default() }))
    }

    async fn upload_part_copy(
        &self,
        request: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let input = request.input;
        let number = part_number(input.part_number)?;
        let (source, version) = source_of(input.copy_source)?;
        let range = input.copy_source_range.as_deref().map(Range::parse).transpose();
        let range = range.map_err(|_| s3_error!(InvalidArgument))?;
        let upload = Upload { id: input.upload_id, object: ObjectKey { bucket: input.bucket, key: input.key } };
        let etag = self
            .run(move |objects| {
                let entry = objects.entry(&source, version.as_deref())?;
                let range = match range {
                    None => 0..entry.size,
                    Some(range) => range.check(entry.size).map_err(|_| S3ErrorCode::InvalidRange)?,
                };
                let content = objects.content(&entry, range)?;
                objects.put_part(&upload, number, &content)
            })
            .await?;
        let result = CopyPartResult { e_tag: Some(ETag::Strong(etag)), ..CopyPartResult::default() };
        let output = UploadPartCopyOutput { copy_part_result: Some(result), ..UploadPartCopyOutput::default() };
        Ok(S3Response::new(output))
    }

    async fn list_parts(&self, request: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        let ListPartsInput { bucket, key, upload_id, .. } = request.input;
        let upload = Upload { id: upload_id, object: ObjectKey { bucket, key } };
        let asked = upload.clone();
        let found = self.run(move |objects| objects.parts(&asked)).await?;
        let part = |part: super::parts::Part| Part {
            part_number: Some(part.number),
            last_modified: Some(time_of(part.written)),
            e_tag: Some(ETag::Strong(part.etag)),
            size: Some(part.size),
            ..Part::default()
        };
        let output = ListPartsOutput {
            bucket: Some(upload.object.bucket),
            key: Some(upload.object.key),
            upload_id: Some(upload.id),
            is_truncated: Some(false),
            parts: Some(found.into_iter().map(part).collect()),
            ..ListPartsOutput::default()
        };
        Ok(S3Response::new(output))
    }

    async fn complete_multipart_upload(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let input = request.input;
        let named = input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default();
        let named = named.into_iter().map(|part| {
            let number = part.part_number.ok_or_else(|| s3_error!(InvalidPart))?;
            Ok((number, part.e_tag.map(ETag::into_value)))
        });
        let named = named.collect::<S3Result<Vec<_>>>()?;
        let upload = Upload { id: input.upload_id, object: ObjectKey { bucket: input.bucket, key: input.key } };
        let conditions = Conditions { if_match: input.if_match, if_none_match: input.if_none_match };
        let written = self
            .create("ObjectCreated:CompleteMultipartUpload", move |objects| {
                objects.complete_parts(&upload, &named, &conditions)
            })
            .await?;
        let version_id = SharedObjects::shown_version(&written);
        let output = CompleteMultipartUploadOutput {
            bucket: Some(written.object.bucket),
            key: Some(written.object.key),
            e_tag: Some(ETag::Strong(written.etag)),
            version_id,
            ..CompleteMultipartUploadOutput::default()
        };
        Ok(S3Response::new(output))
    }

    async fn abort_multipart_upload(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        let AbortMultipartUploadInput { bucket, key, upload_id, .. } = request.input;
        let upload = Upload { id: upload_id, object: ObjectKey { bucket, key } };
        self.run(move |objects| objects.abort_parts(&upload)).await?;
        Ok(S3Response::new(AbortMultipartUploadOutput::default()))
    }
}

/// The whole body, compared with what the request claims of it, and its checksums.
async fn read(
    body: Option<StreamingBlob>,
    sent: &HeaderMap,
    trailing: Option<TrailingHeaders>,
) -> S3Result<(Bytes, super::objects::Headers)> {
    let mut body = body.map(s3s::Body::from).unwrap_or_default();
    let content = body.store_all_limited(MAX_OBJECT_BYTES).await.map_err(|_| s3_error!(IncompleteBody))?;
    let trailers = trailing.and_then(|trailing| trailing.take()).unwrap_or_default();
    let checksums = checksums::compared(&[&trailers, sent], &content)?;
    Ok((content, checksums))
}

/// Reading conditions are answered by two statuses: what is known already, and what is no longer so.
fn check(conditions: &Conditions, entry: &Entry) -> Result<(), S3ErrorCode> {
    let if_match = Conditions { if_match: conditions.if_match.clone(), if_none_match: None };
    match (if_match.hold(Some(&entry.etag)), conditions.hold(Some(&entry.etag))) {
        (false, _) => Err(S3ErrorCode::PreconditionFailed),
        (true, false) => Err(S3ErrorCode::NotModified),
        (true, true) => Ok(()),
    }
}

fn source_of(source: CopySource) -> S3Result<(ObjectKey, Option<String>)> {
    match source {
        CopySource::Bucket { bucket, key, version_id } => {
            Ok((ObjectKey { bucket: bucket.into(), key: key.into() }, version_id.map(String::from)))
        }
        CopySource::AccessPoint { .. } | CopySource::Outpost { .. } => Err(s3_error!(NotImplemented)),
    }
}

/// Versions of uploads are what the importer was told of: they stay.
fn refuse_version(version: Option<&ObjectVersionId>) -> S3Result<()> {
    match version {
        Some(_) => Err(s3_error!(NotImplemented, "versions are not deleted here")),
        None => Ok(()),
    }
}

fn part_number(number: i32) -> S3Result<i32> {
    if (1..=10_000).contains(&number) { Ok(number) } else { Err(s3_error!(InvalidArgument)) }
}

/// How the names of a list are written: as they are, or encoded, since XML cannot hold every character.
#[derive(Clone, Copy)]
enum Naming {
    Plain,
    Encoded,
}

impl Naming {
    fn of(asked: Option<&EncodingType>) -> Self {
        if asked.is_some() { Self::Encoded } else { Self::Plain }
    }

    fn shown(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Encoded => utf8_percent_encode(name, ENCODED_IN_LISTS).to_string(),
        }
    }

    fn contents(self, page: &Page) -> Vec<Object> {
        let object = |listed: &super::listing::Listed| Object {
            key: Some(self.shown(&listed.key)),
            last_modified: Some(time_of(listed.written)),
            e_tag: Some(ETag::Strong(listed.etag.clone())),
            size: Some(listed.size),
            ..Object::default()
        };
        page.objects.iter().map(object).collect()
    }

    fn prefixes(self, page: &Page) -> Vec<CommonPrefix> {
        page.prefixes.iter().map(|prefix| CommonPrefix { prefix: Some(self.shown(prefix)) }).collect()
    }
}

fn page_limit(asked: i32) -> usize {
    usize::try_from(asked.min(PAGE)).unwrap_or_default()
}

/// A name as it is handed out to go on from.
fn token_of(name: &str) -> String {
    BASE64URL_NOPAD.encode(name.as_bytes())
}

/// What [`token_of`] handed out.
fn name_of(token: &str) -> S3Result<String> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| s3_error!(InvalidArgument))?;
    String::from_utf8(bytes).map_err(|_| s3_error!(InvalidArgument))
}

fn time_of(nanoseconds: i64) -> Timestamp {
    Timestamp::from(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds.unsigned_abs()))
}
