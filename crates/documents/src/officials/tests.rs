//! Officials' files, read back as a spreadsheet program reads them.

use super::cell::begins_a_formula;
use super::*;
use crate::example::{Example, example};
use calamine::{Data, DataType, Reader, Xlsx};
use contest::result::RankingPlace;
use expect_test::expect;
use proptest::prelude::*;
use std::io::{Cursor, Read};

/// Every document of the example, by name.
pub(super) fn written(example: &Example, identities: &Identities) -> BTreeMap<&'static str, Vec<u8>> {
    let (version, head) = (example.version(), &example.head);
    let dossier = Dossier { plan: &example.plan, round: &example.plan.rounds[0], version: &version, identities, head };
    let documents = round_documents(&dossier).into_iter();
    documents.map(|document| (document.name, document.bytes.expect("the example fits into cells"))).collect()
}

fn workbook(example: &Example, identities: &Identities) -> Vec<u8> {
    written(example, identities).remove("winners.xlsx").expect("the winners")
}

fn ranking(example: &Example, identities: &Identities) -> Vec<u8> {
    written(example, identities).remove("ranking.csv").expect("the ranking")
}

fn cells(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    sheet(bytes, "Danh sách đạt giải")
}

pub(super) fn sheet(bytes: Vec<u8>, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range(name).expect("the sheet");
    sheet.rows().map(<[Data]>::to_vec).collect()
}

/// A line for each row; texts stand in quotation marks.
pub(super) fn lines(rows: &[Vec<Data>]) -> String {
    let show = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => format!("“{text}”"),
        other => other.to_string(),
    };
    let line =
        |row: &Vec<Data>| row.iter().map(show).collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_owned();
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A part of a file that is a ZIP.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The paragraphs of a document, without empty ones.
pub(super) fn paragraphs(docx: &[u8]) -> Vec<String> {
    texts(&part(docx, "word/document.xml"))
}

/// A document as it is read: a line for each paragraph, and for each row of a table.
pub(super) fn reading(docx: &[u8]) -> String {
    let xml = part(docx, "word/document.xml");
    let mut lines = Vec::new();
    for before_the_end_of_a_row in xml.split("</w:tr>") {
        let (text, row) = before_the_end_of_a_row.split_once("<w:tr>").unwrap_or((before_the_end_of_a_row, ""));
        lines.extend(texts(text));
        lines.push(texts(row).join(" | "));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn texts(xml: &str) -> Vec<String> {
    let text = |paragraph: &str| {
        let run = |run: &str| {
            let raw = run.split_once("</w:t>").expect("a closed run").0;
            assert!(!raw.contains(['<', '>']), "{raw}");
            raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
        };
        paragraph.split("<w:t xml:space=\"preserve\">").skip(1).map(run).collect::<String>()
    };
    xml.split("</w:p>").map(text).filter(|text| !text.is_empty()).collect()
}

fn csv_cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("a BOM");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_list_of_winners_reads_back_cell_by_cell() {
    let example = example();
    let rows = cells(workbook(&example, &example.identities()));
    expect![[r#"
        “UBND thành phố Sông Công”
        “DANH SÁCH THÍ SINH ĐẠT GIẢI”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Tuần thứ Nhất”
        “(Kèm theo Quyết định số ……… ngày …… tháng …… năm ……… của ………………)”
        “(Kết quả tạm thời, phiên bản 1, công bố lúc 08h00 thứ Hai ngày 20/12/2021, giờ Việt Nam)”
        “Số người dự thi: 5; số lượt thi: 9; số người đúng tất cả: 1”

        “STT” | “Hạng” | “Họ và tên” | “Ngày sinh” | “Đơn vị” | “Mã công khai” | “Điểm” | “Dự đoán” | “Chênh lệch” | “Thời gian làm bài” | “Thời điểm nộp bài” | “Giải” | “Tiền thưởng (đồng)”
        1 | “1” | “Đặng Thị Ơn” | “09/03/1988” | “Phường Bách Quang” | “abcdefghijklmno4” | “100” | “3.200” | “3.199” | “05:05” | “09:05:07,120 13/12/2021” | “Giải Nhất” | 1000000
        2 | “2” | “Nguyễn Thị Ánh” | “09/03/1988” | “Phường Bách Quang” | “abcdefghijklmno2” | “90” | “4” | “3” | “10:00” | “09:05:07,120 13/12/2021” | “Giải Nhì” | 800000
        3 | “2” | “'=1+1 Đỗ Văn Dũng” | “09/03/1988” | “Trường THCS "Lương Sơn", tổ 1” | “abcdefghijklmno3” | “90” | “4” | “3” | “10:00” | “09:05:07,120 13/12/2021” | “Giải Nhì” | 800000
        4 | “5” | “Hà “Văn” Đức” | “09/03/1988” |  | “abcdefghijklmno5” | “66,66” |  |  | “15:00” | “09:05:07,120 13/12/2021” | “Giải Ba” | 500000
        “Tổng cộng” |  |  |  |  |  |  |  |  |  |  |  | 3100000
        “Danh sách có 4 người./.”

         |  |  |  |  |  |  | “………………, ngày …… tháng …… năm ………”
         |  |  |  |  |  |  | “CHỦ TỊCH”




         |  |  |  |  |  |  | “Lê Văn Khôi”"#]].assert_eq(&lines(&rows));
}

#[test]
fn money_is_a_number_and_its_sum_counts_the_extra_prize() {
    let example = example();
    let rows = cells(workbook(&example, &example.identities()));
    let money: Vec<f64> = rows[8..].iter().filter_map(|row| row[12].get_float()).collect();
    assert_eq!(money, [1_000_000.0, 800_000.0, 800_000.0, 500_000.0, 3_100_000.0]);
}

#[test]
fn people_who_wait_for_a_prize_are_counted_in_the_title() {
    let mut example = example();
    example.result.waiting = vec![RankingPlace(3)];
    let rows = cells(workbook(&example, &example.identities()));
    assert!(rows[5][0].to_string().ends_with("01 thí sinh đồng hạng đang chờ xét giải"));
}

#[test]
fn the_ranking_for_officials_has_a_bom_crlf_and_names() {
    let example = example();
    let text = String::from_utf8(ranking(&example, &example.identities())).expect("UTF-8");
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    expect![[r#"
        Hạng;Họ và tên;Mã đơn vị;Đơn vị;Mã công khai;Điểm;Đúng tất cả;Dự đoán;Chênh lệch;Thời gian làm bài (mili giây);Thời điểm nộp bài;Lượt được xét;Số lượt có bài được nhận;Giải
        1;Đặng Thị Ơn;bach-quang;Phường Bách Quang;abcdefghijklmno4;100;Có;3200;3199;305250;09:05:07,120 13/12/2021;1;2;Giải Nhất
        2;Nguyễn Thị Ánh;bach-quang;Phường Bách Quang;abcdefghijklmno2;90;Không;4;3;600000;09:05:07,120 13/12/2021;1;2;Giải Nhì
        2;'=1+1 Đỗ Văn Dũng;thcs;"Trường THCS ""Lương Sơn"", tổ 1";abcdefghijklmno3;90;Không;4;3;600000;09:05:07,120 13/12/2021;1;2;Giải Nhì
        4;Canary Qua Lượt;bach-quang;Phường Bách Quang;abcdefghijklmno7;70;Không;1;0;61999;09:05:07,120 13/12/2021;1;2;
        5;Hà “Văn” Đức;;;abcdefghijklmno5;66,66;Không;;;900000;09:05:07,120 13/12/2021;1;2;Giải Ba
    "#]].assert_eq(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
}

#[test]
fn officials_read_no_name_for_signing_in_and_birthdays_of_winners_alone() {
    let example = example();
    let ranking = String::from_utf8(ranking(&example, &example.identities())).expect("UTF-8");
    let winners = cells(workbook(&example, &example.identities()));
    let winners: Vec<String> = winners.iter().flatten().map(ToString::to_string).collect();
    for person in &example.people {
        let code = person.contestant.as_str();
        assert!(!ranking.contains(code) && !winners.iter().any(|cell| cell.contains(code)), "{code}");
    }
    assert!(!ranking.contains("1988") && !ranking.contains("09/03"), "{ranking}");
    assert_eq!(winners.iter().filter(|cell| *cell == "09/03/1988").count(), example.result.winners.len());
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let (one, two) = (example(), example());
    assert_eq!(written(&one, &one.identities()), written(&two, &two.identities()));
}

/// Two builds within one second would agree even if each took its date from the clock.
#[test]
fn the_only_date_inside_a_document_is_that_of_the_publication() {
    let example = example();
    for (name, bytes) in written(&example, &example.identities()) {
        if name.ends_with(".csv") {
            continue;
        }
        let properties = part(&bytes, "docProps/core.xml");
        assert_eq!(properties.matches("2021-12-20T01:00:00Z").count(), 2, "{properties}");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
        for place in 0..archive.len() {
            let entry = archive.by_index(place).expect("an entry");
            assert_eq!(entry.last_modified().map(|time| time.year()), Some(1980), "{name}: {:?}", entry.name());
        }
    }
}

/// Anything a person or an organizer may have typed, formulas above all.
fn hostile() -> impl Strategy<Value = String> {
    let head =
        prop::sample::select(vec!["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'", "\"", ""]);
    (head, "\\PC{0,12}").prop_map(|(head, tail)| format!("{head}{tail}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_cell_begins_a_formula(names in prop::collection::vec(hostile(), 6), prize in hostile(), contest in hostile()) {
        let mut example = example();
        example.plan.rules.prizes[0].name = prize;
        example.plan.organizer = contest;
        let mut identities = example.identities();
        for (identity, name) in identities.values_mut().zip(names) {
            identity.full_name = name;
        }
        let sheet = cells(workbook(&example, &identities));
        for cell in sheet.iter().flatten().filter_map(Data::get_string) {
            prop_assert!(!cell.starts_with(begins_a_formula), "{cell:?} in the workbook");
        }
        let table = csv_cells(&ranking(&example, &identities));
        for cell in table.iter().flatten() {
            prop_assert!(!cell.starts_with(begins_a_formula), "{cell:?} in the table");
        }
    }
}

mod letters;
mod tables;
