//! Checksums that a client sends with a body: compared before anything is written, kept and sent back.

use super::objects::Headers;
use axum::http::{HeaderMap, HeaderValue};
use data_encoding::{BASE64, HEXLOWER};
use s3s::crypto::{Checksum, Crc32, Crc32c, Crc64Nvme, Md5, Sha1, Sha256};
use s3s::{S3Result, s3_error};

/// What each header's value must be for some bytes.
type Digest = fn(&[u8]) -> String;

const DIGESTS: [(&str, Digest); 6] = [
    (CONTENT_MD5, base64::<Md5>),
    ("x-amz-checksum-crc32", base64::<Crc32>),
    ("x-amz-checksum-crc32c", base64::<Crc32c>),
    ("x-amz-checksum-crc64nvme", base64::<Crc64Nvme>),
    ("x-amz-checksum-sha1", base64::<Sha1>),
    ("x-amz-checksum-sha256", base64::<Sha256>),
];

const CONTENT_MD5: &str = "content-md5";

/// Beginning of the names of checksums that are kept.
pub(super) const KEPT: &str = "x-amz-checksum-";

/// Compares what headers or trailers claim of the bytes; returns what is kept with them.
pub(super) fn compared(claims: &[&HeaderMap], bytes: &[u8]) -> S3Result<Headers> {
    let mut kept = Headers::new();
    for (name, digest) in DIGESTS {
        let Some(claim) = claims.iter().find_map(|headers| headers.get(name)) else { continue };
        let actual = digest(bytes);
        if claim != HeaderValue::from_str(&actual).map_err(|_| s3_error!(InternalError))? {
            return Err(s3_error!(BadDigest, "the bytes are not those of {name}"));
        }
        if name != CONTENT_MD5 {
            kept.insert(name.to_owned(), actual);
        }
    }
    Ok(kept)
}

/// The ETag of an object that was written in one piece.
pub(super) fn etag(bytes: &[u8]) -> String {
    HEXLOWER.encode(&md5(bytes))
}

pub(super) fn md5(bytes: &[u8]) -> [u8; 16] {
    Md5::checksum(bytes)
}

fn base64<C: Checksum>(bytes: &[u8]) -> String {
    BASE64.encode(C::checksum(bytes).as_ref())
}
