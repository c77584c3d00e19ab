//! An edition of a round as it was kept, ready to be ranked again.

mod reviewed;

pub use reviewed::Reviewed;

use crate::editions::{EditionRecord, Editions};
use crate::error::StoreError;
use crate::objects::Bucket;
use crate::runs::RankedRound;
use crate::secrets::Secrets;
use crate::snapshot::ContestSnapshot;
use contest::ids::RoundId;
use contest::ledger;
use contest::lots::{self, LotDraw};
use contest::plan::AttemptRules;
use contest::result::{LotTicket, Person, RoundInput, ScoredAttempt};
use contest::units::UnitTree;

/// All that an edition is ranked from.
pub struct Scored {
    pub ranked: RankedRound,
    /// The contest as it was when the round was frozen.
    pub frozen: ContestSnapshot,
    /// The draw, in editions that rest on it.
    pub drawn: Option<LotDraw>,
    /// What an attempt of the round was then.
    attempt: AttemptRules,
    round: RoundId,
    units: UnitTree,
    people: Vec<Person>,
    attempts: Vec<ScoredAttempt>,
    tickets: Option<Vec<LotTicket>>,
    is_first: bool,
}

impl Scored {
    /// Reads one of the editions of a round from the vault.
    pub async fn read(
        (vault, secrets): (&Bucket, &Secrets),
        round: &RoundId,
        editions: &Editions,
        record: &EditionRecord,
    ) -> Result<Self, StoreError> {
        let ranked = RankedRound::load(vault, record).await?;
        let frozen = ContestSnapshot::frozen(&ranked.state, vault, secrets).await?;
        let attempt = *frozen.plan.attempt_of(frozen.frozen_round(round)?);
        let units = frozen.units().await?;
        let (people, attempts) = (ranked.people(&frozen.keys)?, ranked.attempts());
        let draw = editions.draw.as_ref().filter(|_| record.edition.drawn);
        let drawn = draw.map(|draw| draw.with_secret(frozen.keys.lot_secret(round))).transpose()?;
        let tickets = match &drawn {
            Some(drawn) => Some(lots::tickets(&people, &drawn.value(), &root(vault, &ranked).await?)),
            None => None,
        };
        let is_first = record.edition.number == 1;
        let round = round.clone();
        Ok(Self { ranked, frozen, drawn, attempt, round, units, people, attempts, tickets, is_first })
    }

    /// Root of the round's ledger.
    pub async fn root(&self, vault: &Bucket) -> Result<[u8; 32], StoreError> {
        root(vault, &self.ranked).await
    }

    /// What the edition is ranked from.
    pub fn input(&self) -> RoundInput<'_> {
        RoundInput {
            rules: &self.frozen.plan.rules,
            attempt: &self.attempt,
            round: &self.round,
            units: &self.units,
            people: &self.people,
            attempts: &self.attempts,
            lots: self.tickets.as_deref(),
            at_closing: (!self.is_first).then(|| self.ranked.at_closing()),
        }
    }
}

async fn root(vault: &Bucket, ranked: &RankedRound) -> Result<[u8; 32], StoreError> {
    let ledger = vault.referred(&ranked.ledger).await?;
    let text = std::str::from_utf8(&ledger).map_err(|e| StoreError::corrupt(&ranked.ledger.path, e))?;
    Ok(ledger::root(text.lines()))
}
