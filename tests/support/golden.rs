//! Golden files: bytes that must not change unseen. `UPDATE_GOLDEN=1` writes them anew, for a person
//! to read the difference.

use std::fs;
use std::path::{Path, PathBuf};

/// Compares bytes with a file below `tests/golden/`.
#[track_caller]
pub fn check(path: &str, bytes: &[u8]) {
    if refresh(path, bytes) {
        return;
    }
    let golden = fs::read(file(path)).unwrap_or_else(|e| panic!("{path}: {e}; UPDATE_GOLDEN=1 makes it"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(golden == bytes, "{path} differs:\n--- golden\n{}\n--- now\n{}", text(&golden), text(bytes));
}

/// Writes a file below `tests/golden/` where that is asked for; returns whether it was. For what differs from
/// machine to machine and is compared with nothing.
pub fn refresh(path: &str, bytes: &[u8]) -> bool {
    if is_update() {
        let file = file(path);
        fs::create_dir_all(file.parent().expect("golden files stand in a folder")).expect("the folder is made");
        fs::write(&file, bytes).expect("the golden file is written");
    }
    is_update()
}

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(path)
}

#[expect(clippy::disallowed_methods, reason = "a test is told by anyone who runs it; there is no Config")]
fn is_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}
