//! A contest over editions of its rounds, as these were kept: what standings and documents over it are ranked from.

use crate::editions::Editions;
use crate::error::StoreError;
use crate::objects::Bucket;
use crate::scored::Scored;
use crate::secrets::Secrets;
use contest::commendation::took_part;
use contest::edition::{Edition, Followed, Status};
use contest::figures::RoundFigures;
use contest::ids::{ContestantId, RoundId};
use contest::overall::ContestInput;
use contest::plan::Plan;
use contest::ranking::rank_round;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use std::collections::{BTreeMap, HashSet};

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
    /// When that round closed.
    pub closed_at: Timestamp,
    /// The latest of the instants that stand on the documents of the editions.
    pub announced_at: Timestamp,
    /// Official where every edition is.
    pub status: Status,
    /// Whether every round of the plan is followed.
    pub is_final: bool,
}

impl OverContest {
    /// Reads the followed editions from the vault; `editions` has those of every round that is followed.
    ///
    /// # Errors
    /// Also where one is followed that was never scored.
    pub async fn read(
        (vault, secrets): (&Bucket, &Secrets),
        plan: &Plan,
        follows: &[Followed],
        editions: impl Fn(&RoundId) -> Option<Editions>,
    ) -> Result<Self, StoreError> {
        let mut over = Self {
            taken: Vec::new(),
            figures: Vec::new(),
            took_part: BTreeMap::new(),
            plan: plan.clone(),
            units: UnitTree::default(),
            closed_at: Timestamp::from_millis(i64::MIN),
            announced_at: Timestamp::from_millis(i64::MIN),
            status: Status::Official,
            is_final: follows.len() == plan.rounds.len(),
        };
        for Followed { round, edition } in follows {
            let never = || StoreError::corrupt(format!("edition {edition} of {round}"), "it was never scored");
            let editions = editions(round).ok_or_else(never)?;
            let record = editions.scored.get(*edition as usize - 1).ok_or_else(never)?;
            let scored = Scored::read((vault, secrets), round, &editions, record).await?;
            let announced_at = record.edition.announced_at(scored.frozen.frozen_round(round)?);
            over.announced_at = over.announced_at.max(announced_at);
            over.add(round, &scored, &record.edition);
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
        if status == Status::Provisional {
            self.status = Status::Provisional;
        }
        let closed_at = Timestamp::from_millis(scored.ranked.closed_at_ms);
        if closed_at > self.closed_at {
            (self.closed_at, self.plan, self.units) = (closed_at, scored.frozen.plan.clone(), input.units.clone());
        }
    }

    /// What the contest is ranked from.
    pub fn input(&self) -> ContestInput<'_> {
        let Self { plan, units, taken, is_final, .. } = self;
        ContestInput { rules: &plan.rules, units, rounds: taken, is_final: *is_final }
    }
}
