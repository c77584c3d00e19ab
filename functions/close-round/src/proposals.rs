//! Decisions that somebody proposes in the console, tried as they would be carried out.
//!
//! Whoever tries a proposal says so itself: what is shown is written first, then the proposal names its hash, in one write
//! over what was tried. Dying in between leaves a proposal that still waits to be tried, and bytes that nobody is asked to
//! approve; the next wake-up, or the sweep, tries it again. Were the console to note the hash of whatever it finds there, a
//! late run for an earlier wish could be taken for an answer to a later one.

use crate::App;
use crate::preview::{Previewed, Untried, preview};
use anyhow::Context;
use contest::decision::Decision;
use contest::decision::written::{Fault, Known, WrittenChange, made_already, new_decisions};
use contest::ids::{ContestId, ContestantId, ProposalId, QuestionId, RoundId};
use contest::organizers::{Chain, ProposalStep};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use documents::console::proposals::{DecisionsPreview, TriedRound, inputs_json};
use documents::words::import::headers::adjudications as headers;
use documents::words::proposals as words;
use std::collections::BTreeMap;
use store::{
    ContestSnapshot, FrozenManifest, FrozenPerson, Outcome, Over, Proposal, ProposalInputs, Proposed, ShownPreview,
    StoredDecisions, TriedProposal, keys,
};

/// Tries every proposal of a contest that waits for it; returns what was said of each.
///
/// # Errors
/// The first fault, after the others were tried.
pub(crate) async fn try_asked(app: &App, contest: &ContestSnapshot, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let of = Chain::Contest(contest.plan.id.clone());
    let (mut said, mut fault) = (Vec::new(), None);
    for (id, proposal) in app.control.proposals(&of).await? {
        if proposal.is_asked(now) {
            match try_one(app, contest, (&of, &id, &proposal), now).await {
                Ok(line) => said.push(line),
                Err(error) => fault = fault.or(Some(error.context(format!("proposal {id}")))),
            }
        }
    }
    fault.map_or(Ok(said), Err)
}

async fn try_one(
    app: &App,
    contest: &ContestSnapshot,
    (of, id, proposal): (&Chain, &ProposalId, &Proposal),
    now: Timestamp,
) -> anyhow::Result<String> {
    // Read before anything is tried: what changes meanwhile makes it stale.
    let inputs = ProposalInputs::read(&app.control, &contest.plan, contest.state.version).await?;
    let (decisions, refused) = judge(app, contest, proposal, now).await?;
    let (previewed, refused) = match refused.is_empty() {
        true => match preview(app, contest, decisions.clone()).await {
            Ok(previewed) => (previewed, refused),
            Err(fault) => match fault.downcast_ref::<Untried>() {
                Some(untried) => (Vec::new(), vec![words::sentence(&untried.to_string())]),
                None => return Err(fault),
            },
        },
        false => (Vec::new(), refused),
    };
    let is_refused = !refused.is_empty();
    let bytes = shown(&contest.plan.id, id, (&inputs, refused), &previewed, &decisions)?;
    let outcome = |round: &Previewed| Outcome {
        round: round.round.to_string(),
        version: round.then,
        winners_sha256: round.winners_sha256.clone(),
    };
    let outcomes = previewed.iter().map(outcome).collect();
    let tried = TriedProposal { inputs, decisions: StoredDecisions::of(&decisions), outcomes, refused: is_refused };
    let sha256 = sha256_hex(&bytes);
    app.vault.put(&keys::preview(&contest.plan.id, id), bytes).await?;
    let step = proposal.standing().after(ProposalStep::Preview, now);
    let Ok(status) = step else { return Ok(format!("{id} was decided meanwhile")) };
    let shown = Some(ShownPreview { sha256, text: None, tried: Some(tried) });
    let next = Proposal { status, asked_at_ms: None, shown, ..proposal.clone() };
    let is_told = app.control.replace_proposal((of, id), proposal, &next, Over::Any).await?;
    Ok(format!("tried {id}{}", if is_told { "" } else { ", which was changed meanwhile" }))
}

fn shown(
    contest: &ContestId,
    id: &ProposalId,
    (inputs, refused): (&ProposalInputs, Vec<String>),
    previewed: &[Previewed],
    decisions: &[Decision],
) -> anyhow::Result<Vec<u8>> {
    let is_decided = |round: &RoundId| decisions.iter().any(|decision| decision.in_round(round).next().is_some());
    let tried = |round: &Previewed| TriedRound {
        round: round.round.to_string(),
        version: round.newest,
        then: round.then,
        status: round.status,
        reason: round.reason.clone(),
        follows: !is_decided(&round.round),
        results: round.results.clone(),
        moved: round.moved.clone(),
        collective: round.collective.clone(),
        codes: round.codes.iter().map(|(public, code)| (public.clone(), code.to_string())).collect(),
    };
    let inputs = inputs_json(inputs.state, &inputs.rounds, inputs.overall);
    let tried = previewed.iter().map(tried).collect();
    Ok(DecisionsPreview::of((contest, id), inputs, refused, tried)?.to_json())
}

/// The decisions that are meant, or sentences that say why they cannot be taken: by the rules by which a table of decisions is
/// judged, and besides only about people who were there when the round closed.
async fn judge(
    app: &App,
    contest: &ContestSnapshot,
    proposal: &Proposal,
    now: Timestamp,
) -> anyhow::Result<(Vec<Decision>, Vec<String>)> {
    let Proposed::Decisions { changes, decision } = &proposal.what else { return Ok((Vec::new(), Vec::new())) };
    let (mut written, mut refused) = (Vec::new(), Vec::new());
    for (number, change) in (1..).zip(changes) {
        match change.read(&proposal.reason, decision.as_ref()) {
            Ok(change) => written.push((number, change)),
            Err(faults) => refused.extend(faults.iter().map(|fault| words::refused(number, &fault.kind))),
        }
    }
    let banks = banks(contest, &written).await?;
    let banks = banks.iter().map(|(name, options)| (name.as_str(), options)).collect();
    let known = Known { plan: Some(&contest.plan), banks, accounts: None, overall: &headers::OVERALL };
    let (mut people, mut resolved) = (BTreeMap::new(), Vec::new());
    for (number, change) in &written {
        let told = |fault: Fault| words::refused(*number, &fault.kind);
        let round = match change.round(&known) {
            Ok(round) => round,
            Err(fault) => {
                refused.push(told(fault));
                continue;
            }
        };
        if !people.contains_key(&round) {
            people.insert(round.clone(), people_of(app, contest, &round).await?);
        }
        let meant = Known { accounts: people.get(&round), ..known.clone() };
        match (change.unknown_person(&meant), change.resolve(&meant)) {
            (Some(fault), _) | (None, Err(fault)) => refused.push(told(fault)),
            (None, Ok(change)) => resolved.push(change),
        }
    }
    let (decisions, _) = new_decisions(&[], resolved, now);
    let made = made_already(&decisions, &contest.decisions().await?).len();
    refused.extend((made > 0).then(|| words::made_already(made)));
    Ok((decisions, refused))
}

type Options = BTreeMap<QuestionId, Vec<String>>;

/// The options of each question of the banks that are asked for, by the names of the banks.
async fn banks(contest: &ContestSnapshot, written: &[(u32, WrittenChange)]) -> anyhow::Result<Vec<(String, Options)>> {
    let mut banks = Vec::new();
    for round in &contest.plan.rounds {
        if written.iter().any(|(_, change)| change.asks_for_the_bank_of(round))
            && let Some(questions) = contest.bank(round).await?
        {
            let options = questions.into_iter().map(|question| (question.id, question.options));
            banks.push((round.bank.clone(), options.collect()));
        }
    }
    Ok(banks)
}

/// Everybody who was registered when a round closed, or any of them, by code and by public name.
async fn people_of(
    app: &App,
    contest: &ContestSnapshot,
    round: &RoundId,
) -> anyhow::Result<BTreeMap<ContestantId, ContestantId>> {
    let (mut people, id) = (BTreeMap::new(), &contest.plan.id);
    for planned in contest.plan.rounds.iter().filter(|planned| round.is_overall() || planned.id == *round) {
        let record = app.control.round(id, &planned.id).await?.context("a round without a record")?;
        let Some(sha256) = record.frozen_sha256 else { continue };
        let manifest = FrozenManifest::load(&app.vault, keys::frozen_manifest(id, &planned.id), sha256).await?;
        for file in &manifest.people {
            for person in FrozenPerson::decode(&app.vault.referred(&file.object).await?)? {
                let code = person.contestant()?;
                let public = ContestantId::parse(&contest.keys.pseudonym(&code).as_str().to_uppercase());
                people.extend([Ok(code.clone()), public].into_iter().flatten().map(|written| (written, code.clone())));
            }
        }
    }
    Ok(people)
}
