//! The plan of a contest: every decision of the organizers, as data (`CONTRACT.md` 3.1 and 3.2).
//!
//! A [`Plan`] is always a checked one: [`crate::plan_file`] makes it from `contest.toml`, and only
//! it knows the file's words.

mod attempt;
mod contact;
mod documents;
mod overall;
mod page;
mod prizes;
mod registration;

pub use attempt::{
    AttemptRules, Complete, Counted, Draw, PaperRules, Quota, RevealKey, RevealScore, RoundAttempt, UsualAttempt,
};
pub use contact::Contact;
pub use documents::{CertificatePaper, CertificateRule, DocumentRules, Head, Offset};
pub use overall::{OverallKey, OverallRules, OverallScore};
pub use page::{PICTURE_ENDINGS, PageRules, Picture, PictureKind};
pub use prizes::{Collective, CollectivePrize, Commendation, Measure, PrizeTier, Scope, UnitPoints};
pub use registration::{Exclusion, Field, Registration, RegistrationMode, UnitBasis};

use crate::fraction::RoundingMode;
use crate::ids::{ContestId, RoundId};
use crate::time::Timestamp;
use crate::words::worded;
use chrono_tz::Tz;

/// A whole contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Identifier, part of every key.
    pub id: ContestId,
    /// Name as announced.
    pub name: String,
    /// Body that organizes the contest.
    pub organizer: String,
    /// Zone of every local time in the file.
    pub time_zone: Tz,
    /// Language of the contest, `vi`.
    pub language: String,
    /// Before this nobody sees the contest, however complete it is; without it, it is public once it is complete.
    pub announced: Option<Timestamp>,
    /// Whom contestants ask, where that is said.
    pub contact: Option<Contact>,
    /// Pictures of its page.
    pub page: PageRules,
    /// Documents that contestants are told to read.
    pub reading_list: Vec<String>,
    /// How ratios are printed.
    pub rounding: RoundingMode,
    /// Who may take part, and what is asked of them.
    pub registration: Registration,
    /// What an attempt is in a round that says nothing of its own: [`Self::attempt_of`] and [`Self::paper_of`] ask the round.
    pub attempt: UsualAttempt,
    /// What results follow from, whatever the round.
    pub rules: Rules,
    /// Rounds in the order of opening; at least one.
    pub rounds: Vec<Round>,
    /// Evidence lists for commendations.
    pub commendation: Vec<Commendation>,
    /// Heads and signatures of what is printed.
    pub documents: DocumentRules,
    /// Certificates beside the winners', each of another name.
    pub certificates: Vec<CertificateRule>,
}

impl Plan {
    /// The round of this id.
    pub fn round(&self, id: &RoundId) -> Option<&Round> {
        self.rounds.iter().find(|round| round.id == *id)
    }

    /// When a submission of a round is accepted, and what it is worth.
    pub fn attempt_of<'a>(&'a self, round: &'a Round) -> &'a AttemptRules {
        &self.attempt.of(round).rules
    }

    /// How a paper of a round is made from its bank.
    pub fn paper_of<'a>(&'a self, round: &'a Round) -> &'a PaperRules {
        &self.attempt.of(round).paper
    }

    /// The points over which scores of several rounds are averaged: those of `[attempt]`. A round that has others adds the
    /// same share of them.
    pub const fn usual_points(&self) -> u32 {
        self.attempt.usual().rules.points
    }

    /// The rounds whose winners may be passed over in this one: those that close before it, in the order of the plan.
    pub fn rounds_before(&self, round: &Round) -> impl Iterator<Item = &Round> {
        let closes = round.closes;
        self.rounds.iter().filter(move |earlier| earlier.closes < closes)
    }

    /// Whether the key of one round is public before another of them closes.
    pub fn key_is_out_before(&self, earlier: &Round, later: &Round) -> bool {
        self.attempt_of(earlier).reveal_key == RevealKey::Published && earlier.publishes < later.closes
    }

    /// Whether a list for commendations is made over the whole contest.
    pub fn commends_over_the_contest(&self) -> bool {
        self.commendation.iter().any(|commendation| commendation.scope == Scope::Contest)
    }

    /// Whether something is ranked, listed or certified once, over the whole contest.
    pub fn is_documented_over_the_contest(&self) -> bool {
        let certifies = self.certificates.iter().any(|certificate| certificate.scope() == Scope::Contest);
        self.rules.are_over_the_contest() || self.commends_over_the_contest() || certifies
    }

    /// When the first round opens; ages are counted on this day.
    pub fn opens(&self) -> Timestamp {
        self.rounds.iter().map(|r| r.opens).min().unwrap_or(self.registration.opens)
    }

    /// When personal data goes: so many days after the last results.
    pub fn erases(&self) -> Timestamp {
        let last = self.rounds.iter().map(|r| r.publishes).max().unwrap_or(self.registration.opens);
        last.plus_millis(i64::from(self.registration.keep_days) * 24 * 3_600_000)
    }

    /// When the last round closes.
    pub fn closes(&self) -> Timestamp {
        self.rounds.iter().map(|r| r.closes).max().unwrap_or(self.registration.opens)
    }

    /// From when no account can be made any more: when the plan says so, at the latest when the last round closes.
    pub fn registration_closes(&self) -> Timestamp {
        self.registration.closes.unwrap_or(self.closes()).min(self.closes())
    }
}

/// What results follow from, whatever the round: ranking, prizes and standings take nothing else of a plan but what an
/// attempt of the round is. All of it is published, so that a verifier holds the same rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The prediction, in contests that have one.
    pub prediction: Option<PredictionRules>,
    /// How contestants are ordered.
    pub ranking: RankingRules,
    /// Individual prizes, best first.
    pub prizes: Vec<PrizeTier>,
    /// Collective prizes.
    pub collective: Vec<Collective>,
    /// The ranking over the contest, in contests that have one.
    pub overall: Option<OverallRules>,
}

impl Rules {
    /// Whether something is ranked or given once, over the whole contest.
    pub fn are_over_the_contest(&self) -> bool {
        self.overall.is_some() || self.collective.iter().any(|collective| collective.scope == Scope::Contest)
    }

    /// Prizes that some rounds give and others do not: those of the same rounds together, in the order of the plan.
    pub fn prizes_by_rounds(&self) -> Vec<Vec<&PrizeTier>> {
        let mut groups: Vec<Vec<&PrizeTier>> = Vec::new();
        for tier in self.prizes.iter().filter(|tier| !tier.rounds.is_empty()) {
            match groups.iter_mut().find(|group| group[0].rounds == tier.rounds) {
                Some(group) => group.push(tier),
                None => groups.push(vec![tier]),
            }
        }
        groups
    }
}

/// `[prediction]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PredictionRules {
    /// The number to be predicted.
    pub target: PredictionTarget,
    /// Whose prediction counts.
    pub counted: PredictionCounted,
    /// Before or after adjudication.
    pub actual: ActualAt,
    /// How two predictions at the same distance compare.
    pub equidistant: Equidistant,
}

worded! {
    /// What contestants predict, of the round they play (`DOMAIN.md` 2.3).
    pub enum PredictionTarget {
        /// People whose counted attempt is perfect.
        PerfectContestants = "perfect_contestants",
        /// People with an accepted attempt.
        Contestants = "contestants",
        /// Accepted attempts.
        Attempts = "attempts",
        /// Accepted attempts of the contestants that are perfect.
        PerfectAttempts = "perfect_attempts",
        /// Perfect contestants in percent of contestants.
        PerfectPercent = "perfect_percent",
    }
}

worded! {
    /// Which attempt's prediction is compared.
    pub enum PredictionCounted {
        /// That of the first accepted attempt of the round.
        First = "first",
        /// That of the counted attempt.
        Counted = "counted",
    }
}

worded! {
    /// When the predicted number is fixed.
    pub enum ActualAt {
        /// Before any adjudication.
        Closing = "at_closing",
        /// After adjudication.
        Publication = "at_publication",
    }
}

worded! {
    /// Predictions equally far on both sides.
    pub enum Equidistant {
        /// Are equal.
        Tie = "tie",
        /// The smaller one ranks first.
        Lower = "lower",
        /// The larger one ranks first.
        Higher = "higher",
    }
}

/// `[ranking]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankingRules {
    /// Keys in the order of their weight; at least one.
    pub order: Vec<RankingKey>,
    /// Whether only perfect people are ranked.
    pub eligible: Eligible,
    /// What happens where people are equal in every key and a prize ends among them.
    pub unbroken_tie: UnbrokenTie,
    /// Whether a winner of an earlier round is passed over.
    pub one_prize_per_person: OnePrize,
    /// What is mixed into a draw besides the functions' own value and those of witnesses.
    pub lot_beacon: LotBeacon,
}

worded! {
    /// One key of `ranking.order`, with its direction.
    pub enum RankingKey {
        /// Higher score first.
        Score = "score desc",
        /// Closer prediction first.
        PredictionDistance = "prediction_distance asc",
        /// Shorter attempt first.
        Duration = "duration asc",
        /// Earlier submission first.
        SubmittedAt = "submitted_at asc",
        /// Earlier start first.
        StartedAt = "started_at asc",
        /// Fewer attempts in the round first.
        FewerAttempts = "attempts_used asc",
        /// More attempts in the round first.
        MoreAttempts = "attempts_used desc",
        /// Earlier account first.
        RegisteredAt = "registered_at asc",
        /// More perfect attempts in the round first.
        PerfectAttempts = "perfect_attempts desc",
    }
}

worded! {
    /// Who is ranked for prizes.
    pub enum Eligible {
        /// Everybody.
        All = "all",
        /// Only people with full marks.
        Perfect = "perfect",
    }
}

worded! {
    /// The policy for an unbroken tie at a prize (`DOMAIN.md` P3, 2.4).
    pub enum UnbrokenTie {
        /// All of them get the tier in which the first of them falls.
        ExtraPrize = "extra_prize",
        /// A verifiable draw orders them.
        Lot = "lot",
        /// They wait until the organizers order them.
        Organizers = "organizers",
    }
}

worded! {
    /// A public source of randomness for draws.
    pub enum LotBeacon {
        /// None.
        None = "none",
        /// The network `quicknet` of the League of Entropy ([`crate::lots::beacon_round`]).
        Drand = "drand",
    }
}

worded! {
    /// How many prizes one person may win.
    pub enum OnePrize {
        /// Any number.
        None = "none",
        /// One in the contest: a winner of an earlier round keeps the rank but is passed over.
        Contest = "contest",
    }
}

/// `[[rounds]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Identifier, part of every key.
    pub id: RoundId,
    /// Name as announced.
    pub name: String,
    /// First instant at which an attempt may start.
    pub opens: Timestamp,
    /// First instant at which nothing is accepted any more: `[opens, closes)`.
    pub closes: Timestamp,
    /// When the results are published; not before `closes`.
    pub publishes: Timestamp,
    /// The question bank: a file, or one sheet of a workbook, as in `bank.xlsx#Tuần 1`.
    pub bank: String,
    /// Commitments of the witnesses of this round's draw ([`crate::lots::commitment`]).
    pub lot_witnesses: Vec<[u8; 32]>,
    /// What an attempt is in this round alone, where anything of it differs from `[attempt]`; whole.
    pub attempt: Option<RoundAttempt>,
}

impl Round {
    /// The file of the question bank, and the sheet where the plan names one.
    pub fn bank_parts(&self) -> (&str, Option<&str>) {
        match self.bank.split_once('#') {
            Some((file, sheet)) => (file, Some(sheet)),
            None => (&self.bank, None),
        }
    }
}
