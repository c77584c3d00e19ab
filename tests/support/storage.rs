//! Everything that is stored, so that a test can say "nothing changed" and mean it.

use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::{BTreeMap, HashMap};

/// Tables of the functions.
pub const TABLES: [&str; 3] = ["attempts", "control", "people"];

/// Paths and bytes of a bucket's objects.
pub type Objects = BTreeMap<String, Vec<u8>>;

/// The bytes of an object, if there is one.
pub async fn object_bytes(s3: &aws_sdk_s3::Client, bucket: &str, key: &str) -> Option<Vec<u8>> {
    match s3.get_object().bucket(bucket).key(key).send().await {
        Ok(object) => Some(object.body.collect().await.expect("the object is read").to_vec()),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => None,
        Err(error) => panic!("cannot read {bucket}/{key}: {error:?}"),
    }
}

/// Every item of a table, one line each, sorted.
#[expect(clippy::disallowed_methods, reason = "a test compares whole tables")]
pub async fn items(dynamodb: &aws_sdk_dynamodb::Client, table: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut pages = dynamodb.scan().table_name(table).into_paginator().send();
    while let Some(page) = pages.next().await {
        lines.extend(page.expect("the table is read").items().iter().map(line));
    }
    lines.sort();
    lines
}

/// Primary keys of every item of a table.
#[expect(clippy::disallowed_methods, reason = "a test empties a table")]
pub async fn primary_keys(dynamodb: &aws_sdk_dynamodb::Client, table: &str) -> Vec<HashMap<String, AttributeValue>> {
    let mut keys = Vec::new();
    let mut pages = dynamodb.scan().table_name(table).into_paginator().send();
    while let Some(page) = pages.next().await {
        for item in page.expect("the table is read").items() {
            keys.push(
                item.iter()
                    .filter(|(name, _)| matches!(name.as_str(), "pk" | "sk"))
                    .map(|(n, v)| (n.clone(), v.clone()))
                    .collect(),
            );
        }
    }
    keys
}

fn line(item: &HashMap<String, AttributeValue>) -> String {
    let sorted: BTreeMap<_, _> = item.iter().collect();
    format!("{sorted:?}")
}
