//! `DELETE /v1/contests/{c}/sessions`, and what every way to end sessions has in common.
//!
//! A token cannot be called back. Ending raises the version of the account, below which no token holds, and then that of
//! the attempts under way, so that handing in needs no read of the account. What is under way is lost to nobody: the next
//! session hands it in.

use super::account_of;
use crate::App;
use crate::attempts::Seat;
use crate::error::{ApiError, expect_no_content};
use crate::signed_in::SignedIn;
use contest::attempt::{RoundPhase, phase_at};
use documents::api::Refusal;
use function::http::{Reply, Request};
use store::{Account, Profile, StoreError};

/// Ends every session of the account, this one with them.
pub(crate) async fn end_sessions(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let account = account_of(&who).await?;
    expect_no_content(request)?;
    let next = account.profile.clone();
    who.replaced(&account, next, Refusal::NoSession).await?;
    Ok(Reply::no_content())
}

impl<'a> SignedIn<'a> {
    /// Writes an account anew under the next version, which ends its sessions. Of two at once one takes place; the other is
    /// told what it would have been told a moment later. Returns who goes on under that version.
    pub(super) async fn replaced(
        self,
        from: &Account,
        to: Profile,
        too_late: Refusal,
    ) -> Result<SignedIn<'a>, ApiError> {
        let version = from.profile.version + 1;
        let to = Profile { version, ..to };
        if !self.app.people.change_account(self.place(), from, &to).await? {
            let stands = self.app.people.account(self.place()).await?;
            let is_over = stands.is_none_or(|account| account.profile.version >= version);
            let raced = StoreError::Raced { what: "the account".into() };
            return Err(if is_over { too_late.into() } else { raced.into() });
        }
        let next = Self { version, ..self };
        take_over(&next).await?;
        Ok(next)
    }
}

/// Leaves what is under way to whoever asks, and to sessions that are opened later.
pub(super) async fn take_over(who: &SignedIn<'_>) -> Result<(), ApiError> {
    let now = who.request.received_at;
    for round in who.contest.plan.rounds.iter().filter(|round| phase_at(round, now) == RoundPhase::Open) {
        if let Some(seat) = Seat::of(who, round).await? {
            seat.raise_session_version(who.version).await?;
        }
    }
    Ok(())
}
