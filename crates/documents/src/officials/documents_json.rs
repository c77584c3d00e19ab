//! `documents.json`, schema `hoithi/documents/1`: which documents of a version there are, and why one is not. Written
//! last, so where it stands nothing of the version is missing any more.

use crate::site::{json_bytes, sha256_hex};
use serde::Serialize;

/// Name of the file.
pub const NAME: &str = "documents.json";

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    name: &'static str,
    sha256: Option<String>,
    status: &'static str,
    detail: Option<String>,
}

impl Line {
    /// A document with this content.
    pub fn ready(name: &'static str, bytes: &[u8]) -> Self {
        Self { name, sha256: Some(sha256_hex(bytes)), status: "ready", detail: None }
    }

    /// A document that cannot be made, and why.
    pub fn failed(name: &'static str, detail: impl ToString) -> Self {
        Self { name, sha256: None, status: "failed", detail: Some(detail.to_string()) }
    }
}

#[derive(Serialize)]
struct Documents<'a> {
    schema: &'static str,
    files: &'a [Line],
}

/// Writes the file.
pub fn documents_json(files: &[Line]) -> Vec<u8> {
    json_bytes(&Documents { schema: "hoithi/documents/1", files })
}
