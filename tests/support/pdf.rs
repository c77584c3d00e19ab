//! What stands in a PDF, as poppler reads it.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// The pages as text, laid out as they are.
pub fn layout(document: &[u8]) -> String {
    let text = pdftotext("-layout", document).replace('\u{c}', "\n-------- page --------\n");
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The text of each page in the order in which it is drawn, with single spaces: lines end where a page is narrow.
pub fn pages(document: &[u8]) -> Vec<String> {
    let text = pdftotext("-raw", document).replace('\u{200b}', "");
    let page = |page: &str| page.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches('\u{c}').split('\u{c}').map(page).collect()
}

fn pdftotext(mode: &str, document: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args([mode, "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("pdftotext: {error}; `cargo xtask setup` installs it"));
    let mut input = child.stdin.take().expect("a pipe");
    let output = thread::scope(|scope| {
        scope.spawn(move || input.write_all(document));
        child.wait_with_output().expect("it ends")
    });
    assert!(output.status.success(), "{}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}
