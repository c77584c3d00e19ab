//! Answers of the contestants' API (`CONTRACT.md` 4): what the outside reads, and the problem
//! documents (RFC 9457) for every refusal.

use crate::problem::{FieldError, Problem};
use crate::site::number::WireNumber;
use crate::words;
use contest::bank::{LETTERS, PublicQuestion};
use contest::form::WrongField;
use contest::paper::PaperQuestion;
use contest::people::IdentifierKind;
use contest::plan::PredictionRules;
use contest::time::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

contest::masked!(Session, Me, Export, ExportedAttempt, AcceptedSheet);

/// `GET /v1/time`
#[derive(Debug, Serialize)]
pub struct Now {
    /// The server's instant.
    pub now: String,
}

#[derive(Serialize)]
pub struct Session {
    pub contestant: String,
    /// Bearer token.
    pub session: String,
    pub expires_at: String,
    /// What this device shows when it signs in again, so that tries of strangers do not keep it out.
    pub device: String,
}

/// `GET …/me`
#[derive(Serialize)]
pub struct Me {
    pub contestant: String,
    /// Name in published files.
    pub pseudonym: String,
    /// Name as entered.
    pub full_name: Option<String>,
    pub unit: Option<String>,
    /// Word.
    pub unit_basis: Option<String>,
    /// Last three digits of the phone: the number itself is not kept.
    pub phone_last3: Option<String>,
    pub email: Option<String>,
    /// When a slip of the organizers set the secret, for seven days.
    pub secret_reset_at: Option<String>,
    /// Code by which this person brings in others.
    pub referral_code: String,
    /// Accounts brought in.
    pub referrals: u64,
    /// By round of the plan.
    pub rounds: Vec<MyRound>,
}

#[derive(Debug, Serialize)]
pub struct MyRound {
    pub round: String,
    /// By number.
    pub attempts: Vec<MyAttempt>,
    /// Those that may still be started today; `null` where the plan sets no limit.
    pub attempts_left: Option<u32>,
}

#[derive(Debug, Serialize)]
pub struct MyAttempt {
    /// Number from 1.
    pub attempt: u16,
    /// `open`, `submitted` or `expired`.
    pub status: &'static str,
    /// Receipt time of the start.
    pub started_at: String,
    /// Receipt time of the submission.
    pub submitted_at: Option<String>,
}

/// `GET …/me/certificates`
#[derive(Debug, Serialize)]
pub struct MyCertificates {
    /// By round of the plan, those over the contest last; prizes first.
    pub certificates: Vec<MyCertificate>,
}

#[derive(Debug, Serialize)]
pub struct MyCertificate {
    /// For the route of its file.
    pub id: String,
    /// Round, or `overall` for one over the contest.
    pub round: String,
    /// Name of the prize, or of the certificate where none was won.
    pub name: String,
    /// Tier of the prize; `null` where none was won.
    pub tier: Option<String>,
    /// Version of the results that gives it: the one that is published now.
    pub version: u32,
    /// `provisional` or `official`, as that version.
    pub status: String,
    /// Where its file is.
    pub path: String,
}

/// `GET …/me/certificates/{id}` while the file is being made.
#[derive(Debug, Serialize)]
pub struct BeingMade {
    pub status: &'static str,
}

/// `GET …/me/export`, schema `hoithi/export/1`: everything that is held about one contestant.
#[derive(Serialize)]
pub struct Export {
    /// `hoithi/export/1`
    pub schema: &'static str,
    pub contest: String,
    /// The server's instant.
    pub exported_at: String,
    /// Name in published files.
    pub pseudonym: String,
    pub contestant: String,
    pub registered_at: String,
    /// As entered.
    pub full_name: Option<String>,
    /// `yyyy-mm-dd`.
    pub birth_date: Option<String>,
    /// The number itself is not kept.
    pub citizen_id_keyed_hash: Option<String>,
    /// The number itself is not kept.
    pub phone_keyed_hash: Option<String>,
    /// Its last three digits are.
    pub phone_last3: Option<String>,
    pub unit: Option<String>,
    /// Word.
    pub unit_basis: Option<String>,
    /// Word.
    pub gender: Option<String>,
    /// As entered.
    pub email: Option<String>,
    /// As entered.
    pub address: Option<String>,
    /// As entered.
    pub occupation: Option<String>,
    /// Code by which this person brings in others.
    pub referral_code: String,
    /// Contestant who brought this one in.
    pub referrer: Option<String>,
    /// Accounts brought in.
    pub referrals: u64,
    pub consent: ExportedConsent,
    /// How the secret is kept: not the secret, and not its hash either.
    pub secret: &'static str,
    /// When a slip of the organizers last set it.
    pub secret_reset_at: Option<String>,
    /// Until when a slip that was given can set it.
    pub slip_valid_until: Option<String>,
    /// By round of the plan.
    pub rounds: Vec<ExportedRound>,
}

#[derive(Debug, Serialize)]
pub struct ExportedConsent {
    /// Hash of the text, which stands in `contest.json`.
    pub text_sha256: String,
    pub guardian: bool,
}

#[derive(Debug, Serialize)]
pub struct ExportedRound {
    pub round: String,
    /// By number.
    pub attempts: Vec<ExportedAttempt>,
}

#[derive(Serialize)]
pub struct ExportedAttempt {
    /// Number from 1.
    pub attempt: u16,
    /// Receipt time of the start.
    pub started_at: String,
    /// Receipt time of the submission.
    pub submitted_at: Option<String>,
    /// Chosen options by question, once a submission was accepted.
    pub answers: Option<BTreeMap<String, Vec<&'static str>>>,
    /// As sent.
    pub prediction: Option<WireNumber>,
    /// Signed note.
    pub receipt: Option<String>,
}

/// `DELETE …/me`
#[derive(Debug, Serialize)]
pub struct Erased {
    pub status: &'static str,
}

#[derive(Debug, Serialize)]
pub struct StartedAttempt {
    /// Number from 1.
    pub attempt: u16,
    /// Receipt time of the start.
    pub started_at: String,
    /// The end that counts for contestants; grace is for a submission in flight.
    pub ends_at: String,
    /// The server's instant.
    pub server_time: String,
    pub paper: Paper,
}

/// A paper without its key.
#[derive(Debug, Serialize)]
pub struct Paper {
    /// In the order shown.
    pub questions: Vec<Question>,
    /// In contests with a prediction.
    pub prediction: Option<PredictionField>,
}

#[derive(Debug, Serialize)]
pub struct Question {
    /// Identifier for answers.
    pub id: String,
    pub text: String,
    /// How many options are right.
    pub choose: u8,
    /// In the order shown.
    pub options: Vec<AnswerOption>,
}

#[derive(Debug, Serialize)]
pub struct AnswerOption {
    /// Identifier for answers.
    pub id: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct PredictionField {
    /// Word of the target.
    pub target: &'static str,
    pub prompt: String,
}

impl Paper {
    /// A paper that was composed of the questions of a bank.
    pub fn of(paper: &contest::paper::Paper, bank: &[PublicQuestion], prediction: Option<&PredictionRules>) -> Self {
        let question = |q: &PaperQuestion| {
            let of_bank = &bank[q.question];
            let option = |&place: &u8| AnswerOption {
                id: LETTERS[usize::from(place)].to_owned(),
                text: of_bank.options[usize::from(place)].clone(),
            };
            Question {
                id: of_bank.id.to_string(),
                text: of_bank.text.clone(),
                choose: of_bank.choose,
                options: q.options.iter().map(option).collect(),
            }
        };
        let prediction = prediction.map(|rules| PredictionField {
            target: rules.target.as_str(),
            prompt: words::prediction_prompt(rules.target).to_owned(),
        });
        Self { questions: paper.questions.iter().map(question).collect(), prediction }
    }
}

#[derive(Serialize)]
pub struct AcceptedSheet {
    pub status: &'static str,
    /// Signed note; the same bytes at every repetition.
    pub receipt: String,
    /// Receipt time of the submission.
    pub received_at: String,
    /// Received − started, at most the minutes.
    pub duration_ms: u64,
    /// Where the plan reveals it at submission.
    pub score: Option<WireNumber>,
}

/// An attempt without a submission.
#[derive(Debug, Serialize)]
pub struct UnfinishedAttempt {
    /// `open`, or `expired` where nothing can come any more.
    pub status: &'static str,
    /// The end that counts for contestants.
    pub ends_at: String,
}

/// Why a request is refused. What contestants read of it is worded in [`crate::words::api`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoSuchRoute,
    /// The body is longer than 32 KiB.
    BodyTooLarge,
    /// The body does not say that it is JSON: a page of another origin can send such a one without being asked.
    NotJson,
    BrokenJson,
    /// Fields of a registration or sign-in are wrong.
    InvalidFields(Vec<WrongField>),
    InvalidAnswers(Vec<WrongField>),
    NoSuchContest,
    NoSuchRound,
    /// An account with such a value exists.
    AlreadyRegistered,
    /// Too young, with the least age.
    TooYoung(u32),
    /// Too old, with the greatest age.
    TooOld(u32),
    /// Of a unit that the contest is not for.
    OutsideLevels,
    Excluded,
    NotOnRoster,
    RegistrationAhead(Moment),
    RegistrationEnded(Moment),
    /// Identifier and secret do not fit.
    WrongCredentials,
    /// Several accounts have what was typed to name one.
    SharedIdentifier(IdentifierKind),
    /// Too many tries; the instant from which another is allowed, and now.
    TooManyTries {
        /// Whole seconds to wait, at least 1.
        wait_seconds: u64,
    },
    /// No session, or one that does not hold.
    NoSession,
    /// What the contestant could correct until this instant.
    TooLateToChange(Moment),
    RoundAhead(Moment),
    /// The round is open by its plan but its questions are not there.
    RoundNotReady,
    RoundClosed(Moment),
    /// Every attempt is used, with their number.
    AttemptsUsedUp(u32),
    /// Every attempt of the day is used.
    AttemptsOfDayUsedUp {
        /// Their number.
        per_day: u32,
        /// When the next one may start; none where the round has closed by then.
        again: Option<Moment>,
    },
    NoSuchAttempt,
    /// Somebody else's certificate, or none at all.
    NoSuchCertificate,
    AttemptExpired(Moment),
    /// Another submission was accepted before; its receipt.
    AlreadySubmitted {
        receipt: String,
    },
    /// The service cannot answer now.
    Busy {
        /// Whole seconds to wait.
        wait_seconds: u64,
    },
    /// A fault of the program, with the request's id.
    Fault {
        /// For the log.
        request_id: String,
    },
}

/// An instant in the zone of the contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    /// The zone of the plan.
    pub zone: chrono_tz::Tz,
}

impl Refusal {
    pub const fn status(&self) -> u16 {
        match self {
            Self::BrokenJson => 400,
            Self::WrongCredentials | Self::SharedIdentifier(_) | Self::NoSession => 401,
            Self::TooYoung(_)
            | Self::TooOld(_)
            | Self::OutsideLevels
            | Self::Excluded
            | Self::NotOnRoster
            | Self::RegistrationAhead(_)
            | Self::RegistrationEnded(_)
            | Self::TooLateToChange(_)
            | Self::RoundAhead(_)
            | Self::RoundNotReady
            | Self::RoundClosed(_)
            | Self::AttemptExpired(_) => 403,
            Self::NoSuchRoute
            | Self::NoSuchContest
            | Self::NoSuchRound
            | Self::NoSuchAttempt
            | Self::NoSuchCertificate => 404,
            Self::AlreadyRegistered
            | Self::AttemptsUsedUp(_)
            | Self::AttemptsOfDayUsedUp { .. }
            | Self::AlreadySubmitted { .. } => 409,
            Self::BodyTooLarge => 413,
            Self::NotJson => 415,
            Self::InvalidFields(_) | Self::InvalidAnswers(_) => 422,
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
            Self::InvalidAnswers(_) => "invalid_answers",
            Self::NoSuchContest => "no_such_contest",
            Self::NoSuchRound => "no_such_round",
            Self::AlreadyRegistered => "already_registered",
            Self::TooYoung(_) | Self::TooOld(_) | Self::OutsideLevels | Self::Excluded | Self::NotOnRoster => {
                "not_eligible"
            }
            Self::RegistrationAhead(_) | Self::RegistrationEnded(_) => "registration_closed",
            Self::WrongCredentials => "wrong_credentials",
            Self::SharedIdentifier(_) => "shared_identifier",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::NoSession => "no_session",
            Self::TooLateToChange(_) => "too_late_to_change",
            Self::RoundAhead(_) | Self::RoundNotReady => "round_not_open",
            Self::RoundClosed(_) => "round_closed",
            Self::AttemptsUsedUp(_) | Self::AttemptsOfDayUsedUp { .. } => "attempts_used_up",
            Self::NoSuchAttempt => "no_such_attempt",
            Self::NoSuchCertificate => "no_such_certificate",
            Self::AttemptExpired(_) => "attempt_expired",
            Self::AlreadySubmitted { .. } => "already_submitted",
            Self::Busy { .. } => "busy",
            Self::Fault { .. } => "internal",
        }
    }

    /// Whole seconds after which the request may be sent again.
    pub const fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::TooManyTries { wait_seconds } | Self::Busy { wait_seconds } => Some(*wait_seconds),
            _ => None,
        }
    }

    pub fn problem(&self) -> Problem<'_> {
        let (errors, reason, receipt) = match self {
            Self::InvalidFields(faults) | Self::InvalidAnswers(faults) => {
                (faults.iter().map(field_error).collect(), None, None)
            }
            Self::TooYoung(_) | Self::TooOld(_) => (Vec::new(), Some("age"), None),
            Self::OutsideLevels => (Vec::new(), Some("unit"), None),
            Self::Excluded => (Vec::new(), Some("excluded"), None),
            Self::NotOnRoster => (Vec::new(), Some("not_on_roster"), None),
            Self::AlreadySubmitted { receipt } => (Vec::new(), None, Some(receipt.as_str())),
            _ => (Vec::new(), None, None),
        };
        Problem {
            kind: Problem::KIND,
            title: words::api::title(self),
            status: self.status(),
            code: self.code(),
            detail: words::api::detail(self),
            reason,
            receipt,
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
    FieldError { field: wrong.field.path(), code: wrong.fault.as_str(), message: words::api::field_message(wrong) }
}
