//! From a stored submission to a receipt. Every path that shows one ends here: with a strongly consistent
//! read of a gate, or, once the round is frozen, from the kept rows (`RELIABILITY.md` 1.3).

use super::seat::Sitting;
use crate::error::{ApiError, undecided};
use contest::attempt::{Attempt, duration_ms};
use contest::closing::Phase;
use contest::ledger::Sealing;
use contest::plan::{Complete, RevealScore};
use contest::scoring::{Marking, score};
use documents::api::{AcceptedSheet, Refusal};
use documents::site::number::WireNumber;
use std::collections::BTreeSet;
use store::{FrozenPartition, StoreError, StoredKey};

/// The receipt of a stored submission, or `None` where the round is frozen without it.
pub(crate) async fn acknowledge(sitting: &Sitting<'_>, attempt: &Attempt) -> Result<Option<AcceptedSheet>, ApiError> {
    let (contest, round) = (&sitting.who.contest.plan.id, &sitting.round.id);
    let copy = gate_copy(&sitting.who.request.id, sitting.gates);
    match sitting.who.app.control.gate(contest, round, copy).await? {
        Some(gate) if gate.open => render(sitting, attempt).await.map(Some),
        Some(_) => match kept(sitting).await? {
            Some(kept) => render(sitting, &kept).await.map(Some),
            None => Ok(None),
        },
        None => Err(StoreError::missing(format!("gate {copy} of {contest}/{round}")).into()),
    }
}

/// The attempt among the kept rows. Until the round is frozen nobody can say.
async fn kept(sitting: &Sitting<'_>) -> Result<Option<Attempt>, ApiError> {
    let (app, contest, round) = (sitting.who.app, &sitting.who.contest.plan.id, &sitting.round.id);
    let record = app.control.round(contest, round).await?;
    let is_frozen = record.is_some_and(|it| !matches!(it.phase, Phase::Open | Phase::Closing | Phase::Shut));
    if !is_frozen {
        return Err(undecided());
    }
    let path = store::keys::run(contest, round, sitting.partition.shard);
    let bytes = app.vault.get(&path).await?.ok_or_else(|| StoreError::missing(path))?;
    let rows = FrozenPartition::decode(&bytes)?.attempts()?;
    let same = |row: &Attempt| row.contestant == sitting.who.contestant && row.number == sitting.number;
    Ok(rows.into_iter().find(|row| same(row) && row.submission.is_some()))
}

async fn render(sitting: &Sitting<'_>, attempt: &Attempt) -> Result<AcceptedSheet, ApiError> {
    let contest = &sitting.who.contest;
    let rules = sitting.rules();
    let sealing = Sealing { plan: &contest.plan, round: sitting.round, keys: &contest.keys, bank: &sitting.bank };
    let sealed = sealing.submission(&sitting.paper, attempt).ok_or(Refusal::NoSuchAttempt)?;
    let is_valid = rules.complete == Complete::Free || is_complete(sitting, attempt);
    let reveal = is_valid && rules.reveal_score == RevealScore::Submitted && sitting.who.app.reveal_score_on_submit;
    let score = if reveal { Some(revealed(sitting, attempt).await?) } else { None };
    Ok(AcceptedSheet {
        status: "accepted",
        receipt: contest.signer.sign(&sealed.receipt_text()),
        received_at: sealed.received_at.rfc3339(),
        duration_ms: duration_ms(rules, sealed.started_at, sealed.received_at),
        score,
    })
}

fn is_complete(sitting: &Sitting<'_>, attempt: &Attempt) -> bool {
    let submission = attempt.submission.as_ref();
    submission.is_some_and(|it| sitting.paper.is_complete(&sitting.bank, &it.answers, &BTreeSet::new()))
}

/// The score, in a deployment whose API may read keys.
async fn revealed(sitting: &Sitting<'_>, attempt: &Attempt) -> Result<WireNumber, ApiError> {
    let (contest, round) = (&sitting.who.contest, sitting.round);
    let missing = || StoreError::missing(format!("the key of {}/{}", contest.plan.id, round.id));
    let object = contest.state.banks.get(&round.bank).ok_or_else(missing)?;
    let key = sitting.who.app.vault.referred_json::<StoredKey>(&object.key).await?.key()?;
    let answers = attempt.submission.as_ref().map(|submission| submission.answers.as_slice()).unwrap_or_default();
    let marking = Marking { key, ..Marking::default() };
    let right = sitting.paper.count_right(&sitting.bank, answers, &marking);
    let questions = u16::try_from(sitting.paper.questions.len()).unwrap_or(u16::MAX);
    Ok(WireNumber::of(score(sitting.rules().points, right, questions)))
}

/// Any copy serves; requests spread over them by their id.
fn gate_copy(request_id: &str, copies: u8) -> u8 {
    let sum = request_id.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    u8::try_from(sum % u32::from(copies)).expect("a remainder of a byte fits a byte")
}
