//! People and units over the whole contest, from what each published round adds (`CONTRACT.md` 3.2, Overall).
//!
//! Papers of two rounds may differ in length, so sums are compared over one common denominator, in whole numbers.

#[cfg(test)]
mod tests;

use crate::decision::Ruling;
use crate::fraction::Fraction;
use crate::ids::{ContestantId, Pseudonym, UnitCode};
use crate::lots::ContestLots;
use crate::plan::{OnePrize, OverallKey, OverallRules, OverallScore, Rules};
use crate::prizes::{self, Awards, Candidate, Occasion};
use crate::result::{Rank, RankingPlace, Totals, UnitTable, Winner};
use crate::standings::{ExactSum, UnitSums, contest_tables, least_common_multiple};
use crate::taken::{Taken, TakenRound};
use crate::units::UnitTree;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Everything the standings of a contest follow from.
#[derive(Clone, Copy, Debug)]
pub struct ContestInput<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// Over which scores of rounds are averaged ([`crate::plan::Plan::usual_points`]).
    pub points: u32,
    /// Units as the last of the rounds has them.
    pub units: &'a UnitTree,
    /// The rounds whose results are known, in the order of the plan.
    pub rounds: &'a [TakenRound],
    /// Whether these are all rounds: only then are prizes given.
    pub is_final: bool,
    /// What decides about prizes besides the ranking.
    pub ruling: &'a ContestRuling,
}

/// What was decided, and drawn, about prizes over a contest. People are known by their public names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContestRuling {
    /// Places, from 1, among those who share a rank.
    pub places: BTreeMap<Pseudonym, u32>,
    /// People whose prize passes on.
    pub forfeits: BTreeSet<Pseudonym>,
    /// The draw, once it is held.
    pub lots: Option<ContestLots>,
}

impl ContestRuling {
    /// What a ruling on the contest as a whole comes to, without a draw.
    pub fn of(ruling: &Ruling, pseudonym: impl Fn(&ContestantId) -> Pseudonym) -> Self {
        let Ruling { places, forfeits, .. } = ruling;
        Self {
            places: places.iter().map(|(who, place)| (pseudonym(who), *place)).collect(),
            forfeits: forfeits.iter().map(pseudonym).collect(),
            lots: None,
        }
    }
}

/// How a contest stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestResult {
    /// Sums over the rounds, of which `contestants` counts distinct people and `registered` is the last round's.
    pub totals: Totals,
    /// Everyone who took part in a round that counts, by rank and then pseudonym; `None` in contests without `[overall]`.
    pub ranking: Option<Vec<OverallLine>>,
    /// Individual prizes with `scope = "contest"`; they name places in the ranking.
    pub winners: Vec<Winner>,
    /// People whose prize waits.
    pub waiting: Vec<RankingPlace>,
    /// A table for each competition with `scope = "contest"`, in the order of the plan.
    pub units: Vec<UnitTable>,
}

/// One line of the ranking over the contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverallLine {
    /// 1-2-2-4.
    pub rank: Rank,
    /// Public name.
    pub pseudonym: Pseudonym,
    /// Unit in the last round that the person took.
    pub unit: Option<UnitCode>,
    /// Sum of scores, each as a share of its round's points: 0 to the number of rounds.
    pub score: Fraction,
    /// Questions right in the counted attempts that are summed, at most [`Self::questions`].
    pub right: u64,
    /// Questions asked in them, at least 1.
    pub questions: u64,
    /// Perfect counted attempts among those that are summed.
    pub perfect_attempts: u32,
    /// Sum of their durations.
    pub duration_ms: u64,
    /// Rounds that count and that the person took.
    pub rounds: u32,
    /// Won an individual prize in a round.
    won_before: bool,
}

/// Ranks a contest over its rounds.
pub fn rank_contest(input: &ContestInput<'_>) -> ContestResult {
    let ContestInput { rules, points, units, rounds, is_final, ruling } = *input;
    let ranking = rules.overall.as_ref().map(|overall| ranking(overall, rounds));
    let lines = ranking.as_deref().unwrap_or_default();
    let candidate = |line: &OverallLine| candidate(rules, ruling, line);
    let awards = if is_final { prizes::award(rules, Occasion::Contest, lines, candidate) } else { Awards::default() };
    let mut sums = UnitSums::none(units);
    rounds.iter().for_each(|round| sums.add_round(units, points, round));
    for winner in &awards.winners {
        sums.add_prize(units, lines[winner.place.0 as usize].unit.as_ref(), winner.tier);
    }
    let units = contest_tables(rules, units, &sums, is_final);
    ContestResult { totals: totals(rounds), winners: awards.winners, waiting: awards.waiting, units, ranking }
}

fn candidate(rules: &Rules, ruling: &ContestRuling, line: &OverallLine) -> Candidate {
    let ContestRuling { places, forfeits, lots } = ruling;
    let passed_over = rules.ranking.one_prize_per_person != OnePrize::None && line.won_before;
    Candidate {
        rank: line.rank,
        may_win: !passed_over && !forfeits.contains(&line.pseudonym),
        decided_place: places.get(&line.pseudonym).copied(),
        ticket: lots.as_ref().map(|lots| lots.ticket(&line.pseudonym)),
    }
}

fn totals(rounds: &[TakenRound]) -> Totals {
    let mut totals = Totals { registered: rounds.last().map_or(0, |round| round.registered), ..Totals::default() };
    let mut people = HashSet::new();
    for taken in rounds.iter().flat_map(|round| &round.people) {
        people.insert(taken.pseudonym.number());
        totals.attempts += u64::from(taken.attempts);
        totals.perfect_attempts += u64::from(taken.perfect_attempts);
        totals.perfect_contestants += u64::from(taken.is_perfect());
    }
    totals.contestants = people.len() as u64;
    totals
}

/// What a person adds in one round.
#[derive(Clone, Copy)]
struct Share<'a> {
    pseudonym: u128,
    taken: &'a Taken,
    /// Whether the round counts.
    counts: bool,
}

fn ranking(rules: &OverallRules, rounds: &[TakenRound]) -> Vec<OverallLine> {
    let mut shares: Vec<Share<'_>> = Vec::with_capacity(rounds.iter().map(|round| round.people.len()).sum());
    for round in rounds {
        let counts = rules.counts(&round.round);
        shares.extend(round.people.iter().map(|taken| Share { pseudonym: taken.pseudonym.number(), taken, counts }));
    }
    // Stable, so that the rounds of a person stay in their order.
    shares.sort_by_key(|share| share.pseudonym);
    let counted = shares.iter().filter(|share| share.counts);
    let denominator = counted.fold(1, |common, share| least_common_multiple(common, questions(share.taken)));
    let people = shares.chunk_by(|a, b| a.pseudonym == b.pseudonym);
    let mut sums: Vec<Sum<'_>> = people.filter_map(|shares| Sum::of(rules, denominator, shares)).collect();
    let order = |a: &Sum<'_>, b: &Sum<'_>| {
        rules.order.iter().map(|&key| a.weight(key).cmp(&b.weight(key))).find(|by_key| by_key.is_ne())
    };
    sums.sort_unstable_by(|a, b| order(a, b).unwrap_or_else(|| a.last.pseudonym.cmp(&b.last.pseudonym)));
    let mut ranking: Vec<OverallLine> = Vec::with_capacity(sums.len());
    for (place, sum) in sums.iter().enumerate() {
        let shared = place.checked_sub(1).filter(|&above| order(&sums[above], sum).is_none());
        let rank = shared.map_or(Rank::below(place), |above| ranking[above].rank);
        ranking.push(sum.line(rank, denominator));
    }
    ranking
}

fn questions(taken: &Taken) -> u128 {
    u128::from(taken.questions.max(1))
}

/// What the rounds of a person add up to.
struct Sum<'a> {
    /// What the person did in the last round taken.
    last: &'a Taken,
    /// Over the common denominator.
    score: u128,
    right: u64,
    questions: u64,
    perfect_attempts: u32,
    duration_ms: u64,
    rounds: u32,
    won_before: bool,
}

impl<'a> Sum<'a> {
    /// Over the rounds of one person; `None` where none of them counts.
    fn of(rules: &OverallRules, denominator: u128, shares: &[Share<'a>]) -> Option<Self> {
        let score = |taken: &Taken| u128::from(taken.right) * (denominator / questions(taken));
        let mut counted: Vec<&Taken> = shares.iter().filter(|share| share.counts).map(|share| share.taken).collect();
        let rounds = u32::try_from(counted.len()).expect("fewer rounds than 2^32");
        if rules.score == OverallScore::Best {
            // Of equal scores the shorter attempt is the better round.
            counted.sort_by_key(|taken| (Reverse(score(taken)), taken.duration_ms));
            counted.truncate(rules.best as usize);
        }
        let last = shares.last().filter(|_| rounds > 0)?.taken;
        let (right, questions) = (0, 0);
        let mut sum =
            Self { last, score: 0, right, questions, perfect_attempts: 0, duration_ms: 0, rounds, won_before: false };
        for taken in counted {
            sum.score += score(taken);
            sum.right += u64::from(taken.right);
            sum.questions += u64::from(taken.questions);
            sum.perfect_attempts += u32::from(taken.is_perfect());
            sum.duration_ms += taken.duration_ms;
        }
        sum.won_before = shares.iter().any(|share| share.taken.won.is_some());
        Some(sum)
    }

    /// What a person weighs in one key, whatever its direction: less is better.
    const fn weight(&self, key: OverallKey) -> u128 {
        match key {
            OverallKey::Score => u128::MAX - self.score,
            OverallKey::PerfectAttempts => (u32::MAX - self.perfect_attempts) as u128,
            OverallKey::Duration => self.duration_ms as u128,
        }
    }

    fn line(&self, rank: Rank, denominator: u128) -> OverallLine {
        let score = ExactSum { numerator: self.score, denominator };
        OverallLine {
            rank,
            pseudonym: self.last.pseudonym.clone(),
            unit: self.last.unit.clone(),
            score: score.over(1).expect("a share of one person"),
            right: self.right,
            questions: self.questions,
            perfect_attempts: self.perfect_attempts,
            duration_ms: self.duration_ms,
            rounds: self.rounds,
            won_before: self.won_before,
        }
    }
}
