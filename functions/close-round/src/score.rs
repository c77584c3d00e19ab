//! Scoring and ranking kept rows: a pure function, so that an edition comes to the same bytes however often it is made,
//! and can be tried without anything being written.

use crate::frozen::FrozenRound;
use crate::ledger::ledger;
use anyhow::{bail, ensure};
use contest::attempt::{Attempt, Submission, accepted_before, duration_ms, in_time};
use contest::bank::PublicQuestion;
use contest::decision::Ruling;
use contest::edition::Edition;
use contest::ids::{ContestantId, Pseudonym};
use contest::lots::{self, LotDraw};
use contest::paper::recompose;
use contest::plan::{AttemptRules, Complete, Plan, RankingKey, RevealKey, Round, UnbrokenTie};
use contest::ranking::rank_round;
use contest::result::{
    LotTicket, Person, PersonIndex, Rank, RankingPlace, RoundInput, RoundResult, ScoredAttempt, Totals,
};
use contest::scoring::Marking;
use contest::seal::{ContestKeys, sha256_hex};
use contest::units::UnitTree;
use std::collections::{BTreeSet, HashMap};
use store::{ObjectRef, RankedRound, ScoredRound, StoreError, StoredKey, keys};

/// What a round's submissions are read by.
pub(crate) struct Reading<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) round: &'a Round,
    pub(crate) keys: &'a ContestKeys,
    pub(crate) bank: &'a [PublicQuestion],
}

/// What an edition comes to, as it is kept.
pub(crate) struct ScoredEdition {
    pub(crate) ranked: RankedRound,
    /// The ledger of the round, the same in every edition.
    pub(crate) ledger: Vec<u8>,
    pub(crate) outcome: RankedEdition,
}

/// Who is where and wins what in an edition.
pub(crate) struct RankedEdition {
    pub(crate) ranking: Ranking,
    /// Codes of those who win, one for each prize.
    pub(crate) winners: Vec<String>,
    /// Hash of who wins what.
    pub(crate) winners_sha256: String,
    /// Whether prizes are left to a draw.
    pub(crate) awaits_draw: bool,
}

/// Scores and ranks an edition under a ruling, with the draw where it rests on one.
pub(crate) fn score(
    frozen: &FrozenRound,
    edition: &Edition,
    ruling: &Ruling,
    drawn: Option<&LotDraw>,
) -> anyhow::Result<ScoredEdition> {
    let (plan, round) = (&frozen.contest.plan, frozen.round()?);
    let ledger = frozen.ledger()?;
    let tickets = drawn.map(|drawn| tickets(frozen, drawn, &ledger)).transpose()?;
    let outcome = rank_edition(frozen, edition, ruling, tickets)?;
    let Ranking { people, attempts, at_closing, result, .. } = &outcome.ranking;
    let sha256 = sha256_hex(&ledger);
    let ranked = RankedRound::of(ScoredRound {
        manifest: &frozen.manifest,
        people,
        attempts,
        winners: outcome.winners.clone(),
        opened_key: frozen.opened.clone().filter(|_| plan.attempt_of(round).reveal_key == RevealKey::Published),
        follows: &frozen.follows,
        at_closing: at_closing.unwrap_or(result.totals),
        compares_starts: plan.rules.ranking.order.contains(&RankingKey::StartedAt),
        ledger: ObjectRef { path: keys::ledger(&plan.id, &round.id, &sha256), sha256 },
    });
    Ok(ScoredEdition { ranked, ledger, outcome })
}

/// The same of an edition that is only tried. Its ledger, which takes long to make, is made where a draw rests on it.
pub(crate) fn try_edition(
    frozen: &FrozenRound,
    edition: &Edition,
    ruling: &Ruling,
    drawn: Option<&LotDraw>,
) -> anyhow::Result<RankedEdition> {
    let tickets = drawn.map(|drawn| tickets(frozen, drawn, &frozen.ledger()?)).transpose()?;
    rank_edition(frozen, edition, ruling, tickets)
}

fn tickets(frozen: &FrozenRound, drawn: &LotDraw, ledger: &[u8]) -> anyhow::Result<Vec<LotTicket>> {
    let root = contest::ledger::root(std::str::from_utf8(ledger)?.lines());
    Ok(lots::tickets(&frozen.people, &drawn.value(), &root))
}

fn rank_edition(
    frozen: &FrozenRound,
    edition: &Edition,
    ruling: &Ruling,
    tickets: Option<Vec<LotTicket>>,
) -> anyhow::Result<RankedEdition> {
    let at_closing = match edition.number {
        1 => None,
        _ => Some(rank(frozen, &Ruling::default(), None, None)?.result.totals),
    };
    let draws = frozen.contest.plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot && tickets.is_none();
    let ranking = rank(frozen, ruling, tickets, at_closing)?;
    let Ranking { people, result, .. } = &ranking;
    let winners = winners(result, people);
    let won = winners.iter().zip(&result.winners).map(|(who, won)| format!("{who} {}\n", won.tier.0));
    let winners_sha256 = sha256_hex(won.collect::<BTreeSet<_>>().into_iter().collect::<String>().as_bytes());
    let awaits_draw = draws && !result.waiting.is_empty();
    Ok(RankedEdition { ranking, winners, winners_sha256, awaits_draw })
}

/// A ranking with what it came from, besides the rules and the units.
pub(crate) struct Ranking {
    people: Vec<Person>,
    attempts: Vec<ScoredAttempt>,
    tickets: Option<Vec<LotTicket>>,
    at_closing: Option<Totals>,
    pub(crate) result: RoundResult,
}

impl Ranking {
    pub(crate) fn input<'a>(&'a self, plan: &'a Plan, round: &'a Round, units: &'a UnitTree) -> RoundInput<'a> {
        let Self { people, attempts, tickets, at_closing, .. } = self;
        let (rules, attempt, round) = (&plan.rules, plan.attempt_of(round), &round.id);
        RoundInput { rules, attempt, round, units, people, attempts, lots: tickets.as_deref(), at_closing: *at_closing }
    }

    /// Everyone's rank by public name.
    pub(crate) fn ranks(&self) -> impl Iterator<Item = (Pseudonym, Rank)> {
        self.result.ranking.iter().map(|line| (line.person.of(&self.people).pseudonym.clone(), line.rank))
    }
}

fn rank(
    frozen: &FrozenRound,
    ruling: &Ruling,
    tickets: Option<Vec<LotTicket>>,
    at_closing: Option<Totals>,
) -> anyhow::Result<Ranking> {
    let people: Vec<Person> = frozen.people.iter().map(|person| ruling.person(person)).collect();
    let key = frozen.opened.as_ref().map(StoredKey::key).transpose()?.unwrap_or_default();
    let mut attempts = frozen.reading()?.score_all(&frozen.rows, &people, &ruling.marking(key))?;
    ruling.strike(&people, &mut attempts);
    let (plan, units, lots) = (&frozen.contest.plan, &frozen.units, tickets.as_deref());
    let of = frozen.round()?;
    let (rules, attempt, round) = (&plan.rules, plan.attempt_of(of), &of.id);
    let result = rank_round(&RoundInput {
        rules,
        attempt,
        round,
        units,
        people: &people,
        attempts: &attempts,
        lots,
        at_closing,
    });
    Ok(Ranking { people, attempts, tickets, at_closing, result })
}

fn winners(result: &RoundResult, people: &[Person]) -> Vec<String> {
    let winner = |place: RankingPlace| place.of(&result.ranking).person.of(people).contestant.to_string();
    result.winners.iter().map(|won| winner(won.place)).collect()
}

impl FrozenRound {
    fn ledger(&self) -> anyhow::Result<Vec<u8>> {
        ledger(&self.reading()?, &self.rows, &self.people)
    }

    fn reading(&self) -> Result<Reading<'_>, StoreError> {
        let (plan, keys) = (&self.contest.plan, &self.contest.keys);
        Ok(Reading { plan, round: self.round()?, keys, bank: &self.bank })
    }
}

impl Reading<'_> {
    /// Scores every submission that was in time. Rows without one, or late, stay kept and do not count.
    fn score_all(&self, rows: &[Attempt], people: &[Person], marking: &Marking) -> anyhow::Result<Vec<ScoredAttempt>> {
        let places = self.places(people);
        let secret = self.keys.paper_secret(&self.round.id);
        let mut scored = Vec::new();
        for row in rows {
            let Some(submission) = self.accepted(row) else { continue };
            let Some(&person) = places.get(&row.contestant) else {
                bail!("an attempt of nobody: {}", self.keys.pseudonym(&row.contestant))
            };
            let paper = recompose(self.plan.paper_of(self.round), self.bank, &secret, row);
            ensure!(!paper.questions.is_empty(), "a submission without a bank");
            scored.push(ScoredAttempt {
                person,
                number: row.number,
                started_at: row.started_at,
                duration_ms: duration_ms(self.rules(), row.started_at, submission.received_at),
                submitted_at: submission.received_at,
                right: paper.count_right(self.bank, &submission.answers, marking),
                questions: u16::try_from(paper.questions.len())?,
                prediction: submission.prediction,
                struck: false,
                incomplete: self.rules().complete == Complete::Required
                    && !paper.is_complete(self.bank, &submission.answers, &marking.voided),
            });
        }
        Ok(scored)
    }

    /// What an attempt of the round is.
    fn rules(&self) -> &AttemptRules {
        self.plan.attempt_of(self.round)
    }

    /// Where each person stands in `people`.
    pub(crate) fn places<'p>(&self, people: &'p [Person]) -> HashMap<&'p ContestantId, PersonIndex> {
        PersonIndex::all(people).map(|(index, person)| (&person.contestant, index)).collect()
    }

    /// The submission of a row if it was in time: the verdict again, from stored fields and the plan alone.
    pub(crate) fn accepted<'r>(&self, row: &'r Attempt) -> Option<&'r Submission> {
        let before = accepted_before(self.rules(), self.round.closes, row.started_at);
        row.submission
            .as_ref()
            .filter(|submission| row.started_at >= self.round.opens && in_time(submission.received_at, before))
    }
}
