//! What fuzzers were given and what they have found, once more (`cargo xtask fuzz`).

use std::path::PathBuf;
use tests::fuzzing::TARGETS;

#[test]
fn nothing_in_the_corpus_breaks_a_reader() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in TARGETS {
        let folder = std::fs::read_dir(corpus.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let files: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
        assert!(files.len() >= 10, "{name} has {} files to begin from", files.len());
        for file in files {
            let bytes = std::fs::read(&file).expect("a file");
            std::panic::catch_unwind(|| target(&bytes)).unwrap_or_else(|_| panic!("{} breaks it", file.display()));
        }
    }
}

#[test]
fn a_token_and_a_note_that_hold_are_in_the_corpus() {
    let text = |path: &str| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    assert_eq!(text("token/sound"), api::fuzzing::sound_token());
    let receipt = text("note/receipt");
    let signed = receipt.rsplit_once("\n\n").expect("a note").0;
    assert_eq!(receipt, tests::fuzzing::signer().sign(&format!("{signed}\n")));
}
