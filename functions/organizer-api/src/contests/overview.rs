//! `GET /v1/organizer/contests` and `…/{c}`: where each contest is, and what is still missing.

use super::checks::{openings, own_people, public, sweep};
use super::report::judged;
use crate::App;
use crate::accounts::leads;
use crate::caller::Caller;
use crate::error::ApiError;
use crate::proposals::waiting;
use contest::closing::Phase;
use contest::ids::ContestId;
use contest::organizers::{Action, Scope, may};
use contest::plan::{Field, Plan, Round};
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::contests::{Check, ContestLine, Contests, FileLine, Overview, RoundLine};
use documents::words::console as words;
use function::http::{Reply, Request};
use std::collections::BTreeSet;
use store::{ContestSnapshot, Listed, RoundRecord, StoreError, UploadRecord};

/// Those that somebody may see.
pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let mut ids: BTreeSet<ContestId> = BTreeSet::new();
    for scope in caller.grants.keys() {
        if let Scope::Contest(contest) = scope {
            ids.insert(contest.clone());
        }
    }
    if may(&caller.grants, Action::SeeContest, None) {
        ids.extend(app.control.query_contests().await?);
        // A contest whose plan was never accepted stands nowhere but in the bucket.
        ids.extend(app.uploads.folders().await?.iter().filter_map(|folder| ContestId::parse(folder).ok()));
    }
    let mut contests = Vec::new();
    for id in ids {
        let snapshot = snapshot(app, &id).await?;
        let records = match &snapshot {
            Some(snapshot) => records(app, &snapshot.plan).await?,
            None => Vec::new(),
        };
        contests.push(line(&id, snapshot.as_ref(), &records, caller.now()));
    }
    Ok(Reply::ok(&Contests { contests, now: caller.now().rfc3339() }))
}

/// One with its files and rounds.
pub(crate) async fn overview(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, id) = Caller::in_contest(app, request, Action::SeeContest).await?;
    let snapshot = snapshot(app, &id).await?;
    let files = files(app, &id).await?;
    if snapshot.is_none() && files.is_empty() && !caller.grants.contains_key(&Scope::Contest(id.clone())) {
        return Err(Refusal::NoSuchContest.into());
    }
    let plan = snapshot.as_ref().map(|snapshot| &snapshot.plan);
    let records = match plan {
        Some(plan) => records(app, plan).await?,
        None => Vec::new(),
    };
    Ok(Reply::ok(&Overview {
        line: line(&id, snapshot.as_ref(), &records, caller.now()),
        now: caller.now().rfc3339(),
        time_zone: plan.map(|plan| plan.time_zone.to_string()),
        erases_at: plan.map(|plan| plan.erases().rfc3339()),
        checklist: checklist(app, &id, (snapshot.as_ref(), &records), caller.now()).await?,
        files,
        rounds: snapshot.as_ref().map(|snapshot| rounds(snapshot, &records, caller.now())).unwrap_or_default(),
        proposals: waiting(caller, &id).await?,
    }))
}

/// A contest as it is in force; none before its plan was accepted.
pub(crate) async fn snapshot(app: &App, id: &ContestId) -> Result<Option<ContestSnapshot>, StoreError> {
    let Some(state) = app.control.state(id).await? else { return Ok(None) };
    ContestSnapshot::of(state, &app.vault, &app.secrets).await
}

/// Of each round, in the order of the plan.
async fn records(app: &App, plan: &Plan) -> Result<Vec<Option<RoundRecord>>, StoreError> {
    let mut records = Vec::new();
    for round in &plan.rounds {
        records.push(app.control.round(&plan.id, &round.id).await?);
    }
    Ok(records)
}

fn line(
    id: &ContestId,
    contest: Option<&ContestSnapshot>,
    records: &[Option<RoundRecord>],
    now: Timestamp,
) -> ContestLine {
    let plan = contest.map(|contest| &contest.plan);
    let public = contest.filter(|contest| !contest.state.is_draft());
    ContestLine {
        id: id.to_string(),
        name: plan.map(|plan| plan.name.clone()),
        organizer: plan.map(|plan| plan.organizer.clone()),
        phase: public.map_or("draft", |contest| phase(&contest.plan, records, now)),
    }
}

fn phase(plan: &Plan, records: &[Option<RoundRecord>], now: Timestamp) -> &'static str {
    let is_published = |record: &Option<RoundRecord>| record.as_ref().is_some_and(|r| r.phase == Phase::Published);
    if records.iter().all(is_published) {
        "published"
    } else if plan.rounds.iter().any(|round| round.opens <= now && now < round.closes) {
        "open"
    } else if plan.rounds.iter().all(|round| now < round.opens) {
        "ahead"
    } else if plan.rounds.iter().all(|round| round.closes <= now) {
        "closed"
    } else {
        "between"
    }
}

fn rounds(snapshot: &ContestSnapshot, records: &[Option<RoundRecord>], now: Timestamp) -> Vec<RoundLine> {
    let line = |(round, record): (&Round, &Option<RoundRecord>)| {
        let facts = snapshot.state.bank_facts(round);
        let published = record.as_ref().map(|record| record.editions.published).filter(|version| *version > 0);
        RoundLine {
            id: round.id.to_string(),
            name: round.name.clone(),
            opens: round.opens.rfc3339(),
            closes: round.closes.rfc3339(),
            publishes: round.publishes.rfc3339(),
            phase: match record.as_ref().map_or(Phase::Open, |record| record.phase) {
                Phase::Open if now < round.opens => "ahead",
                Phase::Open if now < round.closes => "open",
                Phase::Open | Phase::Closing | Phase::Shut | Phase::Frozen => "closing",
                Phase::Ranked => "ranked",
                Phase::Published => "published",
            },
            bank: round.bank.clone(),
            key_commitment: facts.as_ref().map(|facts| facts.key_commitment.clone()),
            questions: facts.map(|facts| facts.question_count),
            version: published,
        }
    };
    snapshot.plan.rounds.iter().zip(records).map(line).collect()
}

pub(crate) async fn files(app: &App, id: &ContestId) -> Result<Vec<FileLine>, StoreError> {
    let folder = store::keys::upload(id, "");
    let noted = app.control.noted_uploads(id).await?;
    let mut files = Vec::new();
    for listed in app.uploads.list(&folder).await? {
        let Some(name) = listed.path.strip_prefix(&folder).filter(|name| !name.is_empty()) else { continue };
        let of = noted.get(name).filter(|noted| noted.is_of(&listed));
        let report = judged(app, (id, name), &listed, of).await?;
        let count = |list: &str| report.as_ref().and_then(|report| report[list].as_array()).map_or(0, Vec::len);
        files.push(FileLine {
            name: name.to_owned(),
            etag: listed.tag.clone(),
            size: listed.size,
            uploaded_at: uploaded_at(&listed, of).rfc3339(),
            sha256: of.map(|noted| noted.sha256.clone()),
            status: match report.as_ref().and_then(|report| report["status"].as_str()) {
                Some("accepted") => "accepted",
                Some(_) => "rejected",
                None => "judging",
            },
            errors: count("errors"),
            warnings: count("warnings"),
        });
    }
    Ok(files)
}

/// By the gateway's clock where it came by the console, else by the bucket's.
fn uploaded_at(listed: &Listed, noted: Option<&UploadRecord>) -> Timestamp {
    let received = noted.and_then(|noted| noted.received_ms);
    Timestamp::from_millis(received.unwrap_or(listed.written_s * 1_000))
}

/// What is so, and what is missing; never ticked by hand.
async fn checklist(
    app: &App,
    id: &ContestId,
    (snapshot, records): (Option<&ContestSnapshot>, &[Option<RoundRecord>]),
    now: Timestamp,
) -> Result<Vec<Check>, StoreError> {
    let accounts = app.organizers.accounts().await?;
    let check = |code, is_met, met: &str, unmet: &str| Check {
        code,
        is_met,
        text: if is_met { met } else { unmet }.to_owned(),
    };
    let mut checks = vec![check("plan", snapshot.is_some(), words::PLAN_ACCEPTED, words::PLAN_MISSING)];
    if let Some(snapshot) = snapshot {
        for round in &snapshot.plan.rounds {
            let questions = snapshot.state.bank_facts(round).map(|facts| facts.question_count);
            let text = words::bank_check(&round.name, questions);
            checks.push(Check { code: "bank", is_met: questions.is_some(), text });
        }
        if snapshot.plan.registration.fields.contains(&Field::Unit) {
            let has_units = snapshot.state.units.is_some();
            let has_members = has_units && snapshot.units().await?.members().iter().all(Option::is_some);
            let unmet = if has_units { words::UNITS_WITHOUT_MEMBERS } else { words::UNITS_MISSING };
            checks.push(check("units", has_members, words::UNITS_ACCEPTED, unmet));
        }
        let has_excluded = snapshot.state.excluded.is_some();
        checks.push(check("excluded", has_excluded, words::EXCLUDED_ACCEPTED, words::EXCLUDED_MISSING));
        if has_excluded {
            checks.push(own_people(snapshot, &accounts).await?);
        }
        checks.push(public(snapshot, now));
        checks.extend(openings(&snapshot.plan, records, now));
    }
    let place = Scope::Contest(id.clone());
    let mut leading = 0;
    for account in accounts {
        leading += usize::from(leads(&account.what)?.iter().any(|scope| scope.covers(&place)));
    }
    checks.push(check("two_leads", leading >= 2, words::TWO_LEADS, words::ONE_LEAD));
    checks.push(sweep(app, now).await?);
    Ok(checks)
}
