//! What prizes cost (`DOMAIN.md` X11).

use crate::plan::{Plan, Scope};

/// Sums of prizes in đồng, without the extra prizes that a tie may add.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrizeTotals {
    /// Individual prizes of one round.
    pub each_round: u64,
    /// Rounds.
    pub rounds: u64,
    /// Individual prizes of the whole contest beside those of its rounds.
    pub contest: u64,
    /// Collective prizes of all rounds and of the contest.
    pub collective: u64,
}

impl PrizeTotals {
    /// The sums of a plan.
    pub fn of(plan: &Plan) -> Self {
        let rounds = plan.rounds.len() as u64;
        let individual = |scope: Scope| {
            let tiers = plan.rules.prizes.iter().filter(|prize| prize.scope == scope);
            tiers.map(|prize| u64::from(prize.count) * prize.amount).sum()
        };
        let collective = plan.rules.collective.iter().map(|collective| match collective.scope {
            Scope::Round => collective.worth() * rounds,
            Scope::Contest => collective.worth(),
        });
        let collective = collective.sum();
        Self { each_round: individual(Scope::Round), rounds, contest: individual(Scope::Contest), collective }
    }

    /// For people, over the whole contest.
    pub const fn individual(&self) -> u64 {
        self.each_round * self.rounds + self.contest
    }

    /// Everything that may have to be paid.
    pub const fn total(&self) -> u64 {
        self.individual() + self.collective
    }
}
