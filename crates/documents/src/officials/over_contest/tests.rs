//! Documents over the contest, read back.

use super::*;
use crate::example::{Example, example};
use crate::officials::tests::{lines, sheet};
use contest::overall::{ContestInput, ContestRuling, rank_contest};
use contest::plan::{OverallKey, OverallRules, OverallScore, PrizeTier, Scope};
use expect_test::expect;

/// The round of the example twice, with one prize for people over both.
fn documents(example: &mut Example) -> BTreeMap<&'static str, Vec<u8>> {
    let order = vec![OverallKey::Score, OverallKey::Duration];
    example.plan.rules.overall = Some(OverallRules { score: OverallScore::Sum, best: 0, rounds: Vec::new(), order });
    let prize = PrizeTier { scope: Scope::Contest, ..example.plan.rules.prizes[0].clone() };
    example.plan.rules.prizes.push(PrizeTier { name: "Giải Toàn cuộc thi".to_owned(), ..prize });
    example.plan.rules.ranking.one_prize_per_person = contest::plan::OnePrize::None;
    let version = example.version();
    let taken = [0, 1].map(|place| TakenRound::of(&example.plan.rounds[place].id, &version.input, &example.result));
    let status = Status::Official;
    let figures = [0, 1].map(|place| {
        let round = &example.plan.rounds[place].id;
        RoundFigures::of((round, 1, status), &version.input, &example.result, example.plan.time_zone)
    });
    let (rules, units) = (&example.plan.rules, &example.units);
    let (points, ruling) = (example.plan.usual_points(), &ContestRuling::default());
    let result = rank_contest(&ContestInput { rules, points, units, rounds: &taken, is_final: true, ruling });
    let identities = example.identities();
    let person = |person: &contest::result::Person| (person.pseudonym.to_string(), &identities[&person.contestant]);
    let people = example.people.iter().map(person).collect();
    let dossier = OverallDossier {
        plan: &example.plan,
        units,
        result: &result,
        number: 1,
        status,
        announced_at: version.published_at,
        rounds: (&taken, &figures),
        people: &people,
        head: &example.head,
    };
    let documents = overall_documents(&dossier).into_iter();
    documents.map(|document| (document.name, document.bytes.expect("the example fits into cells"))).collect()
}

#[test]
fn everyone_and_every_unit_stand_in_tables_over_the_contest() {
    let documents = documents(&mut example());
    assert_eq!(
        documents.keys().copied().collect::<Vec<_>>(),
        ["ranking.csv", "ranking.xlsx", "units.xlsx", "winners.xlsx"]
    );
    expect![[r#"
        “Hạng” | “Họ và tên” | “Mã đơn vị” | “Đơn vị” | “Mã công khai” | “Tổng điểm” | “Tổng số câu đúng” | “Số vòng đúng tất cả” | “Tổng thời gian làm bài” | “Số vòng đã thi” | “Giải”
        1 | “Đặng Thị Ơn” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno4” | “2” | “20/20” | 2 | “10 phút 10 giây” | 2 | “Giải Toàn cuộc thi”
        2 | “Nguyễn Thị Ánh” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno2” | “1,80” | “18/20” | 0 | “20 phút 00 giây” | 2
        2 | “'=1+1 Đỗ Văn Dũng” | “thcs” | “Trường THCS "Lương Sơn", tổ 1” | “abcdefghijklmno3” | “1,80” | “18/20” | 0 | “20 phút 00 giây” | 2
        4 | “Canary Qua Lượt” | “bach-quang” | “Phường Bách Quang” | “abcdefghijklmno7” | “1,40” | “14/20” | 0 | “02 phút 03 giây” | 2
        5 | “Hà “Văn” Đức” |  |  | “abcdefghijklmno5” | “1,33” | “12/18” | 0 | “30 phút 00 giây” | 2"#]].assert_eq(&lines(&sheet(documents["ranking.xlsx"].clone(), "Bảng xếp hạng")));
    expect![[r#"
        “UBND thành phố Sông Công”
        “KẾT QUẢ DỰ THI CỦA CÁC ĐƠN VỊ”
        “Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021 - Toàn cuộc thi”
        “(Kết quả chính thức, phiên bản 1, công bố lúc 08h00 thứ Hai ngày 20/12/2021, giờ Việt Nam)”
        “(Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc; đơn vị có nhiều người dự thi đứng trước)”

        “STT” | “Đơn vị” | “Mã đơn vị” | “Đơn vị cấp trên” | “Số thành viên” | “Số tài khoản” | “Số người dự thi” | “Tỷ lệ dự thi (%)” | “Số lượt thi” | “Số lượt được xét đúng tất cả” | “Điểm trung bình” | “Giải”
        1 | “Thành phố Sông Công” | “song-cong” |  | 40 | 5 | 4 | “10,00” | 10 | 2 | “87,50”
        2 | “Phường Bách Quang” | “bach-quang” | “Thành phố Sông Công” | 40 | 3 | 3 | “7,50” | 8 | 2 | “86,66” | “Giải Nhất”
        3 | “Phường Lương Sơn” | “luong-son” | “Thành phố Sông Công” |  | 2 | 1 |  | 2 | 0 | “90,00” | “Giải Nhì”
        4 | “Trường THCS "Lương Sơn", tổ 1” | “thcs” | “Phường Lương Sơn” |  | 2 | 1 |  | 2 | 0 | “90,00”
        “Danh sách có 4 đơn vị./.”"#]].assert_eq(&lines(&sheet(documents["units.xlsx"].clone(), "Các đơn vị")));
}
