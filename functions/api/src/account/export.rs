//! `GET /v1/contests/{c}/me/export`: everything that is held about the contestant of the session.

use super::profile_of;
use crate::App;
use crate::attempts::{Seat, acknowledge};
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::attempt::Attempt;
use contest::plan::Round;
use contest::time::Timestamp;
use documents::api::{Export, ExportedAttempt, ExportedConsent, ExportedRound, Refusal};
use documents::site::number::WireNumber;
use function::http::{Reply, Request};

/// The account as it is stored, and every attempt with what was sent and its receipt.
pub(crate) async fn export(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let SignedIn { contest, contestant, .. } = &who;
    let profile = profile_of(&who).await?;
    let referrals = app.people.count_referred(&contest.plan.id, contestant).await?;
    let mut rounds = Vec::with_capacity(contest.plan.rounds.len());
    for round in &contest.plan.rounds {
        rounds.push(exported_round(&who, round).await?);
    }
    Ok(Reply::ok(&Export {
        schema: "hoithi/export/1",
        contest: contest.plan.id.to_string(),
        exported_at: request.received_at.rfc3339(),
        pseudonym: contest.keys.pseudonym(contestant).to_string(),
        contestant: contestant.to_string(),
        registered_at: at(profile.registered_at_ms),
        full_name: profile.full_name,
        birth_date: profile.birth_date,
        citizen_id_keyed_hash: profile.citizen_id,
        phone_keyed_hash: profile.phone,
        phone_last3: profile.phone_last3,
        unit: profile.unit,
        unit_basis: profile.unit_basis,
        gender: profile.gender,
        email: profile.email,
        address: profile.address,
        occupation: profile.occupation,
        referral_code: profile.referral_code,
        referrer: profile.referrer,
        referrals,
        consent: ExportedConsent { text_sha256: profile.consent_sha256, guardian: profile.guardian_consent },
        secret: "argon2id",
        secret_reset_at: profile.secret_reset_at_ms.map(at),
        slip_valid_until: profile.reset.map(|reset| at(reset.until_ms)),
        rounds,
    }))
}

fn at(millis: i64) -> String {
    Timestamp::from_millis(millis).rfc3339()
}

async fn exported_round(who: &SignedIn<'_>, round: &Round) -> Result<ExportedRound, ApiError> {
    let mut attempts = Vec::new();
    if let Some(seat) = Seat::of(who, round).await? {
        for attempt in seat.attempts().await? {
            attempts.push(exported_attempt(seat, &attempt).await?);
        }
    }
    Ok(ExportedRound { round: round.id.to_string(), attempts })
}

async fn exported_attempt(seat: Seat<'_>, attempt: &Attempt) -> Result<ExportedAttempt, ApiError> {
    let mut exported = ExportedAttempt {
        attempt: attempt.number,
        started_at: attempt.started_at.rfc3339(),
        submitted_at: None,
        answers: None,
        prediction: None,
        receipt: None,
    };
    let Some(submission) = &attempt.submission else { return Ok(exported) };
    let sitting = seat.sit(seat.bank().await?.ok_or(Refusal::RoundNotReady)?, attempt.number);
    let answers = sitting.paper.canonical_answers(&sitting.bank, &submission.answers).into_iter();
    exported.answers = Some(answers.map(|(question, set)| (question.to_string(), set.letters().collect())).collect());
    exported.submitted_at = Some(submission.received_at.rfc3339());
    let target = seat.who.contest.plan.rules.prediction.as_ref().map(|rules| rules.target);
    exported.prediction =
        submission.prediction.zip(target).map(|(prediction, target)| WireNumber::of_prediction(prediction, target));
    // While a round closes nobody can say yet whether the submission is in: then its receipt comes later.
    exported.receipt = match acknowledge(&sitting, attempt).await {
        Ok(accepted) => accepted.map(|accepted| accepted.receipt),
        Err(ApiError::Refused(Refusal::Busy { .. })) => None,
        Err(refused) => return Err(refused),
    };
    Ok(exported)
}
