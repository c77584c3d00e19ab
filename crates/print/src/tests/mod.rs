//! Tests look at finished documents through poppler, which nobody here wrote.

mod annexes;
mod ceremony;
mod examples;
mod hostile;
mod letters;
mod slips;
mod standards;

use crate::PrintError;
use crate::date::Moment;
use crate::world;
use serde::Serialize;
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// A document of which Typst finds nothing odd.
fn printed(template: &str, data: &impl Serialize, made: Moment) -> Result<Vec<u8>, PrintError> {
    let (bytes, warnings) = world::print(template, data, made)?;
    assert_eq!(warnings, Vec::<String>::new());
    Ok(bytes)
}

/// What a program of poppler says of a document.
fn poppler(program: &str, arguments: &[&str], document: &[u8]) -> String {
    String::from_utf8_lossy(&run(program, arguments, document)).into_owned()
}

fn run(program: &str, arguments: &[&str], document: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask setup` installs it"));
    let mut input = child.stdin.take().expect("a pipe");
    let output = thread::scope(|scope| {
        scope.spawn(move || input.write_all(document));
        child.wait_with_output().expect("it ends")
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // This version takes two keys that the standards ask for to be of another type.
    let odd = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_known = |line: &str| line.contains("Suspects object") || line.contains("Attribute BorderColor");
    assert!(odd.lines().all(is_known), "{program} finds the document odd: {odd}");
    output.stdout
}

/// The pages as text, laid out as they are.
fn layout(document: &[u8]) -> String {
    let text = poppler("pdftotext", &["-layout", "-", "-"], document).replace('\u{c}', "\n-------- page --------\n");
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The text in the order in which it is drawn, without spaces and line ends.
fn squeezed(document: &[u8]) -> String {
    without_spaces(&poppler("pdftotext", &["-raw", "-", "-"], document))
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// A word on a page, in millimetres from its upper left corner.
#[derive(Debug)]
struct Word {
    page: usize,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

const POINTS_IN_A_MILLIMETRE: f64 = 72.0 / 25.4;

/// Where each word stands.
fn words(document: &[u8]) -> Vec<Word> {
    let boxes = poppler("pdftotext", &["-bbox", "-", "-"], document);
    let (mut page, mut found) = (0, Vec::new());
    for line in boxes.lines().map(str::trim_start) {
        page += usize::from(line.starts_with("<page "));
        if let Some(rest) = line.strip_prefix("<word ") {
            let at = |name: &str| {
                let value = rest.split(&format!("{name}=\"")).nth(1).and_then(|value| value.split('"').next());
                value.expect("four edges").parse::<f64>().expect("a number") / POINTS_IN_A_MILLIMETRE
            };
            let text = rest.split_once('>').and_then(|(_, text)| text.split_once("</word>")).expect("a word").0;
            let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(at);
            found.push(Word { page, left, top, right, bottom, text: text.to_owned() });
        }
    }
    found
}

/// The first page as a picture: whether it is dark at a place, in millimetres.
fn darkness(document: &[u8]) -> impl Fn(f64, f64) -> bool + use<> {
    // A portable graymap: its kind, width, height and whitest white in a line each, then a byte a point.
    let picture = run("pdftoppm", &["-r", "254", "-gray", "-f", "1", "-l", "1", "-"], document);
    let mut parts = picture.splitn(4, |byte| *byte == b'\n');
    let mut line = || parts.next().expect("a line");
    let (kind, sizes, white) = (line(), String::from_utf8_lossy(line()).into_owned(), line());
    assert_eq!((kind, white), (&b"P5"[..], &b"255"[..]));
    let width: usize = sizes.split_whitespace().next().expect("a width").parse().expect("a number");
    let points = line().to_vec();
    // 254 points an inch are ten a millimetre.
    move |x, y| points[(y * 10.0) as usize * width + (x * 10.0) as usize] < 128
}

fn pages(document: &[u8]) -> usize {
    let info = poppler("pdfinfo", &["-"], document);
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a number of pages");
    pages.trim().parse().expect("a number")
}
