//! Lists, ranges, conditions of readers, copies.

use super::*;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, Delete, MetadataDirective, ObjectIdentifier};

/// Names of a page: objects, then folders.
async fn page(desk: &Desk, after: Option<&str>, limit: i32) -> (Vec<String>, Vec<String>, Option<String>) {
    let list = desk.client.list_objects_v2().bucket("site").prefix("c/").delimiter("/").max_keys(limit);
    let page = list.set_continuation_token(after.map(str::to_owned)).send().await.expect("a page");
    let keys = page.contents().iter().filter_map(|object| object.key()).map(str::to_owned).collect();
    let folders = page.common_prefixes().iter().filter_map(|prefix| prefix.prefix()).map(str::to_owned).collect();
    (keys, folders, page.next_continuation_token().map(str::to_owned))
}

#[tokio::test]
async fn folders_are_told_once_whatever_the_size_of_a_page() {
    let desk = Desk::open().await;
    for key in ["b", "c/", "c/a", "c/f/1", "c/f/2", "c/f/g/3", "c/f0", "c/g//x", "c/z", "d"] {
        desk.put("site", key, b"x").await;
    }
    let all = page(&desk, None, 1000).await;
    assert_eq!((all.0, all.1), (vec_of(["c/", "c/a", "c/f0", "c/z"]), vec_of(["c/f/", "c/g/"])));
    for limit in 1..7 {
        let (mut names, mut after) = (Vec::new(), None);
        loop {
            let (keys, folders, next) = page(&desk, after.as_deref(), limit).await;
            assert!(keys.len() + folders.len() <= limit as usize);
            names.extend(keys.into_iter().chain(folders));
            after = next;
            if after.is_none() {
                break;
            }
        }
        names.sort();
        assert_eq!(names, vec_of(["c/", "c/a", "c/f/", "c/f0", "c/g/", "c/z"]), "{limit} a page");
    }
}

fn vec_of<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).into()
}

#[tokio::test]
async fn a_part_of_an_object_is_read_by_its_range() {
    let desk = Desk::open().await;
    desk.put("site", "k", b"0123456789").await;
    for (range, bytes, told) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=5-99", "56789", "bytes 5-9/10"),
    ] {
        let got = desk.client.get_object().bucket("site").key("k").range(range).send().await.expect("read");
        assert_eq!(got.content_range(), Some(told));
        assert_eq!(got.body.collect().await.expect("a body").to_vec(), bytes.as_bytes(), "{range}");
    }
    let beyond = desk.client.get_object().bucket("site").key("k").range("bytes=10-").send().await;
    assert_eq!(status(&beyond.expect_err("beyond")), Some(416));
}

#[tokio::test]
async fn an_object_may_have_no_bytes() {
    let desk = Desk::open().await;
    desk.put("site", "empty", b"").await;
    assert_eq!(desk.get("site", "empty").await, b"");
    desk.client.copy_object().bucket("site").key("copy").copy_source("site/empty").send().await.expect("copied");
    let head = desk.client.head_object().bucket("site").key("copy").send().await.expect("there");
    assert_eq!(head.content_length(), Some(0));
}

#[tokio::test]
async fn readers_and_writers_can_name_what_they_know() {
    let desk = Desk::open().await;
    let etag = desk.put("site", "k", b"x").await;
    let get = || desk.client.get_object().bucket("site").key("k");
    assert_eq!(status(&get().if_none_match(&etag).send().await.expect_err("known")), Some(304));
    assert_eq!(status(&get().if_match("\"other\"").send().await.expect_err("changed")), Some(412));
    get().if_match(&etag).send().await.expect("read");
    let put = || desk.client.put_object().bucket("site").key("new").body(ByteStream::from_static(b"x"));
    assert_eq!(status(&put().if_match(&etag).send().await.expect_err("nothing there")), Some(412));
    let missing = desk.client.put_object().bucket("nowhere").key("k").body(ByteStream::from_static(b"x")).send().await;
    assert_eq!(status(&missing.expect_err("no bucket")), Some(404));
}

#[tokio::test]
async fn a_copy_keeps_the_headers_unless_it_brings_its_own() {
    let desk = Desk::open().await;
    let put = desk.client.put_object().bucket("site").key("a").content_type("text/csv").cache_control("no-store");
    put.metadata("by", "lan").body(ByteStream::from_static(b"x")).send().await.expect("written");
    let copy = |key: &str| desk.client.copy_object().bucket("site").key(key).copy_source("site/a");
    copy("b").send().await.expect("copied");
    copy("c").metadata_directive(MetadataDirective::Replace).content_type("text/plain").send().await.expect("copied");
    let head = desk.client.head_object().bucket("site").key("b").send().await.expect("there");
    assert_eq!((head.content_type(), head.cache_control()), (Some("text/csv"), Some("no-store")));
    assert_eq!(head.metadata().and_then(|metadata| metadata.get("by")).map(String::as_str), Some("lan"));
    let head = desk.client.head_object().bucket("site").key("c").send().await.expect("there");
    assert_eq!((head.content_type(), head.cache_control()), (Some("text/plain"), None));
    let gone = copy("d").copy_source("site/none").send().await.expect_err("no source");
    assert_eq!(status(&gone), Some(404));
}

#[tokio::test]
async fn parts_are_put_together_in_their_order_and_others_are_refused() {
    let desk = Desk::open().await;
    let (bucket, key) = ("site", "large");
    let begun = desk.client.create_multipart_upload().bucket(bucket).key(key).content_type("text/csv").send().await;
    let id = begun.expect("begun").upload_id().expect("an id").to_owned();
    let mut parts = Vec::new();
    for (number, size) in [(2, 3), (1, 5 * 1024 * 1024)] {
        let part = desk.client.upload_part().bucket(bucket).key(key).upload_id(&id).part_number(number);
        let part = part.body(ByteStream::from(vec![number as u8; size])).send().await.expect("a part");
        let etag = part.e_tag().map(str::to_owned);
        parts.insert(0, CompletedPart::builder().part_number(number).set_e_tag(etag).build());
    }
    let complete = |parts: &[CompletedPart]| {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.to_vec())).build();
        let complete = desk.client.complete_multipart_upload().bucket(bucket).key(key).upload_id(&id);
        complete.multipart_upload(parts).send()
    };
    let mut turned = parts.clone();
    turned.reverse();
    assert_eq!(status(&complete(&turned).await.expect_err("the wrong order")), Some(400));
    assert!(desk.client.head_object().bucket(bucket).key(key).send().await.is_err(), "nothing came into being");
    complete(&parts).await.expect("completed");
    let head = desk.client.head_object().bucket(bucket).key(key).send().await.expect("there");
    assert_eq!((head.content_length(), head.content_type()), (Some(5 * 1024 * 1024 + 3), Some("text/csv")));
    assert!(head.e_tag().is_some_and(|etag| etag.ends_with("-2\"")), "{head:?}");
    assert_eq!(status(&complete(&parts).await.expect_err("done already")), Some(404));
}

#[tokio::test]
async fn many_objects_are_deleted_at_once() {
    let desk = Desk::open().await;
    for key in ["a", "b", "c"] {
        desk.put("site", key, b"x").await;
    }
    let object = |key: &str| ObjectIdentifier::builder().key(key).build().expect("a key");
    let delete = Delete::builder().objects(object("a")).objects(object("c")).objects(object("none")).build();
    let deleted = desk.client.delete_objects().bucket("site").delete(delete.expect("keys")).send().await;
    assert_eq!(deleted.expect("deleted").deleted().len(), 3);
    let left = desk.client.list_objects_v2().bucket("site").send().await.expect("listed");
    assert_eq!(left.contents().iter().filter_map(|object| object.key()).collect::<Vec<_>>(), ["b"]);
}
