//! Individual prizes: tiers in file order down the ranking (`CONTRACT.md` 3.2).
//!
//! People who share a rank stand or fall together. A tie needs breaking only where it decides who
//! gets what: a group that lies wholly inside one tier just gets it.

use crate::ids::RoundId;
use crate::plan::{PrizeTier, Rules, Scope, UnbrokenTie};
use crate::result::{PrizeStep, Rank, RankingPlace, Winner};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;
mod totals;

pub use totals::PrizeTotals;

/// Who wins, and whose prize is still undecided; both name places in the ranking.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Awards {
    /// By place.
    pub(crate) winners: Vec<Winner>,
    /// By place: people who wait for a draw or for the organizers, and only those whom a prize can
    /// reach.
    pub(crate) waiting: Vec<RankingPlace>,
}

/// What decides the prize of one line of a ranking.
pub(crate) struct Candidate {
    pub(crate) rank: Rank,
    /// Not passed over.
    pub(crate) may_win: bool,
    /// Place that a decision gives among those who share the rank.
    pub(crate) decided_place: Option<u32>,
    /// Drawn value, once there is a draw.
    pub(crate) ticket: Option<[u8; 32]>,
}

/// What prizes are given for.
#[derive(Clone, Copy)]
pub(crate) enum Occasion<'a> {
    /// A round.
    Round(&'a RoundId),
    /// The contest as a whole.
    Contest,
}

impl Occasion<'_> {
    fn gives(self, tier: &PrizeTier) -> bool {
        match self {
            Self::Round(round) => tier.is_given_in(round),
            Self::Contest => tier.scope == Scope::Contest,
        }
    }
}

/// Gives the prizes of one occasion to `ranking`, which is sorted by rank; `candidate` reads a line of it.
pub(crate) fn award<L>(
    rules: &Rules,
    occasion: Occasion<'_>,
    ranking: &[L],
    candidate: impl Fn(&L) -> Candidate,
) -> Awards {
    let policy = rules.ranking.unbroken_tie;
    let mut stock = stock(rules, occasion);
    let mut awards = Awards { winners: Vec::new(), waiting: Vec::new() };
    let mut organizers_decide = false;
    let mut above = 0;
    for tied in ranking.chunk_by(|a, b| candidate(a).rank == candidate(b).rank) {
        let Some(left) = stock.left_in_tier() else { break };
        let places = (above..).map(RankingPlace).zip(tied.iter().map(&candidate));
        let group: Vec<(RankingPlace, Candidate)> = places.filter(|(_, candidate)| candidate.may_win).collect();
        above += u32::try_from(tied.len()).expect("fewer people than 2^32");
        let order_matters = group.len() as u64 > left;
        let order = match policy {
            _ if organizers_decide => None,
            UnbrokenTie::Organizers if order_matters => decided_order(&group),
            UnbrokenTie::Lot if order_matters => decided_order(&group).or_else(|| draw(&group)),
            _ => Some(places_of(&group)),
        };
        organizers_decide |= order.is_none() && policy == UnbrokenTie::Organizers;
        match order {
            Some(group) if policy == UnbrokenTie::ExtraPrize => awards.give_together(group, &mut stock),
            Some(order) => awards.give_in_turn(order, &mut stock),
            None => awards.hold_back(places_of(&group), &mut stock),
        }
    }
    awards.winners.sort_unstable_by_key(|winner| winner.place);
    awards
}

impl Awards {
    fn give_together(&mut self, group: Vec<RankingPlace>, stock: &mut PrizeStock) {
        if let Some(tier) = stock.take_together(group.len() as u64) {
            self.winners.extend(group.into_iter().map(|place| Winner { place, tier }));
        }
    }

    fn give_in_turn(&mut self, order: Vec<RankingPlace>, stock: &mut PrizeStock) {
        for place in order {
            let Some(tier) = stock.take_together(1) else { break };
            self.winners.push(Winner { place, tier });
        }
    }

    /// How many prizes a group takes is known before its order is: a missing draw keeps nobody below
    /// it waiting, and the organizers keep only those whom a prize can reach.
    fn hold_back(&mut self, group: Vec<RankingPlace>, stock: &mut PrizeStock) {
        stock.discard(group.len() as u64);
        self.waiting.extend(group);
    }
}

fn stock(rules: &Rules, occasion: Occasion<'_>) -> PrizeStock {
    let tiers = (0..).map(PrizeStep).zip(&rules.prizes).filter(|(_, tier)| occasion.gives(tier));
    PrizeStock::new(tiers.map(|(step, tier)| (step, tier.count)))
}

fn places_of(group: &[(RankingPlace, Candidate)]) -> Vec<RankingPlace> {
    group.iter().map(|(place, _)| *place).collect()
}

/// `group` in the order that the organizers decided, or `None` unless it gives each of them another place. Lots that
/// were drawn by hand come as such an order too.
fn decided_order(group: &[(RankingPlace, Candidate)]) -> Option<Vec<RankingPlace>> {
    let decided = |(place, candidate): &(RankingPlace, Candidate)| Some((candidate.decided_place?, *place));
    let order: BTreeMap<u32, RankingPlace> = group.iter().map(decided).collect::<Option<_>>()?;
    (order.len() == group.len()).then(|| order.into_values().collect())
}

/// `group` in the order of the draw, or `None` while a ticket of any of them is missing. Equal
/// values, which no honest draw of 256 bits gives, stay in the order of the ranking.
fn draw(group: &[(RankingPlace, Candidate)]) -> Option<Vec<RankingPlace>> {
    let ticket = |(place, candidate): &(RankingPlace, Candidate)| candidate.ticket.map(|value| (value, *place));
    let mut drawn: Vec<([u8; 32], RankingPlace)> = group.iter().map(ticket).collect::<Option<_>>()?;
    drawn.sort_unstable();
    Some(drawn.into_iter().map(|(_, place)| place).collect())
}

/// Prizes not yet given, best tier first.
pub(crate) struct PrizeStock {
    /// Prizes left of each tier, the best one at the end; no tier here is used up.
    tiers: Vec<(PrizeStep, u64)>,
}

impl PrizeStock {
    /// Tiers with their counts, best first. A tier of zero prizes is never given.
    pub(crate) fn new(tiers: impl Iterator<Item = (PrizeStep, u32)>) -> Self {
        let wanted = tiers.filter(|&(_, count)| count > 0);
        let mut tiers: Vec<_> = wanted.map(|(step, count)| (step, u64::from(count))).collect();
        tiers.reverse();
        Self { tiers }
    }

    /// Prizes left in the tier whose turn it is; `None` when every prize is given.
    fn left_in_tier(&self) -> Option<u64> {
        self.tiers.last().map(|&(_, left)| left)
    }

    /// The tier whose turn it is for a whole group, even a larger one than it has prizes for. The
    /// tiers after it keep their counts.
    pub(crate) fn take_together(&mut self, group_size: u64) -> Option<PrizeStep> {
        let (tier, left) = self.tiers.last_mut()?;
        let tier = *tier;
        *left = left.saturating_sub(group_size);
        if *left == 0 {
            self.tiers.pop();
        }
        Some(tier)
    }

    /// Sets prizes aside for people whose order is not known yet.
    fn discard(&mut self, mut count: u64) {
        while let Some(left) = self.left_in_tier().filter(|_| count > 0) {
            let taken = left.min(count);
            self.take_together(taken);
            count -= taken;
        }
    }
}
