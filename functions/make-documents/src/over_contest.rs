//! The documents over a contest, of each edition that follows from all its rounds.

use crate::commended::{self, Made};
use crate::{App, Records, put};
use contest::ids::RoundId;
use contest::overall::rank_contest;
use documents::officials::{Head, OverallDossier, overall_documents};
use store::{ContestSnapshot, OverContest, keys};

/// Makes what is missing; returns what was done.
pub(crate) async fn make(app: &App, snapshot: &ContestSnapshot, records: &Records) -> anyhow::Result<Vec<String>> {
    let (plan, contest) = (&snapshot.plan, &snapshot.plan.id);
    let is_ranked = plan.rules.are_over_the_contest();
    if !is_ranked && !plan.commends_over_the_contest() {
        return Ok(Vec::new());
    }
    let mut done = Vec::new();
    for (number, follows) in (1..).zip(app.control.overall(contest).await?.editions) {
        let path = |name: &str| keys::officials_overall_file(contest, number, name);
        if put::are_there(app, path).await? {
            continue;
        }
        let editions = |round: &RoundId| records.get(round).cloned();
        let over = OverContest::read((&app.vault, &app.secrets), plan, &follows, editions).await?;
        let everybody = app.everybody(snapshot).await?;
        let mut documents = Vec::new();
        if is_ranked {
            let named = everybody.identities.iter();
            let people = named.map(|(code, identity)| (snapshot.keys.pseudonym(code).to_string(), identity)).collect();
            let result = rank_contest(&over.input());
            let (status, announced_at) = (over.status, over.announced_at);
            let (plan, units, rounds) = (&over.plan, &over.units, (&over.taken[..], &over.figures[..]));
            let (result, people, head) = (&result, &people, &Head::of_organizer(plan));
            let dossier = OverallDossier { plan, units, result, number, status, announced_at, rounds, people, head };
            documents.extend(overall_documents(&dossier));
        }
        let made = Made { round: None, announced_at: over.announced_at };
        documents.extend(commended::documents(app, snapshot, records, &everybody, made).await?);
        let count = put::put(app, documents, path).await?;
        done.push(format!("made {count} documents of {contest}/overall edition {number}"));
    }
    Ok(done)
}
