//! What a request to the S3 port is about, as far as locking, undoing and events need to know.

use super::folder::ObjectKey;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use percent_encoding::percent_decode_str;

/// One request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Changes nothing.
    Read(Option<ObjectKey>),
    /// Changes something; `key` where it changes exactly that object.
    Write {
        /// The object, unless the request is about a bucket, a part or many objects.
        key: Option<ObjectKey>,
        /// `eventName` of the S3 event, where an object comes into being.
        creates: Option<&'static str>,
    },
}

impl Operation {
    /// Reads method, address and headers of a path-style request.
    ///
    /// # Errors
    /// An address that names no object which a folder could hold.
    pub(super) fn of(parts: &Parts) -> Result<Self, &'static str> {
        let key = object_key(parts.uri.path())?;
        if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
            return Ok(Self::Read(key));
        }
        let has = |name: &str| query_value(&parts.uri, name).is_some();
        let is_object = key.as_ref().is_some_and(|key| !key.key.is_empty());
        let whole_object = is_object && !has("partNumber") && !has("uploads") && !has("tagging") && !has("acl");
        let creates = match parts.method {
            Method::PUT if parts.headers.contains_key("x-amz-copy-source") => Some("ObjectCreated:Copy"),
            Method::PUT => Some("ObjectCreated:Put"),
            Method::POST if has("uploadId") => Some("ObjectCreated:CompleteMultipartUpload"),
            _ => None,
        };
        Ok(Self::Write { key: key.filter(|_| whole_object), creates: creates.filter(|_| whole_object) })
    }
}

/// The decoded value of a query parameter; empty where it stands without one.
pub(super) fn query_value(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// The ETag of a written object without quotes: of the header, or of the XML that answers a copy or
/// a completed multipart upload.
pub(super) fn etag(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let quoted = match headers.get(header::ETAG) {
        Some(value) => value.to_str().ok()?.to_owned(),
        None => {
            let xml = std::str::from_utf8(body).ok()?;
            xml.split_once("<ETag>")?.1.split_once("</ETag>")?.0.replace("&quot;", "\"")
        }
    };
    Some(quoted.trim_matches('"').to_owned())
}

fn object_key(path: &str) -> Result<Option<ObjectKey>, &'static str> {
    let path = path.strip_prefix('/').ok_or("the address has no path")?;
    let decoded = percent_decode_str(path).decode_utf8().map_err(|_| "the key is not UTF-8")?;
    let (bucket, key) = decoded.split_once('/').unwrap_or((&decoded, ""));
    if bucket.is_empty() {
        return Ok(None);
    }
    // Keys are paths below the bucket's folder here, so a segment must not climb out of it.
    if bucket.starts_with('.') || key.split('/').any(|segment| matches!(segment, "." | "..")) || key.contains('\0') {
        return Err("the key has a segment that a folder cannot hold");
    }
    Ok(Some(ObjectKey { bucket: bucket.to_owned(), key: key.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: &str, uri: &str, copy: bool) -> Result<Operation, &'static str> {
        let mut request = axum::http::Request::builder().method(method).uri(uri);
        if copy {
            request = request.header("x-amz-copy-source", "site/a");
        }
        Operation::of(&request.body(()).expect("a request").into_parts().0)
    }

    fn key(bucket: &str, key: &str) -> Option<ObjectKey> {
        Some(ObjectKey { bucket: bucket.to_owned(), key: key.to_owned() })
    }

    #[test]
    fn only_whole_objects_are_announced() {
        let write = |key, creates| Ok(Operation::Write { key, creates });
        let c = "/uploads/c/b%C3%A0i%20thi.csv";
        let decoded = key("uploads", "c/bài thi.csv");
        assert_eq!(operation("GET", c, false), Ok(Operation::Read(decoded.clone())));
        assert_eq!(operation("PUT", c, false), write(decoded.clone(), Some("ObjectCreated:Put")));
        assert_eq!(operation("PUT", c, true), write(decoded.clone(), Some("ObjectCreated:Copy")));
        let complete = format!("{c}?uploadId=7");
        assert_eq!(
            operation("POST", &complete, false),
            write(decoded.clone(), Some("ObjectCreated:CompleteMultipartUpload"))
        );
        assert_eq!(operation("PUT", &format!("{c}?partNumber=1&uploadId=7"), false), write(None, None));
        assert_eq!(operation("POST", &format!("{c}?uploads"), false), write(None, None));
        assert_eq!(operation("DELETE", c, false), write(decoded, None));
        assert_eq!(operation("PUT", "/uploads", false), write(None, None));
        assert_eq!(operation("POST", "/uploads?delete", false), write(None, None));
    }

    #[test]
    fn keys_cannot_leave_their_bucket() {
        for uri in ["/site/../vault/keys/k", "/site/%2e%2e/vault", "/site/a/./b", "/.undo/0", "/site/a%00b"] {
            assert!(operation("GET", uri, false).is_err(), "{uri}");
        }
    }

    #[test]
    fn the_etag_is_found_in_header_or_xml() {
        let mut headers = HeaderMap::new();
        assert_eq!(etag(&headers, b"<R><ETag>&quot;abc-2&quot;</ETag></R>").as_deref(), Some("abc-2"));
        headers.insert(header::ETAG, "\"def\"".parse().expect("a header"));
        assert_eq!(etag(&headers, b"").as_deref(), Some("def"));
    }
}
