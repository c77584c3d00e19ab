//! The workbook, read back as a spreadsheet program reads it.

use super::*;
use crate::example::{Example, at, example};
use crate::officials::cell::begins_a_formula;
use crate::officials::tests::{paragraphs, reading};
use crate::officials::{Achievements, OwnRound, commendation_documents};
use calamine::{Data, DataType, Reader, Xlsx};
use contest::commendation::{Account, CommendationInput, Occasion, list};
use contest::ids::RoundId;
use contest::participation::{by_unit, registered};
use contest::plan::{Commendation, Scope};
use contest::taken::TakenRound;
use expect_test::expect;
use std::collections::HashSet;
use std::io::{Cursor, Read};

/// Who brought in whom among the people of the example, by places, and which of two rounds each took. Five and two bring in
/// others; two fulfils it.
const PEOPLE: [(Option<usize>, [bool; 2]); 6] = [
    (Some(5), [true, true]),
    (Some(2), [true, true]),
    (None, [true, false]),
    (Some(2), [true, true]),
    (Some(5), [false, true]),
    (None, [false, false]),
];

fn asked(unit: &str, form: Option<&str>) -> Commendation {
    Commendation {
        id: RoundId::parse("dan-van-kheo").expect("valid"),
        unit: UnitCode::parse(unit).expect("valid"),
        referrals: 2,
        consecutive_rounds: 2,
        scope: Scope::Contest,
        prizes: Vec::new(),
        form: form.map(str::to_owned),
    }
}

fn written(example: &Example, identities: &Identities, asked: &[Commendation]) -> Vec<u8> {
    let [xlsx, _] = both(example, identities, asked);
    xlsx
}

/// The workbook and the document.
fn both(example: &Example, identities: &Identities, asked: &[Commendation]) -> [Vec<u8>; 2] {
    let account = |(person, (by, _)): (&contest::result::Person, (Option<usize>, _))| Account {
        contestant: person.contestant.clone(),
        unit: person.unit.clone(),
        referrer: by.map(|by| example.people[by].contestant.clone()),
        counts: true,
    };
    let accounts: Vec<Account> = example.people.iter().zip(PEOPLE).map(account).collect();
    let took = |round: usize| -> HashSet<ContestantId> {
        let took = example.people.iter().zip(PEOPLE).filter(|(_, (_, took))| took[round]);
        took.map(|(person, _)| person.contestant.clone()).collect()
    };
    let rounds = [Some(took(0)), Some(took(1))];
    let input = CommendationInput { units: &example.units, accounts: &accounts, rounds: &rounds };
    let lists: Vec<_> = asked.iter().map(|asked| list(asked, Occasion::Contest, &input).expect("a list")).collect();
    let (plan, units, published_at) = (&example.plan, &example.units, at("2021-12-27T08:00"));
    let report = CommendationReport { plan, units, round: None, published_at, lists: &lists, identities };
    let version = example.version();
    let taken = TakenRound::of(&example.plan.rounds[0].id, &version.input, &example.result);
    let rounds = [("Tuần thứ Nhất", by_unit(units, &registered(&example.people), taken.points, &[taken]))];
    let own = |person: &contest::result::Person| {
        let round = OwnRound {
            round: "Tuần thứ Nhất",
            rank: Some(contest::result::Rank(2)),
            of: 5,
            score: contest::fraction::Fraction::whole(90),
            prize: Some("Giải Nhì"),
        };
        (person.contestant.clone(), vec![round])
    };
    let own = example.people.iter().map(own).collect();
    let documents = commendation_documents(&Achievements { report, own: &own, rounds: &rounds });
    let bytes = documents.into_iter().map(|document| document.bytes.expect("the example fits into cells"));
    bytes.collect::<Vec<_>>().try_into().expect("two documents")
}

fn book(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

fn lines(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> String {
    let show = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => format!("“{text}”"),
        other => other.to_string(),
    };
    let range = book.worksheet_range(sheet).expect("the sheet");
    let line = |row: &[Data]| row.iter().map(show).collect::<Vec<_>>().join(" | ").trim_end_matches(" | ").to_owned();
    range.rows().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_list_reads_back_cell_by_cell() {
    let example = example();
    let asked = asked("song-cong", Some("Mẫu số 08, Nghị định số 98/2023/NĐ-CP"));
    let mut book = book(written(&example, &example.identities(), &[asked]));
    assert_eq!(book.sheet_names(), ["Đủ điều kiện", "Còn thiếu một điều kiện"]);
    expect![[r#"
        “UBND thành phố Sông Công”
        “DANH SÁCH ĐỦ ĐIỀU KIỆN ĐỀ NGHỊ KHEN THƯỞNG”
        “(Theo Mẫu số 08, Nghị định số 98/2023/NĐ-CP)”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Toàn cuộc thi”
        “Điều kiện: tài khoản đăng ký thuộc Thành phố Sông Công hoặc đơn vị trực thuộc; vận động được ít nhất 02 tài khoản mới, mỗi tài khoản có bài được nhận trong 02 vòng thi liên tiếp”
        “(Tính 02 vòng thi đã công bố, đến lúc 08h00 thứ Hai ngày 27/12/2021, giờ Việt Nam)”

        “STT” | “Họ và tên” | “Ngày sinh” | “Đơn vị” | “Số vòng đã thi” | “Chuỗi dài nhất” | “Số tài khoản vận động” | “Trong đó đủ 02 vòng liên tiếp”
        1 | “Đặng Thị Ơn” | “09/03/1988” | “Phường Bách Quang” | 1 | 1 | 2 | 2
        “1.1” | “'=1+1 Đỗ Văn Dũng” |  | “Trường THCS "Lương Sơn", tổ 1” | 2 | 2
        “1.2” | “Hà “Văn” Đức” |  |  | 2 | 2
        “Danh sách có 1 người./.”"#]].assert_eq(&lines(&mut book, "Đủ điều kiện"));
    expect![[r#"
        “UBND thành phố Sông Công”
        “DANH SÁCH CÒN THIẾU MỘT ĐIỀU KIỆN ĐỀ NGHỊ KHEN THƯỞNG”
        “(Theo Mẫu số 08, Nghị định số 98/2023/NĐ-CP)”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Toàn cuộc thi”
        “Điều kiện: tài khoản đăng ký thuộc Thành phố Sông Công hoặc đơn vị trực thuộc; vận động được ít nhất 02 tài khoản mới, mỗi tài khoản có bài được nhận trong 02 vòng thi liên tiếp”
        “(Tính 02 vòng thi đã công bố, đến lúc 08h00 thứ Hai ngày 27/12/2021, giờ Việt Nam)”

        “STT” | “Họ và tên” | “Ngày sinh” | “Đơn vị” | “Số vòng đã thi” | “Chuỗi dài nhất” | “Số tài khoản vận động” | “Trong đó đủ 02 vòng liên tiếp” | “Còn thiếu”
        1 | “Canary Qua Lượt” | “09/03/1988” | “Phường Bách Quang” | 0 | 0 | 2 | 1 | “Tài khoản của Canary Vắng Mặt có chuỗi dài nhất 01 vòng, cần đủ 02 vòng liên tiếp”
        “1.1” | “Nguyễn Thị Ánh” |  | “Phường Bách Quang” | 2 | 2
        “1.2” | “Canary Vắng Mặt” |  | “Trường THCS "Lương Sơn", tổ 1” | 1 | 1
        “Danh sách có 1 người./.”"#]].assert_eq(&lines(&mut book, "Còn thiếu một điều kiện"));
}

#[test]
fn several_lists_have_a_pair_of_sheets_each_and_an_empty_one_says_so() {
    let example = example();
    let asked = [asked("bach-quang", None), asked("luong-son", None)];
    let mut book = book(written(&example, &example.identities(), &asked));
    let sheets = ["Đủ điều kiện 1", "Còn thiếu một điều kiện 1", "Đủ điều kiện 2", "Còn thiếu một điều kiện 2"];
    assert_eq!(book.sheet_names(), sheets);
    let empty = lines(&mut book, "Đủ điều kiện 2");
    assert_eq!(
        empty.lines().nth(2),
        Some(
            "“Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Toàn cuộc thi”"
        ),
        "no form is named"
    );
    let end: Vec<&str> = empty.lines().rev().take(2).collect();
    assert_eq!(end, ["“Danh sách có 0 người./.”", "“Không có thí sinh nào.”"]);
}

#[test]
fn people_stand_in_the_order_of_given_names() {
    let example = example();
    let mut identities = example.identities();
    let names = ["Lê Văn Yên", "Trần Thị Ân", "Vũ Thị Bình", "Ngô Văn An", "Lý Thị Ánh", "Đỗ Văn Đạt"];
    for (person, name) in example.people.iter().zip(names) {
        identities.get_mut(&person.contestant).expect("an identity").full_name = name.to_owned();
    }
    let asked = Commendation { referrals: 1, ..asked("song-cong", None) };
    let mut book = book(written(&example, &identities, &[asked]));
    let rows = book.worksheet_range("Đủ điều kiện").expect("the sheet");
    let names: Vec<String> =
        rows.rows().skip(7).map(|row| row[1].to_string()).filter(|name| !name.is_empty()).collect();
    let expected = ["Vũ Thị Bình", "Ngô Văn An", "Trần Thị Ân", "Đỗ Văn Đạt", "Lý Thị Ánh", "Lê Văn Yên"];
    assert_eq!(names, expected, "those who bring in, each with those brought in");
}

#[test]
fn an_account_without_an_identity_has_an_empty_name_and_counts() {
    let example = example();
    let mut book = book(written(&example, &Identities::new(), &[asked("song-cong", None)]));
    let lacking = lines(&mut book, "Còn thiếu một điều kiện");
    let line = lacking.lines().nth(7).expect("a person");
    assert!(line.starts_with("1 |  |  | “Phường Bách Quang” | 0 | 0 | 2 | 1 | “Tài khoản vận động có"), "{line}");
}

#[test]
fn no_text_is_a_formula_and_no_code_for_signing_in_is_shown() {
    let mut example = example();
    example.plan.organizer = "=1+1".to_owned();
    example.plan.name = "@SUM(A1)".to_owned();
    let mut identities = example.identities();
    for (identity, name) in identities.values_mut().zip(["=1+1", "+1", "-1", "@a", "＝1", "\t1"]) {
        identity.full_name = name.to_owned();
    }
    let mut book = book(written(&example, &identities, &[asked("song-cong", Some("=2"))]));
    let mut texts = 0;
    for (name, range) in book.worksheets() {
        for text in range.rows().flatten().filter_map(Data::get_string) {
            texts += 1;
            assert!(!text.starts_with(begins_a_formula), "{text:?} in {name}");
            let code = example.people.iter().find(|person| text.contains(person.contestant.as_str()));
            assert!(code.is_none(), "{text:?} in {name}");
        }
    }
    assert!(texts > 40, "{texts}");
}

#[test]
fn it_prints_on_a4_with_the_heading_on_every_page() {
    let example = example();
    let bytes = written(&example, &example.identities(), &[asked("song-cong", None)]);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a ZIP");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
        text
    };
    let workbook = part("xl/workbook.xml");
    for sheet in 1..=2 {
        let text = part(&format!("xl/worksheets/sheet{sheet}.xml"));
        for setting in ["paperSize=\"9\"", "orientation=\"landscape\"", "ySplit=\"7\"", "state=\"frozen\""] {
            assert!(text.contains(setting), "{setting} in sheet {sheet}");
        }
    }
    assert_eq!(workbook.matches("$7:$7</definedName>").count(), 2, "{workbook}");
    assert_eq!(part("docProps/core.xml").matches("2021-12-27T01:00:00Z").count(), 2, "no clock is read");
}

#[test]
fn a_report_of_achievements_stands_for_each_person_on_the_list_and_for_the_unit() {
    let example = example();
    let asked = [asked("song-cong", Some("Mẫu số 08, Nghị định số 98/2023/NĐ-CP"))];
    let [_, docx] = both(&example, &example.identities(), &asked);
    expect![[r#"
        THÀNH PHỐ SÔNG CÔNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc | ………………, ngày …… tháng …… năm ………
        BÁO CÁO THÀNH TÍCH
        Đề nghị khen thưởng cá nhân
        trong Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021
        (Theo Mẫu số 08, Nghị định số 98/2023/NĐ-CP)
        I. SƠ LƯỢC LÝ LỊCH
        - Họ và tên: Đặng Thị Ơn
        - Ngày, tháng, năm sinh: 09/03/1988; giới tính: ………………
        - Quê quán: ………………; nơi thường trú: ………………
        - Đơn vị: Phường Bách Quang
        - Chức vụ: ………………; trình độ chuyên môn, nghiệp vụ: ………………
        II. THÀNH TÍCH ĐẠT ĐƯỢC
        1. Đã dự thi 01/02 vòng, chuỗi dài nhất 01 vòng liên tiếp.
        Vòng thi | Hạng | Số người dự thi | Điểm | Giải
        Tuần thứ Nhất | 2 | 5 | 90 | Giải Nhì
        2. Đã vận động 02 tài khoản mới dự thi, trong đó 02 tài khoản có bài được nhận trong 02 vòng liên tiếp trở lên:
        STT | Họ và tên | Đơn vị | Số vòng đã thi | Chuỗi dài nhất
        1 | =1+1 Đỗ Văn Dũng | Trường THCS "Lương Sơn", tổ 1 | 2 | 2
        2 | Hà “Văn” Đức | 2 | 2
        3. Thành tích khác (cá nhân và đơn vị bổ sung):
        ……………………………………………………………………………
        ……………………………………………………………………………
        ……………………………………………………………………………
        III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG
        ……………………………………………………………………………
        XÁC NHẬN CỦA ĐƠN VỊ | ……………… | NGƯỜI BÁO CÁO THÀNH TÍCH | Đặng Thị Ơn
        THÀNH PHỐ SÔNG CÔNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc | ………………, ngày …… tháng …… năm ………
        BÁO CÁO THÀNH TÍCH
        Đề nghị khen thưởng tập thể
        trong Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021
        (Theo Mẫu số 08, Nghị định số 98/2023/NĐ-CP)
        I. ĐẶC ĐIỂM, TÌNH HÌNH
        - Tên đơn vị: Thành phố Sông Công
        - Địa điểm trụ sở chính: ………………; điện thoại: ………………
        - Quá trình thành lập, tổ chức bộ máy, chức năng, nhiệm vụ: ………………
        II. THÀNH TÍCH ĐẠT ĐƯỢC
        1. Kết quả tham gia Cuộc thi của đơn vị, gồm cả các đơn vị trực thuộc, theo từng vòng:
        Vòng thi | Số tài khoản | Số người dự thi | Tỷ lệ dự thi (%) | Số lượt thi | Số người đúng tất cả | Điểm trung bình
        Tuần thứ Nhất | 5 | 4 | 10,00 | 5 | 1 | 87,50
        2. Đơn vị có 01 cá nhân đủ điều kiện đề nghị khen thưởng.
        3. Thành tích khác (đơn vị bổ sung):
        ……………………………………………………………………………
        ……………………………………………………………………………
        ……………………………………………………………………………
        III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG
        ……………………………………………………………………………
        XÁC NHẬN CỦA CẤP TRÊN | ……………… | THỦ TRƯỞNG ĐƠN VỊ | ………………"#]]
    .assert_eq(&reading(&docx));
    assert_eq!(docx, both(&example, &example.identities(), &asked)[1], "the same bytes");
}

#[test]
fn a_unit_of_which_nobody_fulfils_it_has_its_own_report_alone() {
    let example = example();
    let [_, docx] = both(&example, &example.identities(), &[Commendation { referrals: 3, ..asked("song-cong", None) }]);
    let text = paragraphs(&docx);
    assert_eq!(text.iter().filter(|line| *line == "BÁO CÁO THÀNH TÍCH").count(), 1);
    assert!(text.iter().any(|line| line.contains("có 00 cá nhân")), "{text:?}");
}
