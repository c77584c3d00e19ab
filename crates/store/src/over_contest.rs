//! A contest over editions of its rounds, as these were kept: what standings and documents over it are ranked from.

use crate::editions::Editions;
use crate::error::StoreError;
use crate::objects::Bucket;
use crate::scored::Scored;
use crate::secrets::Secrets;
use contest::commendation::took_part;
use contest::decision::{Decision, Ruling, of_round};
use contest::edition::over_contest::{self, OverallEdition};
use contest::edition::{Edition, Followed, Status};
use contest::figures::RoundFigures;
use contest::ids::{ContestantId, RoundId};
use contest::lots::{ContestLots, LotDraw};
use contest::overall::{ContestInput, ContestRuling};
use contest::plan::Plan;
use contest::ranking::rank_round;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use std::collections::{BTreeMap, HashSet};

/// What a contest is read from the vault as.
#[derive(Clone, Copy)]
pub struct OverallBasis<'a> {
    /// Today's.
    pub plan: &'a Plan,
    pub edition: &'a OverallEdition,
    /// Every decision in force, at least those on which the edition rests.
    pub decisions: &'a [Decision],
}

/// Editions of rounds, ranked again one after the other.
pub struct OverContest {
    /// What each round adds, in the order in which they were followed.
    pub taken: Vec<TakenRound>,
    /// What is reported of each of them, in the same order.
    pub figures: Vec<RoundFigures>,
    /// Who took part in each round.
    pub took_part: BTreeMap<RoundId, HashSet<ContestantId>>,
    /// As the round that closed last was frozen with; of equal instants the first.
    pub plan: Plan,
    /// The units then.
    pub units: UnitTree,
    /// That round, where there is one.
    pub last: Option<RoundId>,
    /// When it closed.
    pub closed_at: Timestamp,
    /// Its draw, in editions that rest on one.
    pub drawn: Option<LotDraw>,
    /// What was decided and drawn about the contest as a whole.
    pub ruling: ContestRuling,
    /// The latest of the instants that stand on the documents of the editions.
    pub announced_at: Timestamp,
    /// Official where every edition is, unless something else was decided about the contest since.
    pub status: Status,
    /// Whether every round of the plan is followed.
    pub is_final: bool,
}

impl OverContest {
    /// Reads the followed editions from the vault; `editions` has those of every round that is followed.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where an edition or a draw is followed that `editions` lacks: another run made it after these were
    /// read. Also where the edition rests on decisions that are not among those given.
    pub async fn read(
        (vault, secrets): (&Bucket, &Secrets),
        basis: &OverallBasis<'_>,
        editions: impl Fn(&RoundId) -> Option<Editions>,
    ) -> Result<Self, StoreError> {
        let OverallBasis { plan, edition: overall, decisions } = *basis;
        let mut over = Self {
            taken: Vec::new(),
            figures: Vec::new(),
            took_part: BTreeMap::new(),
            plan: plan.clone(),
            units: UnitTree::default(),
            last: None,
            closed_at: Timestamp::from_millis(i64::MIN),
            drawn: None,
            ruling: ContestRuling::default(),
            announced_at: Timestamp::from_millis(i64::MIN),
            status: Status::Official,
            is_final: overall.follows.len() == plan.rounds.len(),
        };
        let (mut roots, mut statuses, mut last) = (Vec::new(), Vec::new(), None);
        for Followed { round, edition } in &overall.follows {
            let newer = || StoreError::Raced { what: format!("editions of {round}") };
            let editions = editions(round).ok_or_else(newer)?;
            let record = editions.scored.get(*edition as usize - 1).ok_or_else(newer)?;
            let scored = Scored::read((vault, secrets), round, &editions, record).await?;
            let announced_at = record.edition.announced_at(scored.frozen.frozen_round(round)?);
            over.announced_at = over.announced_at.max(announced_at);
            over.add(round, &scored, &record.edition);
            statuses.push(record.edition.status);
            if overall.drawn {
                roots.push(scored.root(vault).await?);
            }
            if over.last.as_ref() == Some(round) {
                last = Some((scored.frozen.keys, editions.draw));
            }
        }
        let (id, Some((keys, draw))) = (RoundId::overall(), last) else { return Ok(over) };
        let about = of_round(decisions, &id);
        let unknown = || StoreError::corrupt("an edition of a contest", "it rests on what is not known");
        let about = about.get(..overall.decisions as usize).ok_or_else(unknown)?;
        over.ruling = ContestRuling::of(&Ruling::of_decisions(about, &id), |who| keys.pseudonym(who));
        if let Some(newest) = about.last() {
            over.announced_at = over.announced_at.max(newest.at);
        }
        over.status = over_contest::status(statuses, about.last().map(|newest| newest.recognizes(&id)));
        if let (true, Some(last)) = (overall.drawn, &over.last) {
            let newer = || StoreError::Raced { what: format!("draw of {last}") };
            let drawn = draw.ok_or_else(newer)?.with_secret(keys.lot_secret(last))?;
            over.ruling.lots = Some(ContestLots::of(&drawn, roots));
            over.drawn = Some(drawn);
        }
        Ok(over)
    }

    fn add(&mut self, round: &RoundId, scored: &Scored, edition: &Edition) {
        let (input, status) = (scored.input(), edition.status);
        let result = rank_round(&input);
        self.taken.push(TakenRound::of(round, &input, &result));
        let zone = scored.frozen.plan.time_zone;
        self.figures.push(RoundFigures::of((round, edition.number, status), &input, &result, zone));
        self.took_part.insert(round.clone(), took_part(&input));
        let closed_at = Timestamp::from_millis(scored.ranked.closed_at_ms);
        if closed_at > self.closed_at {
            self.last = Some(round.clone());
            (self.closed_at, self.plan, self.units) = (closed_at, scored.frozen.plan.clone(), input.units.clone());
        }
    }

    /// What the contest is ranked from.
    pub fn input(&self) -> ContestInput<'_> {
        let Self { plan, units, taken, is_final, ruling, .. } = self;
        ContestInput {
            rules: &plan.rules,
            points: plan.usual_points(),
            units,
            rounds: taken,
            is_final: *is_final,
            ruling,
        }
    }
}
