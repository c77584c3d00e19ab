//! Headers that are kept with an object and sent back with it.

use super::checksums;
use super::objects::Headers;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

/// Kept as they were sent, besides those that begin with [`OF_USERS`].
const KEPT: [&str; 7] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
    "x-amz-website-redirect-location",
];
const OF_USERS: &str = "x-amz-meta-";

/// How a body was sent, not what it is.
const TRANSPORT: &str = "aws-chunked";

/// What is kept of a request's headers.
pub(super) fn kept(request: &HeaderMap) -> Headers {
    let mut kept = Headers::new();
    for (name, value) in request {
        let name = name.as_str();
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else { continue };
        if !KEPT.contains(&name) && !name.starts_with(OF_USERS) {
            continue;
        }
        let value = match name {
            "content-encoding" => {
                let codings = value.split(',').map(str::trim).filter(|coding| *coding != TRANSPORT);
                codings.collect::<Vec<_>>().join(",")
            }
            _ => value.to_owned(),
        };
        if !value.is_empty() {
            kept.insert(name.to_owned(), value);
        }
    }
    kept
}

/// What is sent with an object: without what the address asks for in other words, and without the checksum
/// of the whole where it is a part.
pub(super) fn sent(kept: &Headers, asked: &Uri, is_whole: bool) -> HeaderMap {
    let query = asked.query().unwrap_or_default();
    let mut headers = HeaderMap::new();
    for (name, value) in kept {
        if query.contains(&format!("response-{name}=")) || !is_whole && name.starts_with(checksums::KEPT) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_bytes())) {
            headers.insert(name, value);
        }
    }
    headers
}
