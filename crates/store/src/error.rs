//! What can go wrong below a function.

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::SdkError;
use std::error::Error;

/// A fault of the store. The cause chain is for the log; nobody branches on it but for
/// [`StoreError::Busy`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The service asks to try again later, or cannot answer now: it is throttling, out of reach, broke off in the
    /// middle of its answer, or is at fault itself, as where the disk under it is full.
    #[error("the store is busy: cannot {action}")]
    Busy {
        /// What was tried.
        action: &'static str,
        /// The service's answer.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A service, or this machine, refused or did not answer.
    #[error("cannot {action}")]
    Service {
        /// What was tried.
        action: &'static str,
        /// The answer.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// What is stored is not what was written: it has another hash than is recorded, or does not parse. It is
    /// the sign of tampering and wakes people up, so nothing that was merely not read or not written is one.
    #[error("{what} is not readable: {detail}")]
    Corrupt {
        /// The item or object.
        what: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Something that must be there is not.
    #[error("{what} is missing")]
    Missing {
        /// The item or object.
        what: String,
    },
    /// Another run of the same job was faster; running again finds the new state.
    #[error("{what} was changed meanwhile")]
    Raced {
        /// The item or object.
        what: String,
    },
}

impl StoreError {
    /// Wraps an SDK error, telling what may pass from what will not.
    pub(crate) fn service<E>(action: &'static str) -> impl FnOnce(SdkError<E, HttpResponse>) -> Self
    where
        E: Error + Send + Sync + aws_sdk_dynamodb::error::ProvideErrorMetadata + 'static,
    {
        move |error| {
            let busy = matches!(&error, SdkError::TimeoutError(_) | SdkError::DispatchFailure(_))
                || error.raw_response().is_some_and(|reply| reply.status().is_server_error())
                || error.as_service_error().and_then(|e| e.code()).is_some_and(is_throttling);
            let source = Box::new(error);
            if busy { Self::Busy { action, source } } else { Self::Service { action, source } }
        }
    }

    /// Whether a cause of a fault is that what is stored is not what was written.
    pub fn is_corruption(fault: &(dyn Error + 'static)) -> bool {
        let mut cause = Some(fault);
        while let Some(error) = cause {
            if matches!(error.downcast_ref(), Some(Self::Corrupt { .. })) {
                return true;
            }
            cause = error.source();
        }
        false
    }

    /// An object that never changes and stands there otherwise than it was written.
    pub fn other_bytes(path: &str) -> Self {
        Self::corrupt(path, "it stands there with other bytes")
    }

    /// Wraps what went wrong outside a call of AWS.
    pub fn failed<E: Into<Box<dyn Error + Send + Sync>>>(action: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Service { action, source: error.into() }
    }

    /// An item or object that does not parse.
    pub fn corrupt(what: impl Into<String>, detail: impl ToString) -> Self {
        Self::Corrupt { what: what.into(), detail: detail.to_string() }
    }

    /// An item or object that is not the JSON that it should be. Says where and not what: the error's own words may
    /// quote a name or a birthday.
    pub fn unparsed(what: impl Into<String>, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        Self::corrupt(what, format!("{:?} error in line {line}, column {column}", error.classify()))
    }

    /// Something absent that must be present.
    pub fn missing(what: impl Into<String>) -> Self {
        Self::Missing { what: what.into() }
    }
}

fn is_throttling(code: &str) -> bool {
    matches!(
        code,
        "ThrottlingException"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "TransactionInProgressException"
            | "SlowDown"
            | "ServiceUnavailable"
    )
}
