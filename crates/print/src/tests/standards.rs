//! What archives and screen readers need, and that nothing depends on where or when a document is made.

use super::examples::{annex, certificate, heads};
use super::poppler;
use crate::{Body, Date, Moment, PrintError, annex as annexes, certificates};
use expect_test::expect;
use std::collections::BTreeMap;
use std::thread;

fn examples() -> [Vec<u8>; 2] {
    let pages = [certificate(0), certificate(1)];
    [annexes(&annex(45)).expect("a document"), certificates(&pages, &heads(Body::Party)).expect("a document")]
}

#[test]
fn documents_are_for_archives_and_for_screen_readers() {
    for (document, title) in examples().iter().zip(["Danh sách cá nhân đạt giải", "Giấy chứng nhận tuần 1"])
    {
        let text = String::from_utf8_lossy(document);
        for mark in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "/Lang(vi-VN)"] {
            assert!(text.contains(mark), "{mark}");
        }
        let info = poppler("pdfinfo", &["-"], document);
        assert!(info.contains("Tagged:          yes"), "{info}");
        assert!(info.contains(&format!("Title:           {title}")), "{info}");
        assert!(info.contains("Dec 20"), "{info}");
        let fonts = poppler("pdffonts", &["-"], document);
        assert!(fonts.lines().skip(2).all(|line| line.contains("Tinos") && line.contains("yes yes yes")), "{fonts}");
    }
}

#[test]
fn a_screen_reader_finds_headings_a_table_and_what_a_code_is_for() {
    let [list, pages] = examples();
    let tags = |document: &[u8]| {
        let tree = poppler("pdfinfo", &["-struct", "-"], document);
        let mut count = BTreeMap::new();
        for line in tree.lines().map(str::trim_start).filter(|line| line.starts_with(char::is_uppercase)) {
            let tag = line.split([' ', ':']).next().expect("a tag").to_owned();
            *count.entry(tag).or_insert(0) += 1;
        }
        count.into_iter().map(|(tag, count)| format!("{tag} {count}")).collect::<Vec<_>>().join(", ")
    };
    expect!["Document 1, H1 1, H2 1, P 2, Span 9, TBody 1, TD 405, TH 9, THead 1, TR 46, Table 1"]
        .assert_eq(&tags(&list));
    expect!["Div 14, Document 1, Figure 2, H1 2, P 24, Span 10"].assert_eq(&tags(&pages));
}

#[test]
fn the_same_data_gives_the_same_bytes_everywhere() {
    let first = examples();
    assert!(first == examples());
    let elsewhere = thread::scope(|scope| {
        let both = [scope.spawn(examples), scope.spawn(examples)];
        both.map(|thread| thread.join().expect("it ends"))
    });
    assert!(elsewhere.iter().all(|documents| *documents == first));
}

#[test]
fn two_lists_are_two_documents() {
    let identity = |document: &[u8]| {
        let text = String::from_utf8_lossy(document).into_owned();
        text.split("<xmpMM:DocumentID>").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned)
    };
    let (one, other) = (annexes(&annex(3)).expect("a document"), annexes(&annex(4)).expect("a document"));
    assert!(identity(&one).is_some());
    assert_ne!(identity(&one), identity(&other));
}

#[test]
fn what_cannot_be_printed_is_said() {
    let mut list = annex(1);
    list.decision.date = Some(Date { year: 2023, month: 2, day: 29 });
    assert!(matches!(annexes(&list), Err(PrintError::Date(_))));
    let mut list = annex(1);
    list.made = Moment { hour: 24, ..list.made };
    assert!(matches!(annexes(&list), Err(PrintError::Date(_))));
    assert!(matches!(annexes(&annex(0)), Err(PrintError::Empty)));
    let mut page = certificate(0);
    page.address = "x".repeat(3_000);
    assert!(matches!(certificates(&[page], &heads(Body::State)), Err(PrintError::Address(3_000))));
    assert!(matches!(certificates(&[], &heads(Body::State)), Err(PrintError::Empty)));
}
