//! What two people carry (`CONSOLE.md` 3.5): one proposes, what it would change is shown, another puts exactly that in force.
//!
//! The order of an approval is: entry of the log, then the proposal becomes `approved` in one conditional write, then what it
//! asks for is done, then it becomes `applied`. Whatever is cut short after the second step is carried on by whoever asks next.
//! Nothing is done twice by that: each effect is itself a write over what was seen (a file by its tag, an account by its
//! revision, a contestant's account by its very text), it is left out where it stands already, and of two who carry on at once
//! the later one finds what the earlier one wrote.

mod approve;
mod carry_on;
mod contestants;
mod decide;
mod decisions;
mod extension;
mod forms;
mod plain;
mod preview;
mod propose;
mod show;

pub(crate) use approve::approve;
pub(crate) use carry_on::bank_taken;
pub(crate) use contestants::{change_unit, proposed, reset};
pub(crate) use decide::{reject, withdraw};
pub(crate) use extension::{ask_another, not_extended};
pub(crate) use forms::reason;
pub(crate) use preview::preview;
pub(crate) use propose::{Wish, propose, propose_plainly};
pub(crate) use show::{list, show, waiting};

use crate::App;
use crate::caller::Caller;
use crate::error::ApiError;
use contest::ids::{ContestId, ProposalId};
use contest::organizers::{Action, Chain, StepRefusal, may};
use documents::console::Refusal;
use function::http::Request;
use store::{Over, Proposal};

/// Whoever asks, and where the proposals lie of which they do: those of a contest, or of the platform.
pub(crate) struct Place<'a> {
    pub(crate) caller: Caller<'a>,
    pub(crate) of: Chain,
}

impl<'a> Place<'a> {
    /// The place that the path names.
    async fn of(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let caller = Caller::of(app, request).await?;
        let of = match request.part("c") {
            "" => Chain::Platform,
            contest => Chain::Contest(ContestId::parse(contest).map_err(|_| Refusal::NoSuchContest)?),
        };
        Ok(Self { caller, of })
    }

    /// The place that the path names, where somebody may do this there.
    async fn for_action(app: &'a App, request: &'a Request, action: Action) -> Result<Self, ApiError> {
        let place = Self::of(app, request).await?;
        place.caller.require(action, place.contest())?;
        Ok(place)
    }

    /// None where it is the platform.
    pub(crate) const fn contest(&self) -> Option<&ContestId> {
        match &self.of {
            Chain::Platform => None,
            Chain::Contest(contest) => Some(contest),
        }
    }

    fn app(&self) -> &'a App {
        self.caller.app
    }

    fn may(&self, action: Action) -> bool {
        may(&self.caller.grants, action, self.contest())
    }

    /// The proposal that the path names.
    async fn named(&self) -> Result<(ProposalId, Proposal), ApiError> {
        let id = ProposalId::parse(self.caller.request.part("p")).map_err(|_| Refusal::NoSuchProposal)?;
        let proposal = self.app().control.proposal(&self.of, &id).await?.ok_or(Refusal::NoSuchProposal)?;
        Ok((id, proposal))
    }

    /// The proposal that the path names, for those who may do this with any and for whoever proposed it.
    async fn own_or(&self, action: Action) -> Result<(ProposalId, Proposal), ApiError> {
        let named = self.named().await;
        if named.as_ref().is_ok_and(|(_, proposal)| proposal.proposer == self.caller.account.id) {
            return named;
        }
        self.caller.require(action, self.contest())?;
        named
    }

    /// Writes a proposal anew, or refuses because somebody else did meanwhile.
    async fn replace(
        &self,
        id: &ProposalId,
        (seen, next): (&Proposal, &Proposal),
        over: Over<'_>,
    ) -> Result<Proposal, ApiError> {
        if self.app().control.replace_proposal((&self.of, id), seen, next, over).await? {
            return Ok(Proposal { revision: seen.revision + 1, ..next.clone() });
        }
        Err(Refusal::AlreadyDecided.into())
    }
}

fn refusal(of: StepRefusal) -> Refusal {
    match of {
        StepRefusal::OwnProposal => Refusal::OwnProposal,
        StepRefusal::NotTheirs => Refusal::NotYourProposal,
        StepRefusal::StalePreview => Refusal::StalePreview,
        StepRefusal::AlreadyDecided => Refusal::AlreadyDecided,
    }
}
