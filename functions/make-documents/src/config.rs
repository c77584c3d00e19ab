//! What the function is told by its environment.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub control_table: String,
    /// Table of accounts, for the names of everyone.
    pub people_table: String,
    /// Bucket of ranked results.
    pub vault_bucket: String,
    /// Bucket that officials read.
    pub officials_bucket: String,
    /// Where contestants look, where that is known before there are results.
    pub site_url: Option<String>,
    pub secret_id: String,
}

impl Config {
    /// Reads the environment once, at start.
    pub fn from_env() -> Result<Self, BadVariable> {
        let variables = Variables::from_env();
        Ok(Self {
            control_table: variables.text("CONTROL_TABLE")?,
            people_table: variables.text("PEOPLE_TABLE")?,
            vault_bucket: variables.text("VAULT_BUCKET")?,
            officials_bucket: variables.text("OFFICIALS_BUCKET")?,
            site_url: variables.optional("SITE_URL"),
            secret_id: variables.text("SECRET_ID")?,
        })
    }
}
