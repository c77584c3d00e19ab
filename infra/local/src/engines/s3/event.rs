//! S3 events as AWS sends them.

use super::objects::Written;
use crate::engines::REGION;
use crate::world::clock::machine_time;
use anyhow::Context;
use aws_lambda_events::event::s3::S3Event;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::oneshot;

/// Left as they are in the key of an event; a space becomes `+`.
const ENCODED_IN_KEYS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*')
    .remove(b'/')
    .remove(b'!')
    .remove(b'(')
    .remove(b')')
    .remove(b' ');

/// An event on its way to `import-upload`.
#[derive(Debug)]
pub struct Delivery {
    pub event: S3Event,
    /// Told once the event was handled, well or not.
    pub done: oneshot::Sender<()>,
}

/// The event of an object created in a bucket: JSON with the fields of AWS's own, read back by the
/// type that Lambda functions use.
pub(super) fn created_event(name: &str, written: &Written) -> anyhow::Result<S3Event> {
    let Written { object, size, etag, .. } = written;
    let version = written.version();
    let json = serde_json::json!({ "Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": machine_time().rfc3339(),
        "eventName": name,
        "userIdentity": { "principalId": "LOCAL" },
        "requestParameters": { "sourceIPAddress": "127.0.0.1" },
        "responseElements": { "x-amz-request-id": version, "x-amz-id-2": version },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "import-upload",
            "bucket": {
                "name": object.bucket,
                "ownerIdentity": { "principalId": "LOCAL" },
                "arn": format!("arn:aws:s3:::{}", object.bucket),
            },
            "object": {
                "key": url_encoded(&object.key),
                "size": size,
                "eTag": etag,
                "versionId": version,
                "sequencer": version,
            },
        },
    }]});
    serde_json::from_value(json).context("the S3 event type does not read an S3 event")
}

/// The key as S3 puts it into events: like a form field, slashes kept.
fn url_encoded(key: &str) -> String {
    utf8_percent_encode(key, ENCODED_IN_KEYS).to_string().replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::s3::ObjectKey;

    #[test]
    fn the_event_says_what_aws_would_say() {
        let object = ObjectKey { bucket: "uploads".to_owned(), key: "c-1/đơn vị+1.csv".to_owned() };
        let written = Written { object, at: 0x17a, size: 12, etag: "d41d8".to_owned() };
        let event = created_event("ObjectCreated:Put", &written).expect("an event");
        let record = &event.records[0];
        assert_eq!(record.event_name.as_deref(), Some("ObjectCreated:Put"));
        assert_eq!(record.s3.bucket.name.as_deref(), Some("uploads"));
        assert_eq!(record.s3.object.key.as_deref(), Some("c-1/%C4%91%C6%A1n+v%E1%BB%8B%2B1.csv"));
        assert_eq!(record.s3.object.size, Some(12));
        assert_eq!(record.s3.object.e_tag.as_deref(), Some("d41d8"));
        assert_eq!(record.s3.object.version_id.as_deref(), Some("000000000000017a"));
        assert_eq!(record.s3.object.sequencer.as_deref(), Some("000000000000017a"));
    }
}
