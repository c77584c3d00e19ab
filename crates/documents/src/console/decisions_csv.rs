//! `adjudications.csv` as the console writes it: every decision there is, since the importer takes no file that leaves one out,
//! in codes and letters alone, whatever the files before were written in.

use crate::site::csv_bytes;
use crate::words::import::headers::adjudications as headers;
use contest::decision::{Action, Change, Decision};

/// Writes the file, in the order in which decisions were put in force.
pub fn decisions_csv(decisions: &[Decision]) -> Vec<u8> {
    let header = [
        headers::CONTESTANT,
        headers::ROUND,
        headers::ATTEMPT,
        headers::ACTION,
        headers::QUESTION,
        headers::ANSWER,
        headers::PLACE,
        headers::REASON,
        headers::NUMBER,
        headers::DECIDED_ON,
    ];
    let changes = decisions.iter().flat_map(|decision| decision.changes.iter().map(move |change| (decision, change)));
    // Excel takes the mark for UTF-8.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes
        .extend(csv_bytes(&header.map(|header| header.shown), changes.map(|(decision, change)| row(decision, change))));
    bytes
}

fn row(decision: &Decision, change: &Change) -> [String; 10] {
    let Change { round, action, reason } = change;
    let (answer, place) = match action {
        Action::Rekey(_, right) => (right.letters().collect::<Vec<_>>().join(",").to_uppercase(), String::new()),
        Action::Order(_, place) => (String::new(), place.to_string()),
        _ => (String::new(), String::new()),
    };
    [
        action.contestant().map(ToString::to_string).unwrap_or_default(),
        round.to_string(),
        action.attempt().map(|number| number.to_string()).unwrap_or_default(),
        action.kind().to_string(),
        action.question().map(ToString::to_string).unwrap_or_default(),
        answer,
        place,
        reason.clone(),
        decision.number.clone().unwrap_or_default(),
        decision.decided_on.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::bank::OptionSet;
    use contest::ids::{ContestantId, QuestionId, RoundId};
    use contest::time::Timestamp;

    #[test]
    fn every_decision_is_a_row_that_an_office_can_read() {
        let (person, question) = (ContestantId::parse("A-001").unwrap(), QuestionId::parse("q07").unwrap());
        let actions = [
            Action::Disqualify(person.clone(), Some(2)),
            Action::Rekey(question, OptionSet(5)),
            Action::Order(person, 3),
            Action::Recognize,
        ];
        let round = RoundId::parse("tuan-1").unwrap();
        let change = |action| Change { round: round.clone(), action, reason: "Sai, \"nhầm\"".to_owned() };
        let decision = Decision {
            number: Some("12/QĐ-BTC".to_owned()),
            decided_on: "2021-12-24".parse().ok(),
            at: Timestamp::from_millis(0),
            changes: actions.map(change).to_vec(),
        };
        let csv = String::from_utf8(decisions_csv(&[decision])).unwrap();
        expect_test::expect![[r#"
            Mã dự thi,Vòng,Lượt,Xử lý,Câu,Đáp án,Thứ tự,Lý do,Quyết định,Ngày
            A-001,tuan-1,2,disqualify,,,,"Sai, ""nhầm""",12/QĐ-BTC,24/12/2021
            ,tuan-1,,rekey,q07,"A,C",,"Sai, ""nhầm""",12/QĐ-BTC,24/12/2021
            A-001,tuan-1,,order,,,3,"Sai, ""nhầm""",12/QĐ-BTC,24/12/2021
            ,tuan-1,,recognize,,,,"Sai, ""nhầm""",12/QĐ-BTC,24/12/2021
        "#]]
        .assert_eq(csv.trim_start_matches('\u{feff}'));
    }
}
