//! What a bucket promises to several writers, on the real embedded storage.

use contest::seal::sha256_hex;
use std::error::Error;
use store::{Bucket, ObjectRef, StoreError};
use tests::network::{Fault, Network};
use tests::{START, Stage};

#[tokio::test]
async fn of_two_writers_who_read_the_same_pointer_the_second_is_refused() {
    let stage = Stage::empty(START).await;
    let bucket = Bucket::new(&stage.world.sdk, "site");
    assert!(bucket.swap("pointer.json", None, b"first".to_vec()).await.expect("written"));
    assert!(!bucket.swap("pointer.json", None, b"another first".to_vec()).await.expect("refused"));
    let seen = bucket.get_tagged("pointer.json").await.expect("read").expect("an object");
    assert_eq!(seen.bytes, b"first");
    assert!(bucket.swap("pointer.json", Some(&seen.tag), b"second".to_vec()).await.expect("written"));
    assert!(!bucket.swap("pointer.json", Some(&seen.tag), b"another second".to_vec()).await.expect("refused"));
    assert_eq!(bucket.get("pointer.json").await.expect("read").expect("an object"), b"second");
}

#[tokio::test]
async fn what_is_written_once_stays_and_every_writer_learns_what_stands() {
    let stage = Stage::empty(START).await;
    let bucket = Bucket::new(&stage.world.sdk, "vault");
    assert_eq!(bucket.put_if_absent("run", b"first".to_vec()).await.expect("written"), b"first");
    assert_eq!(bucket.put_if_absent("run", b"second".to_vec()).await.expect("kept"), b"first");
    bucket.put_named("run", b"third".to_vec()).await.expect("kept");
    assert_eq!(bucket.get("run").await.expect("read").expect("an object"), b"first");
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_no_sign_of_tampering() {
    let network = Network::default();
    let stage = Stage::on(START, Some(&network)).await;
    let bucket = Bucket::new(&stage.world.sdk, "vault");
    let written = |bytes: &[u8]| ObjectRef { path: "kept.json".to_owned(), sha256: sha256_hex(bytes) };
    let whole = written(b"[1, 2, 3, 4, 5, 6, 7, 8]");
    bucket.put("kept.json", b"[1, 2, 3, 4, 5, 6, 7, 8]".to_vec()).await.expect("written");
    let (read, calls) = network.with(&[(0, Fault::Cut)], bucket.referred_json::<Vec<u8>>(&whole)).await;
    assert_eq!(calls.len(), 1, "{calls:?}");
    let fault = read.expect_err("half of it");
    assert!(matches!(fault, StoreError::Busy { .. }), "{fault:?}");
    assert!(fault.source().is_some_and(|cause| cause.source().is_some()), "the cause is kept: {fault:?}");
    assert_eq!(bucket.referred_json::<Vec<u8>>(&whole).await.expect("whole"), [1, 2, 3, 4, 5, 6, 7, 8]);
    bucket.put("kept.json", b"[1, 2,".to_vec()).await.expect("written");
    for object in [whole, written(b"[1, 2,")] {
        let fault = bucket.referred_json::<Vec<u8>>(&object).await.expect_err("other bytes, or none that parse");
        assert!(StoreError::is_corruption(&fault), "{fault:?}");
    }
}
