//! Golden files that nothing reads any more only look like a guard.

use super::tree::{assert_none, paths, texts};

#[test]
fn every_golden_file_is_read_by_a_test() {
    let sources: String = texts(&["rs", "mjs"]).into_iter().map(|file| file.text + "\n").collect();
    let named = |path: &str| {
        let file = path.rsplit('/').next().expect("a path has a last part");
        let stem = file.split('.').next().expect("a name has a beginning");
        [file, stem]
            .into_iter()
            .any(|name| sources.contains(&format!("\"{name}\"")) || sources.contains(&format!("/{name}\"")))
    };
    let golden = paths().into_iter().filter(|path| path.contains("/golden/"));
    let unread: Vec<String> = golden.filter(|path| !named(path)).collect();
    assert_none(&unread, "golden files whose name stands in no test:");
}
