//! What organizers see of one contestant.

use crate::App;
use contest::ids::ContestantId;
use contest::organizers::look_up::AttemptState;
use contest::plan::Round;
use contest::time::Timestamp;
use contest::units::UnitTree;
use documents::console::contestants::{AttemptLine, Card, UnitName};
use store::{AttemptPartition, ContestSnapshot, Profile, Spread, StoreError};

/// What cards are made of.
pub(super) struct Cards<'a> {
    pub(super) app: &'a App,
    pub(super) contest: &'a ContestSnapshot,
    pub(super) units: &'a UnitTree,
    pub(super) now: Timestamp,
}

impl Cards<'_> {
    /// A card without attempts.
    pub(super) fn brief(&self, code: &ContestantId, profile: &Profile) -> Result<Card, StoreError> {
        let unit = profile.unit_code()?.and_then(|unit| self.units.find(&unit));
        let unit = unit.map(|place| &self.units.units()[place]);
        let reset = profile.reset.as_ref().map(|reset| Timestamp::from_millis(reset.until_ms));
        Ok(Card {
            code: code.to_string(),
            contestant: self.contest.keys.pseudonym(code).to_string(),
            full_name: profile.full_name.clone(),
            birth_year: profile.birth_date.as_deref().and_then(|date| date.get(..4)?.parse().ok()),
            unit: unit.map(|unit| UnitName { code: unit.code.to_string(), name: unit.name.clone() }),
            registered_at: Timestamp::from_millis(profile.registered_at_ms).rfc3339(),
            erased: profile.erased_at_ms.is_some(),
            reset_until: reset.filter(|until| self.now < *until).map(Timestamp::rfc3339),
            attempts: None,
        })
    }

    /// Cards with the attempts of every round that has opened.
    pub(super) async fn full(&self, people: &[(ContestantId, Profile)]) -> Result<Vec<Card>, StoreError> {
        let mut cards =
            people.iter().map(|(code, profile)| self.brief(code, profile)).collect::<Result<Vec<_>, _>>()?;
        cards.iter_mut().for_each(|card| card.attempts = Some(Vec::new()));
        for round in self.contest.plan.rounds.iter().filter(|round| round.opens <= self.now) {
            let Some(record) = self.app.control.round(&self.contest.plan.id, &round.id).await? else { continue };
            for ((code, _), card) in people.iter().zip(&mut cards) {
                let attempts = self.attempts(round, record.spread, code).await?;
                card.attempts.get_or_insert_default().extend(attempts);
            }
        }
        Ok(cards)
    }

    async fn attempts(
        &self,
        round: &Round,
        spread: Spread,
        code: &ContestantId,
    ) -> Result<Vec<AttemptLine>, StoreError> {
        let shard = self.contest.keys.shard(code, spread.shards);
        let partition = AttemptPartition { contest: &self.contest.plan.id, round: &round.id, shard };
        let rows = self.app.attempts.read_rows_of(partition, code).await?;
        let line = |row: contest::watch::AttemptRow| AttemptLine {
            round: round.id.to_string(),
            round_name: round.name.clone(),
            number: row.number,
            started_at: row.started_at.rfc3339(),
            ends_at: row.accepted_before.rfc3339(),
            submitted_at: row.submitted_at.map(Timestamp::rfc3339),
            state: AttemptState::of(&row, self.now).as_str(),
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
