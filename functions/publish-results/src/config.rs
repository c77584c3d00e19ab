//! What the function is told by its environment.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub control_table: String,
    /// Table of accounts, for the names of winners.
    pub people_table: String,
    /// Bucket of ranked results.
    pub vault_bucket: String,
    /// Bucket that everyone reads.
    pub site_bucket: String,
    /// Bucket of officials, for the heads of the log.
    pub officials_bucket: String,
    pub secret_id: String,
    /// Server of the public beacon for draws, such as `https://api.drand.sh`.
    pub beacon_url: String,
}

impl Config {
    /// Reads the environment once, at start.
    pub fn from_env() -> Result<Self, BadVariable> {
        let variables = Variables::from_env();
        Ok(Self {
            control_table: variables.text("CONTROL_TABLE")?,
            people_table: variables.text("PEOPLE_TABLE")?,
            vault_bucket: variables.text("VAULT_BUCKET")?,
            site_bucket: variables.text("SITE_BUCKET")?,
            officials_bucket: variables.text("OFFICIALS_BUCKET")?,
            secret_id: variables.text("SECRET_ID")?,
            beacon_url: variables.text("BEACON_URL")?,
        })
    }
}
