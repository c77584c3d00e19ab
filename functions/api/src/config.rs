//! What the function is told by its environment.

use std::collections::HashMap;

/// Names of the resources that the function uses.
#[derive(Clone, Debug)]
pub struct Config {
    /// Table of attempts.
    pub attempts_table: String,
    /// Table of states and gates.
    pub control_table: String,
    /// Table of accounts.
    pub people_table: String,
    /// Bucket of compiled uploads and kept rows.
    pub vault_bucket: String,
    /// Secret of the deployment.
    pub secret_id: String,
    /// Whether the function may read answer keys, for contests that reveal the score at submission.
    pub reveal_score_on_submit: bool,
}

/// A variable that must be set is not, or holds something else than it may.
#[derive(Debug, thiserror::Error)]
#[error("environment variable {0} is missing or not usable")]
pub struct BadVariable(&'static str);

impl Config {
    /// Reads the environment once, at start.
    ///
    /// # Errors
    /// [`BadVariable`] names the first variable that is missing.
    pub fn from_env() -> Result<Self, BadVariable> {
        let all: HashMap<String, String> = std::env::vars().collect();
        let text = |name: &'static str| all.get(name).filter(|v| !v.is_empty()).cloned().ok_or(BadVariable(name));
        Ok(Self {
            attempts_table: text("ATTEMPTS_TABLE")?,
            control_table: text("CONTROL_TABLE")?,
            people_table: text("PEOPLE_TABLE")?,
            vault_bucket: text("VAULT_BUCKET")?,
            secret_id: text("SECRET_ID")?,
            reveal_score_on_submit: match text("REVEAL_SCORE_ON_SUBMIT")?.as_str() {
                "true" => true,
                "false" => false,
                _ => return Err(BadVariable("REVEAL_SCORE_ON_SUBMIT")),
            },
        })
    }
}
