//! Changes as people write them, in a table or in a form: which parts each has, and what they mean in a contest. Both ways
//! in are read and judged here.

use super::{Action, ActionKind, Change, Decision};
use crate::bank::{OptionSet, is_numbers, read_answer};
use crate::ids::{ContestantId, OVERALL, QuestionId, RoundId};
use crate::plan::{Plan, Round};
use crate::problem::{Problem, ProblemKind};
use crate::text::search_key;
use crate::time::{Timestamp, parse_date};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Longest reason and number, in characters: a sentence or two.
pub const MAX_TEXT: usize = 500;

/// A part of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Code or public name of a person.
    Contestant,
    /// Identifier or name of a round, or what stands for the contest as a whole.
    Round,
    /// One attempt of the person.
    Attempt,
    /// What is done.
    Action,
    /// A question.
    Question,
    /// The right options from now on.
    Answer,
    /// Place among equals.
    Place,
    /// Why.
    Reason,
    /// Number of the decision.
    Number,
    /// Day of the decision.
    DecidedOn,
}

/// Where the parts of a change stand.
pub trait Parts {
    /// Reads a part that must be there; whatever is wrong with it is noted.
    fn required<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T>;

    /// Reads a part that may be missing.
    fn optional<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T>;
}

/// A change as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenChange {
    round: String,
    asked: Asked,
    reason: String,
    number: Option<String>,
    decided_on: Option<NaiveDate>,
}

/// What is asked for; people, questions and answers as written, since accounts and a bank say what they mean.
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

/// What is wrong with a part of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The part.
    pub part: Part,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What gives written changes their meaning.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// The plan in force.
    pub plan: Option<&'a Plan>,
    /// The options of each question, by the name of the bank.
    pub banks: BTreeMap<&'a str, &'a BTreeMap<QuestionId, Vec<String>>>,
    /// Of the people who are named, those who have an account, by the code or public name that is written; `None` where
    /// nobody can tell.
    pub accounts: Option<&'a BTreeMap<ContestantId, ContestantId>>,
    /// What stands for the contest as a whole besides [`OVERALL`], as search keys.
    pub overall: &'a [&'a str],
}

/// A change whose round, person, question and answer are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The change.
    pub change: Change,
    /// Number of the decision that makes it.
    pub number: Option<String>,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
}

/// Reads a change; `action` knows the words for what is done. `None` where something that it needs is missing or wrong.
pub fn read(
    parts: &mut impl Parts,
    action: impl FnOnce(&str) -> Result<ActionKind, ProblemKind>,
) -> Option<WrittenChange> {
    let round = parts.required(Part::Round, text);
    let kind = parts.required(Part::Action, action);
    let asked = kind.and_then(|kind| asked(parts, kind));
    let reason = parts.required(Part::Reason, text);
    let (number, decided_on) = if kind == Some(ActionKind::Recognize) {
        (parts.required(Part::Number, text), parts.required(Part::DecidedOn, day))
    } else {
        (parts.optional(Part::Number, text), parts.optional(Part::DecidedOn, day))
    };
    Some(WrittenChange { round: round?, asked: asked?, reason: reason?, number, decided_on })
}

fn asked(parts: &mut impl Parts, kind: ActionKind) -> Option<Asked> {
    let attempt = parts.optional(Part::Attempt, number::<u16>);
    match kind {
        ActionKind::Disqualify => Some(Asked::Disqualify(parts.required(Part::Contestant, contestant)?, attempt)),
        ActionKind::Reinstate => Some(Asked::Reinstate(parts.required(Part::Contestant, contestant)?, attempt)),
        ActionKind::Void => Some(Asked::Void(parts.required(Part::Question, text)?)),
        ActionKind::Rekey => {
            let (question, answer) = (parts.required(Part::Question, text), parts.required(Part::Answer, text));
            Some(Asked::Rekey(question?, answer?))
        }
        ActionKind::Order => {
            let contestant = parts.required(Part::Contestant, contestant);
            Some(Asked::Order(contestant?, parts.required(Part::Place, number)?))
        }
        ActionKind::Forfeit => Some(Asked::Forfeit(parts.required(Part::Contestant, contestant)?)),
        ActionKind::Recognize => Some(Asked::Recognize),
    }
}

fn text(text: &str) -> Result<String, ProblemKind> {
    match text.chars().count() {
        1..=MAX_TEXT => Ok(text.to_owned()),
        _ => Err(ProblemKind::TooLong { most: MAX_TEXT }),
    }
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

/// The decisions that changes add to those in force, and a problem for each change in force that is not among them. New
/// ones with one number and day are one decision.
pub fn new_decisions(
    in_force: &[Decision],
    mut changes: Vec<Resolved>,
    now: Timestamp,
) -> (Vec<Decision>, Vec<Problem>) {
    let mut lacking = Vec::new();
    for decision in in_force {
        for change in &decision.changes {
            match changes.iter().position(|other| other.is(decision, change)) {
                Some(at) => drop(changes.remove(at)),
                None => lacking.push(Problem::of_file(ProblemKind::DecisionLeftOut {
                    round: change.round.to_string(),
                    action: change.action.kind().as_str(),
                    subject: subject(&change.action),
                })),
            }
        }
    }
    let mut decisions: Vec<Decision> = Vec::new();
    for Resolved { change, number, decided_on } in changes {
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

impl Resolved {
    /// Whether it is a change of this decision.
    fn is(&self, decision: &Decision, change: &Change) -> bool {
        (&self.change, &self.number, self.decided_on) == (change, &decision.number, decision.decided_on)
    }
}

/// Those changes of `new` decisions that `in_force` ones of the same number and day make already.
pub fn made_already<'a>(new: &'a [Decision], in_force: &[Decision]) -> Vec<&'a Change> {
    let is_made = |decision: &Decision, change: &Change| {
        let same = |other: &&Decision| (&other.number, other.decided_on) == (&decision.number, decision.decided_on);
        in_force.iter().filter(same).any(|other| other.changes.contains(change))
    };
    let changes = new.iter().flat_map(|decision| decision.changes.iter().map(move |change| (decision, change)));
    changes.filter(|(decision, change)| is_made(decision, change)).map(|(_, change)| change).collect()
}

fn is_round(round: &Round, written: &str) -> bool {
    round.id.as_str() == written || search_key(&round.name) == search_key(written)
}

impl WrittenChange {
    /// The person whom it names, as written.
    pub const fn contestant(&self) -> Option<&ContestantId> {
        match &self.asked {
            Asked::Disqualify(contestant, _)
            | Asked::Reinstate(contestant, _)
            | Asked::Order(contestant, _)
            | Asked::Forfeit(contestant) => Some(contestant),
            Asked::Void(_) | Asked::Rekey(..) | Asked::Recognize => None,
        }
    }

    /// Whether it names a question of this round.
    pub fn asks_for_the_bank_of(&self, round: &Round) -> bool {
        matches!(self.asked, Asked::Void(_) | Asked::Rekey(..)) && is_round(round, &self.round)
    }

    /// What is wrong with a person who has no account.
    pub fn unknown_person(&self, known: &Known<'_>) -> Option<Fault> {
        let (accounts, written) = (known.accounts?, self.contestant()?);
        let unknown = || Fault { part: Part::Contestant, kind: ProblemKind::UnknownContestant };
        (!accounts.contains_key(written)).then(unknown)
    }

    /// The round that is meant, or the contest as a whole.
    ///
    /// # Errors
    /// Where there is no such round, or nothing of the kind is decided over the contest.
    pub fn round(&self, known: &Known<'_>) -> Result<RoundId, Fault> {
        let unknown = || Fault { part: Part::Round, kind: ProblemKind::UnknownRound { round: self.round.clone() } };
        if let Some(round) = self.planned(known) {
            return Ok(round.id.clone());
        }
        if self.round == OVERALL || known.overall.contains(&search_key(&self.round).as_str()) {
            let ranks_people = known.plan.is_none_or(|plan| plan.rules.overall.is_some());
            return match self.asked {
                _ if !ranks_people => Err(unknown()),
                Asked::Order(..) | Asked::Forfeit(_) | Asked::Reinstate(_, None) | Asked::Recognize => {
                    Ok(RoundId::overall())
                }
                Asked::Disqualify(..) | Asked::Reinstate(_, Some(_)) | Asked::Void(_) | Asked::Rekey(..) => {
                    Err(Fault { part: Part::Action, kind: ProblemKind::NotOverContest })
                }
            };
        }
        match known.plan {
            Some(_) => Err(unknown()),
            None => RoundId::parse(&self.round).map_err(|_| unknown()),
        }
    }

    fn planned<'a>(&self, known: &Known<'a>) -> Option<&'a Round> {
        known.plan?.rounds.iter().find(|round| is_round(round, &self.round))
    }

    /// What it means. While a plan or a bank is not there, only what means the same with any is read.
    ///
    /// # Errors
    /// Its first fault.
    pub fn resolve(&self, known: &Known<'_>) -> Result<Resolved, Fault> {
        let round = self.round(known)?;
        let bank = self.planned(known).and_then(|round| known.banks.get(round.bank.as_str()).copied());
        let code = |written: &ContestantId| {
            known.accounts.and_then(|accounts| accounts.get(written)).unwrap_or(written).clone()
        };
        let action = match &self.asked {
            Asked::Disqualify(contestant, attempt) => Action::Disqualify(code(contestant), *attempt),
            Asked::Reinstate(contestant, attempt) => Action::Reinstate(code(contestant), *attempt),
            Asked::Void(written) => Action::Void(question(bank, written)?),
            Asked::Rekey(written, answer) => {
                let question = question(bank, written)?;
                let right = right(bank, &question, answer)?;
                Action::Rekey(question, right)
            }
            Asked::Order(contestant, place) => Action::Order(code(contestant), *place),
            Asked::Forfeit(contestant) => Action::Forfeit(code(contestant)),
            Asked::Recognize => Action::Recognize,
        };
        let change = Change { round, action, reason: self.reason.clone() };
        Ok(Resolved { change, number: self.number.clone(), decided_on: self.decided_on })
    }
}

type Options = BTreeMap<QuestionId, Vec<String>>;

fn question(bank: Option<&Options>, written: &str) -> Result<QuestionId, Fault> {
    let lower = written.to_lowercase();
    let id = match bank {
        Some(bank) => {
            // `7` means `q07`, whatever the width.
            let number = lower.parse::<u32>().ok();
            let numbered = |id: &QuestionId| number.is_some() && number_of(id.as_str()) == number;
            bank.keys().find(|id| id.as_str() == lower || numbered(id)).cloned()
        }
        None => QuestionId::parse(&lower).ok().filter(|_| lower.parse::<u32>().is_err()),
    };
    let unknown = || ProblemKind::UnknownQuestion { question: written.to_owned() };
    id.ok_or_else(|| Fault { part: Part::Question, kind: unknown() })
}

/// The running number in an identifier such as `q07`.
fn number_of(id: &str) -> Option<u32> {
    id.strip_prefix('q')?.parse().ok()
}

fn right(bank: Option<&Options>, question: &QuestionId, answer: &str) -> Result<OptionSet, Fault> {
    let right = match bank.and_then(|bank| bank.get(question)) {
        // A number is an option's by itself: rows that come later must not change what this one means.
        Some(options) => read_answer(answer, options, is_numbers(answer)).ok().map(|answer| answer.right),
        None => OptionSet::of_letters(answer.split(',').map(str::trim)),
    };
    right.ok_or(Fault { part: Part::Answer, kind: ProblemKind::InvalidAnswer })
}
