//! The report, read back.

use super::*;
use crate::example::{Example, example};
use crate::officials::tests::{lines, paragraphs, reading, sheet};
use contest::edition::Status;
use contest::participation::by_unit;
use contest::result::{RankingPlace, Totals};
use contest::taken::TakenRound;
use expect_test::expect;

/// The round of the example twice, and one prize for a unit over the contest.
fn documents(example: &Example, edition: Option<u32>) -> [Vec<u8>; 2] {
    let version = example.version();
    let figures = |place: usize, number, status| {
        let round = &example.plan.rounds[place].id;
        RoundFigures::of((round, number, status), &version.input, &example.result, example.plan.time_zone)
    };
    let rounds = [figures(0, 2, Status::Official), figures(1, 1, Status::Provisional)];
    let taken = [0, 1].map(|place| TakenRound::of(&example.plan.rounds[place].id, &version.input, &example.result));
    let result = ContestResult {
        totals: Totals { attempts: 18, perfect_attempts: 4, ..example.result.totals },
        ranking: None,
        winners: Vec::new(),
        waiting: vec![RankingPlace(0)],
        units: example.result.units.clone(),
    };
    let report = ContestReport {
        plan: &example.plan,
        units: &example.units,
        rounds: &rounds,
        result: &result,
        by_unit: &by_unit(&example.units, &rounds[1].registered, example.plan.usual_points(), &taken),
        edition,
        announced_at: version.published_at,
        head: &example.head,
    };
    let documents = report_documents(&report).into_iter().map(|document| document.bytes.expect("it fits into cells"));
    documents.collect::<Vec<_>>().try_into().expect("two documents")
}

#[test]
fn the_workbook_has_rounds_units_hours_and_prizes() {
    let [xlsx, _] = documents(&example(), Some(3));
    let shown = ["Theo vòng", "Theo đơn vị", "Giải thưởng"].map(|name| lines(&sheet(xlsx.clone(), name)));
    expect![[r#"
        “UBND thành phố Sông Công”
        “KẾT QUẢ THEO VÒNG THI”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021”
        “Số liệu theo các phiên bản kết quả: Tuần thứ Nhất: phiên bản 2 (chính thức); Tuần thứ Hai: phiên bản 1 (tạm thời); toàn cuộc thi: phiên bản 3.”

        “STT” | “Vòng thi” | “Phiên bản” | “Số tài khoản” | “Số người dự thi” | “Số lượt thi” | “Số lượt đúng tất cả” | “Tỷ lệ lượt đúng tất cả (%)” | “Số người đúng tất cả” | “Số giải cá nhân” | “Số giải tập thể” | “Số người chờ xét giải” | “Tiền thưởng (đồng)”
        1 | “Tuần thứ Nhất” | “phiên bản 2 (chính thức)” | 6 | 5 | 9 | 2 | “22,22” | 1 | 4 | 0 | 0 | 3100000
        2 | “Tuần thứ Hai” | “phiên bản 1 (tạm thời)” | 6 | 5 | 9 | 2 | “22,22” | 1 | 4 | 0 | 0 | 3100000
         | “Toàn cuộc thi” | “phiên bản 3” | 6 | 5 | 18 | 4 | “22,22” | 1 | 0 | 1 | 1 | 2000000
        “Tổng cộng” |  |  |  |  |  |  |  |  |  |  |  | 8200000

        “UBND thành phố Sông Công”
        “KẾT QUẢ THEO ĐƠN VỊ”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021”
        “Số liệu theo các phiên bản kết quả: Tuần thứ Nhất: phiên bản 2 (chính thức); Tuần thứ Hai: phiên bản 1 (tạm thời); toàn cuộc thi: phiên bản 3.”

        “STT” | “Đơn vị” | “Mã đơn vị” | “Số thành viên” | “Số tài khoản” | “Số người dự thi” | “Tỷ lệ dự thi (%)” | “Số lượt thi” | “Số lượt được xét đúng tất cả” | “Điểm trung bình”
        1 | “Thành phố Sông Công” | “song-cong” | 40 | 5 | 4 | “10,00” | 10 | 2 | “87,50”
        2 | “Phường Bách Quang” | “bach-quang” | 40 | 3 | 3 | “7,50” | 8 | 2 | “86,66”
        3 | “Phường Lương Sơn” | “luong-son” |  | 2 | 1 |  | 2 | 0 | “90,00”
        4 | “Trường THCS "Lương Sơn", tổ 1” | “thcs” |  | 2 | 1 |  | 2 | 0 | “90,00”

        “UBND thành phố Sông Công”
        “GIẢI THƯỞNG VÀ KINH PHÍ”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021”
        “Số liệu theo các phiên bản kết quả: Tuần thứ Nhất: phiên bản 2 (chính thức); Tuần thứ Hai: phiên bản 1 (tạm thời); toàn cuộc thi: phiên bản 3.”

        “STT” | “Giải” | “Cho” | “Phạm vi” | “Mức thưởng (đồng)” | “Số giải dự kiến” | “Số giải đã xét” | “Kinh phí dự kiến (đồng)” | “Kinh phí đã dùng (đồng)”
        1 | “Giải Nhất” | “Cá nhân” | “Mỗi vòng” | 1000000 | 2 | 2 | 2000000 | 2000000
        2 | “Giải Nhì” | “Cá nhân” | “Mỗi vòng” | 800000 | 2 | 4 | 1600000 | 3200000
        3 | “Giải Ba” | “Cá nhân” | “Mỗi vòng” | 500000 | 2 | 2 | 1000000 | 1000000
        4 | “Giải Khuyến khích” | “Cá nhân” | “Mỗi vòng” | 300000 | 10 | 0 | 3000000 | 0
        5 | “Giải Nhất” | “Tập thể” | “Toàn cuộc thi” | 2000000 | 1 | 1 | 2000000 | 2000000
        6 | “Giải Nhì” | “Tập thể” | “Toàn cuộc thi” | 1500000 | 1 | 0 | 1500000 | 0
        7 | “Giải Ba” | “Tập thể” | “Toàn cuộc thi” | 1000000 | 1 | 0 | 1000000 | 0
        8 | “Giải Khuyến khích” | “Tập thể” | “Toàn cuộc thi” | 800000 | 5 | 0 | 4000000 | 0
        “Tổng cộng” |  |  |  |  |  |  | 16100000 | 8200000"#]].assert_eq(&shown.join("\n\n"));
    let hours = sheet(xlsx, "Theo giờ");
    // The title has four lines, then come an empty one and the heading.
    assert_eq!(hours.len(), 4 + 2 + 24);
    assert_eq!(lines(&hours[6 + 9..6 + 10]), "“09h00 - 09h59” | 6 | 6 | 12");
    assert_eq!(lines(&hours[6..7]), "“00h00 - 00h59” | 0 | 0 | 0");
}

#[test]
fn the_letter_says_what_it_follows_from_and_what_was_used() {
    let [_, docx] = documents(&example(), None);
    expect![[r#"
        ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG CÔNG | Số: ………/BC-……… | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc | ………………, ngày …… tháng …… năm ………
        BÁO CÁO
        Kết quả tổ chức
        Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021
        UBND thành phố Sông Công báo cáo kết quả tổ chức Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 như sau:
        1. Kết quả theo vòng thi
        Vòng thi | Số tài khoản | Số người dự thi | Số lượt thi | Số lượt đúng tất cả | Tỷ lệ (%) | Tiền thưởng (đồng)
        Tuần thứ Nhất | 6 | 5 | 9 | 2 | 22,22 | 3.100.000
        Tuần thứ Hai | 6 | 5 | 9 | 2 | 22,22 | 3.100.000
        Toàn cuộc thi | 6 | 5 | 18 | 4 | 22,22 | 2.000.000
        Dòng toàn cuộc thi tính mỗi người dự thi một lần; tiền thưởng của dòng này là các giải xét chung toàn cuộc thi.
        2. Kết quả theo đơn vị
        Cuộc thi có 04 đơn vị, trong đó 00 đơn vị không có người dự thi. Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc; đơn vị có nhiều người dự thi đứng trước:
        STT | Đơn vị | Số thành viên | Số tài khoản | Số người dự thi | Tỷ lệ dự thi (%) | Số lượt thi | Điểm trung bình
        1 | Thành phố Sông Công | 40 | 5 | 4 | 10,00 | 10 | 87,50
        2 | Phường Bách Quang | 40 | 3 | 3 | 7,50 | 8 | 86,66
        3 | Phường Lương Sơn | 2 | 1 | 2 | 90,00
        4 | Trường THCS "Lương Sơn", tổ 1 | 2 | 1 | 2 | 90,00
        3. Số lượt thi theo giờ nộp bài
        Giờ nộp bài | Số lượt thi | Tỷ lệ (%)
        09h00 - 09h59 | 12 | 100,00
        4. Giải thưởng và kinh phí
        Giải | Cho | Mức thưởng (đồng) | Số giải dự kiến | Số giải đã xét | Kinh phí đã dùng (đồng)
        Giải Nhất | Cá nhân | 1.000.000 | 2 | 2 | 2.000.000
        Giải Nhì | Cá nhân | 800.000 | 2 | 4 | 3.200.000
        Giải Ba | Cá nhân | 500.000 | 2 | 2 | 1.000.000
        Giải Khuyến khích | Cá nhân | 300.000 | 10 | 0 | 0
        Giải Nhất (toàn cuộc thi) | Tập thể | 2.000.000 | 1 | 1 | 2.000.000
        Giải Nhì (toàn cuộc thi) | Tập thể | 1.500.000 | 1 | 0 | 0
        Giải Ba (toàn cuộc thi) | Tập thể | 1.000.000 | 1 | 0 | 0
        Giải Khuyến khích (toàn cuộc thi) | Tập thể | 800.000 | 5 | 0 | 0
        Tổng cộng | 8.200.000
        Kinh phí giải thưởng dự kiến: 16.100.000 đồng; đã dùng: 8.200.000 đồng, bằng 50,93% dự kiến.
        5. Đánh giá, kiến nghị (cơ quan tổ chức bổ sung)
        ……………………………………………………………………………
        ……………………………………………………………………………
        ……………………………………………………………………………
        Số liệu theo các phiên bản kết quả: Tuần thứ Nhất: phiên bản 2 (chính thức); Tuần thứ Hai: phiên bản 1 (tạm thời).
        Trên đây là báo cáo kết quả tổ chức Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021./.
        Nơi nhận: | - Các cơ quan, đơn vị dự thi; | - Ban Tổ chức Cuộc thi; | - Lưu: VT, …… | CHỦ TỊCH | Lê Văn Khôi"#]].assert_eq(&reading(&docx));
}

#[test]
fn nobody_is_named_and_the_same_figures_give_the_same_bytes() {
    let example = example();
    let one = documents(&example, Some(1));
    assert_eq!(one, documents(&example, Some(1)));
    let text = paragraphs(&one[1]).join("\n");
    for identity in example.identities().values() {
        assert!(!text.contains(&identity.full_name), "{text}");
    }
}

#[test]
fn the_list_beside_a_report_names_the_editions_that_it_follows_from() {
    use crate::officials::documents_json::{Line, documents_json, followed, report_json};
    let follows = [("tuan-1", 2), ("tuan-2", 1)]
        .map(|(round, edition)| contest::edition::Followed { round: RoundId::parse(round).expect("an id"), edition });
    let list = report_json(&follows, &[Line::failed("report.xlsx", "why")]);
    let text = String::from_utf8(list.clone()).expect("UTF-8");
    assert_eq!(
        text.trim_end(),
        r#"{"schema":"hoithi/documents/1","follows":[{"round":"tuan-1","version":2},{"round":"tuan-2","version":1}],"files":[{"name":"report.xlsx","sha256":null,"status":"failed","detail":"why"}]}"#
    );
    assert_eq!(followed(&list).expect("a list"), follows);
    assert!(followed(&documents_json(&[])).is_err(), "the list of a version follows from none");
}
