//! Data as the functions hand it over.

use crate::{Annex, Body, Certificate, Counted, Date, Decision, Heads, Moment, Paper, Winner};

pub(super) const MADE: Moment = Moment { date: Date { year: 2021, month: 12, day: 20 }, hour: 8, minute: 0, second: 5 };

/// 90 letters.
pub(super) const LONG_NAME: &str =
    "Nguyễn Phúc Thượng Hoàng Thục Khuê Trường Giang Vĩnh Nghiêm Tường Quỳnh Hương Thảo Nguyênn";
const NAMES: &[&str] = &[
    "Nguyễn Thị Thuỷ Tiên",
    "Trần Văn Độ",
    "Lê Hữu Phước",
    "Phạm Ngọc Ánh",
    "Hoàng Thị Mỹ Hạnh",
    "Nông Văn Dền",
    "Y Krông Ê Ban",
    "Dương Thị Ẩn",
];
const UNITS: &[&str] = &[
    "Phường Bách Quang",
    "Trường THPT Sông Công",
    "Trung tâm Y tế thành phố Sông Công",
    "Ban Chỉ huy Quân sự thành phố",
    "Phòng Giáo dục và Đào tạo",
    "Xã Bá Xuyên",
];

pub(super) fn winner(at: usize) -> Winner {
    let prize = match at {
        0 => ("Giải Nhất", "1.000.000"),
        1..3 => ("Giải Nhì", "700.000"),
        3..8 => ("Giải Ba", "500.000"),
        _ => ("Giải Khuyến khích", "200.000"),
    };
    Winner {
        name: NAMES[at % NAMES.len()].to_owned(),
        birth_date: Some(format!("{:02}/{:02}/{}", at % 28 + 1, at % 12 + 1, 1965 + at % 40)),
        unit: UNITS[at % UNITS.len()].to_owned(),
        score: format!("{}/20", 20 - at / 15),
        prediction: Some(format!("2.{:03}", 317 + at * 3)),
        duration: Some(format!("{} phút {:02} giây", 4 + at / 9, at * 7 % 60)),
        prize: prize.0.to_owned(),
        amount: Some(prize.1.to_owned()),
    }
}

pub(super) fn annex(winners: usize) -> Annex {
    Annex {
        made: MADE,
        title: "Danh sách cá nhân đạt giải tuần 1 Cuộc thi trực tuyến \u{201c}Tìm hiểu về công tác cải cách hành chính\u{201d} thành phố Sông Công năm 2021".to_owned(),
        decision: Decision {
            number: Some("2173/QĐ-UBND".to_owned()),
            date: Some(Date { year: 2022, month: 2, day: 5 }),
            issuer: Some("Ủy ban nhân dân thành phố Sông Công".to_owned()),
        },
        counted: Counted::RightAnswers,
        winners: (0..winners).map(winner).collect(),
        total: Some("12.300.000".to_owned()),
    }
}

pub(super) fn heads(body: Body) -> Heads {
    let (issuer, signer_title) = match body {
        Body::State => ("Ủy ban nhân dân thành phố Sông Công", "Chủ tịch"),
        Body::Party => ("Đảng ủy Khối các cơ quan tỉnh Thái Nguyên", "Bí thư"),
    };
    Heads {
        made: MADE,
        title: "Giấy chứng nhận tuần 1".to_owned(),
        body,
        issuer: issuer.to_owned(),
        place: "Sông Công".to_owned(),
        date: Some(Date { year: 2021, month: 12, day: 30 }),
        signer_title: signer_title.to_owned(),
        signer_name: "Nguyễn Văn Ẩn".to_owned(),
        paper: Paper::Blank,
    }
}

pub(super) fn certificate(at: usize) -> Certificate {
    let Winner { name, unit, prize, .. } = winner(at);
    Certificate {
        title: "Giấy chứng nhận".to_owned(),
        name,
        unit,
        prize: Some(prize),
        occasion: "Tuần 1, Cuộc thi trực tuyến \u{201c}Tìm hiểu về công tác cải cách hành chính\u{201d} thành phố Sông Công năm 2021".to_owned(),
        address: format!("https://thi.songcong.gov.vn/verify.html?c=song-cong-2021&r=tuan-1&p=K7M2Q{at:03}&h=3f9a0c71d2"),
    }
}
