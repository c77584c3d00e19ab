//! From a stored sheet to a receipt. Every path that shows one ends here: with a strongly consistent
//! read of a gate, or, once the round is frozen, from the kept rows (`RELIABILITY.md` 1.3).

use crate::App;
use crate::contests::Contest;
use crate::refused::{Refused, undecided};
use contest::attempt::{Attempt, duration_ms};
use contest::closing::Phase;
use contest::paper::redraw;
use contest::plan::{RevealScore, Round};
use contest::scoring::{count_right, score};
use contest::seal::Sealing;
use documents::api::{AcceptedSheet, Refusal};
use documents::site::number::WireNumber;
use store::{FrozenRound, StoreError, StoredKey};

/// The receipt of a stored sheet, or `None` where the round is frozen without it.
pub(crate) async fn settle(
    app: &App,
    contest: &Contest,
    round: &Round,
    attempt: &Attempt,
    request_id: &str,
) -> Result<Option<AcceptedSheet>, Refused> {
    let missing = || StoreError::missing(format!("the record of {}/{}", contest.plan.id, round.id));
    let spread = app.contests.spread(contest, round).await?.ok_or_else(missing)?;
    let copy = gate_copy(request_id, spread.gates);
    let gate = app.control.gate(&contest.plan.id, &round.id, copy).await?;
    match gate {
        Some(gate) if gate.open => render(app, contest, round, attempt).await.map(Some),
        Some(_) => match kept(app, contest, round, attempt).await? {
            Some(kept) => render(app, contest, round, &kept).await.map(Some),
            None => Ok(None),
        },
        None => Err(StoreError::missing(format!("gate {copy} of {}/{}", contest.plan.id, round.id)).into()),
    }
}

/// The attempt among the kept rows. Until the round is frozen nobody can say.
pub(crate) async fn kept(
    app: &App,
    contest: &Contest,
    round: &Round,
    attempt: &Attempt,
) -> Result<Option<Attempt>, Refused> {
    let record = app.control.round(&contest.plan.id, &round.id).await?;
    let frozen = record.filter(|record| !matches!(record.phase, Phase::Open | Phase::Closing | Phase::Shut));
    let shards = frozen.ok_or_else(undecided)?.spread.shards;
    let shard = contest.keys.shard(&attempt.contestant, shards);
    let path = store::keys::run(&contest.plan.id, &round.id, shard);
    let bytes = app.vault.get(&path).await?.ok_or_else(|| StoreError::missing(path))?;
    let rows = FrozenRound::decode(&bytes)?.attempts()?;
    let same = |row: &Attempt| row.contestant == attempt.contestant && row.number == attempt.number;
    Ok(rows.into_iter().find(|row| same(row) && row.sheet.is_some()))
}

async fn render(app: &App, contest: &Contest, round: &Round, attempt: &Attempt) -> Result<AcceptedSheet, Refused> {
    let missing = || StoreError::missing(format!("the bank of {}/{}", contest.plan.id, round.id));
    let bank = app.contests.bank(contest, round).await?.ok_or_else(missing)?;
    let rules = &contest.plan.rules.attempt;
    let sealing = Sealing { plan: &contest.plan, round, keys: &contest.keys, bank: &bank };
    let sealed = sealing.sheet(attempt).ok_or(Refusal::NoSuchAttempt)?;
    let reveal = rules.reveal_score == RevealScore::Submitted && app.reveal_score_on_submit;
    let score = if reveal { Some(revealed(app, contest, round, attempt, &bank).await?) } else { None };
    Ok(AcceptedSheet {
        status: "accepted",
        receipt: contest.signer.sign(&sealed.receipt_text()),
        received_at: sealed.received_at.rfc3339(),
        duration_ms: duration_ms(rules, sealed.started_at, sealed.received_at),
        score,
    })
}

/// The score, in a deployment whose API may read keys.
async fn revealed(
    app: &App,
    contest: &Contest,
    round: &Round,
    attempt: &Attempt,
    bank: &[contest::bank::PublicQuestion],
) -> Result<WireNumber, Refused> {
    let missing = || StoreError::missing(format!("the key of {}/{}", contest.plan.id, round.id));
    let object = contest.state.banks.get(&round.bank).ok_or_else(missing)?;
    let key = app.vault.referred_json::<StoredKey>(&object.key).await?.key()?;
    let paper = redraw(&contest.plan.paper, bank, &contest.keys.paper_secret(&round.id), attempt);
    let answers = attempt.sheet.as_ref().map(|sheet| sheet.answers.as_slice()).unwrap_or_default();
    let right = count_right(&paper.key(bank, &key), answers);
    let questions = u16::try_from(paper.questions.len()).unwrap_or(u16::MAX);
    Ok(WireNumber::of(score(contest.plan.rules.attempt.points, right, questions)))
}

/// Any copy serves; requests spread over them by their id.
fn gate_copy(request_id: &str, copies: u8) -> u8 {
    let sum = request_id.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    u8::try_from(sum % u32::from(copies)).expect("a remainder of a byte fits a byte")
}
