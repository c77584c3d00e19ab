//! Decisions about closed rounds. The file holds all of them, and only grows: what has taken effect is history, and its
//! rows stay as they are, in whatever order. New rows with one number and day are one decision.

use super::Content;
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::table::{Column, header_key};
use crate::tables::{Line, Reading, read_lines};
use crate::verdict::Verdict;
use contest::decision::ActionKind;
use contest::decision::written::{self, Fault, Known, Part, Parts, Resolved, WrittenChange, new_decisions};
use contest::ids::ContestantId;
use contest::problem::{Problem, ProblemKind};
use documents::words::import::headers::Header;
use documents::words::import::headers::adjudications as headers;
use store::StoredDecisions;

const COLUMNS: &[Column] = &[
    Column::optional(headers::CONTESTANT),
    Column::required(headers::ROUND),
    Column::optional(headers::ATTEMPT),
    Column::required(headers::ACTION),
    Column::optional(headers::QUESTION),
    Column::optional(headers::ANSWER),
    Column::optional(headers::PLACE),
    Column::required(headers::REASON),
    Column::optional(headers::NUMBER),
    Column::optional(headers::DECIDED_ON),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AdjudicationLine {
    /// In the file.
    row: u32,
    written: WrittenChange,
}

pub(super) fn read(format: Format, bytes: &[u8]) -> Reading<Vec<AdjudicationLine>> {
    read_lines(format, bytes, COLUMNS, |line| {
        let row = line.row.number();
        written::read(line, action).map(|written| AdjudicationLine { row, written })
    })
}

impl Parts for Line<'_> {
    fn required<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T> {
        self.required(header(part), parse)
    }

    fn optional<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T> {
        self.optional(header(part), parse)
    }
}

/// The column of a part.
const fn header(part: Part) -> Header {
    match part {
        Part::Contestant => headers::CONTESTANT,
        Part::Round => headers::ROUND,
        Part::Attempt => headers::ATTEMPT,
        Part::Action => headers::ACTION,
        Part::Question => headers::QUESTION,
        Part::Answer => headers::ANSWER,
        Part::Place => headers::PLACE,
        Part::Reason => headers::REASON,
        Part::Number => headers::NUMBER,
        Part::DecidedOn => headers::DECIDED_ON,
    }
}

/// A word of the contract, or what people write.
fn action(written: &str) -> Result<ActionKind, ProblemKind> {
    let key = header_key(written);
    let named = headers::ACTIONS.iter().find(|(kind, names)| kind.as_str() == key || names.contains(&key.as_str()));
    named.map(|(kind, _)| *kind).ok_or_else(|| ProblemKind::UnknownWord {
        word: written.to_owned(),
        allowed: headers::ACTIONS.iter().map(|(kind, _)| kind.as_str()).collect(),
    })
}

impl Content for Vec<AdjudicationLine> {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        if let Some(plan) = verdict.wait_for_plan(folder) {
            for round in &plan.rounds {
                let asks = self.iter().any(|line| line.written.asks_for_the_bank_of(round));
                if asks && !folder.banks.contains_key(&round.bank) {
                    verdict.wait_for(&round.bank);
                }
            }
        }
        verdict.errors.extend(self.resolved(folder).into_iter().filter_map(Result::err));
        let known = known(folder);
        let unknown = |line: &AdjudicationLine| line.written.unknown_person(&known).map(|fault| line.problem(fault));
        verdict.errors.extend(self.iter().filter_map(unknown));
        verdict.errors.sort_by_key(|problem| problem.place.row());
    }

    fn follows_rounds(&self) -> bool {
        true
    }

    fn put(&self, _folder: &mut Folder) {}

    fn contestants(&self) -> Vec<&ContestantId> {
        self.iter().filter_map(|line| line.written.contestant()).collect()
    }

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let lines = self.resolved(&from.folder).into_iter().flatten().collect();
        let mut decisions = from.decisions.clone();
        decisions.extend(new_decisions(&from.decisions, lines, from.now).0);
        if decisions != from.decisions {
            to.state.decisions = Some(to.put("decisions", &StoredDecisions::of(&decisions))?);
        }
        Ok(())
    }

    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        let lines = self.resolved(&change.from.folder).into_iter().flatten().collect();
        new_decisions(&change.from.decisions, lines, change.from.now).1
    }
}

/// What a folder knows that gives lines their meaning.
fn known(folder: &Folder) -> Known<'_> {
    Known {
        plan: folder.plan.as_ref(),
        banks: folder.banks.iter().map(|(name, bank)| (name.as_str(), &bank.options)).collect(),
        accounts: folder.accounts.as_ref(),
        overall: &headers::OVERALL,
    }
}

trait Lines {
    /// Each line as what it means in this folder, or its first problem.
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>>;
}

impl Lines for [AdjudicationLine] {
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>> {
        let known = known(folder);
        self.iter().map(|line| line.written.resolve(&known).map_err(|fault| line.problem(fault))).collect()
    }
}

impl AdjudicationLine {
    fn problem(&self, fault: Fault) -> Problem {
        Problem::at(self.row, header(fault.part).shown, fault.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::BankOutline;
    use contest::bank::{OptionSet, PublicQuestion};
    use contest::decision::Action;
    use contest::ids::{QuestionId, RoundId};
    use contest::time::Timestamp;

    const HEADER: &str = "Mã dự thi;Vòng;Lượt;Xử lý;Câu;Đáp án;Thứ tự;Lý do;Quyết định;Ngày\n";

    fn read_csv(rows: &str) -> Reading<Vec<AdjudicationLine>> {
        read(Format::Csv, format!("{HEADER}{rows}").as_bytes())
    }

    fn codes(problems: &[Problem]) -> Vec<String> {
        let column = |p: &Problem| match &p.place {
            contest::problem::Place::Cell { column: Some(column), .. } => column.clone(),
            _ => String::new(),
        };
        problems.iter().map(|p| format!("{} {} {}", p.kind.code(), p.place.row().unwrap_or(0), column(p))).collect()
    }

    /// The plan of Sông Công, with a bank of three questions for its first round.
    fn folder() -> Folder {
        let text = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");
        let plan = contest::plan_file::read(text).plan.expect("a sound plan");
        let question = |id: &str| PublicQuestion {
            id: QuestionId::parse(id).expect("an id"),
            text: id.to_owned(),
            options: ["Đúng", "Sai", "Cả hai"].map(str::to_owned).to_vec(),
            choose: 1,
            topic: None,
            fixed_order: false,
        };
        let bank = BankOutline::of(&["hien-phap", "q01", "q02", "q10"].map(question));
        let banks = [(plan.rounds[0].bank.clone(), bank)].into();
        Folder { plan: Some(plan), banks, ..Folder::default() }
    }

    fn in_folder(rows: &str) -> Verdict {
        let reading = read_csv(rows);
        assert!(reading.errors.is_empty(), "{:?}", reading.errors);
        let mut verdict = Verdict::default();
        reading.content.expect("lines").cross_check(&folder(), &mut verdict);
        verdict
    }

    fn actions(rows: &str) -> Vec<Action> {
        let lines = read_csv(rows).content.expect("lines");
        let resolved = lines.resolved(&folder()).into_iter().map(|line| line.expect("it is resolved"));
        resolved.map(|line| line.change.action).collect()
    }

    #[test]
    fn each_action_is_read_by_its_word_and_by_what_people_write() {
        let an = ContestantId::parse("AN-001").expect("a code");
        let question = |id: &str| QuestionId::parse(id).expect("an id");
        let cases = [
            ("an-001;tuan-1;;disqualify;;;;x;;", Action::Disqualify(an.clone(), None)),
            ("AN-001;tuan-1;2;Hủy kết quả;;;;x;;", Action::Disqualify(an.clone(), Some(2))),
            ("AN-001;TUẦN THỨ NHẤT;;Khôi phục;;;;x;;", Action::Reinstate(an.clone(), None)),
            (";tuan-1;;Hủy câu;10;;;x;;", Action::Void(question("q10"))),
            (";tuan-1;;Sửa đáp án;q01;B;;x;;", Action::Rekey(question("q01"), OptionSet(2))),
            (";tuan-1;;rekey;Q02;Cả hai;;x;;", Action::Rekey(question("q02"), OptionSet(4))),
            (";tuan-1;;rekey;2;1;;x;;", Action::Rekey(question("q02"), OptionSet(1))),
            (";tuan-1;;rekey;2;1;;x;;\n;tuan-1;;rekey;2;B;;x;;", Action::Rekey(question("q02"), OptionSet(1))),
            ("AN-001;tuan-1;;Xếp thứ tự;;;3;x;;", Action::Order(an.clone(), 3)),
            ("AN-001;tuan-1;;Không nhận giải;;;;x;;", Action::Forfeit(an)),
            (";tuan-1;;Công nhận;;;;x;12/QĐ-BTC;24/12/2021", Action::Recognize),
        ];
        for (row, action) in cases {
            assert_eq!(actions(&format!("{row}\n"))[0], action, "{row}");
        }
    }

    #[test]
    fn every_fault_of_a_row_is_named() {
        let rows = ";tuan-1;;disqualify;;;;x;;\nAN-001;;;tha;;;;;;\nAN-001;tuan-1;0;disqualify;;;;x;;hôm qua\n;tuan-1;;rekey;;;;x;;\n\
                    ;tuan-1;;recognize;;;;x;;\nAN-001;tuan-1;;order;;;nhất;x;;\n";
        let expected = [
            "empty 2 Mã dự thi",
            "empty 3 Vòng",
            "unknown_word 3 Xử lý",
            "empty 3 Lý do",
            "invalid_number 4 Lượt",
            "not_a_day 4 Ngày",
            "empty 5 Câu",
            "empty 5 Đáp án",
            "empty 6 Quyết định",
            "empty 6 Ngày",
            "invalid_number 7 Thứ tự",
        ];
        assert_eq!(codes(&read_csv(rows).errors), expected);
        let unknown =
            ";tuan-9;;void;1;;;x;;\n;tuan-1;;void;7;;;x;;\n;tuan-1;;void;luat;;;x;;\n;tuan-1;;rekey;1;D;;x;;\n";
        let expected =
            ["unknown_round 2 Vòng", "unknown_question 3 Câu", "unknown_question 4 Câu", "invalid_answer 5 Đáp án"];
        assert_eq!(codes(&in_folder(unknown).errors), expected);
    }

    #[test]
    fn over_the_contest_prizes_are_decided_about_where_people_are_ranked_over_it() {
        let rows = "AN-001;overall;;order;;;1;x;;\nAN-001;Toàn cuộc thi;;forfeit;;;;x;;\nAN-001;overall;;reinstate;;;;x;;\n\
                    ;overall;;recognize;;;;x;12/QĐ;24/12/2021\nAN-001;overall;;disqualify;;;;x;;\n\
                    AN-001;overall;2;reinstate;;;;x;;\n;overall;;void;1;;;x;;\n";
        let lines = read_csv(rows).content.expect("lines");
        let resolve = |folder: &Folder| {
            let resolved = lines.resolved(folder).into_iter().map(|line| line.map(|line| line.change.round));
            let (rounds, problems): (Vec<_>, Vec<_>) = resolved.partition(Result::is_ok);
            let problems: Vec<Problem> = problems.into_iter().filter_map(Result::err).collect();
            (rounds.into_iter().flatten().filter(RoundId::is_overall).count(), codes(&problems))
        };
        let refused: Vec<String> = (6..=8).map(|row| format!("not_over_contest {row} Xử lý")).collect();
        assert_eq!(resolve(&Folder::default()), (4, refused.clone()));
        let unranked = folder();
        assert_eq!(resolve(&unranked).1[0], "unknown_round 2 Vòng");
        let mut ranked = unranked;
        let plan = ranked.plan.as_mut().expect("a plan");
        let order = vec![contest::plan::OverallKey::Score];
        let score = contest::plan::OverallScore::Sum;
        plan.rules.overall = Some(contest::plan::OverallRules { score, best: 0, rounds: Vec::new(), order });
        assert_eq!(resolve(&ranked), (4, refused));
    }

    #[test]
    fn a_file_waits_for_the_plan_and_for_the_bank_of_a_round_with_questions() {
        let waits = |verdict: &Verdict| codes(&verdict.warnings).len();
        assert_eq!(waits(&in_folder("AN-001;tuan-2;;disqualify;;;;x;;\n")), 0);
        assert_eq!(
            waits(&in_folder(";tuan-2;;void;q05;;;x;;\n")),
            1,
            "of a bank that is not there any id may be meant"
        );
        let mut verdict = Verdict::default();
        let lines = read_csv(";tuan-2;;rekey;q05;a,b;;x;;\n").content.expect("lines");
        lines.cross_check(&Folder::default(), &mut verdict);
        assert_eq!((waits(&verdict), verdict.errors.len()), (1, 0));
    }

    #[test]
    fn people_without_an_account_are_named_where_accounts_are_known() {
        let lines =
            read_csv("AN-001;tuan-1;;disqualify;;;;x;;\nBINH-2;tuan-1;;forfeit;;;;x;;\n").content.expect("lines");
        let an = ContestantId::parse("AN-001").expect("a code");
        let accounts = Some([(an.clone(), an)].into());
        let mut verdict = Verdict::default();
        lines.cross_check(&Folder { accounts, ..folder() }, &mut verdict);
        assert_eq!(codes(&verdict.errors), ["unknown_contestant 3 Mã dự thi"]);
    }

    #[test]
    fn rows_in_force_stay_in_any_order_and_new_ones_with_one_number_and_day_are_one_decision() {
        let resolved = |rows: &str| {
            let lines = read_csv(rows).content.expect("lines");
            lines.resolved(&folder()).into_iter().map(|line| line.expect("it is resolved")).collect::<Vec<_>>()
        };
        let first = "AN-001;tuan-1;;disqualify;;;;x;1/QĐ;24/12/2021\nBINH-2;tuan-1;;disqualify;;;;y;1/QĐ;24/12/2021\n";
        let (decisions, lacking) = new_decisions(&[], resolved(first), Timestamp::from_millis(1));
        assert_eq!((decisions.len(), decisions[0].changes.len(), lacking.len()), (1, 2, 0));
        assert_eq!(new_decisions(&decisions, resolved(first), Timestamp::from_millis(9)), (Vec::new(), Vec::new()));
        let more = "BINH-2;tuan-1;;disqualify;;;;y;1/QĐ;24/12/2021\nCHI-03;tuan-1;;forfeit;;;;z;;\n\
                    AN-001;tuan-1;;disqualify;;;;x;1/QĐ;24/12/2021\n;tuan-1;;void;1;;;z;;\n";
        let (added, lacking) = new_decisions(&decisions, resolved(more), Timestamp::from_millis(9));
        assert_eq!((added.len(), added[0].changes.len(), added[0].at.millis(), lacking.len()), (1, 2, 9, 0));
        // A reason that was mended afterwards is another row.
        let changed = first.replace(";y;", ";z;");
        let (added, lacking) = new_decisions(&decisions, resolved(&changed), Timestamp::from_millis(9));
        assert_eq!((added.len(), codes(&lacking)), (1, vec!["decision_left_out 0 ".to_owned()]));
    }
}
