//! Reading and writing DynamoDB attributes.

use crate::error::StoreError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use contest::time::Timestamp;
use std::collections::HashMap;

/// An item as the SDK gives it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Partition and sort key of every table.
pub(crate) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    Item::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(crate) fn instant(value: Timestamp) -> AttributeValue {
    number(value.millis())
}

pub(crate) fn bytes(value: impl Into<Vec<u8>>) -> AttributeValue {
    AttributeValue::B(Blob::new(value.into()))
}

/// The attributes of one item, read by name.
pub(crate) struct Reader<'a>(pub(crate) &'a Item);

impl<'a> Reader<'a> {
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, StoreError> {
        self.optional_text(name).ok_or_else(|| self.fault(name))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(|v| v.as_s().ok()).map(String::as_str)
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, StoreError> {
        self.optional_number(name)?.ok_or_else(|| self.fault(name))
    }

    pub(crate) fn optional_number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        let digits = value.as_n().map_err(|_| self.fault(name))?;
        digits.parse().map(Some).map_err(|_| self.fault(name))
    }

    pub(crate) fn instant(&self, name: &str) -> Result<Timestamp, StoreError> {
        self.number(name).map(Timestamp::from_millis)
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<&'a [u8], StoreError> {
        self.0.get(name).and_then(|v| v.as_b().ok()).map(Blob::as_ref).ok_or_else(|| self.fault(name))
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool, StoreError> {
        self.0.get(name).and_then(|v| v.as_bool().ok()).copied().ok_or_else(|| self.fault(name))
    }

    fn fault(&self, name: &str) -> StoreError {
        let part = |key: &str| self.0.get(key).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
        StoreError::corrupt(format!("item {} / {}", part("pk"), part("sk")), format!("attribute {name}"))
    }
}
