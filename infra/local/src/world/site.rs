//! What the CDN does: serves the bucket `site` by GET and HEAD, with the cache times and the security
//! headers of the deployed distribution.

use anyhow::Context;
use aws_sdk_s3::Client;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use bytes::Bytes;
use include_dir::{Dir, include_dir};
use percent_encoding::percent_decode_str;

/// The bucket.
pub const BUCKET: &str = "site";

/// The page as it is deployed.
static STATIC_SITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../static-site");

/// What every answer of the distribution says (`RELIABILITY.md` 5.4).
const SECURITY_HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    ),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), publickey-credentials-create=(self), publickey-credentials-get=(self)",
    ),
];

/// Adds the security headers that an answer does not have yet.
pub(crate) fn secure(headers: &mut HeaderMap) {
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Puts the page into the bucket, as a deployment does.
pub async fn deploy(s3: &Client) -> anyhow::Result<()> {
    let mut folders = vec![&STATIC_SITE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let key = file.path().to_str().context("a file name that is not Unicode")?;
            let put = s3.put_object().bucket(BUCKET).key(key).content_type(content_type(key));
            put.body(Bytes::from_static(file.contents()).into())
                .send()
                .await
                .with_context(|| format!("cannot deploy {key}"))?;
        }
    }
    Ok(())
}

/// Answers a GET or HEAD of the site.
pub(crate) async fn answer(
    s3: &Client,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> anyhow::Result<Response<Bytes>> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut refused = Response::new(Bytes::new());
        *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    let found = match key_of(path) {
        Some(key) => object(s3, &key).await?,
        None => None,
    };
    let mut response = match found {
        Some(found) if is_known(headers, &found) => not_modified(found),
        Some(found) => found,
        None => missing(s3).await?,
    };
    if method == Method::HEAD {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        *response.body_mut() = Bytes::new();
    }
    Ok(response)
}

async fn object(s3: &Client, key: &str) -> anyhow::Result<Option<Response<Bytes>>> {
    let got = match s3.get_object().bucket(BUCKET).key(key).send().await {
        Ok(got) => got,
        Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {key}")),
    };
    let content_type = got.content_type().unwrap_or_else(|| content_type(key));
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, cache_control(key));
    if let Some(etag) = got.e_tag() {
        response = response.header(header::ETAG, etag);
    }
    if let Some(modified) = got.last_modified() {
        let modified = contest::time::Timestamp::from_millis(modified.to_millis()?);
        response =
            response.header(header::LAST_MODIFIED, modified.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    let body = got.body.collect().await.with_context(|| format!("cannot read {key}"))?.into_bytes();
    Ok(Some(response.body(body)?))
}

async fn missing(s3: &Client) -> anyhow::Result<Response<Bytes>> {
    let mut response = object(s3, "404.html").await?.unwrap_or_default();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().remove(header::ETAG);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=10"));
    Ok(response)
}

fn is_known(headers: &HeaderMap, found: &Response<Bytes>) -> bool {
    let Some(etag) = found.headers().get(header::ETAG).and_then(|value| value.to_str().ok()) else { return false };
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.trim_start_matches("W/") == etag
    })
}

fn not_modified(mut found: Response<Bytes>) -> Response<Bytes> {
    *found.status_mut() = StatusCode::NOT_MODIFIED;
    found.headers_mut().remove(header::CONTENT_TYPE);
    *found.body_mut() = Bytes::new();
    found
}

/// The key of an address; `None` for one that cannot name an object.
fn key_of(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let key = if decoded.is_empty() || decoded.ends_with('/') {
        format!("{decoded}index.html")
    } else {
        decoded.into_owned()
    };
    let fits = key.split('/').all(|segment| !matches!(segment, "" | "." | "..")) && !key.contains('\0');
    fits.then_some(key)
}

/// A published version never changes, nor does a picture under its hash; what points to it moves; the page changes with a deployment.
fn cache_control(key: &str) -> &'static str {
    let Some(published) = key.strip_prefix("contests/") else { return "public, max-age=60" };
    let never_changes = |segment: &str| {
        segment == "media"
            || segment.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if published.split('/').skip(1).any(never_changes) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=30"
    }
}

/// By the end of the name; the types that the page and the published files have.
pub fn content_type(key: &str) -> &'static str {
    match key.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "mjs" | "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json; charset=utf-8",
        "jsonl" => "application/jsonl; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" | "toml" | "md" | "checkpoint" => "text/plain; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_objects_of_the_bucket_only() {
        for (path, key) in [
            ("/", Some("index.html")),
            ("/contests/", Some("contests/index.html")),
            ("/js/api.mjs", Some("js/api.mjs")),
            ("/b%C3%A0i.html", Some("bài.html")),
            ("/../vault/keys/k", None),
            ("/%2e%2e/vault/keys/k", None),
            ("//vault", None),
            ("/a%00", None),
        ] {
            assert_eq!(key_of(path).as_deref(), key, "{path}");
        }
    }

    #[test]
    fn only_published_versions_are_kept_for_a_year() {
        for (key, cached) in [
            ("contests/c/rounds/r/v1/results.json", "public, max-age=31536000, immutable"),
            ("contests/c/rounds/r/v12/manifest.json", "public, max-age=31536000, immutable"),
            ("contests/c/media/ab.png", "public, max-age=31536000, immutable"),
            ("contests/media/contest.json", "public, max-age=30"),
            ("contests/c/rounds/r/index.json", "public, max-age=30"),
            ("contests/v1/contest.json", "public, max-age=30"),
            ("contests/index.json", "public, max-age=30"),
            ("index.html", "public, max-age=60"),
            ("js/v1/page.mjs", "public, max-age=60"),
        ] {
            assert_eq!(cache_control(key), cached, "{key}");
        }
    }
}
