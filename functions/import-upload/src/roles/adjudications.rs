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
use contest::ids::{ContestantId, QuestionId, RoundId};
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
    /// Identifier or name of the round, as written.
    round: String,
    asked: Asked,
    reason: String,
    number: Option<String>,
    decided_on: Option<NaiveDate>,
}

/// What a line asks for; questions and answers as written, since a bank says what they mean.
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

trait Lines {
    /// Each line as what it means in this folder, or its first problem. While a plan or a bank is not there, only what
    /// means the same with any is read.
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>>;

    /// Problems with people who have no account.
    fn unknown_people(&self, folder: &Folder) -> Vec<Problem>;
}

impl Lines for [AdjudicationLine] {
    fn resolved(&self, folder: &Folder) -> Vec<Result<Resolved, Problem>> {
        let answers =
            self.iter().filter_map(|line| if let Asked::Rekey(_, answer) = &line.asked { Some(answer) } else { None });
        let numbered = answers.into_iter().all(|answer| is_numbers(answer));
        self.iter().map(|line| line.resolve(folder, numbered)).collect()
    }

    fn unknown_people(&self, folder: &Folder) -> Vec<Problem> {
        let Some(accounts) = &folder.accounts else { return Vec::new() };
        let unknown = |line: &&AdjudicationLine| line.contestant().is_some_and(|code| !accounts.contains(code));
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

    fn resolve(&self, folder: &Folder, numbered: bool) -> Result<Resolved, Problem> {
        let unknown = || self.problem(headers::ROUND, ProblemKind::UnknownRound { round: self.round.clone() });
        let planned = match &folder.plan {
            Some(plan) => Some(plan.rounds.iter().find(|round| is_round(round, &self.round)).ok_or_else(unknown)?),
            None => None,
        };
        let round = match planned {
            Some(round) => round.id.clone(),
            None => RoundId::parse(&self.round).map_err(|_| unknown())?,
        };
        let bank = planned.and_then(|round| folder.banks.get(&round.bank)).map(|bank| &bank.options);
        let question = |written: &str| {
            let unknown = || ProblemKind::UnknownQuestion { question: written.to_owned() };
            let written = written.to_lowercase();
            let found = match bank {
                // `7` means `q07`, whatever the width.
                Some(bank) => {
                    bank.keys().find(|id| id.as_str() == written || number_of(id.as_str()) == written.parse().ok())
                }
                None => None,
            };
            let id = match bank {
                Some(_) => found.cloned(),
                None => QuestionId::parse(&written).ok(),
            };
            id.ok_or_else(|| self.problem(headers::QUESTION, unknown()))
        };
        let right = |question: &QuestionId, answer: &str| {
            let right = match bank.and_then(|bank| bank.get(question)) {
                Some(options) => read_answer(answer, options, numbered).ok().map(|answer| answer.right),
                None => OptionSet::of_letters(answer.split(',').map(str::trim)),
            };
            right.ok_or_else(|| self.problem(headers::ANSWER, ProblemKind::InvalidAnswer { answer: answer.to_owned() }))
        };
        let action = match &self.asked {
            Asked::Disqualify(contestant, attempt) => Action::Disqualify(contestant.clone(), *attempt),
            Asked::Reinstate(contestant, attempt) => Action::Reinstate(contestant.clone(), *attempt),
            Asked::Void(written) => Action::Void(question(written)?),
            Asked::Rekey(written, answer) => {
                let question = question(written)?;
                let right = right(&question, answer)?;
                Action::Rekey(question, right)
            }
            Asked::Order(contestant, place) => Action::Order(contestant.clone(), *place),
            Asked::Forfeit(contestant) => Action::Forfeit(contestant.clone()),
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
