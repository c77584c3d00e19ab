//! The only place that knows HTTP answers.

use aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use aws_lambda_events::encodings::Body;
use aws_lambda_events::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use documents::api::AcceptedSheet;
use documents::problem::Problem;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::io::Write;

/// An answer about to leave.
pub struct Reply {
    pub(super) status: u16,
    /// For the log: `ok`, or the code of the problem.
    pub(super) outcome: &'static str,
    /// For the log: in which part of the table the contestant's attempts lie.
    pub(super) shard: Option<u16>,
    /// For the log: the beginning of the leaf's hash in a receipt that this answer shows. The audit looks for
    /// every one of them in the published ledger.
    pub(super) leaf8: Option<String>,
    headers: HeaderMap,
    body: Content,
}

/// A part of a file that is longer than an answer may be.
pub struct FilePart {
    pub bytes: Vec<u8>,
    /// Place of its first byte.
    pub from: u64,
    /// Bytes of the whole.
    pub size: u64,
    /// Of how many parts it is one.
    pub parts: u64,
    /// SHA-256 of the whole, in base 64.
    pub sha256_base64: String,
}

enum Content {
    Text(String),
    /// Packed by itself.
    File(Vec<u8>),
}

impl Reply {
    /// 204: it is done, and there is nothing to say.
    pub fn no_content() -> Self {
        let mut reply = Self::json(204, &());
        reply.headers.remove(header::CONTENT_TYPE);
        Self { body: Content::Text(String::new()), ..reply }
    }

    /// 200 with JSON.
    pub fn ok(value: &impl Serialize) -> Self {
        Self::json(200, value)
    }

    pub fn json(status: u16, value: &impl Serialize) -> Self {
        Self::new(status, "application/json; charset=utf-8", value)
    }

    /// 200 with JSON as it was written before.
    ///
    /// # Panics
    /// Where it is no text.
    pub fn written(json: Vec<u8>) -> Self {
        let text = String::from_utf8(json).expect("JSON is UTF-8");
        Self { body: Content::Text(text), ..Self::ok(&()) }
    }

    pub fn problem(problem: &Problem<'_>) -> Self {
        let mut reply = Self::new(problem.status, "application/problem+json; charset=utf-8", problem);
        if let Some(seconds) = problem.retry_after_seconds {
            reply.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if problem.status == 401 {
            reply.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        reply.outcome = problem.code;
        reply.leaf8 = problem.receipt.and_then(leaf8);
        reply
    }

    /// 200 with a receipt in it.
    pub fn accepted(submission: &AcceptedSheet) -> Self {
        Self { leaf8: leaf8(&submission.receipt), ..Self::ok(submission) }
    }

    /// Tells the log where the contestant's attempts lie.
    pub fn of_shard(self, shard: u16) -> Self {
        Self { shard: Some(shard), ..self }
    }

    /// The same, to be asked for again after so many seconds.
    pub fn again_after(mut self, seconds: u64) -> Self {
        self.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// 200 with a PDF for one person, which their device keeps under a name of ASCII letters, digits and hyphens.
    ///
    /// # Panics
    /// Where the name has something else that no header may hold.
    pub fn pdf(name: &str, bytes: Vec<u8>) -> Self {
        let mut reply = Self::ok(&());
        let disposition = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
        let disposition = HeaderValue::try_from(disposition).expect("a name of ASCII letters");
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
        reply.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        reply.headers.insert(header::CONTENT_DISPOSITION, disposition);
        Self { body: Content::File(bytes), ..reply }
    }

    /// 204: done, and nothing to say.
    pub fn nothing() -> Self {
        let mut reply = Self::new(204, "text/plain", &());
        reply.headers.remove(header::CONTENT_TYPE);
        Self { body: Content::Text(String::new()), ..reply }
    }

    /// 200 with a file as it stands in a bucket, under the tag by which it is replaced.
    ///
    /// # Panics
    /// Where the tag has something that no header may hold.
    pub fn file(bytes: Vec<u8>, tag: &str) -> Self {
        let mut reply = Self::ok(&());
        let (kind, body) = match String::from_utf8(bytes) {
            Ok(text) => ("text/plain; charset=utf-8", Content::Text(text)),
            Err(other) => ("application/octet-stream", Content::File(other.into_bytes())),
        };
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        reply.headers.insert(header::ETAG, HeaderValue::try_from(tag).expect("a tag of a bucket"));
        Self { body, ..reply }
    }

    /// 200 with a part of a file, and what the whole must come to (RFC 9110 and 9530 have these fields).
    ///
    /// # Panics
    /// Where the hash is no base 64.
    pub fn part(part: FilePart) -> Self {
        let FilePart { bytes, from, size, parts, sha256_base64 } = part;
        let mut reply = Self::ok(&());
        let range = format!("bytes {from}-{}/{size}", from + (bytes.len() as u64).saturating_sub(1));
        let value = |text: String| HeaderValue::try_from(text).expect("digits and base 64");
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        reply.headers.insert(header::CONTENT_RANGE, value(range));
        reply.headers.insert("repr-digest", value(format!("sha-256=:{sha256_base64}:")));
        reply.headers.insert("x-parts", HeaderValue::from(parts));
        Self { body: Content::File(bytes), ..reply }
    }

    fn new(status: u16, content_type: &'static str, value: &impl Serialize) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let body = serde_json::to_string(value).expect("answers are structs of text and numbers");
        Self { status, outcome: "ok", shard: None, leaf8: None, headers, body: Content::Text(body) }
    }

    /// As API Gateway wants it; packed where that was asked for and is worth it. Nothing before the function
    /// packs: a phone on 3G waits for every byte, and each byte that leaves AWS is paid for.
    pub(super) fn into_response(mut self, gzip: bool) -> ApiGatewayV2httpResponse {
        let mut response = ApiGatewayV2httpResponse::default();
        response.status_code = i64::from(self.status);
        response.body = Some(Body::Text(match self.body {
            Content::Text(text) if gzip && text.len() >= WORTH_PACKING => {
                self.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                response.is_base64_encoded = true;
                BASE64.encode(packed(text.as_bytes()))
            }
            Content::Text(text) => text,
            Content::File(bytes) => {
                response.is_base64_encoded = true;
                BASE64.encode(bytes)
            }
        }));
        response.headers = self.headers;
        response
    }
}

/// Shorter answers fit into the packet that carries the headers.
const WORTH_PACKING: usize = 1_024;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes every byte")
}

/// The first 8 bytes of the leaf's hash, in hex: the seventh line of a receipt.
fn leaf8(receipt: &str) -> Option<String> {
    receipt.lines().nth(6).and_then(|hash| hash.get(..16)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::api::Refusal;

    fn refused(refusal: &Refusal) -> Reply {
        Reply::problem(&refusal.problem())
    }

    fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
        reply.headers.get(name).and_then(|value| value.to_str().ok())
    }

    #[test]
    fn no_answer_is_kept_or_guessed_at() {
        for reply in [Reply::ok(&"x"), refused(&Refusal::NoSession)] {
            assert_eq!(header(&reply, "cache-control"), Some("no-store"));
            assert_eq!(header(&reply, "x-content-type-options"), Some("nosniff"));
        }
    }

    #[test]
    fn a_file_travels_as_base64_and_is_kept_by_nobody_on_the_way() {
        let reply = Reply::pdf("giay.pdf", vec![0xff; 2_000]);
        assert_eq!(header(&reply, "cache-control"), Some("private, no-store"));
        assert_eq!(header(&reply, "content-type"), Some("application/pdf"));
        let disposition = "attachment; filename=\"giay.pdf\"; filename*=UTF-8''giay.pdf";
        assert_eq!(header(&reply, "content-disposition"), Some(disposition));
        let response = reply.into_response(true);
        assert!(response.is_base64_encoded && !response.headers.contains_key("content-encoding"));
        let Some(Body::Text(text)) = response.body else { panic!("no text") };
        assert_eq!(BASE64.decode(text).expect("base64"), vec![0xff; 2_000]);
        let later = Reply::json(202, &"x").again_after(3);
        assert_eq!((later.status, header(&later, "retry-after")), (202, Some("3")));
    }

    #[test]
    fn a_part_tells_its_place_and_the_hash_of_the_whole() {
        let part = FilePart { bytes: vec![7; 4], from: 4, size: 10, parts: 3, sha256_base64: "AAA=".to_owned() };
        let reply = Reply::part(part);
        let told = ["content-range", "repr-digest", "x-parts", "content-type"].map(|name| header(&reply, name));
        assert_eq!(told, [Some("bytes 4-7/10"), Some("sha-256=:AAA=:"), Some("3"), Some("application/octet-stream")]);
        assert!(reply.into_response(true).is_base64_encoded);
    }

    #[test]
    fn a_refusal_says_how_to_sign_in_and_when_to_come_again() {
        let no_session = refused(&Refusal::NoSession);
        assert_eq!((header(&no_session, "www-authenticate"), no_session.outcome), (Some("Bearer"), "no_session"));
        let busy = refused(&Refusal::Busy { wait_seconds: 2 });
        assert_eq!((header(&busy, "retry-after"), header(&busy, "www-authenticate")), (Some("2"), None));
    }
}
