//! The page on the deployed stack: every file of it, by the way that a visitor's request takes.

use super::Stack;
use crate::tidy::tree::{paths, root};
use tokio::process::Command;

/// Copies the page into the bucket, as `docs/DEPLOY.md` has it done, and opens every file of it. The emulator
/// has no distribution, so node runs the function that stands before the bucket on AWS.
pub(super) async fn every_page_opens(stack: &Stack) {
    let bucket = stack.output("SiteBucket");
    let files: Vec<String> =
        paths().iter().filter_map(|path| path.strip_prefix("static-site/")).map(str::to_owned).collect();
    let bytes = |file: &str| std::fs::read(root().join("static-site").join(file)).expect("a file of the page");
    for file in &files {
        let put = stack.s3.put_object().bucket(bucket).key(file).body(bytes(file).into());
        put.send().await.expect("anyone who deploys may write");
    }
    let addresses = std::iter::once(String::new()).chain(files.iter().cloned()).map(|file| format!("/{file}"));
    let function = root().join("tests/browser/support/cdn.mjs");
    let told = Command::new("node").arg(function).args(addresses).output().await.expect("node runs");
    let asked = String::from_utf8(told.stdout).expect("keys are text");
    let expected = std::iter::once("index.html").chain(files.iter().map(String::as_str));
    assert_eq!(asked.lines().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    for key in asked.lines() {
        assert_eq!(stack.object("SiteBucket", key).await.as_deref(), Some(bytes(key).as_slice()), "{key}");
    }
}
