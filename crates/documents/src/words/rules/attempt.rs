//! The paper, the attempts, and what happens to a submission.

use super::Article;
use crate::words::format::{count, duration, grouped};
use contest::plan::{Complete, Counted, Draw, PaperRules, Plan, RankingKey, RevealScore, RoundAttempt};

/// What is said of one thing, where anything is; and what is said of a round in which it is not so, while it is in others.
struct Part {
    said: Option<String>,
    otherwise: &'static str,
}

impl Part {
    fn always(said: impl Into<String>) -> Self {
        Self { said: Some(said.into()), otherwise: "" }
    }

    fn when(holds: bool, said: impl FnOnce() -> String, otherwise: &'static str) -> Self {
        Self { said: holds.then(said), otherwise }
    }
}

/// What holds of every round, then the exceptions of each round that has its own.
fn with_exceptions(plan: &Plan, parts: impl Fn(&RoundAttempt, Rounds) -> Vec<Part>) -> Vec<String> {
    let usual = || parts(plan.attempt.usual(), Rounds::Each);
    let mut paragraphs: Vec<String> = usual().into_iter().filter_map(|part| part.said).collect();
    for round in &plan.rounds {
        let Some(own) = &round.attempt else { continue };
        // In the same words, so that what differs is what is said of another thing.
        let same_words = parts(plan.attempt.usual(), Rounds::This);
        let pairs = same_words.into_iter().zip(parts(own, Rounds::This));
        let other = pairs.filter(|(usual, own)| usual.said != own.said);
        let sentences = other.map(|(_, own)| own.said.unwrap_or_else(|| own.otherwise.to_owned()));
        let sentences = sentences.filter(|sentence| !sentence.is_empty());
        paragraphs.extend(sentences.map(|sentence| super::only_in(round, &sentence)));
    }
    paragraphs
}

/// Of which rounds a sentence speaks.
#[derive(Clone, Copy)]
enum Rounds {
    Each,
    This,
}

impl Rounds {
    const fn word(self) -> &'static str {
        match self {
            Self::Each => "mỗi vòng thi",
            Self::This => "vòng thi này",
        }
    }
}

pub(super) fn paper(plan: &Plan) -> Article {
    Article { title: "Bài thi và cách tính điểm", paragraphs: with_exceptions(plan, |of, _| paper_parts(of)) }
}

fn paper_parts(RoundAttempt { paper, rules: attempt }: &RoundAttempt) -> Vec<Part> {
    let shuffled = shuffled(paper.shuffle_questions, paper.shuffle_options);
    vec![
        Part::always(questions(paper)),
        Part {
            said: shuffled.map(|text| format!("{text} được xáo trộn riêng cho từng lượt thi.")),
            otherwise: "Thứ tự câu hỏi và thứ tự phương án trả lời không xáo trộn.",
        },
        Part::always(
            "Một câu được tính là đúng khi thí sinh chọn đủ các phương án đúng và không chọn phương án nào sai. Câu bỏ trống được tính là sai; không trừ điểm câu sai.",
        ),
        Part::when(
            attempt.complete == Complete::Required,
            || {
                "Bài thi phải trả lời đủ mọi câu hỏi. Bài còn câu bỏ trống vẫn được nhận, có biên nhận và nằm trong sổ cái công bố, nhưng không hợp lệ: không được xếp hạng và không được tính vào bất kỳ số liệu nào. Câu hỏi bị hủy không cần trả lời.".to_owned()
            },
            "Bài thi không bắt buộc trả lời đủ mọi câu hỏi; bài còn câu bỏ trống vẫn hợp lệ.",
        ),
        Part::always(format!(
            "Thang điểm {points}. Điểm của lượt thi bằng {points} nhân với số câu đúng, chia cho số câu hỏi của bài thi.",
            points = grouped(attempt.points.into())
        )),
        Part::always(match attempt.reveal_score {
            RevealScore::Submitted => "Thí sinh biết điểm ngay khi bài thi được nhận.",
            RevealScore::Published => "Điểm chỉ được cho biết khi kết quả vòng thi được công bố.",
        }),
    ]
}

fn questions(paper: &PaperRules) -> String {
    match (paper.draw, paper.quota.as_slice()) {
        (Draw::All, _) => {
            "Bài thi của mỗi lượt gồm toàn bộ câu hỏi trắc nghiệm trong bộ câu hỏi của vòng thi.".to_owned()
        }
        (Draw::Random, []) => format!(
            "Bài thi của mỗi lượt gồm {} câu hỏi trắc nghiệm, được rút ngẫu nhiên từ bộ câu hỏi của vòng thi.",
            count(paper.questions.into())
        ),
        (Draw::Random, quotas) => {
            let parts: Vec<String> =
                quotas.iter().map(|quota| format!("{} câu về “{}”", count(quota.count.into()), quota.topic)).collect();
            format!(
                "Bài thi của mỗi lượt gồm {} câu hỏi trắc nghiệm, được rút ngẫu nhiên từ bộ câu hỏi của vòng thi: {}.",
                count(paper.questions.into()),
                parts.join("; ")
            )
        }
    }
}

const fn shuffled(questions: bool, options: bool) -> Option<&'static str> {
    match (questions, options) {
        (true, true) => Some("Thứ tự câu hỏi và thứ tự phương án trả lời"),
        (true, false) => Some("Thứ tự câu hỏi"),
        (false, true) => Some("Thứ tự phương án trả lời"),
        (false, false) => None,
    }
}

pub(super) fn attempts(plan: &Plan) -> Article {
    let parts = |of: &RoundAttempt, rounds| attempt_parts(plan, of, rounds);
    Article { title: "Lượt thi và thời gian làm bài", paragraphs: with_exceptions(plan, parts) }
}

fn attempt_parts(plan: &Plan, of: &RoundAttempt, rounds: Rounds) -> Vec<Part> {
    let attempt = &of.rules;
    let [limit, grace] = time_limit(of);
    vec![
        Part::always(match attempt.per_round {
            0 => format!("Thí sinh được thi không giới hạn số lượt trong {}.", rounds.word()),
            per_round => {
                format!("Mỗi thí sinh được thi tối đa {} lượt trong {}.", count(per_round.into()), rounds.word())
            }
        }),
        Part::when(
            attempt.per_day > 0,
            || {
                format!(
                    "Trong một ngày của vòng thi, từ 00h00 đến 24h00, mỗi thí sinh được bắt đầu tối đa {} lượt.",
                    count(attempt.per_day.into())
                )
            },
            "Không giới hạn số lượt được bắt đầu trong một ngày.",
        ),
        Part::always(
            "Lượt đã bắt đầu được tính là một lượt, kể cả khi không nộp bài. Nếu mất kết nối, thí sinh tiếp tục chính lượt đang làm cho đến khi hết thời gian; mất kết nối không làm mất lượt.",
        ),
        limit,
        grace,
        // Of one attempt there is nothing to choose.
        Part::when(attempt.per_round != 1, || counted(plan, attempt.counted), ""),
        Part::when(
            attempt.min_seconds > 0,
            || {
                format!(
                    "Bài thi có thời gian làm bài dưới {} (phút:giây) được lập danh sách để Ban Tổ chức xem xét; phần mềm không tự loại bài thi nào.",
                    duration(u64::from(attempt.min_seconds) * 1_000)
                )
            },
            "Không có mức thời gian làm bài tối thiểu.",
        ),
    ]
}

/// The minutes, and the seconds after them.
fn time_limit(RoundAttempt { rules: attempt, .. }: &RoundAttempt) -> [Part; 2] {
    if attempt.minutes == 0 {
        let limit =
            "Thời gian làm bài của một lượt không giới hạn, nhưng bài thi phải đến máy chủ trước khi vòng thi đóng.";
        return [Part::always(limit), Part { said: None, otherwise: "" }];
    }
    let minutes = count(attempt.minutes.into());
    let limit = format!(
        "Thời gian làm bài của một lượt là {minutes} phút, tính từ khi máy chủ nhận yêu cầu bắt đầu; lượt thi kết thúc khi hết thời gian này hoặc khi vòng thi đóng, tùy thời điểm nào đến trước."
    );
    let grace = || {
        format!(
            "Để bù cho đường truyền, bài đến máy chủ trong vòng {} giây sau khi hết thời gian làm bài vẫn được nhận, với thời gian làm bài được tính là {minutes} phút; không bài nào được nhận sau khi vòng thi đóng.",
            count(attempt.grace_seconds.into())
        )
    };
    [
        Part::always(limit),
        Part::when(
            attempt.grace_seconds > 0,
            grace,
            "Không có thời gian bù cho đường truyền: bài phải đến máy chủ trước khi hết thời gian làm bài.",
        ),
    ]
}

/// The keys that choose the attempt are those of one attempt, in the order of the ranking.
fn counted(plan: &Plan, counted: Counted) -> String {
    match counted {
        Counted::First => "Lượt được xét để xếp hạng là lượt thi đầu tiên có bài được nhận trong vòng thi.".to_owned(),
        Counted::Last => "Lượt được xét để xếp hạng là lượt thi cuối cùng có bài được nhận trong vòng thi.".to_owned(),
        Counted::Best => {
            let further = plan.rules.ranking.order.iter().filter_map(|key| match key {
                RankingKey::Duration => Some("lượt có thời gian làm bài ngắn hơn"),
                RankingKey::StartedAt => Some("lượt bắt đầu sớm hơn"),
                RankingKey::SubmittedAt => Some("lượt nộp bài sớm hơn"),
                _ => None,
            });
            let tie_breaks: Vec<&str> = further.chain(["lượt thi trước"]).collect();
            format!(
                "Lượt được xét để xếp hạng là lượt có điểm cao nhất trong vòng thi; nếu bằng điểm, lần lượt chọn {}.",
                tie_breaks.join(", rồi đến ")
            )
        }
    }
}

pub(super) fn receipt(plan: &Plan) -> Article {
    let content = if plan.rules.prediction.is_some() { "câu trả lời và dự đoán" } else { "câu trả lời" };
    Article {
        title: "Nộp bài và biên nhận",
        paragraphs: vec![
            "Bài thi được nhận khi thí sinh nhận được biên nhận có chữ ký số của hệ thống, ghi vòng thi, lượt thi và thời điểm nhận. Thí sinh nên lưu biên nhận để đối chiếu khi cần.".to_owned(),
            format!("Bài đã được nhận không sửa, không thay được. Gửi lại đúng {content} đã nộp thì nhận lại đúng biên nhận đó; gửi lại không làm thay đổi thời điểm nộp bài."),
        ],
    }
}
