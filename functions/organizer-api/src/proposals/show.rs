//! `GET …/proposals` and `GET …/proposals/{p}`. Names are looked up when something is shown, and for those alone who may look
//! people up.

use super::Place;
use super::approve::looked_at;
use super::propose::snapshot;
use crate::App;
use crate::caller::Caller;
use crate::error::ApiError;
use contest::ids::{ContestId, ContestantId, ProposalId, RoundId};
use contest::organizers::{Action, Chain, ProposalStatus, ProposalStep};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use documents::console::proposals::{
    Applied, AppliedVersion, Colleague, Named, PreviewShown, ProposalLine, ProposalShown, Proposals, VoidFile,
};
use documents::officials::documents_json;
use function::http::{Reply, Request};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::{Proposal, Proposed, StoreError, keys};

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::for_action(app, request, Action::ReadProposals).await?;
    let now = place.caller.now().rfc3339();
    Ok(Reply::ok(&Proposals { proposals: lines(&place, |_| true).await?, now }))
}

/// Those of a contest that are not over, for the page that shows the contest.
pub(crate) async fn waiting(caller: Caller<'_>, contest: &ContestId) -> Result<Vec<ProposalLine>, ApiError> {
    use ProposalStatus::{Approved, Draft, Previewed, Stale};
    let place = Place { caller, of: Chain::Contest(contest.clone()) };
    if !place.may(Action::ReadProposals) {
        return Ok(Vec::new());
    }
    lines(&place, |status| matches!(status, Draft | Previewed | Stale | Approved)).await
}

async fn lines(place: &Place<'_>, is_meant: impl Fn(ProposalStatus) -> bool) -> Result<Vec<ProposalLine>, ApiError> {
    let mut found = Vec::new();
    for (id, proposal) in place.app().control.proposals(&place.of).await? {
        found.push((looked_at(place, &id, proposal).await?, id));
    }
    found.sort_by_key(|(proposal, _)| std::cmp::Reverse(proposal.proposed_at_ms));
    let (mut lines, mut names) = (Vec::new(), Names::default());
    for (proposal, id) in found {
        if is_meant(proposal.standing().status_at(place.caller.now())) {
            lines.push(line(place, &id, &proposal, &mut names).await?);
        }
    }
    Ok(lines)
}

pub(crate) async fn show(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::of(app, request).await?;
    let (id, proposal) = place.own_or(Action::ReadProposals).await?;
    let proposal = looked_at(&place, &id, proposal).await?;
    let mut names = Names::default();
    let line = line(&place, &id, &proposal, &mut names).await?;
    let what = serde_json::to_value(&proposal.what).map_err(StoreError::failed("show a proposal"))?;
    let applied = proposal.applied.as_ref().map(|applied| Applied {
        at: Timestamp::from_millis(applied.at_ms).rfc3339(),
        versions: applied
            .versions
            .iter()
            .map(|of| AppliedVersion { round: of.round.clone(), version: of.version })
            .collect(),
        differs: applied.differs.clone(),
    });
    let preview = preview(&place, (&id, &proposal), &mut names).await?;
    Ok(Reply::ok(&ProposalShown { line, what, preview, applied, problem: proposal.problem }))
}

/// Names of accounts that were looked up.
#[derive(Default)]
struct Names(BTreeMap<String, Option<String>>);

impl Names {
    async fn colleague(&mut self, app: &App, id: &str) -> Result<Colleague, StoreError> {
        if !self.0.contains_key(id) {
            let name = app.organizers.account(id).await?.map(|account| account.name);
            self.0.insert(id.to_owned(), name);
        }
        Ok(Colleague { id: id.to_owned(), name: self.0.get(id).cloned().flatten() })
    }
}

async fn line(
    place: &Place<'_>,
    id: &ProposalId,
    proposal: &Proposal,
    names: &mut Names,
) -> Result<ProposalLine, StoreError> {
    let (now, by) = (place.caller.now(), place.caller.account.id.as_str());
    let proposed_at = Timestamp::from_millis(proposal.proposed_at_ms);
    let can = can(place, proposal);
    let decided_by = match &proposal.decided {
        Some(decided) => Some(names.colleague(place.app(), &decided.by).await?),
        None => None,
    };
    Ok(ProposalLine {
        id: id.to_string(),
        kind: proposal.what.kind().as_str(),
        status: proposal.standing().status_at(now).as_str(),
        reason: proposal.reason.clone(),
        proposed_by: names.colleague(place.app(), &proposal.proposer).await?,
        proposed_at: proposed_at.rfc3339(),
        expires_at: proposed_at.plus_millis(contest::organizers::PROPOSAL_MS).rfc3339(),
        decided_by,
        decided_at: proposal.decided.as_ref().map(|decided| Timestamp::from_millis(decided.at_ms).rfc3339()),
        waits_for: match proposal.standing().status_at(now) {
            ProposalStatus::Draft if proposal.is_asked(now) => Some("computing"),
            ProposalStatus::Draft | ProposalStatus::Stale => Some("preview"),
            ProposalStatus::Previewed if can.contains(&"approve") => Some("you"),
            ProposalStatus::Previewed => Some("others"),
            ProposalStatus::Approved => Some("effect"),
            _ => None,
        },
        own: proposal.proposer == by,
        can,
    })
}

/// What whoever asks may do with it now; a second factor may be asked for besides.
fn can(place: &Place<'_>, proposal: &Proposal) -> Vec<&'static str> {
    let (standing, now) = (proposal.standing(), place.caller.now());
    let by = place.caller.account.id.as_str();
    let is_own = proposal.proposer == by;
    let read = standing.preview.unwrap_or_default();
    let is_refused = proposal.shown.as_ref().and_then(|shown| shown.tried.as_ref()).is_some_and(|tried| tried.refused);
    let steps = [
        ("preview", place.may(Action::Propose) || is_own, ProposalStep::Ask),
        ("approve", place.may(Action::Approve) && !is_refused, ProposalStep::Approve { by, read }),
        ("reject", place.may(Action::Approve), ProposalStep::Reject { by }),
        ("withdraw", !matches!(proposal.what, Proposed::Extension { .. }), ProposalStep::Withdraw { by }),
    ];
    let possible = steps.into_iter().filter(|(_, may, step)| *may && standing.after(*step, now).is_ok());
    possible.map(|(word, ..)| word).collect()
}

/// What was shown to those who decide; `None` where nothing was, or where the bytes that lie there are those of a run whose
/// hash the proposal does not name.
async fn preview(
    place: &Place<'_>,
    (id, proposal): (&ProposalId, &Proposal),
    names: &mut Names,
) -> Result<Option<PreviewShown>, ApiError> {
    let Some(shown) = &proposal.shown else { return Ok(None) };
    let text = match (&shown.text, place.contest()) {
        (Some(text), _) => text.clone(),
        (None, Some(contest)) => {
            let path = keys::preview(contest, id);
            let bytes = place.app().vault.get(&path).await?.unwrap_or_default();
            if sha256_hex(&bytes) != shown.sha256 {
                return Ok(None);
            }
            String::from_utf8(bytes).map_err(|e| StoreError::corrupt(&path, e))?
        }
        (None, None) => return Ok(None),
    };
    let members: Value = serde_json::from_str(&text).map_err(|e| StoreError::unparsed("a preview", &e))?;
    let mut told = PreviewShown {
        sha256: shown.sha256.clone(),
        people: BTreeMap::new(),
        units: BTreeMap::new(),
        colleague: None,
        void: Vec::new(),
        text,
        members,
    };
    if let Some(contest) = place.contest() {
        told.people = people(place, contest, codes(proposal, &told.members)?).await?;
        told.units = units(place, contest, &proposal.what, &told.members).await?;
        told.void = void(place, contest, &told.members).await?;
    }
    if let Proposed::Roles { person, .. } = &proposal.what {
        told.colleague = Some(names.colleague(place.app(), person).await?);
    }
    Ok(Some(told))
}

/// Codes of those of whom a preview tells.
fn codes(proposal: &Proposal, members: &Value) -> Result<BTreeMap<String, ContestantId>, StoreError> {
    let parse = |code: &str| ContestantId::parse(code).map_err(|e| StoreError::corrupt("a preview", e));
    if let Proposed::Reset { contestant, .. } | Proposed::Unit { contestant, .. } = &proposal.what {
        return Ok(BTreeMap::from([(contestant.clone(), parse(contestant)?)]));
    }
    let codes = members["codes"].as_object().into_iter().flatten();
    codes.map(|(public, code)| Ok((public.clone(), parse(code.as_str().unwrap_or_default())?))).collect()
}

/// Their names, for those who may look people up.
async fn people(
    place: &Place<'_>,
    contest: &ContestId,
    codes: BTreeMap<String, ContestantId>,
) -> Result<BTreeMap<String, Named>, StoreError> {
    let app = place.app();
    let mut names = BTreeMap::new();
    if place.may(Action::LookUp) && !codes.is_empty() {
        let (keys, shards) = (app.secrets.of_contest(contest), app.control.people_shards(contest).await?);
        let people: Vec<_> = codes.values().map(|code| (keys.shard(code, shards), code)).collect();
        names = app.people.profiles(contest, &people).await?;
    }
    let mut named = |code: &ContestantId| names.remove(code).and_then(|profile| profile.full_name);
    Ok(codes.into_iter().map(|(by, code)| (by, Named { name: named(&code), code: code.to_string() })).collect())
}

/// The names of the units of which a preview tells.
async fn units(
    place: &Place<'_>,
    contest: &ContestId,
    what: &Proposed,
    members: &Value,
) -> Result<BTreeMap<String, String>, ApiError> {
    let tried = members["rounds"].as_array().into_iter().flatten();
    let moved = tried.flat_map(|round| round["collective"].as_array().into_iter().flatten());
    let mut codes: BTreeSet<&str> = moved.filter_map(|moved| moved["unit"].as_str()).collect();
    if let Proposed::Unit { unit, .. } = what {
        codes.insert(unit);
        codes.extend(members["before"]["unit"].as_str());
    }
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let units = snapshot(place.app(), contest).await?.units().await?;
    let named = units.units().iter().filter(|unit| codes.contains(unit.code.as_str()));
    Ok(named.map(|unit| (unit.code.to_string(), unit.name.clone())).collect())
}

/// Documents of the versions that would no longer be the newest.
async fn void(place: &Place<'_>, contest: &ContestId, members: &Value) -> Result<Vec<VoidFile>, StoreError> {
    let mut void = Vec::new();
    for round in members["rounds"].as_array().into_iter().flatten() {
        let (Some(id), Some(version)) = (round["round"].as_str(), round["version"].as_u64()) else { continue };
        let version = u32::try_from(version).unwrap_or_default();
        let round = RoundId::parse(id).map_err(|e| StoreError::corrupt("a preview", e))?;
        let of_round = Some(round.clone()).filter(|round| !round.is_overall());
        let folder = keys::VersionFolder { contest: contest.clone(), round: of_round, version }.file("");
        for listed in place.app().officials.list(&folder).await? {
            let file = listed.path.strip_prefix(&folder).unwrap_or_default();
            // What lies deeper is people's own certificates: whatever is live decides what of it is shown.
            if !file.is_empty() && !file.contains('/') && file != documents_json::NAME {
                void.push(VoidFile { round: round.to_string(), version, file: file.to_owned() });
            }
        }
    }
    Ok(void)
}
