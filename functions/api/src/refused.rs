//! Why a command does not answer as asked: a refusal that the contestant reads, or a fault below.

use documents::api::Refusal;
use std::error::Error;
use store::StoreError;

/// Seconds after which a contestant's page tries again when the store is busy.
const BUSY_SECONDS: u64 = 2;

/// The error of every command.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Worded for the contestant.
    Answer(Refusal),
    /// For the log; the contestant reads a bland sentence.
    Store(StoreError),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Answer(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

/// What a contestant reads of a fault: nothing of its inside.
pub(crate) fn of_fault(fault: &StoreError, request_id: &str) -> Refusal {
    match fault {
        StoreError::Busy { .. } | StoreError::Raced { .. } => Refusal::Busy { wait_seconds: BUSY_SECONDS },
        _ => Refusal::Fault { request_id: request_id.to_owned() },
    }
}

/// The gate could not be read, or is shut while a round closes: neither accepted nor refused.
pub(crate) fn undecided() -> Refused {
    Refused::Answer(Refusal::Busy { wait_seconds: BUSY_SECONDS })
}

/// A fault with its causes in one line.
pub(crate) fn chain(fault: &StoreError) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
