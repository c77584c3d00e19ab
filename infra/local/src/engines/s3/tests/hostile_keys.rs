//! Names that file systems, addresses and XML stumble over.

use super::*;
use aws_sdk_s3::types::EncodingType;
use percent_encoding::percent_decode_str;

/// Keys of 1 to 1 024 bytes. Some differ by a slash, by case or by composition alone.
fn hostile_keys() -> Vec<String> {
    let title = "Đề cương tuyên truyền và bộ câu hỏi Cuộc thi trực tuyến “Tìm hiểu pháp luật về cải cách hành chính, \
                 chuyển đổi số và bảo vệ bí mật nhà nước” trên địa bàn tỉnh năm 2026 – vòng chung kết.xlsx";
    let mut keys: Vec<String> = [
        "x",
        "X",
        "/",
        "/x",
        "//",
        "//x",
        "a",
        "a/",
        "a/b",
        "a//b",
        "a/b/",
        "a///",
        ".",
        "..",
        "...",
        "../x",
        "a/../b",
        "a/./b",
        "./a",
        "a/..",
        ".undo/0",
        ".hidden",
        "con",
        "a\\b",
        " a ",
        "a+b",
        "a b",
        "a%20b",
        "a%2Fb",
        "%",
        "%00",
        "100%",
        "a?b#c",
        "a&b<c>\"d'",
        "a:b*c|d",
        "a\u{1}b",
        "a\nb",
        "a\tb",
        "a\u{7f}b",
        "đơn vị.csv",
        "e\u{302}\u{301}.csv",
        "\u{1ebf}.csv",
        "🏆/🏅",
        "\u{202e}gnp.exe",
        "\u{feff}bom",
        "\u{fffd}",
        "lock",
        title,
    ]
    .map(str::to_owned)
    .into();
    keys.push("k".repeat(137));
    keys.push("k".repeat(255));
    keys.push("k".repeat(1024));
    keys.push("đ".repeat(512));
    keys.push("d/".repeat(512));
    keys.sort();
    keys
}

/// Every key of a bucket, as a client reads them that asks for encoded names.
async fn listed(desk: &Desk, bucket: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let list = desk.client.list_objects_v2().bucket(bucket).encoding_type(EncodingType::Url).max_keys(7);
    let mut pages = list.into_paginator().send();
    while let Some(page) = pages.try_next().await.expect("a page") {
        let decoded = |key: &str| percent_decode_str(key).decode_utf8().expect("UTF-8").into_owned();
        keys.extend(page.contents().iter().filter_map(|object| object.key()).map(decoded));
    }
    keys
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_an_object_is_called_it_is_kept_listed_and_deleted() {
    let mut desk = Desk::open().await;
    for bucket in ["uploads", "site"] {
        for key in hostile_keys() {
            desk.put(bucket, &key, key.as_bytes()).await;
            assert_eq!(desk.get(bucket, &key).await, key.as_bytes(), "{key:?}");
        }
        assert_eq!(listed(&desk, bucket).await, hostile_keys(), "{bucket}");
    }
    desk = Desk::on(desk.folder).await;
    for bucket in ["uploads", "site"] {
        assert_eq!(listed(&desk, bucket).await, hostile_keys(), "{bucket} after a restart");
        for key in hostile_keys() {
            assert_eq!(desk.get(bucket, &key).await, key.as_bytes(), "{key:?} after a restart");
        }
    }
    // In turn: what is left after each deletion is everything else.
    let mut left = hostile_keys();
    while let Some(key) = left.pop() {
        desk.client.delete_object().bucket("site").key(&key).send().await.expect("deleted");
        assert_eq!(listed(&desk, "site").await, left, "without {key:?}");
    }
    assert_eq!(listed(&desk, "uploads").await, hostile_keys(), "and nothing of another bucket");
}

#[tokio::test]
async fn a_key_of_more_than_1024_bytes_is_refused_and_breaks_nothing() {
    let desk = Desk::open().await;
    let put = desk.client.put_object().bucket("uploads").key("k".repeat(1025)).body(ByteStream::from_static(b"x"));
    assert_eq!(status(&put.send().await.expect_err("refused")), Some(400));
    desk.put("uploads", "k", b"x").await;
    assert_eq!(desk.event_keys(), ["k"]);
}
