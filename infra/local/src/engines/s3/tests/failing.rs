//! A disk that is full, at every step of every kind of write.

use super::*;
use crate::engines::s3::objects::{Conditions, Headers, New, Objects, Refused};
use crate::engines::s3::parts::Upload;
use bytes::Bytes;
use rusqlite::types::Value;

/// The file may not grow beyond so many pages; a limit below its size means its size.
fn allow_pages(objects: &Objects, pages: i64) {
    objects.database.pragma_update(None, "max_page_count", pages).expect("a limit");
}

fn pages(objects: &Objects) -> i64 {
    objects.database.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number")
}

/// Every row of every table.
fn everything(objects: &Objects) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for table in ["buckets", "objects", "multipart", "parts"] {
        let mut query = objects.database.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect("a query");
        let columns = query.column_count();
        let found = query.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).expect("rows");
        rows.extend(found.map(|row| row.expect("a row")));
    }
    rows
}

fn object(bucket: &str, key: &str, size: usize) -> New {
    let object = ObjectKey { bucket: bucket.to_owned(), key: key.to_owned() };
    New { object, etag: size.to_string(), headers: Headers::new(), content: Bytes::from(vec![7; size]) }
}

fn put(objects: &mut Objects, bucket: &str, key: &str, size: usize) -> Result<(), Refused> {
    objects.put(&object(bucket, key, size), &Conditions::default()).map(|_| ())
}

#[test]
fn a_write_that_fails_at_any_step_leaves_nothing_and_succeeds_once_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("objects.sqlite");
    let mut objects = Objects::open(Some(&path)).expect("the objects");
    let target = object("uploads", "c/bank.xlsx", 0).object;
    let upload = Upload { id: objects.begin_parts(&target, &Headers::new()).expect("begun"), object: target };
    put(&mut objects, "site", "pointer", 9_000).expect("written");
    put(&mut objects, "uploads", "c/units.csv", 9_000).expect("written");

    type Write<'a> = Box<dyn Fn(&mut Objects) -> Result<(), Refused> + 'a>;
    let large_key = "k".repeat(1_000);
    let part = Bytes::from(vec![9; 30_000]);
    let writes: [(&str, Write); 5] = [
        ("a new object", Box::new(|objects| put(objects, "vault", &large_key, 30_000))),
        ("another in its place", Box::new(|objects| put(objects, "site", "pointer", 60_000))),
        ("another version", Box::new(|objects| put(objects, "uploads", "c/units.csv", 30_000))),
        ("a part", Box::new(|objects| objects.put_part(&upload, 1, &part).map(|_| ()))),
        (
            "an object of parts",
            Box::new(|objects| objects.complete_parts(&upload, &[(1, None)], &Conditions::default()).map(|_| ())),
        ),
    ];
    for (what, write) in &writes {
        let (start, before, mut failures) = (pages(&objects), everything(&objects), 0);
        for room in 0.. {
            allow_pages(&objects, start + room);
            match write(&mut objects) {
                Ok(()) => break,
                Err(Refused::Code(code)) => panic!("{what}: {code:?}"),
                Err(Refused::Disk(error)) => {
                    failures += 1;
                    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull), "{what}: {error}");
                    assert_eq!(everything(&objects), before, "{what}: nothing is half there");
                }
            }
        }
        assert!(failures > 0, "{what} never met the limit");
        let after = everything(&objects);
        assert_ne!(after, before, "{what} is there");
        drop(objects);
        objects = Objects::open(Some(&path)).expect("the objects again");
        assert_eq!(everything(&objects), after, "{what}: the same after a restart");
    }
}

#[test]
fn a_write_that_failed_gives_back_the_room_it_had_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("objects.sqlite");
    let mut objects = Objects::open(Some(&path)).expect("the objects");
    allow_pages(&objects, 1_500);
    put(&mut objects, "site", "large", 8_000_000).expect_err("no room");
    let log = std::fs::metadata(folder.path().join("objects.sqlite-wal")).expect("the log").len();
    assert_eq!(log, 0, "the disk is as full as before");
}

#[tokio::test]
async fn a_full_disk_is_answered_by_503_and_a_time_to_try_again() {
    let desk = Desk::open().await;
    desk.put("site", "pointer", b"old").await;
    desk.allow_pages(1).await;
    let large = || ByteStream::from(vec![1; 100_000]);
    let put = desk.client.put_object().bucket("site").key("pointer").body(large()).send().await.expect_err("full");
    assert_eq!((status(&put), retry_after(&put)), (Some(503), Some("2".to_owned())));
    let upload = desk.client.put_object().bucket("uploads").key("c/x").body(large()).send().await.expect_err("full");
    assert_eq!((status(&upload), retry_after(&upload)), (Some(503), Some("2".to_owned())));
    assert_eq!(desk.get("site", "pointer").await, b"old");
    assert_eq!(desk.event_keys(), [] as [&str; 0], "what was not written is not announced");
    desk.allow_pages(1_000_000).await;
    desk.put("site", "pointer", b"new").await;
    desk.client.put_object().bucket("uploads").key("c/x").body(large()).send().await.expect("written");
    assert_eq!(desk.event_keys(), ["c/x"]);
}

impl Desk {
    async fn allow_pages(&self, pages: i64) {
        let allowed = self.objects.run(move |objects| {
            allow_pages(objects, pages);
            Ok(())
        });
        allowed.await.expect("a limit");
    }
}

fn retry_after<E>(error: &aws_sdk_s3::error::SdkError<E>) -> Option<String> {
    error.raw_response()?.headers().get("retry-after").map(str::to_owned)
}
