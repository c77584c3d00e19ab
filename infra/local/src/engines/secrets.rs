//! Secrets Manager, as far as functions ask it: `GetSecretValue` of one secret, which is made at the
//! first start and kept with `--data` in a file that only its owner can read.

use super::ACCOUNT;
use anyhow::Context;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

/// Name of the one secret.
pub const SECRET_ID: &str = "hoithi";

/// The secret's value: what the functions read as `SecretString`.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A secret from 64 bytes: the master key and the first session key.
    pub fn from_bytes(bytes: &[u8; 64]) -> Self {
        let (master, session) = bytes.split_at(32);
        let value = json!({
            "master": STANDARD.encode(master),
            "session_keys": [{ "kid": 1, "key": STANDARD.encode(session) }],
        });
        Self(value.to_string())
    }

    /// A new one from the machine's randomness.
    ///
    /// # Errors
    /// Where the machine has none.
    pub fn random() -> anyhow::Result<Self> {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        Ok(Self::from_bytes(&bytes))
    }

    /// The one kept in a file; if there is none yet, the one that is given or a new one is put there. The file
    /// appears whole or not at all.
    pub fn kept_in(path: &Path, given: Option<&Self>) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(value) => Ok(Self(value)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secret = given.cloned().map_or_else(Self::random, Ok)?;
                let draft = path.with_extension("draft");
                let mut file = fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
                file.write_all(secret.0.as_bytes())?;
                file.sync_all()?;
                fs::rename(&draft, path)?;
                Ok(secret)
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }
}

/// The service: AWS JSON 1.1, everything posted to `/`.
pub fn router(secret: Secret) -> axum::Router {
    axum::Router::new().route("/", axum::routing::post(answer)).with_state(Arc::new(secret))
}

async fn answer(State(secret): State<Arc<Secret>>, headers: HeaderMap, body: Bytes) -> Response {
    let action = headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    if action != Some("secretsmanager.GetSecretValue") {
        return refusal("UnknownOperationException", "only GetSecretValue is known here");
    }
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let arn = format!("arn:aws:secretsmanager:{}:{ACCOUNT}:secret:{SECRET_ID}", super::REGION);
    let wanted = request.get("SecretId").and_then(Value::as_str);
    if wanted != Some(SECRET_ID) && wanted != Some(arn.as_str()) {
        return refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    let value = json!({
        "ARN": arn,
        "Name": SECRET_ID,
        "SecretString": secret.0,
        "VersionId": "00000000-0000-0000-0000-000000000001",
        "VersionStages": ["AWSCURRENT"],
        "CreatedDate": 0,
    });
    ([(header::CONTENT_TYPE, "application/x-amz-json-1.1")], value.to_string()).into_response()
}

fn refusal(kind: &str, message: &str) -> Response {
    let body = json!({ "__type": kind, "Message": message }).to_string();
    (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "application/x-amz-json-1.1")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_kept_secret_is_the_same_again_and_nobody_elses() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret.json");
        let first = Secret::kept_in(&path, None).expect("made");
        let second = Secret::kept_in(&path, None).expect("read");
        assert_eq!(first.0, second.0);
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
        assert_ne!(first.0, Secret::random().expect("another").0);
    }
}
