//! Campaigns of a played contest: where the plan commends people who bring others in, one person of the cast brings in what
//! is asked for, and another the same but for one round (`DOMAIN.md` R2, R3).

use super::{BLANK, Participation};
use contest::plan::{Commendation, Field, Plan};
use std::collections::BTreeMap;

/// A campaign by how its last account takes part.
#[derive(Clone, Copy)]
enum Campaign {
    /// In every round, as the others do.
    Whole,
    /// In as many rounds as are asked for, but the one in the middle.
    MissesOne,
}

impl Campaign {
    /// Rounds after the first in which the last account takes part.
    fn later_rounds(self, rounds: usize, in_a_row: usize) -> Vec<usize> {
        match self {
            Self::Whole => (1..rounds).collect(),
            Self::MissesOne => (1..in_a_row).filter(|&place| place != in_a_row / 2).collect(),
        }
    }
}

/// What the first commendation asks for; none where its list must stay empty.
pub(super) fn asked_for(plan: &Plan) -> Option<&Commendation> {
    let may_belong = plan.registration.fields.contains(&Field::Unit);
    plan.commendation.first().filter(|asked| may_belong && asked.consecutive_rounds as usize <= plan.rounds.len())
}

/// Gives people of the first round who are not meant to win to campaigns, as far as these and the attempts to `spare`
/// suffice. Returns who was brought in, with who did so.
pub(super) fn add(plan: &Plan, rounds: &mut [Vec<Participation>], mut spare: usize) -> BTreeMap<usize, usize> {
    let mut referrers = BTreeMap::new();
    let Some(asked) = asked_for(plan) else { return referrers };
    let (referrals, in_a_row) = (asked.referrals as usize, asked.consecutive_rounds as usize);
    let mut free = rounds[0].iter().filter(|p| p.star.is_none()).map(|p| p.person).collect::<Vec<_>>();
    // Everyone takes part once, so nobody misses the only round asked for.
    let campaigns = [Some(Campaign::Whole), (in_a_row > 1).then_some(Campaign::MissesOne)];
    for campaign in campaigns.into_iter().flatten() {
        let last_later = campaign.later_rounds(rounds.len(), in_a_row);
        let cost = (referrals - 1) * (rounds.len() - 1) + last_later.len();
        if free.len() <= referrals || spare < cost {
            break;
        }
        spare -= cost;
        let brought = free.split_off(free.len() - referrals);
        let Some(referrer) = free.pop() else { break };
        for (number, &person) in (1..).zip(&brought) {
            let later = if number == referrals { last_later.clone() } else { (1..rounds.len()).collect() };
            later.into_iter().for_each(|place| rounds[place].push(once(person)));
            referrers.insert(person, referrer);
        }
    }
    referrers
}

fn once(person: usize) -> Participation {
    Participation { person, attempts: vec![BLANK], ..Participation::default() }
}

#[cfg(test)]
mod tests;
