//! An edition of a round scored again, from what was kept of it.

use crate::App;
use contest::ids::{ContestId, RoundId};
use contest::ledger;
use contest::lots::{self, LotDraw};
use contest::result::{LotTicket, Person, RoundInput, ScoredAttempt};
use contest::units::UnitTree;
use store::{ContestSnapshot, EditionRecord, Editions, RankedRound};

pub(crate) struct Scored {
    pub(crate) ranked: RankedRound,
    /// The contest as it was when the round was frozen.
    pub(crate) frozen: ContestSnapshot,
    pub(crate) drawn: Option<LotDraw>,
    units: UnitTree,
    people: Vec<Person>,
    attempts: Vec<ScoredAttempt>,
    tickets: Option<Vec<LotTicket>>,
    is_first: bool,
}

impl Scored {
    pub(crate) async fn read(
        app: &App,
        contest: &ContestId,
        round: &RoundId,
        editions: &Editions,
        record: &EditionRecord,
    ) -> anyhow::Result<Self> {
        let ranked = RankedRound::load(&app.vault, record).await?;
        let frozen = ContestSnapshot::frozen(&ranked.state, &app.vault, &app.secrets).await?;
        debug_assert_eq!(frozen.plan.id, *contest, "the state is that of its contest");
        let units = frozen.units().await?;
        let (people, attempts) = (ranked.people(&frozen.keys)?, ranked.attempts());
        let draw = editions.draw.as_ref().filter(|_| record.edition.drawn);
        let drawn = draw.map(|draw| draw.with_secret(frozen.keys.lot_secret(round))).transpose()?;
        let tickets = match &drawn {
            Some(drawn) => {
                let ledger = app.vault.referred(&ranked.ledger).await?;
                let root = ledger::root(std::str::from_utf8(&ledger)?.lines());
                Some(lots::tickets(&people, &drawn.value(), &root))
            }
            None => None,
        };
        let is_first = record.edition.number == 1;
        Ok(Self { ranked, frozen, drawn, units, people, attempts, tickets, is_first })
    }

    /// What the edition is ranked from.
    pub(crate) fn input(&self) -> RoundInput<'_> {
        RoundInput {
            rules: &self.frozen.plan.rules,
            units: &self.units,
            people: &self.people,
            attempts: &self.attempts,
            lots: self.tickets.as_deref(),
            at_closing: (!self.is_first).then(|| self.ranked.at_closing()),
        }
    }
}
