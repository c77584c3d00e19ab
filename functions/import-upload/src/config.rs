//! What the function is told by its environment.

use function::{BadVariable, Variables};

#[derive(Clone, Debug)]
pub struct Config {
    /// Table of states and gates.
    pub control_table: String,
    pub people_table: String,
    /// Bucket that organizers write.
    pub uploads_bucket: String,
    /// Bucket of compiled uploads and answer keys.
    pub vault_bucket: String,
    /// Key of KMS under which answer keys are written.
    pub answer_keys_kms_arn: String,
    /// Bucket that everyone reads.
    pub site_bucket: String,
    /// Bucket that officials read.
    pub officials_bucket: String,
    pub secret_id: String,
    /// Group of the rounds' schedules.
    pub schedule_group: String,
    /// Role under which schedules call functions.
    pub scheduler_role_arn: String,
    /// Queue of what a schedule could not deliver.
    pub dead_letters_arn: String,
    /// Function that closes rounds.
    pub close_round_arn: String,
    /// Function that publishes results.
    pub publish_results_arn: String,
}

impl Config {
    /// Reads the environment once, at start.
    pub fn from_env() -> Result<Self, BadVariable> {
        let variables = Variables::from_env();
        Ok(Self {
            control_table: variables.text("CONTROL_TABLE")?,
            people_table: variables.text("PEOPLE_TABLE")?,
            uploads_bucket: variables.text("UPLOADS_BUCKET")?,
            vault_bucket: variables.text("VAULT_BUCKET")?,
            answer_keys_kms_arn: variables.text("ANSWER_KEYS_KMS_ARN")?,
            site_bucket: variables.text("SITE_BUCKET")?,
            officials_bucket: variables.text("OFFICIALS_BUCKET")?,
            secret_id: variables.text("SECRET_ID")?,
            schedule_group: variables.text("SCHEDULE_GROUP")?,
            scheduler_role_arn: variables.text("SCHEDULER_ROLE_ARN")?,
            dead_letters_arn: variables.text("DEAD_LETTERS_ARN")?,
            close_round_arn: variables.text("CLOSE_ROUND_ARN")?,
            publish_results_arn: variables.text("PUBLISH_RESULTS_ARN")?,
        })
    }
}
