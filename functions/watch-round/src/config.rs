//! What the function is told by its environment. No secret: what it counts has no name.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub attempts_table: String,
    /// Table of states, and of who looks at figures.
    pub control_table: String,
    pub people_table: String,
    /// Bucket of compiled uploads and of figures.
    pub vault_bucket: String,
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
        })
    }
}
