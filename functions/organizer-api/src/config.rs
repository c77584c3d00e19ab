//! What the function is told by its environment.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    pub organizers_table: String,
    /// Table of states, of which the note of logs is one.
    pub control_table: String,
    /// Table of accounts.
    pub people_table: String,
    /// Table of attempts: their times, and nothing that was answered.
    pub attempts_table: String,
    /// Bucket that organizers upload to.
    pub uploads_bucket: String,
    /// Bucket of compiled uploads, of previews and of the log.
    pub vault_bucket: String,
    /// Bucket of reports.
    pub officials_bucket: String,
    pub secret_id: String,
    /// Where the pages are: passkeys are made for its name.
    pub site_url: String,
    /// Where the schedules lie that wake the function which tries proposals.
    pub schedule_group: String,
    pub scheduler_role_arn: String,
    pub dead_letters_arn: String,
    pub close_round_arn: String,
    /// Function that counts while rounds are open.
    pub watch_round_arn: String,
}

impl Config {
    /// Reads the environment once, at start.
    pub fn from_env() -> Result<Self, BadVariable> {
        let variables = Variables::from_env();
        Ok(Self {
            organizers_table: variables.text("ORGANIZERS_TABLE")?,
            control_table: variables.text("CONTROL_TABLE")?,
            people_table: variables.text("PEOPLE_TABLE")?,
            attempts_table: variables.text("ATTEMPTS_TABLE")?,
            uploads_bucket: variables.text("UPLOADS_BUCKET")?,
            vault_bucket: variables.text("VAULT_BUCKET")?,
            officials_bucket: variables.text("OFFICIALS_BUCKET")?,
            secret_id: variables.text("SECRET_ID")?,
            site_url: variables.text("SITE_URL")?,
            schedule_group: variables.text("SCHEDULE_GROUP")?,
            scheduler_role_arn: variables.text("SCHEDULER_ROLE_ARN")?,
            dead_letters_arn: variables.text("DEAD_LETTERS_ARN")?,
            close_round_arn: variables.text("CLOSE_ROUND_ARN")?,
            watch_round_arn: variables.text("WATCH_ROUND_ARN")?,
        })
    }
}
