//! What is fuzzed, by the name of its target: `cargo xtask fuzz` calls these with whatever it can think of, and
//! a test of every run with what it has thought of before.

use contest::ids::ContestId;
use contest::time::Timestamp;
use std::io::Write;
use store::{Secrets, SigningKey};

/// Reads bytes; panics where something is accepted that nobody made.
pub type Target = fn(&[u8]);

/// The targets, each with its corpus in `tests/fuzz/corpus/{name}`.
pub const TARGETS: [(&str, Target); 10] = [
    ("upload", upload),
    ("gift", |bytes| bank("bank.gift", bytes)),
    ("aiken", |bytes| bank("bank.txt", bytes)),
    ("moodle", |bytes| bank("bank.xml", bytes)),
    ("qti", |bytes| bank("bank.xml", bytes)),
    ("package", |bytes| bank("bank.zip", bytes)),
    ("word", word),
    ("token", api::fuzzing::token),
    ("body", api::fuzzing::body),
    ("note", note),
];

/// The key under which notes are opened here.
pub fn signer() -> SigningKey {
    let key = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let secret = format!(r#"{{"master":"{key}","session_keys":[{{"kid":1,"key":"{key}"}}]}}"#);
    let secrets = Secrets::parse(&secret).expect("a secret");
    secrets.signing_key(&ContestId::parse("thi-thu").expect("an id"))
}

fn note(bytes: &[u8]) {
    let signer = signer();
    verify::fuzzing::note(bytes, &signer.verifier(), |text| signer.sign(text));
}

/// A file of questions: whatever is read has two options and a right one, and nothing read is never without a word.
fn bank(file: &str, bytes: &[u8]) {
    let found = import_upload::import_bank(file, bytes);
    let questions: Vec<_> = found.parts.iter().flat_map(|part| &part.questions).collect();
    assert!(!questions.is_empty() || !found.errors.is_empty(), "neither a question nor an error");
    for read in questions {
        let (options, right) = (&read.question.options, read.right);
        assert!(options.len() >= 2 && options.iter().all(|option| !option.is_empty()), "{read:?}");
        assert!(!right.is_empty() && right.letters().count() <= options.len(), "{read:?}");
    }
    for problem in found.errors.iter().chain(&found.warnings) {
        assert!(!documents::words::import::message(&problem.kind).is_empty(), "{problem:?}");
    }
}

/// A file of a contest folder: its name, a newline, its bytes.
pub fn upload(bytes: &[u8]) {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return };
    let Ok(name) = std::str::from_utf8(&bytes[..end]) else { return };
    let files = [(name.to_owned(), bytes[end + 1..].to_vec())];
    let report = import_upload::check_folder(&files, Timestamp::from_millis(1_772_330_400_000));
    for problem in report.files.iter().flat_map(|file| file.errors.iter().chain(&file.warnings)) {
        assert!(!documents::words::import::message(&problem.kind).is_empty(), "{problem:?}");
    }
}

/// The parts of a document of Word, which an archive would hide from whatever thinks of them: the text, the styles and the
/// numbering, parted by lines of three dashes.
pub fn word(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut parts = text.splitn(3, "\n---\n");
    let names = ["word/document.xml", "word/styles.xml", "word/numbering.xml"];
    let contents = names.map(|name| (name, parts.next().unwrap_or_default()));
    let kinds = ["officeDocument", "styles", "numbering"];
    let relation = |kind: &str, target: &str| format!(r#"<Relationship Type="x/{kind}" Target="/{target}"/>"#);
    let there = names.iter().zip(kinds).zip(contents).filter(|(_, (_, content))| !content.is_empty());
    let relations: String = there.map(|((name, kind), _)| relation(kind, name)).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let all = [("_rels/.rels", relations.as_str()), ("word/_rels/document.xml.rels", relations.as_str())];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in all.into_iter().chain(contents).filter(|(_, content)| !content.is_empty()) {
        archive.start_file(name, stored).expect("an entry");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    let archive = archive.finish().expect("an archive").into_inner();
    upload(&[b"bank.docx\n", archive.as_slice()].concat());
}
