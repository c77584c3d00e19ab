//! Why a command does not answer as asked: a refusal that the organizer reads, or a fault below.

use crate::passkey::PasskeyFault;
use contest::form::WrongField;
use documents::console::Refusal;
use function::http::{BadBody, Reply, Request};
use serde::de::DeserializeOwned;
use store::StoreError;

/// Seconds after which a page tries again when the store is busy.
const BUSY_SECONDS: u64 = 2;

/// The error of every command.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// Worded for the organizer.
    Refused(Refusal),
    /// For the log; the organizer reads a bland sentence.
    Store(StoreError),
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for ApiError {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

impl From<PasskeyFault> for ApiError {
    fn from(fault: PasskeyFault) -> Self {
        match fault {
            PasskeyFault::Refused(_) => Self::Refused(Refusal::WrongPasskey),
            PasskeyFault::CountedBack => Self::Refused(Refusal::PasskeyCountedBack),
            PasskeyFault::Unread(error) => Self::Store(StoreError::unparsed("a passkey", &error)),
        }
    }
}

/// What is told of an error, and the fault behind it.
pub(crate) fn tell(error: ApiError, request_id: &str) -> (Reply, Option<StoreError>) {
    match error {
        ApiError::Refused(refusal) => (Reply::problem(&refusal.problem()), None),
        ApiError::Store(fault) => {
            let refusal = match &fault {
                StoreError::Busy { .. } | StoreError::Raced { .. } => Refusal::Busy { wait_seconds: BUSY_SECONDS },
                _ => Refusal::Fault { request_id: request_id.to_owned() },
            };
            (Reply::problem(&refusal.problem()), Some(fault))
        }
    }
}

/// The form in a request's body.
pub(crate) fn form<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    request.form().map_err(|bad| of_body(bad).into())
}

/// Some requests have nothing to say.
pub(crate) fn expect_no_content(request: &Request) -> Result<(), ApiError> {
    request.expect_no_content().map_err(|bad| of_body(bad).into())
}

/// Refuses a form for one of its fields, or several.
pub(crate) fn invalid(wrong: Vec<WrongField>) -> ApiError {
    Refusal::InvalidFields(wrong).into()
}

pub(crate) fn of_body(bad: BadBody) -> Refusal {
    match bad {
        BadBody::TooLarge => Refusal::BodyTooLarge,
        BadBody::NotJson => Refusal::NotJson,
        BadBody::Broken => Refusal::BrokenJson,
        BadBody::Shape(wrong) => Refusal::InvalidFields(vec![wrong]),
    }
}
