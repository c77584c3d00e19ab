//! What a plan may say, key by key: the one list of which a form is made (`CONSOLE.md` 4.2).
//!
//! [`crate::plan_file`] reads the keys; tests hold this list to it: every key that is read stands here once, with the
//! reader's own limits, words and defaults. What decides money has no default, so a form leaves it empty.

use crate::fraction::RoundingMode;
use crate::limits::{MAX_QUESTIONS, MAX_ROUNDS};
use crate::plan::*;
use crate::plan_file::{
    KEEP_DAYS, MAX_AGE, MAX_AMOUNT, MAX_ATTEMPTS, MAX_COUNT, MAX_GRACE_SECONDS, MAX_KEEP_DAYS, MAX_MINUTES,
    MAX_PERCENT_POINTS,
};
use crate::words::worded;

worded! {
    /// A step of the form, in the order in which organizers decide.
    pub enum Step {
        /// Who organizes what, and what is printed.
        About = "about",
        /// The rounds and their times.
        Rounds = "rounds",
        /// Who may take part.
        Registration = "registration",
        /// The paper and its attempts.
        Attempt = "attempt",
        /// The question that breaks ties.
        Prediction = "prediction",
        /// Who is first.
        Ranking = "ranking",
        /// Prizes and certificates for people.
        Prizes = "prizes",
        /// Prizes for units, and lists for commendations.
        Units = "units",
    }
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text that is not empty, at most 1 000 characters.
    Text,
    /// An id, part of addresses.
    Id,
    /// A whole number.
    Number {
        /// Least value.
        least: u64,
        /// Greatest value.
        most: u64,
    },
    /// `true` or `false`.
    Truth,
    /// A local time of the contest's zone.
    Moment,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// Some of these words, in an order.
    Words(fn() -> Vec<&'static str>),
    /// A list of texts.
    Texts,
    /// One text, or a list of them.
    TextOrTexts,
    /// Ids of rounds.
    Rounds,
    /// Two whole numbers: millimetres to the right and down.
    Offset,
    /// A file of questions, or a sheet of one.
    Bank,
    /// A table of keys.
    Table,
    /// A table of whole numbers whose names the organizers choose.
    Numbers {
        /// Greatest value; the least is 0.
        most: u64,
    },
    /// A list of tables of keys.
    Tables,
}

impl Kind {
    /// The word of this kind for programs.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Number { .. } => "number",
            Self::Truth => "truth",
            Self::Moment => "moment",
            Self::Word(_) => "word",
            Self::Words(_) => "words",
            Self::Texts => "texts",
            Self::TextOrTexts => "text_or_texts",
            Self::Rounds => "rounds",
            Self::Offset => "offset",
            Self::Bank => "bank",
            Self::Table => "table",
            Self::Numbers { .. } => "numbers",
            Self::Tables => "tables",
        }
    }

    /// The words of which it is made, where it is made of words.
    pub fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Word(words) | Self::Words(words) => words(),
            _ => Vec::new(),
        }
    }

    /// Whether keys stand below it.
    pub const fn holds_keys(&self) -> bool {
        matches!(self, Self::Table | Self::Tables | Self::Numbers { .. })
    }
}

/// What it means that a key is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// An error: the organizers must decide, and a form starts empty.
    Refused,
    /// Nothing: there is none of it.
    Nothing,
    /// The same as this word, written in quotes.
    Word(&'static str),
    /// The same as this number.
    Number(u64),
    /// The same as this.
    Truth(bool),
}

/// One key of `contest.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Names parted by points, without ids or places of entries: `rounds.opens`.
    pub path: &'static str,
    /// Where a form asks for it.
    pub step: Step,
    /// What its value is.
    pub kind: Kind,
    /// What it means that it is missing from a table that is there.
    pub unsaid: Unsaid,
}

const fn key(path: &'static str, step: Step, kind: Kind, unsaid: Unsaid) -> Key {
    Key { path, step, kind, unsaid }
}

const fn number(least: u64, most: u64) -> Kind {
    Kind::Number { least, most }
}

/// The words of an enumeration.
macro_rules! words {
    ($name:ty) => {
        || <$name>::ALL.iter().map(|word| word.as_str()).collect()
    };
}

use Kind::{Bank, Id, Moment, Numbers, Offset, Table, Tables, Text, TextOrTexts, Texts, Truth, Word, Words};
use Unsaid::{Nothing, Refused};

const ROUNDS: u64 = MAX_ROUNDS as u64;
const QUESTIONS: u64 = MAX_QUESTIONS as u64;

/// Every key, in the order of a form.
pub const KEYS: &[Key] = &[
    key("schema", Step::About, Word(|| vec![crate::plan_file::SCHEMA]), Refused),
    key("id", Step::About, Id, Refused),
    key("name", Step::About, Text, Refused),
    key("organizer", Step::About, Text, Refused),
    key("time_zone", Step::About, Text, Unsaid::Word("Asia/Ho_Chi_Minh")),
    key("language", Step::About, Word(|| vec!["vi"]), Unsaid::Word("vi")),
    key("announced", Step::About, Moment, Nothing),
    key("contact", Step::About, Table, Nothing),
    key("contact.name", Step::About, Text, Nothing),
    key("contact.phone", Step::About, Text, Nothing),
    key("contact.email", Step::About, Text, Nothing),
    key("contact.hours", Step::About, Text, Nothing),
    key("page", Step::About, Table, Nothing),
    key("page.logo", Step::About, Text, Nothing),
    key("page.banner", Step::About, Text, Nothing),
    key("reading_list", Step::About, Texts, Nothing),
    key("rounding", Step::About, Word(words!(RoundingMode)), Unsaid::Word("truncate")),
    key("documents", Step::About, Table, Nothing),
    key("documents.head", Step::About, Word(words!(Head)), Unsaid::Word("state")),
    key("documents.issuer", Step::About, Text, Nothing),
    key("documents.place", Step::About, Text, Nothing),
    key("documents.signer_title", Step::About, Text, Nothing),
    key("documents.signer_name", Step::About, Text, Nothing),
    key("documents.certificate", Step::About, Word(words!(CertificatePaper)), Unsaid::Word("blank")),
    key("documents.name_offset_mm", Step::About, Offset, Nothing),
    key("documents.prize_offset_mm", Step::About, Offset, Nothing),
    key("rounds", Step::Rounds, Tables, Refused),
    key("rounds.id", Step::Rounds, Id, Refused),
    key("rounds.name", Step::Rounds, Text, Refused),
    key("rounds.opens", Step::Rounds, Moment, Refused),
    key("rounds.closes", Step::Rounds, Moment, Refused),
    key("rounds.publishes", Step::Rounds, Moment, Refused),
    key("rounds.bank", Step::Rounds, Bank, Refused),
    key("rounds.lot_witnesses", Step::Rounds, Texts, Nothing),
    key("rounds.attempt", Step::Rounds, Table, Nothing),
    key("rounds.attempt.questions", Step::Rounds, number(1, QUESTIONS), Nothing),
    key("rounds.attempt.points", Step::Rounds, number(1, MAX_COUNT), Nothing),
    key("rounds.attempt.minutes", Step::Rounds, number(0, MAX_MINUTES), Nothing),
    key("rounds.attempt.grace_seconds", Step::Rounds, number(0, MAX_GRACE_SECONDS), Nothing),
    key("rounds.attempt.per_round", Step::Rounds, number(0, MAX_ATTEMPTS), Nothing),
    key("rounds.attempt.per_day", Step::Rounds, number(0, MAX_ATTEMPTS), Nothing),
    key("rounds.attempt.complete", Step::Rounds, Word(words!(Complete)), Nothing),
    key("rounds.attempt.counted", Step::Rounds, Word(words!(Counted)), Nothing),
    key("rounds.attempt.shuffle_questions", Step::Rounds, Truth, Nothing),
    key("rounds.attempt.shuffle_options", Step::Rounds, Truth, Nothing),
    key("rounds.attempt.draw", Step::Rounds, Word(words!(Draw)), Nothing),
    key("rounds.attempt.quota", Step::Rounds, Tables, Nothing),
    key("rounds.attempt.quota.topic", Step::Rounds, Text, Refused),
    key("rounds.attempt.quota.count", Step::Rounds, number(1, QUESTIONS), Refused),
    key("rounds.attempt.reveal_score", Step::Rounds, Word(words!(RevealScore)), Nothing),
    key("rounds.attempt.reveal_key", Step::Rounds, Word(words!(RevealKey)), Nothing),
    key("rounds.attempt.min_seconds", Step::Rounds, number(0, MAX_MINUTES * 60), Nothing),
    key("registration", Step::Registration, Table, Refused),
    key("registration.mode", Step::Registration, Word(words!(RegistrationMode)), Unsaid::Word("open")),
    key("registration.opens", Step::Registration, Moment, Refused),
    key("registration.closes", Step::Registration, Moment, Nothing),
    key("registration.fields", Step::Registration, Words(words!(Field)), Refused),
    key("registration.unique", Step::Registration, Words(words!(Field)), Nothing),
    key("registration.min_age", Step::Registration, number(0, MAX_AGE), Refused),
    key("registration.max_age", Step::Registration, number(0, MAX_AGE), Unsaid::Number(0)),
    key("registration.levels", Step::Registration, Texts, Nothing),
    key("registration.unit_basis", Step::Registration, Words(words!(UnitBasis)), Nothing),
    key("registration.excluded", Step::Registration, Word(words!(Exclusion)), Unsaid::Word("bar")),
    key("registration.guardian_consent_under", Step::Registration, number(0, MAX_AGE), Unsaid::Number(0)),
    key("registration.keep_days", Step::Registration, number(1, MAX_KEEP_DAYS), Unsaid::Number(KEEP_DAYS as u64)),
    key("attempt", Step::Attempt, Table, Refused),
    key("attempt.questions", Step::Attempt, number(1, QUESTIONS), Refused),
    key("attempt.points", Step::Attempt, number(1, MAX_COUNT), Refused),
    key("attempt.minutes", Step::Attempt, number(0, MAX_MINUTES), Refused),
    key("attempt.grace_seconds", Step::Attempt, number(0, MAX_GRACE_SECONDS), Unsaid::Number(10)),
    key("attempt.per_round", Step::Attempt, number(0, MAX_ATTEMPTS), Refused),
    key("attempt.per_day", Step::Attempt, number(0, MAX_ATTEMPTS), Unsaid::Number(0)),
    key("attempt.complete", Step::Attempt, Word(words!(Complete)), Unsaid::Word("free")),
    key("attempt.counted", Step::Attempt, Word(words!(Counted)), Refused),
    key("attempt.shuffle_questions", Step::Attempt, Truth, Unsaid::Truth(true)),
    key("attempt.shuffle_options", Step::Attempt, Truth, Unsaid::Truth(true)),
    key("attempt.draw", Step::Attempt, Word(words!(Draw)), Unsaid::Word("random")),
    key("attempt.quota", Step::Attempt, Tables, Nothing),
    key("attempt.quota.topic", Step::Attempt, Text, Refused),
    key("attempt.quota.count", Step::Attempt, number(1, QUESTIONS), Refused),
    key("attempt.reveal_score", Step::Attempt, Word(words!(RevealScore)), Unsaid::Word("published")),
    key("attempt.reveal_key", Step::Attempt, Word(words!(RevealKey)), Unsaid::Word("published")),
    key("attempt.min_seconds", Step::Attempt, number(0, MAX_MINUTES * 60), Unsaid::Number(0)),
    key("prediction", Step::Prediction, Table, Nothing),
    key("prediction.target", Step::Prediction, Word(words!(PredictionTarget)), Refused),
    key("prediction.counted", Step::Prediction, Word(words!(PredictionCounted)), Refused),
    key("prediction.actual", Step::Prediction, Word(words!(ActualAt)), Refused),
    key("prediction.equidistant", Step::Prediction, Word(words!(Equidistant)), Refused),
    key("ranking", Step::Ranking, Table, Refused),
    key("ranking.order", Step::Ranking, Words(words!(RankingKey)), Refused),
    key("ranking.eligible", Step::Ranking, Word(words!(Eligible)), Refused),
    key("ranking.unbroken_tie", Step::Ranking, Word(words!(UnbrokenTie)), Refused),
    key("ranking.one_prize_per_person", Step::Ranking, Word(words!(OnePrize)), Refused),
    key("ranking.lot_beacon", Step::Ranking, Word(words!(LotBeacon)), Unsaid::Word("none")),
    key("overall", Step::Ranking, Table, Nothing),
    key("overall.score", Step::Ranking, Word(words!(OverallScore)), Refused),
    key("overall.best", Step::Ranking, number(0, ROUNDS), Unsaid::Number(0)),
    key("overall.rounds", Step::Ranking, Kind::Rounds, Nothing),
    key("overall.order", Step::Ranking, Words(words!(OverallKey)), Refused),
    key("prizes", Step::Prizes, Tables, Nothing),
    key("prizes.tier", Step::Prizes, Id, Refused),
    key("prizes.name", Step::Prizes, Text, Refused),
    key("prizes.count", Step::Prizes, number(1, MAX_COUNT), Refused),
    key("prizes.amount", Step::Prizes, number(0, MAX_AMOUNT), Refused),
    key("prizes.scope", Step::Prizes, Word(words!(Scope)), Unsaid::Word("round")),
    key("prizes.rounds", Step::Prizes, Kind::Rounds, Nothing),
    key("certificates", Step::Prizes, Tables, Nothing),
    key("certificates.name", Step::Prizes, Text, Refused),
    key("certificates.min_percent", Step::Prizes, number(0, 100), Refused),
    key("certificates.rounds", Step::Prizes, number(1, ROUNDS), Unsaid::Number(1)),
    key("collective", Step::Units, Tables, Nothing),
    key("collective.id", Step::Units, Id, Refused),
    key("collective.level", Step::Units, TextOrTexts, Refused),
    key("collective.scope", Step::Units, Word(words!(Scope)), Refused),
    key("collective.measure", Step::Units, Words(words!(Measure)), Refused),
    key("collective.points", Step::Units, Numbers { most: MAX_COUNT }, Nothing),
    key("collective.points.contestants_percent", Step::Units, number(0, MAX_PERCENT_POINTS), Unsaid::Number(0)),
    key("collective.min_rate_percent", Step::Units, number(0, 100), Unsaid::Number(0)),
    key("collective.prizes", Step::Units, Tables, Refused),
    key("collective.prizes.name", Step::Units, Text, Refused),
    key("collective.prizes.count", Step::Units, number(1, MAX_COUNT), Refused),
    key("collective.prizes.amount", Step::Units, number(0, MAX_AMOUNT), Refused),
    key("commendation", Step::Units, Tables, Nothing),
    key("commendation.id", Step::Units, Id, Refused),
    key("commendation.unit", Step::Units, Text, Refused),
    key("commendation.referrals", Step::Units, number(1, MAX_COUNT), Refused),
    key("commendation.consecutive_rounds", Step::Units, number(1, ROUNDS), Refused),
    key("commendation.scope", Step::Units, Word(words!(Scope)), Unsaid::Word("contest")),
    key("commendation.form", Step::Units, Text, Nothing),
    key("commendation.prizes", Step::Units, Tables, Nothing),
    key("commendation.prizes.name", Step::Units, Text, Refused),
    key("commendation.prizes.count", Step::Units, number(1, MAX_COUNT), Refused),
    key("commendation.prizes.amount", Step::Units, number(0, MAX_AMOUNT), Refused),
];

/// The key of this path.
pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// Whether a value may be written at this path: a key, or a name that organizers choose below one.
pub fn takes(path: &str) -> bool {
    let is_named_freely = |above: &str| matches!(find(above), Some(Key { kind: Numbers { .. }, .. }));
    find(path).is_some_and(|key| !key.kind.holds_keys())
        || path.rsplit_once('.').is_some_and(|(above, _)| is_named_freely(above))
}

#[cfg(test)]
mod tests;
