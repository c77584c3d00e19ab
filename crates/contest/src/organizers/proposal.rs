//! How far a proposal has come, and who may take it further: what changes results is proposed by one person, tried by the
//! function that will carry it out, and put in force by another (`CONSOLE.md` 3.5).

use crate::time::Timestamp;
use crate::words::worded;

worded! {
    /// How far a proposal has come.
    pub enum ProposalStatus {
        /// Written, and not tried yet.
        Draft = "draft",
        /// Tried: what it would change is there to be read.
        Previewed = "previewed",
        /// Put in force by another person; it is about to take effect.
        Approved = "approved",
        /// It has taken effect.
        Applied = "applied",
        /// Refused by another person.
        Rejected = "rejected",
        /// Taken back by whoever proposed it.
        Withdrawn = "withdrawn",
        /// Something that it was tried against has changed: it has to be tried again.
        Stale = "stale",
        /// Nobody decided in fourteen days.
        Expired = "expired",
    }
}

worded! {
    /// What is proposed.
    pub enum ProposalKind {
        /// Decisions about closed rounds.
        Decisions = "decisions",
        /// Another secret for a contestant.
        Reset = "reset",
        /// Another unit for a contestant, once a round has closed.
        Unit = "unit",
        /// Roles of a lead, or whether the account is enabled.
        Roles = "roles",
        /// Another plan, once the first round has opened.
        Plan = "plan",
        /// Another bank, shortly before its round or later.
        Bank = "bank",
        /// A later end, which one lead has put in force already and another one looks at afterwards.
        Extension = "extension",
    }
}

/// How long a proposal waits for somebody, in milliseconds.
pub const PROPOSAL_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

/// What somebody does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalStep<'a> {
    /// Somebody asks that it be tried, once more where it was.
    Ask,
    /// Something that it was tried against has changed.
    Outdate,
    /// The function that would carry it out has tried it.
    Preview,
    /// Somebody puts in force what they have read.
    Approve {
        /// Who.
        by: &'a str,
        /// Hash of the preview that they have read.
        read: &'a str,
    },
    /// Somebody refuses it.
    Reject {
        /// Who.
        by: &'a str,
    },
    /// Somebody takes it back.
    Withdraw {
        /// Who.
        by: &'a str,
    },
    /// What was put in force has taken effect.
    Apply,
}

/// Why a step cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepRefusal {
    /// Nobody approves or rejects what they have proposed, and nobody else takes it back.
    OwnProposal,
    /// Not theirs to take back.
    NotTheirs,
    /// What they have read is not what would be done now.
    StalePreview,
    /// It is over, one way or the other.
    AlreadyDecided,
}

/// A proposal, as far as its steps depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// How far it has come.
    pub status: ProposalStatus,
    /// Who proposed it.
    pub proposer: &'a str,
    /// When.
    pub proposed_at: Timestamp,
    /// Hash of what was shown, where it was tried.
    pub preview: Option<&'a str>,
}

impl Standing<'_> {
    /// How far it is at an instant: one that waits too long is over.
    pub fn status_at(&self, now: Timestamp) -> ProposalStatus {
        use ProposalStatus::{Draft, Expired, Previewed, Stale};
        let waits = matches!(self.status, Draft | Previewed | Stale);
        if waits && now >= self.proposed_at.plus_millis(PROPOSAL_MS) { Expired } else { self.status }
    }

    /// How far a step takes it.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn after(&self, step: ProposalStep<'_>, now: Timestamp) -> Result<ProposalStatus, StepRefusal> {
        use ProposalStatus::{Applied, Approved, Draft, Previewed, Rejected, Stale, Withdrawn};
        match (self.status_at(now), step) {
            (Approved | Applied, ProposalStep::Apply) => Ok(Applied),
            (Draft | Previewed | Stale, ProposalStep::Ask) => Ok(Draft),
            (Previewed | Stale, ProposalStep::Outdate) => Ok(Stale),
            (Draft | Previewed | Stale, ProposalStep::Preview) => Ok(Previewed),
            (Draft | Previewed | Stale, ProposalStep::Approve { by, .. } | ProposalStep::Reject { by })
                if by == self.proposer =>
            {
                Err(StepRefusal::OwnProposal)
            }
            (Draft | Stale, ProposalStep::Approve { .. }) => Err(StepRefusal::StalePreview),
            (Previewed, ProposalStep::Approve { read, .. }) if Some(read) == self.preview => Ok(Approved),
            (Previewed, ProposalStep::Approve { .. }) => Err(StepRefusal::StalePreview),
            (Draft | Previewed | Stale, ProposalStep::Reject { .. }) => Ok(Rejected),
            (Draft | Previewed | Stale, ProposalStep::Withdraw { by }) if by == self.proposer => Ok(Withdrawn),
            (Draft | Previewed | Stale, ProposalStep::Withdraw { .. }) => Err(StepRefusal::NotTheirs),
            _ => Err(StepRefusal::AlreadyDecided),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_639_000_000_000);

    fn standing(status: ProposalStatus) -> Standing<'static> {
        Standing { status, proposer: "lan", proposed_at: NOW, preview: Some("h1") }
    }

    #[test]
    fn only_another_person_puts_in_force_exactly_what_was_shown() {
        let of = |status, by, read| standing(status).after(ProposalStep::Approve { by, read }, NOW);
        assert_eq!(of(ProposalStatus::Previewed, "hai", "h1"), Ok(ProposalStatus::Approved));
        assert_eq!(of(ProposalStatus::Previewed, "lan", "h1"), Err(StepRefusal::OwnProposal));
        assert_eq!(of(ProposalStatus::Previewed, "hai", "h2"), Err(StepRefusal::StalePreview));
        assert_eq!(of(ProposalStatus::Draft, "hai", "h1"), Err(StepRefusal::StalePreview));
        assert_eq!(of(ProposalStatus::Stale, "hai", "h1"), Err(StepRefusal::StalePreview));
        for over in
            [ProposalStatus::Approved, ProposalStatus::Applied, ProposalStatus::Rejected, ProposalStatus::Withdrawn]
        {
            assert_eq!(of(over, "hai", "h1"), Err(StepRefusal::AlreadyDecided), "{over:?}");
        }
    }

    #[test]
    fn what_is_asked_for_anew_or_outdated_is_not_in_force_by_what_was_shown() {
        let after = |status, step| standing(status).after(step, NOW);
        assert_eq!(after(ProposalStatus::Previewed, ProposalStep::Ask), Ok(ProposalStatus::Draft));
        assert_eq!(after(ProposalStatus::Stale, ProposalStep::Ask), Ok(ProposalStatus::Draft));
        assert_eq!(after(ProposalStatus::Previewed, ProposalStep::Outdate), Ok(ProposalStatus::Stale));
        for over in [ProposalStatus::Approved, ProposalStatus::Applied, ProposalStatus::Rejected] {
            for step in [ProposalStep::Ask, ProposalStep::Outdate, ProposalStep::Preview] {
                assert_eq!(after(over, step), Err(StepRefusal::AlreadyDecided), "{over:?} {step:?}");
            }
        }
    }

    #[test]
    fn whoever_proposed_takes_it_back_and_nobody_else() {
        let of = |by| standing(ProposalStatus::Draft).after(ProposalStep::Withdraw { by }, NOW);
        assert_eq!((of("lan"), of("hai")), (Ok(ProposalStatus::Withdrawn), Err(StepRefusal::NotTheirs)));
    }

    #[test]
    fn what_waits_for_a_fortnight_is_over() {
        let late = NOW.plus_millis(PROPOSAL_MS);
        for status in [ProposalStatus::Draft, ProposalStatus::Previewed, ProposalStatus::Stale] {
            assert_eq!(standing(status).status_at(late.plus_millis(-1)), status);
            assert_eq!(standing(status).status_at(late), ProposalStatus::Expired);
        }
        assert_eq!(
            standing(ProposalStatus::Approved).status_at(late),
            ProposalStatus::Approved,
            "it only has to be done"
        );
        let approve = ProposalStep::Approve { by: "hai", read: "h1" };
        assert_eq!(standing(ProposalStatus::Previewed).after(approve, late), Err(StepRefusal::AlreadyDecided));
    }
}
