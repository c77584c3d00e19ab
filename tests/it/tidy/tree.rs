//! The files of the work tree.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing written by us, or nothing for readers.
const FOREIGN: &[&str] = &["target", ".aws-sam", "node_modules", ".git", "corpus", "artifacts"];

/// One text file.
pub(super) struct Text {
    /// Path from the root, with `/`.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: String,
}

/// The folder of the workspace's Cargo.toml.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the workspace").to_owned()
}

/// Paths of all files from the root, in order.
pub(crate) fn paths() -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), &root(), &mut found);
    found.sort();
    assert!(found.len() > 100, "the work tree was not found");
    found
}

/// All files with one of these extensions.
pub(super) fn texts(extensions: &[&str]) -> Vec<Text> {
    let wanted = |path: &String| extensions.iter().any(|extension| path.ends_with(&format!(".{extension}")));
    let texts: Vec<Text> = paths().into_iter().filter(wanted).map(|path| Text { text: read(&path), path }).collect();
    assert!(!texts.is_empty(), "no file ends in {extensions:?}");
    texts
}

/// A file as text.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
}

/// Fails with every breach, each on its own line.
#[track_caller]
pub(super) fn assert_none(breaches: &[String], rule: &str) {
    assert!(breaches.is_empty(), "{rule}\n  {}", breaches.join("\n  "));
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the tree is readable") {
        let path = entry.expect("the tree is readable").path();
        let name = path.file_name().expect("an entry has a name").to_string_lossy();
        if path.is_dir() {
            if !FOREIGN.contains(&name.as_ref()) {
                walk(root, &path, found);
            }
        } else {
            let relative = path.strip_prefix(root).expect("below the root");
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}
