mod failing;
mod hostile_keys;
mod reading;

use super::*;
use crate::engines::clients;
use crate::engines::{StopSwitch, bind, stop_switch};
use aws_config::retry::RetryConfig;
use aws_lambda_events::event::s3::S3Event;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::mpsc;

/// A real client on a real engine; events are recorded and acknowledged at once.
struct Desk {
    client: Client,
    events: Arc<Mutex<Vec<S3Event>>>,
    moved: mpsc::UnboundedReceiver<S3Event>,
    wished: mpsc::UnboundedReceiver<S3Event>,
    folder: TempDir,
    objects: SharedObjects,
    _engine: StopSwitch,
}

impl Desk {
    async fn open() -> Self {
        Self::on(tempfile::tempdir().expect("a folder")).await
    }

    async fn on(folder: TempDir) -> Self {
        let (engine, stop) = stop_switch();
        let (sender, mut receiver) = mpsc::unbounded_channel::<Delivery>();
        let listener = bind("127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let ((moves, moved), (wishes, wished)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
        let file = folder.path().join("objects.sqlite");
        let objects =
            SharedObjects::open(Some(&file), sender, Told { moved: moves, wished: wishes }).expect("the objects");
        let server = start(listener, objects.clone(), stop).expect("an engine");
        let events = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&events);
        crate::engines::task::spawn(async move {
            while let Some(delivery) = receiver.recv().await {
                record.lock().expect("no panic").push(delivery.event);
                let _nobody_waits = delivery.done.send(());
            }
        });
        // A client that tries again by itself would hide what the first try was answered.
        let config = clients::s3(&server.url()).config().to_builder().retry_config(RetryConfig::disabled()).build();
        Self { client: Client::from_conf(config), events, moved, wished, folder, objects, _engine: engine }
    }

    async fn put(&self, bucket: &str, key: &str, bytes: &[u8]) -> String {
        let put = self.client.put_object().bucket(bucket).key(key).content_type("text/csv; charset=utf-8");
        let put = put.body(ByteStream::from(bytes.to_vec())).send().await.expect("written");
        put.e_tag().expect("an ETag").to_owned()
    }

    async fn get(&self, bucket: &str, key: &str) -> Vec<u8> {
        let got = self.client.get_object().bucket(bucket).key(key).send().await.expect("read");
        got.body.collect().await.expect("a body").to_vec()
    }

    fn event_keys(&self) -> Vec<String> {
        let events = self.events.lock().expect("no panic");
        events.iter().map(|event| event.records[0].s3.object.key.clone().expect("a key")).collect()
    }
}

fn status<E>(error: &aws_sdk_s3::error::SdkError<E>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}

#[tokio::test]
async fn of_the_site_what_is_called_like_a_pointer_is_announced_and_nothing_else() {
    let mut desk = Desk::open().await;
    for key in
        ["contests/index.json", "contests/a/rounds/r/v1/results.json", "contests/a/rounds/r/index.json", "a/index.json"]
    {
        desk.put("site", key, b"{}").await;
    }
    desk.put("vault", "contests/a/rounds/r/index.json", b"{}").await;
    for key in ["contests/index.json", "contests/a/rounds/r/index.json"] {
        let event = desk.moved.try_recv().expect("an event");
        assert_eq!(event.records[0].s3.object.key.as_deref(), Some(key));
    }
    assert!(desk.moved.try_recv().is_err() && desk.wished.try_recv().is_err() && desk.event_keys().is_empty());
}

#[tokio::test]
async fn of_the_officials_bucket_wishes_are_announced_and_nothing_else() {
    let mut desk = Desk::open().await;
    let wish = "_wishes/thi-thu/overall/v1/abcdefghijklmnop/70878b7af9ede037/1";
    for (bucket, key) in [("officials", "thi-thu/overall/v1/index.json"), ("site", wish), ("officials", wish)] {
        desk.put(bucket, key, b"").await;
    }
    let event = desk.wished.try_recv().expect("an event");
    assert_eq!(event.records[0].s3.object.key.as_deref(), Some(wish));
    assert!(desk.wished.try_recv().is_err() && desk.moved.try_recv().is_err() && desk.event_keys().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_racing_writers_exactly_one_puts_an_absent_object() {
    let desk = Desk::open().await;
    for round in 0..10 {
        let key = format!("frozen/{round}");
        let mut racers = tokio::task::JoinSet::new();
        for racer in 0..8u8 {
            let put = desk
                .client
                .put_object()
                .bucket("vault")
                .key(&key)
                .if_none_match("*")
                .body(ByteStream::from(vec![racer]));
            racers.spawn(async move { (racer, put.send().await) });
        }
        let mut winners = Vec::new();
        while let Some(ran) = racers.join_next().await {
            match ran.expect("no panic") {
                (racer, Ok(_)) => winners.push(racer),
                (_, Err(error)) => assert_eq!(status(&error), Some(412), "{error:?}"),
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(desk.get("vault", &key).await, winners);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_racing_writers_exactly_one_replaces_the_pointer() {
    let desk = Desk::open().await;
    for _ in 0..10 {
        let etag = desk.put("site", "index.json", b"the same old pointer").await;
        let mut racers = tokio::task::JoinSet::new();
        for racer in 0..8u8 {
            let put = desk
                .client
                .put_object()
                .bucket("site")
                .key("index.json")
                .if_match(&etag)
                .body(ByteStream::from(vec![racer]));
            racers.spawn(put.send());
        }
        let results = racers.join_all().await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    }
}

#[tokio::test]
async fn content_types_lists_and_copies_come_back_as_written() {
    let desk = Desk::open().await;
    desk.put("site", "contests/b.csv", "điểm".as_bytes()).await;
    desk.put("site", "contests/a.csv", b"a").await;
    desk.put("site", "index.html", b"page").await;
    let listed = desk.client.list_objects_v2().bucket("site").prefix("contests/").send().await.expect("listed");
    let keys: Vec<&str> = listed.contents().iter().filter_map(|object| object.key()).collect();
    assert_eq!(keys, ["contests/a.csv", "contests/b.csv"]);
    let head = desk.client.head_object().bucket("site").key("contests/b.csv").send().await.expect("there");
    assert_eq!(head.content_type(), Some("text/csv; charset=utf-8"));
    assert_eq!(desk.get("site", "contests/b.csv").await, "điểm".as_bytes());
    let missing = desk.client.get_object().bucket("site").key("none").send().await.expect_err("missing");
    assert!(missing.into_service_error().is_no_such_key());
}

#[tokio::test]
async fn a_write_with_a_wrong_checksum_changes_nothing() {
    let desk = Desk::open().await;
    let etag = desk.put("site", "k", b"good").await;
    let put = desk.client.put_object().bucket("site").key("k").content_md5("AAAAAAAAAAAAAAAAAAAAAA==");
    let refused = put.body(ByteStream::from_static(b"evil")).send().await.expect_err("refused");
    assert_eq!(status(&refused), Some(400), "{refused:?}");
    let got = desk.client.get_object().bucket("site").key("k").send().await.expect("there");
    assert_eq!(got.e_tag(), Some(etag.as_str()));
    assert_eq!(got.content_type(), Some("text/csv; charset=utf-8"));
    assert_eq!(desk.get("site", "k").await, b"good");
    let put = desk.client.put_object().bucket("site").key("new").content_md5("AAAAAAAAAAAAAAAAAAAAAA==");
    put.body(ByteStream::from_static(b"evil")).send().await.expect_err("refused");
    assert!(desk.client.head_object().bucket("site").key("new").send().await.is_err(), "nothing came into being");
}

#[tokio::test]
async fn uploads_are_announced_in_order_with_their_versions() {
    let desk = Desk::open().await;
    desk.put("site", "c/quiet.csv", b"x").await;
    let put = desk.client.put_object().bucket("uploads").key("c/units.csv").body(ByteStream::from_static(b"one"));
    let first = put.send().await.expect("written");
    let put = desk.client.put_object().bucket("uploads").key("c/units.csv").body(ByteStream::from_static(b"second"));
    let second = put.send().await.expect("written");
    let copy = desk.client.copy_object().bucket("uploads").key("c/excluded.csv").copy_source("uploads/c/units.csv");
    let copied = copy.send().await.expect("copied");
    assert_eq!(desk.event_keys(), ["c/units.csv", "c/units.csv", "c/excluded.csv"]);

    let events = desk.events.lock().expect("no panic").clone();
    let object = |place: usize| &events[place].records[0].s3.object;
    assert_eq!(object(0).version_id.as_deref(), first.version_id());
    assert_eq!(object(1).version_id.as_deref(), second.version_id());
    assert_eq!(object(2).version_id.as_deref(), copied.version_id());
    assert_ne!(first.version_id(), second.version_id());
    assert_eq!(object(1).size, Some(6));
    assert_eq!(Some(format!("\"{}\"", object(1).e_tag.clone().expect("an ETag"))).as_deref(), second.e_tag());
    assert_eq!(events[2].records[0].event_name.as_deref(), Some("ObjectCreated:Copy"));

    let get = |version: &str| desk.client.get_object().bucket("uploads").key("c/units.csv").version_id(version).send();
    let old = get(first.version_id().expect("a version")).await.expect("the old version");
    assert_eq!(old.version_id(), first.version_id());
    assert_eq!(old.body.collect().await.expect("a body").to_vec(), b"one");
    let new = get(second.version_id().expect("a version")).await.expect("the current version");
    assert_eq!(new.body.collect().await.expect("a body").to_vec(), b"second");
    assert_eq!(status(&get("0123").await.expect_err("no such version")), Some(404));
}

#[tokio::test]
async fn parts_become_one_announced_object() {
    let desk = Desk::open().await;
    let (bucket, key) = ("uploads", "c/bank-1.csv");
    let upload = desk.client.create_multipart_upload().bucket(bucket).key(key).send().await.expect("begun");
    let id = upload.upload_id().expect("an id");
    let part = desk
        .client
        .upload_part()
        .bucket(bucket)
        .key(key)
        .upload_id(id)
        .part_number(1)
        .body(ByteStream::from_static(b"part"));
    let part = part.send().await.expect("a part");
    assert_eq!(desk.event_keys(), [] as [&str; 0]);
    let part =
        aws_sdk_s3::types::CompletedPart::builder().part_number(1).set_e_tag(part.e_tag().map(str::to_owned)).build();
    let parts = aws_sdk_s3::types::CompletedMultipartUpload::builder().parts(part).build();
    let complete =
        desk.client.complete_multipart_upload().bucket(bucket).key(key).upload_id(id).multipart_upload(parts);
    complete.send().await.expect("completed");
    assert_eq!(desk.event_keys(), [key]);
    assert_eq!(desk.get(bucket, key).await, b"part");
}

#[tokio::test]
async fn a_client_with_another_secret_is_refused() {
    let desk = Desk::open().await;
    let credentials = aws_credential_types::Credentials::new("local", "guess", None, None, "test");
    let config = desk.client.config().to_builder().credentials_provider(credentials).build();
    let refused = Client::from_conf(config).list_buckets().send().await.expect_err("refused");
    assert_eq!(status(&refused), Some(403));
}
