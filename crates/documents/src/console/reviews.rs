//! `hoithi/review/1`: what organizers look at once a round is ranked: its results before they are published, whom to look
//! at, and how its questions were answered. People stand in it by code and public name; their names are looked up when it
//! is shown, so that somebody who is erased is gone from it too.

use crate::officials::{Reviewed, unit_of_signal};
use crate::site::results_json::results_json;
use crate::site::{RoundVersion, json_bytes};
use crate::words::review as words;
use contest::bank::{LETTERS, PublicQuestion};
use contest::plan::Plan;
use contest::result::PersonIndex;
use contest::review::{AskedQuestion, Mark, QuestionFigures, Signal, SignalKind, Warning, warnings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The schema of the object.
pub const SCHEMA: &str = "hoithi/review/1";

/// Most people whom a line names; the others are counted.
const MOST_NAMED: usize = 20;

/// The object.
#[derive(Serialize, Deserialize)]
pub struct ReviewFile {
    schema: String,
    pub edition: u32,
    /// `results.json` as this edition publishes it, but for the names of winners.
    pub results: Value,
    /// Codes of everybody who stands in it, by public name.
    pub codes: BTreeMap<String, String>,
    pub warnings: Vec<WarningLine>,
    /// What the list is, which nobody reads it without.
    pub note: String,
    pub left_out: u64,
    pub marks: Vec<MarkLine>,
    pub questions: Vec<QuestionLine>,
}

contest::masked!(ReviewFile);

/// Something to know before the results are published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WarningLine {
    pub code: String,
    pub text: String,
}

/// Somebody at whom to look.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MarkedPerson {
    /// Public name.
    pub contestant: String,
    pub unit: Option<String>,
    pub unit_name: Option<String>,
}

/// A line of the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MarkLine {
    /// From 1.
    pub number: u64,
    pub kind: String,
    /// What the kind is called.
    pub name: String,
    /// Whether one of them wins a prize.
    pub wins: bool,
    /// Of people who tie.
    pub rank: Option<u64>,
    pub people: Vec<MarkedPerson>,
    /// How many more there are.
    pub others: u64,
    pub figures: String,
    pub sentence: String,
}

/// How a question was answered; not what is right.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionLine {
    pub question: String,
    pub text: String,
    /// Sheets that had it.
    pub shown: u64,
    /// None where the key is not known.
    pub right_percent: Option<String>,
    pub options: Vec<OptionLine>,
    pub blank_percent: Option<String>,
    pub voided: bool,
    pub few_right: bool,
    /// The wrong option that was chosen more often than a right one.
    pub beaten_by: Option<String>,
    pub remarks: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OptionLine {
    pub option: String,
    pub text: String,
    pub percent: Option<String>,
}

/// Writes the object of an edition.
pub fn review_json(plan: &Plan, version: &RoundVersion<'_>, reviewed: &Reviewed<'_>) -> Vec<u8> {
    let results = results_json(version, &BTreeMap::new()).bytes;
    let review = reviewed.review;
    let marks: Vec<MarkLine> = (1..).zip(&review.marks).map(|(number, of)| mark(plan, version, number, of)).collect();
    let ranking = &version.result.ranking;
    let winners = version.result.winners.iter().map(|winner| winner.place.of(ranking).person);
    let marked = review.marks.iter().flat_map(|mark| mark.people.iter().take(MOST_NAMED).copied());
    let code = |index: PersonIndex| {
        let person = index.of(version.input.people);
        (person.pseudonym.to_string(), person.contestant.to_string())
    };
    let questions = reviewed.bank.iter().zip(reviewed.questions).zip(reviewed.figures);
    json_bytes(&ReviewFile {
        schema: SCHEMA.to_owned(),
        edition: version.number,
        results: serde_json::from_slice(&results).expect("results are JSON"),
        codes: winners.chain(marked).map(code).collect(),
        warnings: warnings(&plan.rules, version.round, version.result, review).into_iter().map(warning).collect(),
        note: words::what_to_look_at(review.left_out),
        left_out: review.left_out,
        marks,
        questions: questions.map(|((of, asked), figures)| question(plan, of, (asked, figures))).collect(),
    })
}

/// Reads [`review_json`] back.
///
/// # Errors
/// Where it is no object of this schema.
pub fn read(bytes: &[u8]) -> serde_json::Result<ReviewFile> {
    let file: ReviewFile = serde_json::from_slice(bytes)?;
    let other = || serde::de::Error::custom("another schema");
    Some(file).filter(|file| file.schema == SCHEMA).ok_or_else(other)
}

fn warning(of: Warning) -> WarningLine {
    let code = match of {
        Warning::UnderFloor { .. } => "under_floor",
        Warning::TooFast { .. } => "too_fast",
        Warning::AbovePlannedSum { .. } => "above_planned_sum",
    };
    WarningLine { code: code.to_owned(), text: words::warning(of) }
}

fn mark(plan: &Plan, version: &RoundVersion<'_>, number: u64, mark: &Mark) -> MarkLine {
    let person = |index: &PersonIndex| {
        let unit = version.unit_of(*index);
        MarkedPerson {
            contestant: index.of(version.input.people).pseudonym.to_string(),
            unit: unit.map(|unit| unit.code.to_string()),
            unit_name: unit.map(|unit| unit.name.clone()),
        }
    };
    let zone = plan.time_zone;
    let unit = unit_of_signal(version.input.units, &mark.signal);
    MarkLine {
        number,
        kind: kind_word(mark.signal.kind()).to_owned(),
        name: words::kind(mark.signal.kind()).to_owned(),
        wins: mark.wins,
        rank: match mark.signal {
            Signal::UnbrokenTie { rank } => Some(rank),
            _ => None,
        },
        people: mark.people.iter().take(MOST_NAMED).map(person).collect(),
        others: mark.people.len().saturating_sub(MOST_NAMED) as u64,
        figures: words::figures(mark, version.input.attempt.min_seconds, zone),
        sentence: words::sentence(mark, &unit, zone),
    }
}

/// The word of [`MarkLine::kind`].
pub const fn kind_word(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::CommonWrongAnswers => "common_wrong_answers",
        SignalKind::PerfectJump => "perfect_jump",
        SignalKind::Corrected => "corrected",
        SignalKind::SharedPhone => "shared_phone",
        SignalKind::SamePerson => "same_person",
        SignalKind::RegistrationBurst => "registration_burst",
        SignalKind::TooFast => "too_fast",
        SignalKind::UnderFloor => "under_floor",
        SignalKind::UnbrokenTie => "unbroken_tie",
    }
}

fn question(plan: &Plan, of: &PublicQuestion, (asked, figures): (&AskedQuestion, &QuestionFigures)) -> QuestionLine {
    let percent = |sheets: u64| figures.percent(sheets).map(|ratio| ratio.two_decimals(plan.rounding));
    // A question that counts as right for everyone was looked at already.
    let beaten_by = figures.beaten_by.filter(|_| !asked.voided).map(|option| LETTERS[usize::from(option)]);
    let few_right = figures.few_right && !asked.voided;
    let few = few_right.then(|| words::FEW_RIGHT.to_owned());
    let beaten = beaten_by.map(|letter| words::beaten(letter.to_uppercase()));
    let option = |((letter, text), count): ((&&str, &String), &u64)| OptionLine {
        option: (*letter).to_owned(),
        text: text.clone(),
        percent: percent(*count),
    };
    QuestionLine {
        question: of.id.to_string(),
        text: of.text.clone(),
        shown: figures.shown,
        right_percent: figures.right.and_then(percent),
        options: LETTERS.iter().zip(&of.options).zip(&figures.options).map(option).collect(),
        blank_percent: percent(figures.blank),
        voided: asked.voided,
        few_right,
        beaten_by: beaten_by.map(str::to_owned),
        remarks: few.into_iter().chain(beaten).collect(),
    }
}
