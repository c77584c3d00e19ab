//! What is left of an erased person on the disk of one machine.

use local::world::WorldOptions;
use std::fs;
use std::path::Path;
use tests::{Folder, START, Stage, person};

/// Whether a text stands in any file below a folder.
fn stands_in(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return stands_in(&path, text);
        }
        let bytes = fs::read(&path).expect("a file");
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test]
async fn what_was_erased_is_in_no_file_once_the_program_has_stopped() {
    let data = tempfile::tempdir().expect("a folder");
    let options = WorldOptions { data: Some(data.path().to_owned()), ..WorldOptions::default() };
    let mut stage = Stage::of(options, START).await;
    stage.add(&Folder::small()).await;
    let (name, born) = ("Chim Hoàng Yến", "1990-05-17");
    let contestant = stage.door.register(&person(77, name, "bac")).await;
    assert!(stands_in(data.path(), name) && stands_in(data.path(), born), "the search finds who is there");
    contestant.erase().await.expect(202);
    stage.world.stop().await;
    // The engine's last connection ends a moment after the engine, and with it the journal.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert!(!stands_in(data.path(), name), "the name is still there");
    assert!(!stands_in(data.path(), born), "the birthday is still there");
}
