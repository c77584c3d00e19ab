//! What every step of a request about attempts needs, read once and handed on instead of its parts.

use crate::signed_in::SignedIn;
use contest::attempt::{Attempt, AttemptState, accepted_before};
use contest::bank::PublicQuestion;
use contest::paper::{Paper, compose};
use contest::plan::{AttemptRules, Round};
use contest::time::Timestamp;
use std::ops::Deref;
use std::sync::Arc;
use store::{AttemptPartition, StoreError};

/// Where a contestant sits in a round.
#[derive(Clone, Copy)]
pub(crate) struct Seat<'a> {
    pub(crate) who: &'a SignedIn<'a>,
    pub(crate) round: &'a Round,
    pub(crate) partition: AttemptPartition<'a>,
    /// How many copies the gate of the round has.
    pub(super) gates: u8,
}

impl<'a> Seat<'a> {
    /// `None` where the round has no record yet, and so nobody has started anything in it.
    pub(crate) async fn of(who: &'a SignedIn<'a>, round: &'a Round) -> Result<Option<Self>, StoreError> {
        let Some(spread) = who.app.contests.spread(&who.contest, round).await? else { return Ok(None) };
        let shard = who.contest.keys.shard(&who.contestant, spread.shards);
        let partition = AttemptPartition { contest: &who.contest.plan.id, round: &round.id, shard };
        Ok(Some(Self { who, round, partition, gates: spread.gates }))
    }

    /// Every attempt of the contestant in the round, by number.
    pub(crate) async fn attempts(&self) -> Result<Vec<Attempt>, StoreError> {
        let stored = self.who.app.attempts.query_attempts_of(self.partition, &self.who.contestant).await?;
        Ok(stored.into_iter().map(|attempt| self.extended(attempt)).collect())
    }

    pub(super) async fn attempt(&self, number: u16) -> Result<Option<Attempt>, StoreError> {
        let stored = self.who.app.attempts.attempt(self.partition, &self.who.contestant, number).await?;
        Ok(stored.map(|attempt| self.extended(attempt)))
    }

    /// Leaves what is under way to sessions of this version and later ones.
    pub(crate) async fn raise_session_version(&self, version: u32) -> Result<(), StoreError> {
        let now = self.who.request.received_at;
        for attempt in self.attempts().await? {
            if attempt.state_at(now) == AttemptState::Open && attempt.session_version < version {
                self.who.app.attempts.raise_session_version(self.partition, &attempt, version).await?;
            }
        }
        Ok(())
    }

    /// What an attempt of the round is.
    pub(super) fn rules(&self) -> &AttemptRules {
        self.who.contest.plan.attempt_of(self.round)
    }

    /// The end of an attempt by the plan in force.
    pub(super) fn accepted_before(&self, attempt: &Attempt) -> Timestamp {
        accepted_before(self.rules(), self.round.closes, attempt.started_at)
    }

    /// Where the round's end was moved later, the attempts that are under way end later too.
    fn extended(&self, attempt: Attempt) -> Attempt {
        let accepted_before = attempt.accepted_before.max(self.accepted_before(&attempt));
        Attempt { accepted_before, ..attempt }
    }

    /// The questions of the round; `None` where its bank has not been uploaded.
    pub(crate) async fn bank(&self) -> Result<Option<Arc<Vec<PublicQuestion>>>, StoreError> {
        self.who.app.contests.bank(&self.who.contest, self.round).await
    }

    /// With the paper of one attempt.
    pub(crate) fn sit(self, bank: Arc<Vec<PublicQuestion>>, number: u16) -> Sitting<'a> {
        let contest = &self.who.contest;
        let secret = contest.keys.paper_secret(&self.round.id);
        let paper = compose(contest.plan.paper_of(self.round), &bank, &secret, &self.who.contestant, number);
        Sitting { seat: self, number, bank, paper }
    }
}

/// One attempt of a contestant, with the paper that it shows.
pub(crate) struct Sitting<'a> {
    seat: Seat<'a>,
    pub(super) number: u16,
    pub(crate) bank: Arc<Vec<PublicQuestion>>,
    pub(crate) paper: Paper,
}

impl<'a> Deref for Sitting<'a> {
    type Target = Seat<'a>;

    fn deref(&self) -> &Seat<'a> {
        &self.seat
    }
}
