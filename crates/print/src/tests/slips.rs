//! Slips of a roster, as they come off the paper.

use super::examples::{LONG_NAME, MADE};
use super::{layout, pages, poppler, printed, squeezed, words};
use crate::slips::TEMPLATE;
use crate::{Slip, Slips, UnitSlips};
use expect_test::expect_file;

const TITLE: &str = "Cuộc thi trực tuyến tìm hiểu về công tác cải cách hành chính thành phố Sông Công năm…";

fn slip(at: usize) -> Slip {
    Slip {
        name: ["Nguyễn Thị Thuỷ Tiên", "Trần Văn Độ", "Y Krông Ê Ban"][at % 3].to_owned(),
        birth_date: "05/01/1990".to_owned(),
        unit: "Trung tâm Y tế thành phố Sông Công".to_owned(),
        code: format!("K7M2Q{at:05}"),
    }
}

fn slips(counts: &[usize]) -> Slips {
    let unit = |(at, &count): (usize, &usize)| UnitSlips {
        heading: format!("Đơn vị {at}: {count} phiếu"),
        slips: (0..count).map(|nth| slip(1_000 * at + nth)).collect(),
    };
    Slips {
        made: MADE,
        title: format!("Phiếu mã dự thi - {TITLE}"),
        note: "Cắt theo đường kẻ đứt.".to_owned(),
        contest: TITLE.to_owned(),
        address: Some("https://thi.songcong.gov.vn/contest.html?c=song-cong-cchc-2021".to_owned()),
        units: counts.iter().enumerate().map(unit).collect(),
    }
}

fn print(slips: &Slips) -> Vec<u8> {
    printed(TEMPLATE, slips, slips.made).expect("a document")
}

#[test]
fn slips_stand_in_two_columns_one_unit_after_another() {
    let document = print(&slips(&[3, 14]));
    expect_file!["../../golden/slips.txt"].assert_eq(&layout(&document));
    // Six or seven rows of two fit on a page.
    assert_eq!(pages(&document), 2);
    assert_eq!(pages(&print(&slips(&[60]))), 5);
}

#[test]
fn no_slip_is_broken_by_the_end_of_a_page() {
    let mut all = slips(&[60, 1, 33]);
    for (at, slip) in all.units.iter_mut().flat_map(|unit| &mut unit.slips).enumerate() {
        if at % 5 == 0 {
            slip.name = LONG_NAME.to_owned();
        }
    }
    let words = words(&print(&all));
    let starts = |word: &&super::Word, text: &str| word.text == text;
    // A slip begins with the contest's name and ends with its code: both are on one page, one below the other.
    let codes: Vec<_> = words.iter().filter(|word| word.text.starts_with("K7M2Q")).collect();
    assert_eq!(codes.len(), 94);
    for code in codes {
        let beside = |word: &&super::Word| word.page == code.page && (word.left < 108.0) == (code.left < 108.0);
        let first = words.iter().filter(beside).rfind(|word| starts(word, "Cuộc") && word.top < code.top);
        let first = first.unwrap_or_else(|| panic!("{code:?} stands alone"));
        assert!(code.bottom - first.top < 60.0, "{first:?} {code:?}");
    }
}

#[test]
fn whatever_was_typed_stays_inside_a_slip() {
    let mut all = slips(&[4]);
    let [hostile, long, unbroken, wide] = &mut all.units[0].slips[..] else { unreachable!("four") };
    (hostile.name, hostile.unit) = ("#[x] *y*".to_owned(), "$ x^2 $ <label> @label".to_owned());
    (long.name, long.unit) = (LONG_NAME.to_owned(), LONG_NAME.to_owned());
    (unbroken.name, unbroken.unit) = ("M".repeat(90), "W".repeat(90));
    (wide.name, wide.code) = ("Nguyễn Văn An".to_owned(), "W".repeat(32));
    let document = print(&all);
    let text = squeezed(&document);
    for said in ["#[x]*y*", "$x^2$<label>@label", &LONG_NAME.replace(' ', ""), &"M".repeat(90), &"W".repeat(32)] {
        assert!(text.contains(said), "{said} in {text}");
    }
    for word in words(&document) {
        let column = if word.left < 112.5 { (30.0, 112.5) } else { (112.5, 195.0) };
        let is_slip = word.top > 45.0;
        assert!(!is_slip || (word.left >= column.0 + 3.9 && word.right <= column.1 - 3.5), "{word:?}");
        assert!(word.bottom <= 277.1, "{word:?}");
    }
    for code in ["W".repeat(10), "W".repeat(16)] {
        all.units[0].slips[3].code.clone_from(&code);
        let document = print(&all);
        assert!(words(&document).iter().any(|word| word.text == code && word.right < 191.1), "{code} on one line");
    }
}

#[test]
fn a_file_may_say_that_it_has_no_slips() {
    let none = Slips { note: "Tệp này không còn phiếu nào.".to_owned(), ..slips(&[]) };
    assert!(layout(&print(&none)).contains("Tệp này không còn phiếu nào."));
    assert!(poppler("pdfinfo", &["-"], &print(&none)).contains("Pages:           1"));
}
