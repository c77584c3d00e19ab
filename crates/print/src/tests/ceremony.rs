//! Certificates, page by page.

use super::examples::{LONG_NAME, MADE, certificate, heads};
use super::{darkness, layout, pages, printed, words};
use crate::certificates::{TEMPLATE, View};
use crate::{Body, Certificate, Heads, Offset, Paper, qr};
use expect_test::expect_file;
use qrcodegen::{QrCode, QrCodeEcc};

fn print(pages: &[Certificate], heads: &Heads) -> Vec<u8> {
    printed(TEMPLATE, &View::of(pages, heads).expect("dates and addresses"), MADE).expect("a document")
}

#[test]
fn bodies_of_the_state_and_of_the_party_have_their_heads() {
    let mut completed = certificate(1);
    completed.title = "Giấy chứng nhận hoàn thành".to_owned();
    completed.prize = None;
    let all = [certificate(0), completed];
    expect_file!["../../golden/certificates-state.txt"].assert_eq(&layout(&print(&all, &heads(Body::State))));
    let mut unsigned = heads(Body::Party);
    (unsigned.date, unsigned.signer_name) = (None, String::new());
    expect_file!["../../golden/certificates-party.txt"].assert_eq(&layout(&print(&all, &unsigned)));
}

#[test]
fn long_names_wrap_inside_the_margins() {
    assert_eq!(LONG_NAME.chars().count(), 90);
    let mut page = certificate(0);
    (page.name, page.unit) = (LONG_NAME.to_owned(), LONG_NAME.to_owned());
    page.occasion = format!("{} {LONG_NAME}", page.occasion);
    let form = Paper::Form { name: Offset::default(), prize: Offset::default() };
    for paper in [Paper::Blank, form] {
        let document = print(&[page.clone()], &Heads { paper, ..heads(Body::State) });
        assert_eq!(pages(&document), 1);
        let words = words(&document);
        assert!(words.len() > 15, "{words:?}");
        for word in words {
            assert!(word.left >= 21.9 && word.right <= 275.1 && word.top >= 20.0 && word.bottom <= 190.0, "{word:?}");
        }
    }
}

#[test]
fn printed_forms_get_names_and_prizes_where_they_have_their_lines() {
    let place = |name: Offset, prize: Offset| {
        let document = print(&[certificate(0)], &Heads { paper: Paper::Form { name, prize }, ..heads(Body::State) });
        let words = words(&document);
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(text.join(" "), "NGUYỄN THỊ THUỶ TIÊN GIẢI NHẤT");
        let at = |word: &super::Word| (word.left, word.bottom);
        (at(&words[0]), at(&words[4]))
    };
    let (name, prize) = place(Offset::default(), Offset::default());
    let moved = place(Offset { right: 7, down: -12 }, Offset { right: -3, down: 20 });
    let close = |is: (f64, f64), was: (f64, f64), right: f64, down: f64| {
        assert!((is.0 - was.0 - right).abs() < 0.1 && (is.1 - was.1 - down).abs() < 0.1, "{was:?} {is:?}");
    };
    close(moved.0, name, 7.0, -12.0);
    close(moved.1, prize, -3.0, 20.0);
    assert!((name.1 - 100.0).abs() < 2.0 && (prize.1 - 130.0).abs() < 2.0, "{name:?} {prize:?}");
}

#[test]
fn a_code_is_one_path() {
    let drawing = qr::drawing("https://thi.vn/v?c=1").expect("it fits");
    assert_eq!(drawing.matches("<path").count(), 1);
    // Version 2, as the standard has it for 20 letters: 25 modules, of which the first seven of a corner are dark.
    assert!(drawing.contains("viewBox=\"0 0 25 25\"") && drawing.contains("d=\"M0,0h7v1h-7z"), "{drawing}");
    assert_eq!(drawing, qr::drawing("https://thi.vn/v?c=1").expect("it fits"));
}

#[test]
fn the_printed_code_is_26_mm_wide_and_reads_as_it_should() {
    let page = certificate(0);
    let code = QrCode::encode_text(&page.address, QrCodeEcc::Medium).expect("it fits");
    let is_dark = darkness(&print(&[page], &heads(Body::State)));
    let (left, module) = (22.0, 26.0 / f64::from(code.size()));
    // Its upper left corner is the first that is dark in the lower half, going down near the left margin.
    let rows = (1_200..1_900).map(|tenth| f64::from(tenth) / 10.0);
    let top = rows.into_iter().find(|y| is_dark(left + module / 2.0, *y)).expect("a code");
    for row in 0..code.size() {
        for column in 0..code.size() {
            let (x, y) = (left + module * (f64::from(column) + 0.5), top + module * (f64::from(row) + 0.5));
            assert_eq!(is_dark(x, y), code.get_module(column, row), "column {column}, row {row}");
        }
    }
    // Four modules around it are white.
    for step in 0..=code.size() + 7 {
        let (along, beside) = (module * (f64::from(step) - 3.5), module * 3.5);
        let end = module * f64::from(code.size()) + beside;
        for (x, y) in [(along, -beside), (along, end), (-beside, along), (end, along)] {
            assert!(!is_dark(left + x, top + y), "{x} {y}");
        }
    }
}
