//! Ties that no key breaks and on which prizes depend: each of the people has one under `extra_prize`, or waits for it.

use super::{ReviewInput, Seen, Signal};
use crate::plan::UnbrokenTie;
use crate::result::RankingPlace;
use std::collections::BTreeSet;

pub(super) fn unbroken_ties(input: &ReviewInput<'_>) -> Vec<Seen> {
    let result = input.result;
    let mut at_stake: BTreeSet<RankingPlace> = result.waiting.iter().copied().collect();
    // Under the other two policies whoever has a prize was told apart, by the draw or by the organizers.
    if input.round.rules.ranking.unbroken_tie == UnbrokenTie::ExtraPrize {
        at_stake.extend(result.winners.iter().map(|winner| winner.place));
    }
    let ranked = at_stake.iter().map(|place| place.of(&result.ranking)).map(|line| (line.rank, line.person));
    let mut ties = input.groups(ranked, 2);
    let rank = |person| result.ranking.iter().find(|line| line.person == person).map_or(0, |line| line.rank.0);
    ties.sort_by_cached_key(|people| rank(people[0]));
    ties.into_iter().map(|people| (Signal::UnbrokenTie { rank: rank(people[0]) }, people)).collect()
}
