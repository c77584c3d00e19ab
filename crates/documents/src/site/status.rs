//! The word for what results are, in JSON: for `#[serde(with = "…")]`, as the domain knows no serde.

use contest::edition::Status;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes the word.
pub fn serialize<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.as_str())
}

/// Reads the word.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Status, D::Error> {
    let word = String::deserialize(deserializer)?;
    Status::parse(&word).ok_or_else(|| D::Error::custom(format_args!("status {word:?} is unknown")))
}
