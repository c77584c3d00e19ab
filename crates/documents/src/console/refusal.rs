//! Why the organizers' API does not do as asked.

use crate::problem::{FieldError, Problem};
use crate::words;
use contest::form::WrongField;
use contest::organizers::Action;

/// What a ranked round is looked through for is made within so long, in most cases.
const REVIEW_SECONDS: u64 = 60;

/// What two people carry has one word, whatever it is.
const NEEDS_PROPOSAL: &str = "needs_proposal";

/// A refusal that an organizer reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoSuchRoute,
    /// The form is longer than 32 KiB.
    BodyTooLarge,
    NotJson,
    BrokenJson,
    InvalidFields(Vec<WrongField>),
    /// No invitation, or no ticket, of this code; or the code of the app is not right now.
    WrongCode,
    LoginTaken,
    WrongCredentials,
    /// No passkey of anybody who may sign in, or no answer to what was asked lately.
    WrongPasskey,
    /// A passkey that is right, but counts fewer answers than it has given.
    PasskeyCountedBack,
    NoSuchPasskey,
    /// The account has as many as it may have.
    TooManyPasskeys,
    TooManyTries {
        wait_seconds: u64,
    },
    NoSession,
    /// The roles do not allow this.
    NotYourRole(Action),
    /// A second factor has to be given once more.
    StepUpNeeded,
    NoSuchContest,
    NoSuchPerson,
    NoSuchFile,
    /// Not a name that an importer knows.
    UnknownFileName,
    /// Decisions come by proposals, which two people read.
    DecisionsAreProposed,
    /// Banks go in and never come out.
    BanksStayIn,
    /// The request does not say which version it replaces.
    ConditionMissing,
    /// Another version stands there than the one that was read.
    ChangedMeanwhile,
    /// The bytes are not those whose hash was sent, or no hash was.
    DigestMismatch,
    /// A change of a plan's text that cannot be carried out; nothing was changed.
    PlanNotEdited {
        code: &'static str,
        detail: &'static str,
    },
    /// More than 4 MiB.
    FileTooLarge,
    EmptyFile,
    /// Nobody changes their own roles.
    OwnRights,
    /// Once the first round has opened the plan changes by proposals, which two people read.
    PlanIsProposed,
    /// Shortly before its round a bank changes by a proposal.
    BankIsProposed,
    /// Where somebody else is a lead of everything, nobody makes a lead alone.
    LeadIsProposed,
    NoSuchProposal,
    NoSuchContestant,
    /// Nobody decides about what they have proposed.
    OwnProposal,
    /// Nobody takes back what somebody else has proposed.
    NotYourProposal,
    /// What was read is not what would be done now.
    StalePreview,
    /// It cannot be done, as was shown.
    PreviewRefused,
    /// It is over, one way or the other.
    AlreadyDecided,
    /// The round has no results yet.
    RoundNotRanked,
    /// The contestant has an attempt that can still be handed in.
    AttemptOpen,
    NoSuchRound,
    /// The bank of a round was not accepted yet.
    NoBank,
    /// It is ranked, and what organizers look at is still being made.
    ReviewBeingMade,
    /// What organizers looked at went with the accounts.
    ReviewForgotten,
    /// Another round with the same questions has not closed.
    BankStillAsked,
    /// Too many accounts to look through them for a name.
    TooManyAccounts,
    Busy {
        wait_seconds: u64,
    },
    Fault {
        request_id: String,
    },
}

impl Refusal {
    pub const fn status(&self) -> u16 {
        match self {
            Self::BrokenJson => 400,
            Self::WrongCode | Self::WrongCredentials | Self::NoSession => 401,
            Self::WrongPasskey | Self::PasskeyCountedBack => 401,
            Self::NotYourRole(_)
            | Self::StepUpNeeded
            | Self::DecisionsAreProposed
            | Self::OwnRights
            | Self::BanksStayIn => 403,
            Self::PlanIsProposed | Self::BankIsProposed | Self::LeadIsProposed => 403,
            Self::OwnProposal | Self::NotYourProposal => 403,
            Self::NoSuchRoute | Self::NoSuchContest | Self::NoSuchPerson | Self::NoSuchFile => 404,
            Self::NoSuchProposal | Self::NoSuchContestant | Self::NoSuchRound => 404,
            Self::ReviewForgotten | Self::NoSuchPasskey => 404,
            Self::LoginTaken | Self::ChangedMeanwhile | Self::TooManyPasskeys => 409,
            Self::StalePreview | Self::PreviewRefused | Self::AlreadyDecided => 409,
            Self::RoundNotRanked | Self::AttemptOpen => 409,
            Self::NoBank | Self::ReviewBeingMade | Self::BankStillAsked | Self::TooManyAccounts => 409,
            Self::BodyTooLarge | Self::FileTooLarge => 413,
            Self::NotJson => 415,
            Self::InvalidFields(_)
            | Self::UnknownFileName
            | Self::DigestMismatch
            | Self::EmptyFile
            | Self::PlanNotEdited { .. } => 422,
            Self::ConditionMissing => 428,
            Self::TooManyTries { .. } => 429,
            Self::Fault { .. } => 500,
            Self::Busy { .. } => 503,
        }
    }

    /// Fixed word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchRoute => "no_such_route",
            Self::BodyTooLarge => "body_too_large",
            Self::NotJson => "unsupported_media_type",
            Self::BrokenJson => "broken_json",
            Self::InvalidFields(_) => "invalid_fields",
            Self::WrongCode => "wrong_code",
            Self::LoginTaken => "login_taken",
            Self::WrongCredentials => "wrong_credentials",
            Self::WrongPasskey => "wrong_passkey",
            Self::PasskeyCountedBack => "passkey_counted_back",
            Self::NoSuchPasskey => "no_such_passkey",
            Self::TooManyPasskeys => "too_many_passkeys",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::NoSession => "no_session",
            Self::NotYourRole(_) => "not_your_role",
            Self::StepUpNeeded => "step_up_needed",
            Self::NoSuchContest => "no_such_contest",
            Self::NoSuchPerson => "no_such_person",
            Self::NoSuchFile => "no_such_file",
            Self::UnknownFileName => "unknown_file_name",
            Self::DecisionsAreProposed => NEEDS_PROPOSAL,
            Self::PlanIsProposed | Self::BankIsProposed | Self::LeadIsProposed => NEEDS_PROPOSAL,
            Self::NoSuchProposal => "no_such_proposal",
            Self::NoSuchContestant => "no_such_contestant",
            Self::OwnProposal => "own_proposal",
            Self::NotYourProposal => "not_your_proposal",
            Self::StalePreview => "stale_preview",
            Self::PreviewRefused => "preview_refused",
            Self::AlreadyDecided => "already_decided",
            Self::RoundNotRanked => "round_not_ranked",
            Self::AttemptOpen => "attempt_open",
            Self::BanksStayIn => "bank_stays_in",
            Self::ConditionMissing => "condition_missing",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::DigestMismatch => "digest_mismatch",
            Self::PlanNotEdited { code, .. } => code,
            Self::FileTooLarge => "file_too_large",
            Self::EmptyFile => "empty_file",
            Self::OwnRights => "own_rights",
            Self::NoSuchRound => "no_such_round",
            Self::NoBank => "no_bank",
            Self::ReviewBeingMade => "review_being_made",
            Self::ReviewForgotten => "review_forgotten",
            Self::BankStillAsked => "bank_still_asked",
            Self::TooManyAccounts => "too_many_accounts",
            Self::Busy { .. } => "busy",
            Self::Fault { .. } => "internal",
        }
    }

    /// Whole seconds after which the request may be sent again.
    pub const fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::TooManyTries { wait_seconds } | Self::Busy { wait_seconds } => Some(*wait_seconds),
            Self::ReviewBeingMade => Some(REVIEW_SECONDS),
            _ => None,
        }
    }

    pub fn problem(&self) -> Problem<'_> {
        let errors = match self {
            Self::InvalidFields(faults) => faults.iter().map(field_error).collect(),
            _ => Vec::new(),
        };
        Problem {
            kind: Problem::KIND,
            title: words::console::title(self),
            status: self.status(),
            code: self.code(),
            detail: words::console::detail(self),
            reason: None,
            receipt: None,
            request_id: match self {
                Self::Fault { request_id } => Some(request_id),
                _ => None,
            },
            errors,
            retry_after_seconds: self.retry_after_seconds(),
        }
    }
}

fn field_error(wrong: &WrongField) -> FieldError<'_> {
    FieldError { field: wrong.field.path(), code: wrong.fault.as_str(), message: words::console::field_message(wrong) }
}
