//! The shell around the tables, buckets and schedules: typed items, keys built in one place, and the
//! conditions that carry the rules of uniqueness and order. No rule of a contest stands here.
//!
//! [`Attempts`] is the hot path: one write unit to start, one to submit, one strong read of a gate.
//! [`Control`] and [`People`] change rarely; a [`Bucket`] holds what never changes once written.

mod account;
mod attempts;
mod audit;
mod compiled;
mod conditional;
mod control;
mod decisions;
mod editions;
mod error;
mod frozen_state;
mod health;
mod item;
pub mod keys;
mod loading;
mod look_up;
mod meter;
mod objects;
mod organizers;
mod over_contest;
mod overall;
mod people;
mod proposals;
mod reply_clock;
mod runs;
mod schedules;
mod scored;
mod sdk;
mod secrets;
mod snapshot;
mod tries;
mod upload_records;
pub mod wakeup;
mod watch;

pub use account::{Account, AccountPlace, CorrectionWrite};
pub use attempts::{AttemptPartition, Attempts, SentSubmission, StartWrite, SubmissionWrite};
pub use audit::Audit;
pub use aws_sdk_dynamodb::config::SharedHttpClient;
pub use compiled::{
    BankRef, ContestState, ExcludedPerson, LevelCount, ObjectRef, RosterPerson, StoredAnnouncements, StoredBank,
    StoredExcluded, StoredKey, StoredPicture, StoredReveals, StoredRoster, StoredUnits, TopicCount,
};
pub use control::{Advance, Control, Gate, RoundRecord, Spread};
pub use decisions::StoredDecisions;
pub use editions::{EditionRecord, Editions, StoredDraw};
pub use error::StoreError;
pub use meter::{Call, Used, count_hash, metered};
pub use objects::{Bucket, Head, Listed, Part, Tagged, Written};
pub use organizers::{
    Identified, Invitation, NewOrganizer, Organizer, Organizers, PasskeyPurpose, StoredPasskey, StoredSession, Ticket,
};
pub use over_contest::{OverContest, OverallBasis};
pub use overall::OverallRecord;
pub use people::{NewPerson, People, Profile, Reset};
pub use proposals::{
    AppliedAs, DecidedBy, Outcome, Over, PlanText, Proposal, ProposalInputs, Proposed, ProposedChange,
    ProposedDecision, ShownPreview, TriedProposal,
};
pub use runs::{FrozenFile, FrozenManifest, FrozenPartition, FrozenPerson, RankedRound, ScoredRound};
pub use schedules::{Schedule, Schedules, Target};
pub use scored::{Reviewed, Scored};
pub use sdk::{Endpoints, Patience, Sdk, https_client};
pub use secrets::{Secrets, SessionKey, SigningKey};
pub use snapshot::ContestSnapshot;
pub use upload_records::UploadRecord;
pub use watch::{Page, PageEnd, StoredAccounts};
