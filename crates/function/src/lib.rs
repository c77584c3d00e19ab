//! What every deployed function shares: what its environment tells it, its log, and the loop of those that schedules
//! wake. What a function does stands in its own folder.

mod environment;
pub mod http;
pub mod job;
pub mod log;
pub mod public;

pub use environment::{BadVariable, Variables};

use store::{Patience, Sdk};

/// The clients of a function, as Lambda tells it where to call.
pub async fn sdk(patience: Patience) -> Sdk {
    Sdk::of_lambda(patience, Variables::from_env().text("AWS_ENDPOINT_URL").ok()).await
}
