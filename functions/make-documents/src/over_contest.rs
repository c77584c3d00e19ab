//! The documents over a contest, of each edition that follows from all its rounds.

use crate::commended::{self, Made};
use crate::printed::{Printed, Won, all_completed, unit_name};
use crate::put::{self, Folder};
use crate::round::recognized;
use crate::{App, Records};
use contest::decision::{Decision, of_round};
use contest::edition::over_contest::OverallEdition;
use contest::edition::{Followed, Status};
use contest::ids::{Pseudonym, RoundId};
use contest::overall::{ContestResult, rank_contest};
use contest::plan::{Plan, Scope};
use documents::officials::{Head, Identity, OverallDossier, overall_documents};
use documents::words::format;
use std::collections::BTreeMap;
use store::{ContestSnapshot, EditionRecord, OverContest, OverallBasis, keys};

/// Makes what is missing; returns what was done.
pub(crate) async fn make(app: &App, snapshot: &ContestSnapshot, records: &Records) -> anyhow::Result<Vec<String>> {
    let contest = &snapshot.plan.id;
    if !snapshot.plan.is_documented_over_the_contest() {
        return Ok(Vec::new());
    }
    let mut done = Vec::new();
    for (number, overall) in (1..).zip(app.control.overall(contest).await?.editions) {
        let path = |name: &str| keys::officials_overall_file(contest, number, name);
        if !put::are_there(app, path).await? {
            let count = edition(app, snapshot, records, (number, &overall)).await?;
            done.push(format!("made {count} documents of {contest}/overall edition {number}"));
        }
    }
    Ok(done)
}

async fn edition(
    app: &App,
    snapshot: &ContestSnapshot,
    records: &Records,
    (number, overall): (u32, &OverallEdition),
) -> anyhow::Result<usize> {
    let follows = &overall.follows;
    let (today, contest) = (&snapshot.plan, &snapshot.plan.id);
    let mut folder = Folder::new(app, |name: &str| keys::officials_overall_file(contest, number, name));
    let editions = |round: &RoundId| records.get(round).cloned();
    let decisions = app.decisions(contest).await?;
    let basis = OverallBasis { plan: today, edition: overall, decisions: &decisions };
    let over = OverContest::read((&app.vault, &app.secrets), &basis, editions).await?;
    let everybody = app.everybody(snapshot).await?;
    let named = everybody.identities.iter();
    let people = named.map(|(code, identity)| (snapshot.keys.pseudonym(code).to_string(), identity)).collect();
    let result = rank_contest(&over.input());
    let (status, announced_at, plan, units) = (over.status, over.announced_at, &over.plan, &over.units);
    if today.rules.are_over_the_contest() {
        let rounds = (&over.taken[..], &over.figures[..]);
        let (result, people, head) = (&result, &people, &Head::of(today));
        let dossier = OverallDossier { plan, units, result, number, status, announced_at, rounds, people, head };
        for document in overall_documents(&dossier) {
            folder.put(document).await?;
        }
    }
    let printed = Printed {
        plan,
        version: (number, status),
        heads: &today.documents,
        round: None,
        site: followed(records, follows).filter_map(|record| record.site.as_deref()).last(),
        announced_at,
        recognized: last_recognized((today, status), records, overall, &decisions)?,
        winners: winners(&over, &result, &people),
        completed: all_completed((plan, Scope::Contest), units, &over.taken, |name| people.get(name.as_str()).copied()),
    };
    printed.put(&mut folder).await?;
    let made = Made { round: None, announced_at };
    for document in commended::documents(app, snapshot, records, &everybody, made).await? {
        folder.put(document).await?;
    }
    folder.finish().await
}

/// The editions that are followed, in their order.
fn followed<'a>(records: &'a Records, follows: &'a [Followed]) -> impl Iterator<Item = &'a EditionRecord> {
    follows.iter().filter_map(|followed| records.get(&followed.round)?.scored.get(followed.edition as usize - 1))
}

/// The decision with which the contest became official: that of its last round, or one about the contest as a whole.
fn last_recognized<'a>(
    (plan, status): (&Plan, Status),
    records: &Records,
    OverallEdition { follows, decisions: about, .. }: &OverallEdition,
    decisions: &'a [Decision],
) -> anyhow::Result<Option<&'a Decision>> {
    let mut last: Option<&Decision> = None;
    if status == Status::Official {
        for (of, record) in follows.iter().zip(followed(records, follows)) {
            let Some(round) = plan.round(&of.round) else { continue };
            let by = recognized(&record.edition, round, decisions)?;
            // Of equal instants the later round's.
            last = last.into_iter().chain(by).max_by_key(|decision| decision.at);
        }
        let about = of_round(decisions, &RoundId::overall()).into_iter().take(*about as usize).next_back();
        last = last.into_iter().chain(about).max_by_key(|decision| decision.at);
    }
    Ok(last)
}

fn winners<'a>(
    over: &'a OverContest,
    result: &'a ContestResult,
    people: &BTreeMap<String, &'a Identity>,
) -> Vec<Won<'a>> {
    let lines = result.ranking.as_deref().unwrap_or_default();
    let won = |winner: &contest::result::Winner| {
        let line = &lines[winner.place.0 as usize];
        let pseudonym: &Pseudonym = &line.pseudonym;
        Won {
            identity: people.get(pseudonym.as_str()).copied(),
            pseudonym,
            unit: unit_name(&over.units, line.unit.as_ref()),
            score: format::score(line.score),
            prediction: None,
            duration_ms: line.duration_ms,
            tier: over.plan.rules.tier(winner.tier),
        }
    };
    result.winners.iter().map(won).collect()
}
