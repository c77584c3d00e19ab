//! Text that would do something if it were read as markup, or that would break a layout.

use super::examples::{LONG_NAME, MADE, annex, certificate, heads};
use super::{pages, printed, squeezed, without_spaces, words};
use crate::text::printable_data;
use crate::{Body, Offset, Paper, annex as annexes, certificates};
use serde_json::{Value, json};

/// Each means something to Typst, JSON, SVG, PDF, HTML or a terminal, or is hard to set.
const PIECES: &[&str] = &[
    "#[x] *y*",
    "#panic(\"x\")",
    "#import \"@preview/x:1.0.0\": *",
    "#read(\"/etc/passwd\")",
    "#eval(\"1\")",
    "$ x^2 $",
    "\\u{41}\\",
    "\"}],\"x\":[{\"",
    "]#[",
    "// no comment",
    "/* nor this",
    "*/",
    "<label> @label",
    "= heading",
    "- list",
    "+ list",
    "`raw` ```raw```",
    "https://example.vn/?a=1&b=%20",
    "a~b--c---d...e",
    "'single' \"double\"",
    "<script>alert(1)</script>",
    "</svg>&lt;&#x41;",
    "{{x}} ${x} %s %n",
    "(\\050) Tj ET endstream",
    "\u{1b}[31mred",
    "\u{202e}backwards\u{202c}",
    "e\u{302}\u{301} a\u{306}\u{323} o\u{31b}\u{309}",
    "\u{301}\u{301}\u{301}",
    "🎉👩‍👩‍👧 李明 שלום",
    "\u{0}\u{7f}\u{ad}\u{feff}",
    "\u{fffd}\u{e000}\u{10ffff}",
    "\r\n\t\u{b}\u{2028}\u{2029}",
    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
    "ffi fl ﬁ Ǆ ß İ",
    "=SUM(A1:A9)",
];

/// 200 texts: every piece alone, and then two beside each other.
fn texts() -> Vec<String> {
    let alone = PIECES.iter().map(|piece| (*piece).to_owned());
    let paired = (1..).flat_map(|step| (0..PIECES.len()).map(move |at| (at, (at + step) % PIECES.len())));
    let paired = paired.map(|(first, second)| format!("{}{}", PIECES[first], PIECES[second]));
    alone.chain(paired).take(200).collect()
}

fn shown(text: &str) -> String {
    let Value::String(printable) = printable_data(json!(text)) else { unreachable!("a text stays one") };
    without_spaces(&printable)
}

#[test]
fn an_annex_prints_whatever_was_typed_as_it_was_typed() {
    let mut list = annex(200);
    for (winner, text) in list.winners.iter_mut().zip(texts()) {
        (winner.name, winner.unit) = (text.clone(), text);
    }
    list.title = texts().concat();
    list.decision.issuer = Some(texts()[..40].concat());
    let document = annexes(&list).expect("a document");
    let printed = squeezed(&document);
    for text in texts() {
        let times = printed.matches(&shown(&text)).count();
        assert!(times >= 2 || shown(&text).is_empty(), "{text:?} {times} times");
    }
}

#[test]
fn nothing_leaves_the_margins_of_an_annex() {
    let mut list = annex(40);
    for (winner, text) in list.winners.iter_mut().zip(texts()) {
        winner.name = LONG_NAME.to_owned();
        winner.unit = text;
        winner.prize = "x".repeat(90);
    }
    for word in words(&annexes(&list).expect("a document")) {
        assert!(word.left >= 29.9 && word.right <= 195.1 && word.bottom <= 277.1, "{word:?}");
    }
}

#[test]
fn a_certificate_is_one_page_whatever_was_typed() {
    let texts = texts();
    let all = texts.chunks(4).enumerate().map(|(at, text)| {
        let mut page = certificate(at);
        (page.name, page.unit) = (text[0].clone(), text[1].clone());
        (page.occasion, page.prize) = (format!("{}{LONG_NAME}", text[2]), Some(text[3].clone()));
        page
    });
    let all: Vec<_> = all.collect();
    let document = certificates(&all, &heads(Body::State)).expect("a document");
    assert_eq!(pages(&document), 50);
    for word in words(&document) {
        assert!(word.left >= 21.9 && word.right <= 275.1, "{word:?}");
        assert!(word.top >= 20.0 && word.bottom <= 190.0, "{word:?}");
    }
    let form = Paper::Form { name: Offset::default(), prize: Offset { right: 0, down: 8 } };
    let document = certificates(&all, &crate::Heads { paper: form, ..heads(Body::State) }).expect("a document");
    assert_eq!(pages(&document), 50);
}

#[test]
fn a_template_sees_its_data_and_nothing_else() {
    for forbidden in ["read(\"/etc/passwd\")", "read(\"main.rs\")", "datetime.today()", "image(\"logo.png\")"] {
        let template = format!("#set document(title: \"x\")\n#{forbidden}");
        assert!(printed(&template, &json!({}), MADE).is_err(), "{forbidden}");
    }
    let import = "#set document(title: \"x\")\n#import \"@preview/cetz:0.3.0\": canvas";
    assert!(printed(import, &json!({}), MADE).is_err());
}
