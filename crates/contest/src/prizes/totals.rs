//! What prizes cost (`DOMAIN.md` X11).

use crate::plan::{Plan, PrizeTier, Scope};

/// Sums of prizes in đồng, without the extra prizes that a tie may add.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrizeTotals {
    /// Individual prizes that every round gives, once.
    pub each_round: u64,
    /// Rounds.
    pub rounds: u64,
    /// Individual prizes that some rounds give and others do not, in all their rounds together.
    pub some_rounds: u64,
    /// Individual prizes of the whole contest beside those of its rounds.
    pub contest: u64,
    /// Collective prizes of all rounds and of the contest.
    pub collective: u64,
    /// What commendations may cost, of all rounds and of the contest.
    pub commendation: u64,
}

impl PrizeTotals {
    /// The sums of a plan.
    pub fn of(plan: &Plan) -> Self {
        let rounds = plan.rounds.len() as u64;
        let tiers = |scope: Scope| plan.rules.prizes.iter().filter(move |prize| prize.scope == scope);
        let (some, every): (Vec<_>, Vec<_>) = tiers(Scope::Round).partition(|prize| !prize.rounds.is_empty());
        let over = |scope: Scope, worth: u64| match scope {
            Scope::Round => worth * rounds,
            Scope::Contest => worth,
        };
        Self {
            each_round: every.into_iter().map(PrizeTier::worth).sum(),
            rounds,
            some_rounds: some.into_iter().map(|prize| prize.times(rounds) * prize.worth()).sum(),
            contest: tiers(Scope::Contest).map(PrizeTier::worth).sum(),
            collective: plan.rules.collective.iter().map(|of| over(of.scope, of.worth())).sum(),
            commendation: plan.commendation.iter().map(|of| over(of.scope, of.worth())).sum(),
        }
    }

    /// Individual prizes, over the whole contest.
    pub const fn individual(&self) -> u64 {
        self.each_round * self.rounds + self.some_rounds + self.contest
    }

    /// Everything that may have to be paid.
    pub const fn total(&self) -> u64 {
        self.individual() + self.collective + self.commendation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::read;

    #[test]
    fn what_is_given_in_each_round_is_counted_for_each() {
        let plan = read(include_str!("../plan_file/everything.toml")).plan.expect("a plan");
        let totals = PrizeTotals::of(&plan);
        assert_eq!((totals.each_round, totals.rounds, totals.contest), (2_000_000, 4, 8_000_000));
        assert_eq!(totals.some_rounds, 2 * 400_000);
        assert_eq!((totals.collective, totals.commendation), (2_000_000 + 4 * 500_000, 4 * 600_000));
        assert_eq!((totals.individual(), totals.total()), (16_800_000, 23_200_000));
    }
}
