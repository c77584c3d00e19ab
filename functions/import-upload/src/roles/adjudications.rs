//! Decisions about closed rounds. The file holds all of them, and only grows: what has taken effect is history, and its
//! rows stay as they are, in whatever order. New rows with one number and day are one decision.

use super::Content;
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::table::{Column, header_key};
use crate::tables::{Line, Reading, read_lines};
use crate::verdict::Verdict;
use chrono::NaiveDate;
use contest::bank::{OptionSet, is_numbers, read_answer};
use contest::decision::{self, Action, ActionKind, Decision};
use contest::ids::{ContestantId, OVERALL, QuestionId, RoundId};
use contest::plan::Round;
use contest::problem::{Problem, ProblemKind};
use contest::text::search_key;
use contest::time::{Timestamp, parse_date};
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

/// Longest reason and number, in characters: a sentence or two.
const MAX_TEXT: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AdjudicationLine {
    /// In the file.
    row: u32,
    /// Identifier or name of the round, or what stands for the contest as a whole, as written.
    round: String,
    asked: Asked,
    reason: String,
    number: Option<String>,
    decided_on: Option<NaiveDate>,
}

/// What a line asks for; people, questions and answers as written, since accounts and a bank say what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Disqualify(ContestantId, Option<u16>),
    Reinstate(ContestantId, Option<u16>),
    Void(String),
    Rekey(String, String),
    Order(ContestantId, u32),
    Forfeit(ContestantId),
    Recognize,
}

pub(super) fn read(format: Format, bytes: &[u8]) -> Reading<Vec<AdjudicationLine>> {
    read_lines(format, bytes, COLUMNS, |line| {
        let round = line.required(headers::ROUND, text);
        let kind = line.required(headers::ACTION, action);
        let asked = kind.and_then(|kind| asked(line, kind));
        let reason = line.required(headers::REASON, text);
        let (number, decided_on) = if kind == Some(ActionKind::Recognize) {
            (line.required(headers::NUMBER, text), line.required(headers::DECIDED_ON, day))
        } else {
            (line.optional(headers::NUMBER, text), line.optional(headers::DECIDED_ON, day))
        };
        let row = line.row.number();
        Some(AdjudicationLine { row, round: round?, asked: asked?, reason: reason?, number, decided_on })
    })
}

fn asked(line: &mut Line<'_>, kind: ActionKind) -> Option<Asked> {
    let attempt = line.optional(headers::ATTEMPT, number::<u16>);
    match kind {
        ActionKind::Disqualify => Some(Asked::Disqualify(line.required(headers::CONTESTANT, contestant)?, attempt)),
        ActionKind::Reinstate => Some(Asked::Reinstate(line.required(headers::CONTESTANT, contestant)?, attempt)),
        ActionKind::Void => Some(Asked::Void(line.required(headers::QUESTION, text)?)),
        ActionKind::Rekey => {
            let (question, answer) = (line.required(headers::QUESTION, text), line.required(headers::ANSWER, text));
            Some(Asked::Rekey(question?, answer?))
        }
        ActionKind::Order => {
            let contestant = line.required(headers::CONTESTANT, contestant);
            Some(Asked::Order(contestant?, line.required(headers::PLACE, number)?))
        }
        ActionKind::Forfeit => Some(Asked::Forfeit(line.required(headers::CONTESTANT, contestant)?)),
        ActionKind::Recognize => Some(Asked::Recognize),
    }
}

fn text(text: &str) -> Result<String, ProblemKind> {
    match text.chars().count() {
        1..=MAX_TEXT => Ok(text.to_owned()),
        _ => Err(ProblemKind::TooLong { most: MAX_TEXT }),
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

fn contestant(text: &str) -> Result<ContestantId, ProblemKind> {
    ContestantId::parse(&text.to_uppercase()).map_err(|_| ProblemKind::InvalidContestantCode)
}

/// A whole number from 1.
fn number<N: TryFrom<u32>>(text: &str) -> Result<N, ProblemKind> {
    let number = text.parse().ok().filter(|number| *number >= 1);
    number.and_then(|number: u32| N::try_from(number).ok()).ok_or(ProblemKind::InvalidNumber)
}

fn day(text: &str) -> Result<NaiveDate, ProblemKind> {
    parse_date(text).ok_or(ProblemKind::NotADay)
}

impl Content for Vec<AdjudicationLine> {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        if let Some(plan) = verdict.wait_for_plan(folder) {
            for round in &plan.rounds {
                let named = |line: &&AdjudicationLine| is_round(round, &line.round) && line.question().is_some();
                if self.iter().any(|line| named(&line)) && !folder.banks.contains_key(&round.bank) {
                    verdict.wait_for(&round.bank);
                }
            }
        }
        verdict.errors.extend(self.resolved(folder).into_iter().filter_map(Result::err));
        verdict.errors.extend(self.unknown_people(folder));
        verdict.errors.sort_by_key(|problem| problem.place.row());
    }

    fn put(&self, _folder: &mut Folder) {}

    fn contestants(&self) -> Vec<&ContestantId> {
        self.iter().filter_map(|line| line.contestant()).collect()
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

/// A line whose round, question and answer are known.
struct Resolved {
    change: decision::Change,
    number: Option<String>,
    decided_on: Option<NaiveDate>,
}

/// The decisions that a file adds to those in force, and a problem for each row in force that it lacks.
fn new_decisions(in_force: &[Decision], mut lines: Vec<Resolved>, now: Timestamp) -> (Vec<Decision>, Vec<Problem>) {
    let mut lacking = Vec::new();
    for decision in in_force {
        for change in &decision.changes {
            let same = |line: &Resolved| {
                line.change == *change && line.number == decision.number && line.decided_on == decision.decided_on
            };
            match lines.iter().position(same) {
                Some(at) => drop(lines.remove(at)),
                None => lacking.push(Problem::of_file(ProblemKind::DecisionLeftOut {
                    round: change.round.to_string(),
                    action: change.action.kind().as_str(),
                    subject: subject(&change.action),
                })),
            }
        }
    }
    let mut decisions: Vec<Decision> = Vec::new();
    for Resolved { change, number, decided_on } in lines {
        match decisions.iter_mut().find(|other| (&other.number, other.decided_on) == (&number, decided_on)) {
            Some(decision) => decision.changes.push(change),
            None => decisions.push(Decision { number, decided_on, at: now, changes: vec![change] }),
        }
    }
    (decisions, lacking)
}

/// Of whom or what an action is.
fn subject(action: &Action) -> String {
    let contestant = action.contestant().map(ToString::to_string);
    contestant.or_else(|| action.question().map(ToString::to_string)).unwrap_or_default()
}

fn is_round(round: &Round, written: &str) -> bool {
    round.id.as_str() == written || search_key(&round.name) == search_key(written)
}

/// Whether the contest as a whole is meant.
fn is_overall(written: &str) -> bool {
    written == OVERALL || headers::OVERALL.contains(&search_key(written).as_str())
}

trait Lines {
    /// Each line as what it means in this folder, or its first problem. While a plan or a bank is not there, only what
    /// means the same with any is read.
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>>;

    /// Problems with people who have no account.
    fn unknown_people(&self, folder: &Folder) -> Vec<Problem>;
}

impl Lines for [AdjudicationLine] {
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>> {
        self.iter().map(|line| line.resolve(folder)).collect()
    }

    fn unknown_people(&self, folder: &Folder) -> Vec<Problem> {
        let Some(accounts) = &folder.accounts else { return Vec::new() };
        let unknown =
            |line: &&AdjudicationLine| line.contestant().is_some_and(|written| !accounts.contains_key(written));
        let problem = |line: &AdjudicationLine| line.problem(headers::CONTESTANT, ProblemKind::UnknownContestant);
        self.iter().filter(unknown).map(problem).collect()
    }
}

impl AdjudicationLine {
    fn problem(&self, column: Header, kind: ProblemKind) -> Problem {
        Problem::at(self.row, column.shown, kind)
    }

    fn contestant(&self) -> Option<&ContestantId> {
        match &self.asked {
            Asked::Disqualify(contestant, _)
            | Asked::Reinstate(contestant, _)
            | Asked::Order(contestant, _)
            | Asked::Forfeit(contestant) => Some(contestant),
            Asked::Void(_) | Asked::Rekey(..) | Asked::Recognize => None,
        }
    }

    fn question(&self) -> Option<&str> {
        match &self.asked {
            Asked::Void(question) | Asked::Rekey(question, _) => Some(question),
            Asked::Disqualify(..) | Asked::Reinstate(..) | Asked::Order(..) | Asked::Forfeit(_) | Asked::Recognize => {
                None
            }
        }
    }

    /// The round that is meant, or the contest as a whole.
    fn round_of(&self, planned: Option<&Round>, folder: &Folder) -> Result<RoundId, Problem> {
        let unknown = || self.problem(headers::ROUND, ProblemKind::UnknownRound { round: self.round.clone() });
        if let Some(round) = planned {
            return Ok(round.id.clone());
        }
        if is_overall(&self.round) {
            let ranks_people = folder.plan.as_ref().is_none_or(|plan| plan.rules.overall.is_some());
            return match self.asked {
                _ if !ranks_people => Err(unknown()),
                Asked::Order(..) | Asked::Forfeit(_) | Asked::Reinstate(_, None) | Asked::Recognize => {
                    Ok(RoundId::overall())
                }
                Asked::Disqualify(..) | Asked::Reinstate(_, Some(_)) | Asked::Void(_) | Asked::Rekey(..) => {
                    Err(self.problem(headers::ACTION, ProblemKind::NotOverContest))
                }
            };
        }
        match &folder.plan {
            Some(_) => Err(unknown()),
            None => RoundId::parse(&self.round).map_err(|_| unknown()),
        }
    }

    fn resolve(&self, folder: &Folder) -> Result<Resolved, Problem> {
        let planned = folder.plan.iter().flat_map(|plan| &plan.rounds).find(|round| is_round(round, &self.round));
        let round = self.round_of(planned, folder)?;
        let bank = planned.and_then(|round| folder.banks.get(&round.bank)).map(|bank| &bank.options);
        let question = |written: &str| {
            let unknown = || ProblemKind::UnknownQuestion { question: written.to_owned() };
            let written = written.to_lowercase();
            let id = match bank {
                Some(bank) => {
                    // `7` means `q07`, whatever the width.
                    let number = written.parse::<u32>().ok();
                    let numbered = |id: &QuestionId| number.is_some() && number_of(id.as_str()) == number;
                    bank.keys().find(|id| id.as_str() == written || numbered(id)).cloned()
                }
                None => QuestionId::parse(&written).ok().filter(|_| written.parse::<u32>().is_err()),
            };
            id.ok_or_else(|| self.problem(headers::QUESTION, unknown()))
        };
        let right = |question: &QuestionId, answer: &str| {
            let right = match bank.and_then(|bank| bank.get(question)) {
                // A number is an option's by itself: rows that come later must not change what this one means.
                Some(options) => read_answer(answer, options, is_numbers(answer)).ok().map(|answer| answer.right),
                None => OptionSet::of_letters(answer.split(',').map(str::trim)),
            };
            right.ok_or_else(|| self.problem(headers::ANSWER, ProblemKind::InvalidAnswer { answer: answer.to_owned() }))
        };
        let code = |written: &ContestantId| {
            let known = folder.accounts.as_ref().and_then(|accounts| accounts.get(written));
            known.unwrap_or(written).clone()
        };
        let action = match &self.asked {
            Asked::Disqualify(contestant, attempt) => Action::Disqualify(code(contestant), *attempt),
            Asked::Reinstate(contestant, attempt) => Action::Reinstate(code(contestant), *attempt),
            Asked::Void(written) => Action::Void(question(written)?),
            Asked::Rekey(written, answer) => {
                let question = question(written)?;
                let right = right(&question, answer)?;
                Action::Rekey(question, right)
            }
            Asked::Order(contestant, place) => Action::Order(code(contestant), *place),
            Asked::Forfeit(contestant) => Action::Forfeit(code(contestant)),
            Asked::Recognize => Action::Recognize,
        };
        let change = decision::Change { round, action, reason: self.reason.clone() };
        Ok(Resolved { change, number: self.number.clone(), decided_on: self.decided_on })
    }
}

/// The running number in an identifier such as `q07`.
fn number_of(id: &str) -> Option<u32> {
    id.strip_prefix('q')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::BankOutline;
    use contest::bank::PublicQuestion;

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
