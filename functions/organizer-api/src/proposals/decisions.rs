//! Decisions that were approved become rows of the table that the importer judges; when a new version of the results has
//! followed, it is held against what was shown.
//!
//! The whole table is written, from the decisions in force: the importer takes no file that leaves one out, by whichever file
//! each of them came, and takes those again that are in force as what they are. So it does not matter how often it is
//! written, and a table that was rejected, or whose rows were in another format, is no obstacle. Nothing is written while a
//! table is being judged: its rows would be lost with it.

use super::Place;
use super::carry_on::{apply, errors, keep_problem};
use crate::contests::{Upload, judged, put};
use crate::error::ApiError;
use contest::decision::Decision;
use contest::decision::written::made_already;
use contest::ids::{ContestId, ProposalId, RoundId};
use contest::seal::sha256_hex;
use documents::console::{Refusal, decisions_csv};
use documents::words::proposals as words;
use function::http::log_fault;
use serde_json::Value;
use store::{AppliedAs, Outcome, Proposal, StoreError, Tagged, TriedProposal, keys};

/// Tables of decisions; the first is the one that is written.
const TABLES: [&str; 2] = ["adjudications.csv", "adjudications.xlsx"];

/// How often a table is written again after somebody else was faster.
const TRIES: u32 = 5;

/// What stands there of tables of decisions, where none is being judged.
struct Standing {
    csv: Option<Tagged>,
    /// Of the CSV file.
    report: Option<Value>,
}

pub(super) async fn carry_on(place: &Place<'_>, id: &ProposalId, proposal: Proposal) -> Result<Proposal, ApiError> {
    let tried = proposal.shown.as_ref().and_then(|shown| shown.tried.clone());
    let (Some(tried), Some(contest)) = (tried, place.contest()) else { return Err(Refusal::AlreadyDecided.into()) };
    let new = tried.decisions.decisions()?;
    let changes: usize = new.iter().map(|decision| decision.changes.len()).sum();
    for _ in 0..TRIES {
        // First what stands there, then what is in force: a table that was judged by then is in force by then.
        let Some(standing) = standing(place, contest).await? else { return Ok(proposal) };
        let state = place.app().control.state(contest).await?.unwrap_or_default();
        let mut decisions = state.load_decisions(&place.app().vault).await?;
        if made_already(&new, &decisions).len() == changes {
            return match came_to(place, contest, &tried).await? {
                Some(applied) => apply(place, id, &proposal, applied).await,
                None => Ok(proposal),
            };
        }
        decisions.extend(new.iter().cloned());
        if !write(place, contest, (id, &proposal), (&standing, &decisions)).await? {
            let why = words::not_taken(standing.report.as_ref().map(errors).unwrap_or_default());
            return keep_problem(place, id, proposal, Some(why)).await;
        }
    }
    Ok(proposal)
}

/// `None` while one of them is being judged.
async fn standing(place: &Place<'_>, contest: &ContestId) -> Result<Option<Standing>, StoreError> {
    let app = place.app();
    let noted = app.control.noted_uploads(contest).await?;
    let mut standing = Standing { csv: None, report: None };
    for listed in app.uploads.list(&keys::upload(contest, "adjudications.")).await? {
        let Some(name) = TABLES.into_iter().find(|name| keys::upload(contest, name) == listed.path) else { continue };
        let Some(report) = judged(app, (contest, name), &listed, noted.get(name)).await? else { return Ok(None) };
        if name == TABLES[0] {
            // Another version than the one that was judged: the next look finds out.
            let tagged = app.uploads.get_tagged(&listed.path).await?;
            let Some(tagged) = tagged.filter(|tagged| tagged.tag == listed.tag) else { return Ok(None) };
            standing = Standing { csv: Some(tagged), report: Some(report) };
        }
    }
    Ok(Some(standing))
}

/// Writes the table; `false` where it stands there already and was not taken.
async fn write(
    place: &Place<'_>,
    contest: &ContestId,
    (id, proposal): (&ProposalId, &Proposal),
    (standing, decisions): (&Standing, &[Decision]),
) -> Result<bool, ApiError> {
    let bytes = decisions_csv(decisions);
    if standing.csv.as_ref().is_some_and(|csv| csv.bytes == bytes) {
        return Ok(false);
    }
    let upload = Upload {
        name: TABLES[0],
        seen: standing.csv.as_ref().map(|csv| csv.tag.as_str()),
        sha256: &sha256_hex(&bytes),
        done: super::plain::done("upload", TABLES[0], (id, &proposal.reason)),
    };
    match put(&place.caller, contest, upload, bytes).await {
        Ok(_) => Ok(true),
        // Somebody else was faster: from the beginning.
        Err(ApiError::Refused(Refusal::ChangedMeanwhile)) => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// The versions that have followed, held against what was shown; `None` while one is missing. Of the contest as a whole, the
/// version is waited for, and what it says follows from that of the rounds.
async fn came_to(
    place: &Place<'_>,
    contest: &ContestId,
    tried: &TriedProposal,
) -> Result<Option<AppliedAs>, StoreError> {
    let control = &place.app().control;
    let (mut versions, mut differs) = (Vec::new(), Vec::new());
    for shown in &tried.outcomes {
        let round = RoundId::parse(&shown.round).map_err(|e| StoreError::corrupt("a proposal", e))?;
        let at = (shown.version as usize).saturating_sub(1);
        let winners_sha256 = if round.is_overall() {
            if control.overall(contest).await?.editions.get(at).is_none() {
                return Ok(None);
            }
            None
        } else {
            let record = control.round(contest, &round).await?;
            let Some(edition) = record.as_ref().and_then(|record| record.editions.scored.get(at)) else {
                return Ok(None);
            };
            Some(edition.winners_sha256.clone())
        };
        if winners_sha256 != shown.winners_sha256 {
            let told = words::differs(&shown.round, shown.version);
            log_fault(
                "organizer-api",
                place.caller.request,
                &format!("{contest}/{round} v{}: other winners than were approved", shown.version),
            );
            differs.push(told);
        }
        versions.push(Outcome { winners_sha256, ..shown.clone() });
    }
    Ok(Some(AppliedAs { at_ms: place.caller.now().millis(), versions, differs }))
}
