//! `ranking.xlsx` and `units.xlsx`.

use super::*;
use crate::officials::ranking_xlsx::bounded;

#[test]
fn the_ranking_tells_people_what_the_csv_tells_programs() {
    let example = example();
    let bytes = written(&example, &example.identities()).remove("ranking.xlsx").expect("the ranking");
    expect![[r#"
        “Hạng” | “Họ và tên” | “Mã đơn vị” | “Đơn vị” | “Mã công khai” | “Điểm” | “Số câu đúng” | “Thời gian làm bài” | “Dự đoán” | “Chênh lệch” | “Thời điểm nộp bài” | “Lượt được xét” | “Số lượt có bài được nhận” | “Giải”
        1 | “Đặng Thị Ơn” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno4” | “100” | “10/10” | “05 phút 05 giây” | “3.200” | “3.199” | “09:05:07,120 13/12/2021” | 1 | 2 | “Giải Nhất”
        2 | “Nguyễn Thị Ánh” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno2” | “90” | “9/10” | “10 phút 00 giây” | “4” | “3” | “09:05:07,120 13/12/2021” | 1 | 2 | “Giải Nhì”
        2 | “'=1+1 Đỗ Văn Dũng” | “thcs” | “Trường THCS "Lương Sơn", tổ 1” | “abcdefghijklmno3” | “90” | “9/10” | “10 phút 00 giây” | “4” | “3” | “09:05:07,120 13/12/2021” | 1 | 2 | “Giải Nhì”
        4 | “Canary Qua Lượt” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno7” | “70” | “7/10” | “01 phút 01 giây” | “1” | “0” | “09:05:07,120 13/12/2021” | 1 | 2
        5 | “Hà “Văn” Đức” |  |  | “abcdefghijklmno5” | “66,66” | “6/9” | “15 phút 00 giây” |  |  | “09:05:07,120 13/12/2021” | 1 | 2 | “Giải Ba”"#]].assert_eq(&lines(&sheet(bytes.clone(), "Bảng xếp hạng")));
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains(r#"<autoFilter ref="A1:N6"/>"#), "a filter over everything");
    assert!(xml.contains(r#"ySplit="1""#) && xml.contains(r#"state="frozen""#), "the heading stays in sight");
}

#[test]
fn a_column_is_as_wide_as_what_is_in_it_up_to_a_bound() {
    let mut example = example();
    let width = |bytes: &[u8], column: u16| {
        let xml = part(bytes, "xl/worksheets/sheet1.xml");
        let start = format!("<col min=\"{column}\" max=\"{column}\" width=\"");
        let rest = xml.split_once(&start).unwrap_or_else(|| panic!("{column} in {}", &xml[..800])).1;
        rest.split_once('"').expect("a number").0.parse::<f64>().expect("a number")
    };
    let unit = |example: &Example| written(example, &example.identities()).remove("ranking.xlsx").expect("the ranking");
    let before = width(&unit(&example), 4);
    let name = "Trường Phổ thông Dân tộc nội trú Trung học cơ sở";
    let Example { units, .. } = &mut example;
    let mut all = units.units().to_vec();
    all[1].name = name.to_owned();
    *units = contest::units::UnitTree::new(all.clone()).expect("a tree");
    let wider = width(&unit(&example), 4);
    assert!(wider > before && wider > name.chars().count() as f64, "{before} {wider}");
    all[1].name = name.repeat(9);
    example.units = contest::units::UnitTree::new(all).expect("a tree");
    assert!(width(&unit(&example), 4) < 70.0, "no wider than a screen");
}

#[test]
fn a_ranking_longer_than_a_sheet_says_so_and_where_all_of_it_is() {
    let example = example();
    let (version, identities) = (example.version(), example.identities());
    let (plan, head) = (&example.plan, &example.head);
    let dossier = Dossier { plan, round: &plan.rounds[0], version: &version, identities: &identities, head };
    let rows = |most| sheet(bounded(&dossier, most).expect("a workbook"), "Bảng xếp hạng").len();
    assert_eq!((rows(3), rows(5), rows(6)), (4, 6, 6), "the heading, and as many as fit");
    let names = |most| {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bounded(&dossier, most).expect("a workbook"))).expect("a workbook");
        book.sheet_names().to_vec()
    };
    assert_eq!(names(5), ["Bảng xếp hạng"]);
    assert_eq!(names(4), ["Chưa đủ", "Bảng xếp hạng"]);
    let told = lines(&sheet(bounded(&dossier, 4).expect("a workbook"), "Chưa đủ"));
    assert!(told.contains("có 5 dòng") && told.contains("có 4 dòng đầu") && told.contains("ranking.csv"), "{told}");
    assert_eq!(csv_cells(&ranking(&example, &identities)).len(), 6, "the CSV has all");
}

#[test]
fn every_unit_stands_in_the_table_of_units() {
    let example = example();
    let bytes = written(&example, &example.identities()).remove("units.xlsx").expect("the units");
    expect![[r#"
        “UBND thành phố Sông Công”
        “KẾT QUẢ DỰ THI CỦA CÁC ĐƠN VỊ”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Tuần thứ Nhất”
        “(Kết quả tạm thời, phiên bản 1, công bố lúc 08h00 thứ Hai ngày 20/12/2021, giờ Việt Nam)”
        “(Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc; đơn vị có nhiều người dự thi đứng trước)”

        “STT” | “Đơn vị” | “Mã đơn vị” | “Đơn vị cấp trên” | “Số thành viên” | “Số tài khoản” | “Số người dự thi” | “Tỷ lệ dự thi (%)” | “Số lượt thi” | “Số lượt được xét đúng tất cả” | “Điểm trung bình” | “Giải”
        1 | “Thành phố Sông Công” | “song-cong” |  | 40 | 5 | 4 | “10,00” | 5 | 1 | “87,50”
        2 | “Phường Bách Quang” | “bach-quang” | “Thành phố Sông Công” | 40 | 3 | 3 | “7,50” | 4 | 1 | “86,66”
        3 | “Phường Lương Sơn” | “luong-son” | “Thành phố Sông Công” |  | 2 | 1 |  | 1 | 0 | “90,00”
        4 | “Trường THCS "Lương Sơn", tổ 1” | “thcs” | “Phường Lương Sơn” |  | 2 | 1 |  | 1 | 0 | “90,00”
        “Danh sách có 4 đơn vị./.”"#]].assert_eq(&lines(&sheet(bytes, "Các đơn vị")));
}

/// Nghị định 30/2020/NĐ-CP: at least 20 mm above and below, 30 on the left and 15 on the right.
#[test]
fn sheets_keep_the_margins_of_the_law_and_the_number_of_the_page() {
    let example = example();
    let documents = written(&example, &example.identities());
    for name in ["winners.xlsx", "ranking.xlsx", "units.xlsx"] {
        let xml = part(&documents[name], "xl/worksheets/sheet1.xml");
        let margin = |side: &str| {
            let margins = xml.split_once("<pageMargins ").expect("margins").1;
            let rest = margins.split_once(&format!("{side}=\"")).expect("a margin").1;
            rest.split_once('"').expect("a number").0.parse::<f64>().expect("inches") * 25.4
        };
        let within = |side: &str, least: f64, most: f64| (least..=most).contains(&margin(side));
        assert!(within("top", 20.0, 25.0) && within("bottom", 20.0, 25.0), "{name}");
        assert!(within("left", 30.0, 35.0) && within("right", 15.0, 20.0), "{name}");
        assert!(xml.contains("&amp;13&amp;P"), "{name}: {}", &xml[xml.len() - 600..]);
        let names = part(&documents[name], "xl/workbook.xml");
        assert!(names.contains("_xlnm.Print_Titles") && names.contains("_xlnm.Print_Area"), "{name}");
    }
}

/// Neither LibreOffice nor a printer makes a row higher by itself.
#[test]
fn a_row_has_room_for_its_text() {
    let mut example = example();
    let mut all = example.units.units().to_vec();
    all[1].name = "Trường Phổ thông Dân tộc nội trú Trung học cơ sở và Trung học phổ thông huyện Bắc Sơn".to_owned();
    example.units = contest::units::UnitTree::new(all).expect("a tree");
    let xml = part(&workbook(&example, &example.identities()), "xl/worksheets/sheet1.xml");
    let height = |row: u32| {
        let rest = xml.split_once(&format!("<row r=\"{row}\" ")).expect("a row").1;
        let rest = rest.split_once("ht=\"").expect("a height").1;
        rest.split_once('"').expect("a number").0.parse::<f64>().expect("points")
    };
    // The heading is the eighth row; four lines of 24 characters, and a moment that takes two lines.
    assert_eq!([height(9), height(12)], [4.0 * 15.75 + 2.25, 2.0 * 15.75 + 2.25]);
}

#[test]
fn pages_are_numbered_from_the_second_on_in_every_workbook() {
    let example = example();
    let documents = written(&example, &example.identities());
    for name in ["winners.xlsx", "ranking.xlsx", "units.xlsx"] {
        let sheet = part(&documents[name], "xl/worksheets/sheet1.xml");
        let header =
            sheet.split_once("<headerFooter").expect("a header").1.split_once("</headerFooter>").expect("its end").0;
        let number = "<oddHeader>&amp;C&amp;\"Times New Roman,Regular\"&amp;13&amp;P</oddHeader>";
        assert_eq!(header, format!(" differentFirst=\"1\">{number}"), "{name}");
        assert!(sheet.ends_with("</worksheet>") && sheet.matches("<headerFooter").count() == 1, "{name}");
        assert_eq!(written(&example, &example.identities())[name], documents[name], "the same bytes: {name}");
    }
}

#[test]
fn a_cell_that_looks_like_a_header_stays_a_cell() {
    let mut example = example();
    example.plan.organizer = "<headerFooter>".to_owned();
    let winners = written(&example, &example.identities()).remove("winners.xlsx").expect("winners");
    assert!(lines(&sheet(winners.clone(), "Danh sách đạt giải")).starts_with("“<headerFooter>”"));
    assert!(part(&winners, "xl/worksheets/sheet1.xml").contains("<headerFooter differentFirst"));
}
