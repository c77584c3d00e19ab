//! Writes that carry a rule: a condition that fails is an answer and no fault.

use crate::error::StoreError;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use std::error::Error;

/// Whether a write was carried out; `false` where its condition refused it.
pub(crate) fn carried_out<T, E>(
    action: &'static str,
    reply: Result<T, SdkError<E, HttpResponse>>,
) -> Result<bool, StoreError>
where
    E: Error + Send + Sync + ProvideErrorMetadata + 'static,
{
    match reply {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(StoreError::service(action)(error)),
    }
}

/// Carries a write out.
///
/// # Errors
/// [`StoreError::Raced`] where its condition refused it: `what` has changed meanwhile.
pub(crate) fn unless_raced<T, E>(
    action: &'static str,
    what: impl FnOnce() -> String,
    reply: Result<T, SdkError<E, HttpResponse>>,
) -> Result<(), StoreError>
where
    E: Error + Send + Sync + ProvideErrorMetadata + 'static,
{
    if carried_out(action, reply)? { Ok(()) } else { Err(StoreError::Raced { what: what() }) }
}
