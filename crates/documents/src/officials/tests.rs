//! Officials' files, read back as a spreadsheet program reads them.

use super::cell::begins_a_formula;
use super::*;
use crate::example::{Example, example};
use calamine::{Data, DataType, Reader, Xlsx};
use contest::result::RankingPlace;
use expect_test::expect;
use proptest::prelude::*;
use std::io::{Cursor, Read};

/// The workbook of winners and the table of the ranking.
fn written(example: &Example, identities: &Identities) -> [Vec<u8>; 2] {
    let version = example.version();
    let dossier = Dossier { plan: &example.plan, round: &example.plan.rounds[0], version: &version, identities };
    let documents = round_documents(&dossier);
    assert_eq!(documents.iter().map(|document| document.name).collect::<Vec<_>>(), ["winners.xlsx", "ranking.csv"]);
    let bytes = documents.into_iter().map(|document| document.bytes.expect("the example fits into cells"));
    bytes.collect::<Vec<_>>().try_into().expect("two documents")
}

fn workbook(example: &Example, identities: &Identities) -> Vec<u8> {
    let [workbook, _] = written(example, identities);
    workbook
}

fn ranking(example: &Example, identities: &Identities) -> Vec<u8> {
    let [_, ranking] = written(example, identities);
    ranking
}

fn cells(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Danh sách đạt giải").expect("the sheet");
    sheet.rows().map(<[Data]>::to_vec).collect()
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
    let show = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => format!("“{text}”"),
        other => other.to_string(),
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(show).collect::<Vec<_>>().join(" | ").trim_end_matches(" | ").to_owned())
        .collect();
    expect![[r#"
        “UBND thành phố Sông Công”
        “DANH SÁCH THÍ SINH ĐẠT GIẢI”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Tuần thứ Nhất”
        “(Kết quả tạm thời, phiên bản 1, công bố lúc 08h00 thứ Hai ngày 20/12/2021, giờ Việt Nam)”
        “Số người dự thi: 5; số lượt thi: 9; số người đúng tất cả: 1”

        “STT” | “Hạng” | “Họ và tên” | “Ngày sinh” | “Đơn vị” | “Mã công khai” | “Điểm” | “Dự đoán” | “Chênh lệch” | “Thời gian làm bài” | “Thời điểm nộp bài” | “Giải” | “Tiền thưởng (đồng)”
        1 | “1” | “Đặng Thị Ơn” | “09/03/1988” | “Phường Bách Quang” | “abcdefghijklmno4” | “100” | “3.200” | “3.199” | “05:05” | “09:05:07,120 13/12/2021” | “Giải Nhất” | 1000000
        2 | “2” | “Nguyễn Thị Ánh” | “09/03/1988” | “Phường Bách Quang” | “abcdefghijklmno2” | “90” | “4” | “3” | “10:00” | “09:05:07,120 13/12/2021” | “Giải Nhì” | 800000
        3 | “2” | “'=1+1 Đỗ Văn Dũng” | “09/03/1988” | “Trường THCS "Lương Sơn", tổ 1” | “abcdefghijklmno3” | “90” | “4” | “3” | “10:00” | “09:05:07,120 13/12/2021” | “Giải Nhì” | 800000
        4 | “5” | “Hà “Văn” Đức” | “09/03/1988” |  | “abcdefghijklmno5” | “66,66” |  |  | “15:00” | “09:05:07,120 13/12/2021” | “Giải Ba” | 500000
        “Tổng cộng” |  |  |  |  |  |  |  |  |  |  |  | 3100000"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn money_is_a_number_and_its_sum_counts_the_extra_prize() {
    let example = example();
    let rows = cells(workbook(&example, &example.identities()));
    let money: Vec<f64> = rows[7..].iter().filter_map(|row| row[12].get_float()).collect();
    assert_eq!(money, [1_000_000.0, 800_000.0, 800_000.0, 500_000.0, 3_100_000.0]);
}

#[test]
fn people_who_wait_for_a_prize_are_counted_in_the_title() {
    let mut example = example();
    example.result.waiting = vec![RankingPlace(3)];
    let rows = cells(workbook(&example, &example.identities()));
    assert!(rows[4][0].to_string().ends_with("01 thí sinh đồng hạng đang chờ xét giải"));
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
fn the_only_date_inside_the_workbook_is_that_of_the_publication() {
    let example = example();
    let mut archive =
        zip::ZipArchive::new(Cursor::new(workbook(&example, &example.identities()))).expect("a workbook is a ZIP");
    let mut properties = String::new();
    archive.by_name("docProps/core.xml").expect("properties").read_to_string(&mut properties).expect("UTF-8");
    assert_eq!(properties.matches("2021-12-20T01:00:00Z").count(), 2, "{properties}");
    for place in 0..archive.len() {
        let entry = archive.by_index(place).expect("an entry");
        assert_eq!(entry.last_modified().map(|time| time.year()), Some(1980), "{:?}", entry.name());
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
