//! Documents to go on writing in.

use super::*;
use contest::plan::{self, RevealKey};
use unicode_normalization::UnicodeNormalization;

fn notice(example: &Example, identities: &Identities) -> Vec<u8> {
    written(example, identities).remove("notice.docx").expect("the notice")
}

#[test]
fn the_notice_reads_as_an_office_writes_it() {
    let example = example();
    expect![[r#"
        ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG CÔNG | Số: ………/TB-……… | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc | ………………, ngày …… tháng …… năm ………
        THÔNG BÁO
        Kết quả Tuần thứ Nhất
        Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021
        Căn cứ Thể lệ Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 và kết quả chấm bài thi, UBND thành phố Sông Công thông báo kết quả Tuần thứ Nhất như sau:
        1. Thời gian và số liệu
        - Thời gian thi: từ 08h30 thứ Hai ngày 13/12/2021 đến 16h30 Chủ nhật ngày 19/12/2021 (giờ Việt Nam).
        - Số tài khoản đã đăng ký: 06; số người dự thi: 05; số lượt thi: 09.
        - Số lượt thi đúng tất cả các câu hỏi: 02 (chiếm 22,22% số lượt thi); số người có lượt được xét đúng tất cả các câu hỏi: 01.
        - Số thực tế để xét câu hỏi dự đoán (số người đúng tất cả các câu hỏi): 1.
        2. Thí sinh đạt giải
        Có 04 thí sinh đạt giải, tổng tiền thưởng 3.100.000 đồng, theo danh sách sau:
        STT | Họ và tên | Đơn vị | Điểm | Thời gian làm bài | Giải | Tiền thưởng (đồng)
        1 | Đặng Thị Ơn | Phường Bách Quang | 100 | 05:05 | Giải Nhất | 1.000.000
        2 | Nguyễn Thị Ánh | Phường Bách Quang | 90 | 10:00 | Giải Nhì | 800.000
        3 | =1+1 Đỗ Văn Dũng | Trường THCS "Lương Sơn", tổ 1 | 90 | 10:00 | Giải Nhì | 800.000
        4 | Hà “Văn” Đức | 66,66 | 15:00 | Giải Ba | 500.000
        Tổng cộng | 3.100.000
        3. Đáp án và phiên bản kết quả
        - Đáp án của vòng thi được công bố cùng kết quả, từ 08h00 thứ Hai ngày 20/12/2021.
        - Kết quả trên là kết quả tạm thời, phiên bản 1, công bố lúc 08h00 thứ Hai ngày 20/12/2021.
        UBND thành phố Sông Công thông báo để các cơ quan, đơn vị và thí sinh biết./.
        Nơi nhận: | - Các cơ quan, đơn vị dự thi; | - Ban Tổ chức Cuộc thi; | - Lưu: VT, …… | CHỦ TỊCH | Lê Văn Khôi"#]].assert_eq(&reading(&notice(&example, &example.identities())));
}

#[test]
fn a_notice_of_the_party_has_its_own_head() {
    let mut example = example();
    example.head.body = plan::Head::Party;
    example.plan.attempt.usual_mut().rules.reveal_key = RevealKey::Never;
    let text = paragraphs(&notice(&example, &example.identities()));
    assert_eq!(text[1..4], ["*", "Số ………-TB/………", "ĐẢNG CỘNG SẢN VIỆT NAM"]);
    assert!(!text.iter().any(|line| line.contains("Độc lập")));
    assert!(text.iter().any(|line| line.contains("không công bố")), "{text:?}");
}

#[test]
fn what_people_are_called_stays_text() {
    let example = example();
    let decomposed: String = "Nguyễn Thị Ánh".nfd().collect();
    let long = "Nguyễn Phúc ".repeat(8);
    for name in ["=1+1", "#[x] *y*", "<w:t>&", "</w:t></w:r></w:p>", "\"'&amp;", &long, &decomposed] {
        let mut identities = example.identities();
        identities.values_mut().for_each(|identity| identity.full_name = name.to_owned());
        let text = paragraphs(&notice(&example, &identities));
        let composed: String = name.nfc().collect();
        assert_eq!(text.iter().filter(|line| **line == composed).count(), 4, "{name}: {text:?}");
    }
    // What XML cannot hold is left out, and a line break ends no paragraph.
    let mut identities = example.identities();
    identities.values_mut().for_each(|identity| identity.full_name = "a\u{0}\u{1f}\u{fffe}b\nc".to_owned());
    assert!(paragraphs(&notice(&example, &identities)).contains(&"ab c".to_owned()));
}

#[test]
fn the_page_is_that_of_the_law_and_its_number_stands_from_the_second_on() {
    let example = example();
    let docx = notice(&example, &example.identities());
    let xml = part(&docx, "word/document.xml");
    // In twips, of which an inch has 1 440.
    let margin = |side: &str| {
        let margins = xml.split_once("<w:pgMar ").expect("margins").1;
        let rest = margins.split_once(&format!("w:{side}=\"")).expect("a margin").1;
        rest.split_once('"').expect("a number").0.parse::<f64>().expect("twips") / 1_440.0 * 25.4
    };
    let within = |side: &str, least: f64, most: f64| (least..=most).contains(&margin(side));
    assert!(within("top", 20.0, 25.0) && within("bottom", 20.0, 25.0));
    assert!(within("left", 30.0, 35.0) && within("right", 15.0, 20.0));
    assert!(xml.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>") && xml.contains("<w:titlePg/>"));
    assert!(part(&docx, "word/header1.xml").contains(" PAGE ") && !part(&docx, "word/header2.xml").contains("PAGE"));
    assert!(part(&docx, "word/styles.xml").contains("Times New Roman"));
    assert!(xml.contains("<w:tblHeader/>"), "the heading of a table stands on every page");
}

/// Every Vietnamese letter with every tone, each mark by itself.
fn decomposed_letters() -> String {
    let vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars();
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    vowels
        .flat_map(|vowel| tones.map(|tone| format!("{vowel}{tone}")))
        .chain(["đĐ".to_owned()])
        .collect::<String>()
        .nfd()
        .collect()
}

#[test]
fn each_vietnamese_letter_is_one_however_it_was_typed_and_in_one_face() {
    let example = example();
    let (typed, mut identities) = (decomposed_letters(), example.identities());
    let composed: String = typed.nfc().collect();
    assert_eq!(composed.chars().count(), 24 * 6 + 2);
    identities.values_mut().for_each(|identity| identity.full_name.clone_from(&typed));
    let documents = written(&example, &identities);
    let docx = &documents["notice.docx"];
    assert!(paragraphs(docx).contains(&composed));
    for (xml, of) in ["winners.xlsx", "ranking.xlsx"].map(|of| (part(&documents[of], "xl/sharedStrings.xml"), of)) {
        assert!(xml.contains(&composed) && !xml.contains(&typed), "{of}");
    }
    let csv = String::from_utf8_lossy(&documents["ranking.csv"]);
    assert!(csv.contains(&composed) && !csv.contains(&typed));

    // A run of a letter names no face of its own, and the face of all is one.
    for name in ["word/document.xml", "word/header1.xml", "word/header2.xml"] {
        assert!(!part(docx, name).contains("w:rFonts"), "{name}");
    }
    let styles = part(docx, "word/styles.xml");
    assert_eq!(styles.matches("rFonts").count(), 1);
    let whole = ["ascii", "hAnsi", "eastAsia", "cs"].map(|of| format!("w:{of}=\"Times New Roman\"")).join(" ");
    assert!(styles.contains(&format!("<w:rFonts {whole}/>")), "{styles}");
    // The first font of a workbook is that of cells that nobody wrote.
    for name in ["winners.xlsx", "ranking.xlsx", "units.xlsx"] {
        let styles = part(&documents[name], "xl/styles.xml");
        let fonts = styles.split_once("<fonts ").expect("fonts").1.split_once("</fonts>").expect("fonts").0;
        let faces = fonts.split("<name val=\"").skip(2).map(|font| font.split('"').next().expect("a name"));
        assert!(faces.clone().count() > 0 && faces.clone().all(|face| face == "Times New Roman"), "{name}: {fonts}");
        let cells = part(&documents[name], "xl/worksheets/sheet1.xml");
        let written = cells.split("<c ").skip(1).map(|cell| cell.split('>').next().expect("a cell"));
        assert!(written.clone().count() > 0 && written.clone().all(|cell| cell.contains(" s=\"")), "{name}");
    }
}
