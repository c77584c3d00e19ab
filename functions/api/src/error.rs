//! Why a command does not answer as asked: a refusal that the contestant reads, or a fault below.

use contest::form::WrongField;
use documents::api::Refusal;
use function::http::{BadBody, Reply, Request};
use serde::de::DeserializeOwned;
use store::StoreError;

/// Seconds after which a contestant's page tries again when the store is busy.
const BUSY_SECONDS: u64 = 2;

/// The error of every command.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// Worded for the contestant.
    Refused(Refusal),
    /// For the log; the contestant reads a bland sentence.
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

/// What a contestant reads of a fault: nothing of its inside.
fn of_fault(fault: &StoreError, request_id: &str) -> Refusal {
    match fault {
        StoreError::Busy { .. } | StoreError::Raced { .. } => Refusal::Busy { wait_seconds: BUSY_SECONDS },
        _ => Refusal::Fault { request_id: request_id.to_owned() },
    }
}

/// The gate could not be read, or is shut while a round closes: neither accepted nor refused.
pub(crate) fn undecided() -> ApiError {
    ApiError::Refused(Refusal::Busy { wait_seconds: BUSY_SECONDS })
}

/// What is told of an error, and the fault behind it.
pub(crate) fn tell(error: ApiError, request_id: &str) -> (Reply, Option<StoreError>) {
    match error {
        ApiError::Refused(refusal) => (Reply::problem(&refusal.problem()), None),
        ApiError::Store(fault) => (Reply::problem(&of_fault(&fault, request_id).problem()), Some(fault)),
    }
}

/// The form in a request's body. What is JSON but not this form is refused by `refuse`.
pub(crate) fn form<T: DeserializeOwned>(
    request: &Request,
    refuse: fn(Vec<WrongField>) -> Refusal,
) -> Result<T, ApiError> {
    request.form().map_err(|bad| of_body(bad, refuse).into())
}

/// Some requests have nothing to say.
pub(crate) fn expect_no_content(request: &Request) -> Result<(), ApiError> {
    request.expect_no_content().map_err(|bad| of_body(bad, Refusal::InvalidFields).into())
}

fn of_body(bad: BadBody, refuse: fn(Vec<WrongField>) -> Refusal) -> Refusal {
    match bad {
        BadBody::TooLarge => Refusal::BodyTooLarge,
        BadBody::NotJson => Refusal::NotJson,
        BadBody::Broken => Refusal::BrokenJson,
        BadBody::Shape(wrong) => refuse(vec![wrong]),
    }
}
