//! What the function is told by its environment.

use contest::load::Load;
use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub attempts_table: String,
    /// Table of states and gates.
    pub control_table: String,
    pub people_table: String,
    /// Bucket of compiled uploads, keys and kept rows.
    pub vault_bucket: String,
    pub site_bucket: String,
    /// Where everyone sees what stands there, such as `https://thi.example.vn`.
    pub site_url: String,
    pub secret_id: String,
    /// Seconds after a round's end in which requests received in time may still be under way: twice
    /// the gateway's integration limit on AWS, 0 where the gateway itself waits for them.
    pub drain_seconds: i64,
    /// What the deployment carries.
    pub carried: Load,
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
            site_bucket: variables.text("SITE_BUCKET")?,
            site_url: variables.text("SITE_URL")?,
            secret_id: variables.text("SECRET_ID")?,
            drain_seconds: variables.number("DRAIN_SECONDS")?,
            carried: Load {
                requests: variables.number("REQUESTS_PER_SECOND")?,
                concurrency: variables.number("CONCURRENT_EXECUTIONS")?,
                // 0 leaves what a new table takes.
                writes: u64::max(variables.number("WARM_WRITE_UNITS")?, Load::BY_DEFAULT.writes),
                reads: u64::max(variables.number("WARM_READ_UNITS")?, Load::BY_DEFAULT.reads),
            },
        })
    }
}
