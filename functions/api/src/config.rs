//! What the function is told by its environment.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub attempts_table: String,
    /// Table of states and gates.
    pub control_table: String,
    pub people_table: String,
    /// Bucket of compiled uploads and kept rows.
    pub vault_bucket: String,
    /// Bucket of certificates.
    pub officials_bucket: String,
    pub secret_id: String,
    /// Whether the function may read answer keys, for contests that reveal the score at submission.
    pub reveal_score_on_submit: bool,
}

impl Config {
    /// Reads the environment once, at start.
    pub fn from_env() -> Result<Self, BadVariable> {
        let variables = Variables::from_env();
        Ok(Self {
            attempts_table: variables.text("ATTEMPTS_TABLE")?,
            control_table: variables.text("CONTROL_TABLE")?,
            people_table: variables.text("PEOPLE_TABLE")?,
            vault_bucket: variables.text("VAULT_BUCKET")?,
            officials_bucket: variables.text("OFFICIALS_BUCKET")?,
            secret_id: variables.text("SECRET_ID")?,
            reveal_score_on_submit: variables.flag("REVEAL_SCORE_ON_SUBMIT")?,
        })
    }
}
