//! A line of every kind, and the table of questions, as a spreadsheet program reads them.

use crate::example::{Example, at, example};
use crate::officials::{Dossier, Reviewed, review_documents};
use contest::bank::{OptionSet, PublicQuestion};
use contest::ids::{QuestionId, UnitCode};
use contest::result::PersonIndex;
use contest::review::{AskedQuestion, FastSheet, Mark, QuestionFigures, Review, Signal, Tally};
use expect_test::expect;

/// `review.csv` and `questions.csv`, without BOM and carriage returns.
fn written(
    example: &Example,
    review: &Review,
    questions: &[(PublicQuestion, AskedQuestion, QuestionFigures)],
) -> [String; 2] {
    let (version, identities, head) = (example.version(), example.identities(), example.head.clone());
    let dossier = Dossier {
        plan: &example.plan,
        round: &example.plan.rounds[0],
        version: &version,
        identities: &identities,
        head: &head,
    };
    let bank: Vec<PublicQuestion> = questions.iter().map(|(question, ..)| question.clone()).collect();
    let asked: Vec<AskedQuestion> = questions.iter().map(|(_, asked, _)| *asked).collect();
    let figures: Vec<QuestionFigures> = questions.iter().map(|(.., figures)| figures.clone()).collect();
    let reviewed = Reviewed { review, bank: &bank, questions: &asked, figures: &figures };
    let documents = review_documents(&dossier, &reviewed);
    assert_eq!(documents.iter().map(|document| document.name).collect::<Vec<_>>(), ["review.csv", "questions.csv"]);
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let texts: Vec<String> =
        documents.into_iter().map(|document| text(document.bytes.expect("it is written"))).collect();
    texts.try_into().expect("two documents")
}

fn signals() -> Vec<(Signal, Vec<u32>)> {
    let unit = UnitCode::parse("thcs").expect("a code");
    let (from, until) = (at("2021-12-13T09:05:07"), at("2021-12-13T09:06:01"));
    let fast = FastSheet { attempt: 2, duration_ms: 19_999, right: 9, questions: 10, sheets: 3 };
    let tally = |perfect, sheets| Tally { sheets, perfect };
    let (hour, before, others) = (tally(25, 26), tally(1, 20), tally(9, 400));
    vec![
        (Signal::CommonWrongAnswers { common: 9, millibits: 41_390, same_unit: true, apart_ms: 65_000 }, vec![1, 4, 2]),
        (Signal::CommonWrongAnswers { common: 12, millibits: 50_000, same_unit: false, apart_ms: 5_000 }, vec![0, 1]),
        (
            Signal::PerfectJump { unit: unit.clone(), from, hour, before, others, median_ms: [95_000, 410_000] },
            vec![1, 4],
        ),
        (Signal::Corrected { attempts: [1, 2], apart_ms: 45_000 }, vec![0]),
        (Signal::SharedPhone, vec![0, 1, 3]),
        (Signal::SamePerson, vec![1, 2]),
        (Signal::RegistrationBurst { unit, from, until }, vec![1; 60]),
        (Signal::TooFast(fast), vec![1]),
        (Signal::UnderFloor(FastSheet { duration_ms: 30_000, sheets: 1, ..fast }), vec![3]),
        (Signal::UnbrokenTie { rank: 2 }, vec![0, 1]),
    ]
}

#[test]
fn every_kind_of_line_reads_as_printed() {
    let mut example = example();
    example.plan.attempt.usual_mut().rules.min_seconds = 45;
    let mark = |(signal, people): (Signal, Vec<u32>)| {
        let people: Vec<PersonIndex> = people.into_iter().map(PersonIndex).collect();
        Mark { signal, wins: people.contains(&PersonIndex(0)), people }
    };
    let review = Review { marks: signals().into_iter().map(mark).collect(), left_out: 1_234 };
    let [text, _] = written(&example, &review, &[]);
    // Sixty times the same person is cut where fifty are named.
    let named = "=1+1 Đỗ Văn Dũng (Trường THCS \"\"Lương Sơn\"\", tổ 1, abcdefghijklmno3); ";
    let text = text.replace(&named.repeat(49), "… ");
    expect![[r#"
        STT;Dấu hiệu;Có người đạt giải;Thí sinh (đơn vị, mã công khai);Số liệu;"Nội dung cần xem xét (danh sách chỉ để Ban Tổ chức xem xét, không ai bị loại vì có tên ở đây; còn 1.234 dấu hiệu khác không liệt kê)"
        1;Cùng chọn các phương án sai;Không;"'=1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3); Canary Vắng Mặt (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno6); Đặng Thị Ơn (Phường Bách Quang, abcdefghijklmno4)";"3 người; 9 câu; 41,3 bit; cách nhau 01 phút 05 giây";"Hai người đầu (cùng đơn vị, nộp bài cách nhau 01 phút 05 giây) cùng chọn đúng những phương án sai giống nhau ở 09 câu, trong khi rất ít bài khác chọn như vậy; những người còn lại giống họ theo từng đôi. Có thể đã dùng chung một bản đáp án."
        2;Cùng chọn các phương án sai;Có;"Nguyễn Thị Ánh (Phường Bách Quang, abcdefghijklmno2); =1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3)";"2 người; 12 câu; 50,0 bit; cách nhau 00 phút 05 giây";Hai người đầu (khác đơn vị, nộp bài cách nhau 00 phút 05 giây) cùng chọn đúng những phương án sai giống nhau ở 12 câu, trong khi rất ít bài khác chọn như vậy. Có thể đã dùng chung một bản đáp án.
        3;Bài đúng tất cả tăng vọt;Không;"'=1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3); Canary Vắng Mặt (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno6)";"25/26 bài đúng tất cả; trước đó 1/20 bài đúng tất cả; nơi khác 9/400 bài đúng tất cả; trung vị 01 phút 35 giây so với 06 phút 50 giây";"Trong một giờ kể từ 09h05 thứ Hai ngày 13/12/2021, Trường THCS ""Lương Sơn"", tổ 1 có 25 bài đúng tất cả trên 26 bài, trước đó chỉ 01 trên 20; thời gian làm bài giảm từ 06 phút 50 giây còn 01 phút 35 giây. Có thể đáp án đã được truyền tay trong đơn vị, hoặc đơn vị vừa ôn tập xong."
        4;Bài sai rồi bài đúng tất cả trong 60 giây;Có;Nguyễn Thị Ánh (Phường Bách Quang, abcdefghijklmno2);"lượt 1 và 2; cách nhau 45 giây";Bài lượt 1 có câu sai, bài lượt 2 đúng tất cả được nộp chỉ 45 giây sau đó.
        5;Chung số điện thoại;Có;"Nguyễn Thị Ánh (Phường Bách Quang, abcdefghijklmno2); =1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3); Hà “Văn” Đức (không có đơn vị, abcdefghijklmno5)";3 người;03 tài khoản đăng ký cùng một số điện thoại. Có thể là người trong một gia đình, hoặc một người đăng ký thay cho nhiều người.
        6;Trùng họ tên và ngày sinh;Không;"'=1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3); Đặng Thị Ơn (Phường Bách Quang, abcdefghijklmno4)";2 người;02 tài khoản khác nhau có cùng họ tên và ngày sinh. Có thể là hai người trùng tên, hoặc một người dùng nhiều tài khoản.
        7;Đăng ký hàng loạt;Không;"'… =1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3); và 10 người khác";"60 người; từ 09:05:07,000 13/12/2021 đến 09:06:01,000 13/12/2021";"Trường THCS ""Lương Sơn"", tổ 1 có 60 tài khoản được đăng ký liên tiếp, ít nhất 20 tài khoản mỗi phút, bắt đầu lúc 09h05 thứ Hai ngày 13/12/2021. Có thể đơn vị tổ chức đăng ký tập trung, hoặc một người đăng ký thay."
        8;Làm bài quá nhanh;Không;"'=1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3)";"19,999 giây cho 10 câu; đúng 9/10; 3 bài; tối thiểu 45 giây";Lượt 2 làm 10 câu trong 19,999 giây, đúng 09 câu (bài nhanh nhất trong 03 bài như vậy). Chưa đến 02 giây mỗi câu, không đủ để đọc câu hỏi.
        9;Dưới thời gian tối thiểu;Không;Hà “Văn” Đức (không có đơn vị, abcdefghijklmno5);"30 giây cho 10 câu; đúng 9/10; 1 bài; tối thiểu 45 giây";Lượt 2 làm 10 câu trong 30 giây, đúng 09 câu. Nhanh hơn thời gian tối thiểu đã công bố trong Thể lệ.
        10;Đồng hạng chưa phân định;Có;"Nguyễn Thị Ánh (Phường Bách Quang, abcdefghijklmno2); =1+1 Đỗ Văn Dũng (Trường THCS ""Lương Sơn"", tổ 1, abcdefghijklmno3)";2 người;02 thí sinh cùng hạng 2, bằng nhau ở mọi tiêu chí xếp hạng và đều liên quan đến giải.
    "#]].assert_eq(&text);
    for person in &example.people {
        assert!(!text.contains(person.contestant.as_str()), "a code signs in");
    }
}

#[test]
fn an_erased_account_has_no_name() {
    let mut example = example();
    example.people[0].contestant = contest::ids::ContestantId::parse("MADUTHI9").expect("a code");
    let review = Review {
        marks: vec![Mark { signal: Signal::SharedPhone, people: vec![PersonIndex(0)], wins: false }],
        left_out: 0,
    };
    let (version, identities, head) = (example.version(), crate::officials::Identities::new(), example.head.clone());
    let dossier = Dossier {
        plan: &example.plan,
        round: &example.plan.rounds[0],
        version: &version,
        identities: &identities,
        head: &head,
    };
    let text = String::from_utf8(super::review_csv(&dossier, &review)).expect("UTF-8");
    assert!(text.contains("(tài khoản đã xóa) (Phường Bách Quang, abcdefghijklmno2)"), "{text}");
}

#[test]
fn questions_read_as_printed() {
    let set = |letters: &[&str]| OptionSet::of_letters(letters.iter().copied());
    let line = |id: &str, text: &str, (right, voided): (Option<OptionSet>, bool), figures: QuestionFigures| {
        let options = (0..figures.options.len()).map(|option| format!("Phương án {option}")).collect();
        let (id, text) = (QuestionId::parse(id).expect("an id"), text.to_owned());
        let question = PublicQuestion { id, text, options, choose: 1, topic: None, fixed_order: false };
        let options = figures.options.len() as u8;
        (question, AskedQuestion { options, right, voided }, figures)
    };
    let few = QuestionFigures {
        shown: 7,
        right: Some(1),
        options: vec![4, 1, 1],
        blank: 1,
        few_right: true,
        beaten_by: Some(0),
    };
    let unseen =
        QuestionFigures { shown: 0, right: None, options: vec![0; 6], blank: 0, few_right: false, beaten_by: None };
    let questions = [
        line("q01", "=HYPERLINK(1); câu “một”?", (set(&["b"]), false), few.clone()),
        line("q02", "Câu hai?", (set(&["b", "c"]), true), few),
        line("q03", "Câu ba?", (None, false), unseen),
    ];
    let [_, text] = written(&example(), &Review::default(), &questions);
    expect![[r#"
        Câu;Nội dung;Đáp án;Số lượt có câu này;Trả lời đúng (%);Chọn A (%);Chọn B (%);Chọn C (%);Chọn D (%);Chọn E (%);Chọn F (%);Bỏ trống (%);Cần xem xét
        q01;"'=HYPERLINK(1); câu “một”?";B;7;14,28;57,14;14,28;14,28;;;;14,28;"Dưới 15% số lượt trả lời đúng: cần xem lại câu hỏi và đáp án; Phương án sai A được chọn nhiều hơn phương án đúng: cần xem lại đáp án"
        q02;Câu hai?;đã hủy;7;14,28;57,14;14,28;14,28;;;;14,28;
        q03;Câu ba?;;0;;;;;;;;;
    "#]].assert_eq(&text);
}
