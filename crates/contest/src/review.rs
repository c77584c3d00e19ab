//! What people should look at once a round is ranked (`DOMAIN.md` N9, N22, N23, B14).
//!
//! A mark is a reason to look, never a verdict: nobody is removed, moved or held back by it, and what is done about it is a
//! [`crate::decision::Decision`] of the organizers. Everything here runs on kept rows, after ranking.
//!
//! Statistics are floating point, since nothing is ranked or paid by them. Their sums run in a fixed order, so that the same
//! round has the same marks, whatever the order of its rows.

mod corrected;
mod jump;
mod key;
#[cfg(test)]
mod made;
mod pairs;
mod phones;
#[cfg(test)]
mod properties;
mod questions;
mod registrations;
mod speed;
mod statistics;
#[cfg(test)]
mod tests;
mod ties;
mod warnings;

pub use key::right_by_perfect_sheets;
pub use questions::{QuestionFigures, question_figures};
pub use warnings::{Warning, warnings};

use crate::bank::OptionSet;
use crate::ids::UnitCode;
use crate::result::{PersonIndex, RoundInput, RoundResult, ScoredAttempt};
use crate::time::Timestamp;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Most marks of a review: what a secretariat can look at before the results are recognized.
pub const MAX_MARKS: usize = 1_000;

/// Everything a review follows from.
#[derive(Clone, Copy)]
pub struct ReviewInput<'a> {
    /// What the round was ranked from.
    pub round: RoundInput<'a>,
    /// What came out.
    pub result: &'a RoundResult,
    /// What was registered, of each of [`RoundInput::people`] and in their order.
    pub accounts: &'a [Account],
    /// The bank of the round.
    pub questions: &'a [AskedQuestion],
    /// What was answered, in each of [`RoundInput::attempts`] and in their order.
    pub sheets: &'a [Sheet],
}

/// What somebody registered with, as far as it tells two accounts of one person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// [`crate::text::name_key`] of the name; none of an erased account.
    pub name_key: Option<String>,
    /// Where the contest asks for it.
    pub birth_date: Option<NaiveDate>,
    /// Keyed hash of the number, where the contest asks for it.
    pub phone: Option<String>,
}

crate::masked!(Account);

/// A question of the bank, as it was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedQuestion {
    /// How many options it has, 2 to [`crate::limits::MAX_OPTIONS`].
    pub options: u8,
    /// Its right options; none where the key is kept secret and no perfect sheet tells.
    pub right: Option<OptionSet>,
    /// Whether it counts as right for everyone.
    pub voided: bool,
}

/// What was answered in one attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Places of its questions in the bank, ascending, each with the options chosen; an empty set where it was left out.
    pub answers: Vec<(u16, OptionSet)>,
}

/// A reason to look at people.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What was seen.
    pub signal: Signal,
    /// At whom to look, by public name; of [`Signal::CommonWrongAnswers`] the two who have most in common first.
    pub people: Vec<PersonIndex>,
    /// Whether one of them wins a prize.
    pub wins: bool,
}

/// What was seen, with its figures.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// People of one unit, or who sent their sheets within ten minutes, chose the same wrong options. Figures of the two who
    /// have most in common.
    CommonWrongAnswers {
        /// Questions in which both chose the same wrong options.
        common: u32,
        /// Sum over them of −log₂ of the share of sheets that chose so, in thousandths of a bit.
        millibits: u64,
        /// Whether both are of one unit.
        same_unit: bool,
        /// Between the two submissions, in milliseconds.
        apart_ms: u64,
    },
    /// Many perfect sheets of one unit within an hour, in less time than its sheets before.
    PerfectJump {
        /// The unit.
        unit: UnitCode,
        /// The first of them.
        from: Timestamp,
        /// The sheets of the unit in that hour.
        hour: Tally,
        /// The sheets of the unit before it.
        before: Tally,
        /// Everybody else's in that hour.
        others: Tally,
        /// Median duration in that hour, and before it, in milliseconds.
        median_ms: [u64; 2],
    },
    /// A wrong sheet and, within a minute, a perfect one.
    Corrected {
        /// Numbers of the two attempts.
        attempts: [u16; 2],
        /// Between the two submissions, in milliseconds.
        apart_ms: u64,
    },
    /// Three accounts or more with one telephone.
    SharedPhone,
    /// Accounts with the same name and date of birth.
    SamePerson,
    /// Many registrations in one unit within a minute.
    RegistrationBurst {
        /// The unit.
        unit: UnitCode,
        /// The first of them.
        from: Timestamp,
        /// The last of them.
        until: Timestamp,
    },
    /// Less than two seconds a question.
    TooFast(FastSheet),
    /// Under the announced floor.
    UnderFloor(FastSheet),
    /// People equal in every key who have prizes, or wait for them.
    UnbrokenTie {
        /// Their rank.
        rank: u64,
    },
}

/// The fastest sheet of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FastSheet {
    /// Number of the attempt.
    pub attempt: u16,
    /// Of it.
    pub duration_ms: u64,
    /// Questions right.
    pub right: u16,
    /// Questions on the paper.
    pub questions: u16,
    /// How many sheets of the person are as fast.
    pub sheets: u32,
}

/// Sheets, and how many of them are perfect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sheets that count.
    pub sheets: u64,
    /// Those with every question right.
    pub perfect: u64,
}

/// The kinds of [`Signal`], from what needs most evidence to what every round has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignalKind {
    /// [`Signal::CommonWrongAnswers`]
    CommonWrongAnswers,
    /// [`Signal::PerfectJump`]
    PerfectJump,
    /// [`Signal::Corrected`]
    Corrected,
    /// [`Signal::SharedPhone`]
    SharedPhone,
    /// [`Signal::SamePerson`]
    SamePerson,
    /// [`Signal::RegistrationBurst`]
    RegistrationBurst,
    /// [`Signal::TooFast`]
    TooFast,
    /// [`Signal::UnderFloor`]
    UnderFloor,
    /// [`Signal::UnbrokenTie`]
    UnbrokenTie,
}

impl Signal {
    /// Its kind.
    pub const fn kind(&self) -> SignalKind {
        match self {
            Self::CommonWrongAnswers { .. } => SignalKind::CommonWrongAnswers,
            Self::PerfectJump { .. } => SignalKind::PerfectJump,
            Self::Corrected { .. } => SignalKind::Corrected,
            Self::SharedPhone => SignalKind::SharedPhone,
            Self::SamePerson => SignalKind::SamePerson,
            Self::RegistrationBurst { .. } => SignalKind::RegistrationBurst,
            Self::TooFast(_) => SignalKind::TooFast,
            Self::UnderFloor(_) => SignalKind::UnderFloor,
            Self::UnbrokenTie { .. } => SignalKind::UnbrokenTie,
        }
    }
}

/// What came out of a review.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// At most [`MAX_MARKS`]: those of people who win first, then by kind, the strongest of a kind first.
    pub marks: Vec<Mark>,
    /// How many more there are.
    pub left_out: u64,
}

/// Looks through a ranked round.
///
/// Of registrations it looks at everybody's; of sheets at those that count: their people are ranked, and the attempt is
/// valid.
///
/// # Panics
/// Where accounts are not as many as people, or sheets not as many as attempts.
pub fn review(input: &ReviewInput<'_>) -> Review {
    assert_eq!(input.accounts.len(), input.round.people.len(), "an account for each person");
    assert_eq!(input.sheets.len(), input.round.attempts.len(), "a sheet for each attempt");
    let winners: BTreeSet<PersonIndex> =
        input.result.winners.iter().map(|winner| winner.place.of(&input.result.ranking).person).collect();
    let mut marks = Vec::new();
    for seen in [
        pairs::common_wrong_answers(input),
        jump::perfect_jumps(input),
        corrected::corrected(input),
        phones::shared_phones(input),
        registrations::same_person(input),
        registrations::bursts(input),
        speed::fast_sheets(input),
        ties::unbroken_ties(input),
    ] {
        let mark = |(signal, people): Seen| {
            let wins = people.iter().any(|person| winners.contains(person));
            Mark { signal, people, wins }
        };
        marks.extend(seen.into_iter().map(mark));
    }
    // Stable, so the strongest of a kind stay first.
    marks.sort_by_key(|mark| (!mark.wins, mark.signal.kind()));
    let left_out = marks.len().saturating_sub(MAX_MARKS) as u64;
    marks.truncate(MAX_MARKS);
    Review { marks, left_out }
}

/// A signal and its people.
type Seen = (Signal, Vec<PersonIndex>);

impl<'a> ReviewInput<'a> {
    /// The attempts that count, each with its place.
    fn counted(&self) -> impl Iterator<Item = (usize, &'a ScoredAttempt)> {
        let people = self.round.people;
        let counts =
            move |(_, attempt): &(usize, &ScoredAttempt)| attempt.is_valid() && attempt.person.of(people).ranked;
        self.round.attempts.iter().enumerate().filter(counts)
    }

    /// What orders people, wherever they stand in the input.
    fn name(&self, person: PersonIndex) -> u128 {
        person.of(self.round.people).pseudonym.number()
    }

    /// People who have something in common, where they are `least` or more: larger groups first, each by public name.
    fn groups<K: Ord>(&self, keyed: impl Iterator<Item = (K, PersonIndex)>, least: usize) -> Vec<Vec<PersonIndex>> {
        let mut by_key: BTreeMap<K, Vec<PersonIndex>> = BTreeMap::new();
        for (key, person) in keyed {
            by_key.entry(key).or_default().push(person);
        }
        let mut groups: Vec<Vec<PersonIndex>> = by_key.into_values().filter(|group| group.len() >= least).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable_by_key(|person| self.name(*person)));
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), self.name(group[0])));
        groups
    }

    /// Every person with what they registered.
    fn registered(&self) -> impl Iterator<Item = (PersonIndex, &'a Account)> {
        PersonIndex::all(self.round.people).map(|(person, _)| person).zip(self.accounts)
    }
}
