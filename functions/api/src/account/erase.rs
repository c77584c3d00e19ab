//! `DELETE /v1/contests/{c}/me`: what is known of a person goes, what was played stays under the pseudonym.

use crate::App;
use crate::attempts::Seat;
use crate::error::{ApiError, expect_no_content, undecided};
use crate::signed_in::SignedIn;
use contest::attempt::{Attempt, BARRED};
use documents::api::{Erased, Refusal};
use function::http::{Reply, Request};
use store::StoreError;

/// Erases the account of the session. Each step may run twice, so a request that is sent again, or was
/// cut short, ends where one would.
///
/// Name, date of birth, address and everything else that was asked goes; so does the secret, and every way
/// to find the account but the keyed values that keep one person at one account. Rankings stay as they are.
pub(crate) async fn erase(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let who = SignedIn::now(app, request).await?;
    let SignedIn { contest, contestant, .. } = &who;
    let id = &contest.plan.id;
    let account = who.account().await?.ok_or(Refusal::NoSession)?;
    let profile = &account.profile;
    let now = request.received_at;
    for round in contest.plan.rounds.iter().filter(|round| now < round.closes) {
        // A token cannot be called back, but the attempt that it would start stands there already.
        let seat = Seat::of(&who, round).await?.ok_or_else(undecided)?;
        let barred = Attempt {
            contestant: contestant.clone(),
            number: BARRED,
            started_at: now,
            accepted_before: now,
            session_version: 0,
            submission: None,
        };
        app.attempts.insert_attempt(seat.partition, &barred).await?;
    }
    // What keeps one person at one account stays, keyed; what only finds the account goes.
    let mut found_by = profile.identifiers(&contest.keys, &contest.plan.registration.unique, contestant);
    found_by.retain(|identifier| !identifier.unique);
    app.people.delete_identifiers(id, contestant, &found_by).await?;
    app.people.delete_referral(id, contestant, profile).await?;
    if !app.people.change_account(who.place(), &account, &profile.clone().erased(now)).await? {
        return Err(StoreError::Raced { what: "the account".into() }.into());
    }
    Ok(Reply::json(202, &Erased { status: "erased" }))
}
