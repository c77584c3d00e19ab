//! Lists for commendations: who brought others in, and how they took part.

use crate::{App, Everybody, Records};
use contest::commendation::{CommendationInput, CommendationList, Occasion, list};
use contest::edition::Followed;
use contest::edition::over_contest::OverallEdition;
use contest::fraction::Fraction;
use contest::ids::{ContestantId, Pseudonym};
use contest::participation::{UnitParticipation, by_unit};
use contest::plan::{Plan, Round};
use contest::seal::ContestKeys;
use contest::taken::{Taken, TakenRound};
use contest::time::Timestamp;
use documents::officials::{Achievements, CommendationReport, Document, OwnRound, commendation_documents};
use std::collections::BTreeMap;
use store::{ContestSnapshot, OverContest, OverallBasis};

/// When lists are made.
pub(crate) struct Made<'a> {
    /// With the results of a round, or with those of the contest.
    pub(crate) round: Option<&'a Round>,
    pub(crate) announced_at: Timestamp,
}

/// The lists and reports, where the plan makes a list on this occasion. Rounds are taken in their newest editions.
pub(crate) async fn documents(
    app: &App,
    snapshot: &ContestSnapshot,
    records: &Records,
    everybody: &Everybody,
    made: Made<'_>,
) -> anyhow::Result<Vec<Document>> {
    let plan = &snapshot.plan;
    let occasion = match made.round {
        Some(round) => Occasion::Round(plan.rounds.iter().position(|other| other.id == round.id).unwrap_or_default()),
        None => Occasion::Contest,
    };
    if !plan.commendation.iter().any(|of| occasion.is_of(of.scope)) {
        return Ok(Vec::new());
    }
    let over = over(app, plan, records).await?;
    let rounds: Vec<_> = plan.rounds.iter().map(|round| over.took_part.get(&round.id).cloned()).collect();
    let input = CommendationInput { units: &over.units, accounts: &everybody.accounts, rounds: &rounds };
    let lists: Vec<CommendationList<'_>> =
        plan.commendation.iter().filter_map(|of| list(of, occasion, &input)).collect();
    let (own, by_round) = (own_rounds(plan, &over, &lists, &snapshot.keys), by_round(plan, &over));
    let report = CommendationReport {
        plan,
        units: &over.units,
        round: made.round,
        published_at: made.announced_at,
        lists: &lists,
        identities: &everybody.identities,
    };
    Ok(commendation_documents(&Achievements { report, own: &own, rounds: &by_round }))
}

fn round_name<'a>(plan: &'a Plan, taken: &'a TakenRound) -> &'a str {
    plan.round(&taken.round).map_or(taken.round.as_str(), |round| &round.name)
}

/// What the people on the lists did in each round.
fn own_rounds<'a>(
    plan: &'a Plan,
    over: &'a OverContest,
    lists: &[CommendationList<'_>],
    keys: &ContestKeys,
) -> BTreeMap<ContestantId, Vec<OwnRound<'a>>> {
    let own = |round: &'a TakenRound, pseudonym: &Pseudonym| {
        // People stand by public name.
        let place = round.people.binary_search_by(|taken| taken.pseudonym.cmp(pseudonym)).ok()?;
        let Taken { right, questions, rank, won, .. } = &round.people[place];
        Some(OwnRound {
            round: round_name(plan, round),
            rank: *rank,
            of: round.people.len() as u64,
            score: Fraction::new(u64::from(round.points) * u64::from(*right), (*questions).into())?,
            prize: won.map(|step| over.plan.rules.tier(step).name.as_str()),
        })
    };
    let people = lists.iter().flat_map(|list| &list.candidates).map(|candidate| &candidate.contestant);
    let of = |contestant: &ContestantId| {
        let pseudonym = keys.pseudonym(contestant);
        (contestant.clone(), over.taken.iter().filter_map(|round| own(round, &pseudonym)).collect())
    };
    people.map(of).collect()
}

/// How every unit took part in each round.
fn by_round<'a>(plan: &'a Plan, over: &'a OverContest) -> Vec<(&'a str, Vec<UnitParticipation>)> {
    let rounds = over.taken.iter().zip(&over.figures);
    let of = |(taken, figures): (&'a TakenRound, &contest::figures::RoundFigures)| {
        let lines = by_unit(&over.units, &figures.registered, taken.points, std::slice::from_ref(taken));
        (round_name(plan, taken), lines)
    };
    rounds.map(of).collect()
}

async fn over(app: &App, plan: &Plan, records: &Records) -> anyhow::Result<OverContest> {
    let newest = |round: &Round| {
        let edition = u32::try_from(records.get(&round.id)?.scored.len()).ok().filter(|edition| *edition > 0)?;
        Some(Followed { round: round.id.clone(), edition })
    };
    let follows: Vec<Followed> = plan.rounds.iter().filter_map(newest).collect();
    let editions = |round: &_| records.get(round).cloned();
    // Who is commended does not follow from prizes over the contest, nor from what was decided about them.
    let edition = &OverallEdition { follows, ..OverallEdition::default() };
    let basis = OverallBasis { plan, edition, decisions: &[] };
    Ok(OverContest::read((&app.vault, &app.secrets), &basis, editions).await?)
}
