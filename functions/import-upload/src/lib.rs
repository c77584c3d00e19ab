//! A file landed in `uploads`: judge it whole, put it in force whole or not at all, and report every
//! fault (`CONTRACT.md` 3.3).
//!
//! The functions that judge are pure and serve `hoithi check` as well ([`check_folder`]). Files arrive
//! in any order; each is judged by itself and against whatever else is in force. A second delivery of
//! an event finds its work done and repeats only what is safe to repeat.

mod accept;
mod apply_schedules;
mod check;
mod config;
mod event;
mod folder;
mod import_bank;
mod in_force;
mod name;
pub mod readers;
pub mod roles;
mod spread;
mod table;
mod tables;
mod verdict;

pub use accept::TriedDecisions;
pub use check::{CheckReport, FileReport, check_folder};
pub use config::Config;
pub use event::report_path;
pub use import_bank::{BankImport, import_bank};
pub use tables::BankPart;

use anyhow::Context;
use aws_lambda_events::s3::S3Event;
use contest::time::Timestamp;
use event::Upload;
use function::log;
use store::{Bucket, Control, People, Schedules, Sdk, Secrets, StoreError, metered};

pub struct App {
    secrets: Secrets,
    control: Control,
    people: People,
    uploads: Bucket,
    /// The vault once more, for what stands there under a key of its own.
    answer_keys: Bucket,
    vault: Bucket,
    site: Bucket,
    officials: Bucket,
    schedules: Schedules,
    close_round_arn: String,
    publish_results_arn: String,
}

impl App {
    /// Reads the deployment's secret.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        Ok(Self {
            secrets: Secrets::load(sdk, &config.secret_id).await?,
            control: Control::new(sdk, config.control_table),
            people: People::new(sdk, config.people_table),
            uploads: Bucket::new(sdk, config.uploads_bucket),
            answer_keys: Bucket::new(sdk, &config.vault_bucket).sealed_with(config.answer_keys_kms_arn),
            vault: Bucket::new(sdk, config.vault_bucket),
            site: Bucket::new(sdk, config.site_bucket),
            officials: Bucket::new(sdk, config.officials_bucket),
            schedules: Schedules::new(sdk, config.schedule_group, config.scheduler_role_arn, config.dead_letters_arn),
            close_round_arn: config.close_round_arn,
            publish_results_arn: config.publish_results_arn,
        })
    }

    /// Imports every upload of an event; returns one line that says what became of each.
    ///
    /// # Errors
    /// Where an upload could not be judged or put in force, after all were tried: the event is then
    /// delivered again.
    pub async fn handle(&self, event: S3Event, now: Timestamp) -> anyhow::Result<String> {
        let (outcome, used) = metered(Box::pin(self.import_all(event, now))).await;
        log::job("import-upload", outcome, &used, None)
    }

    async fn import_all(&self, event: S3Event, now: Timestamp) -> anyhow::Result<String> {
        let mut outcomes = Vec::new();
        let mut faults = Vec::new();
        for record in &event.records {
            let upload = match Upload::of(record) {
                Ok(upload) => upload,
                Err(reason) => {
                    outcomes.push(format!("ignored an object: {reason}"));
                    continue;
                }
            };
            match self.import(&upload, now).await.with_context(|| format!("cannot import {upload}")) {
                Ok(outcome) => outcomes.push(format!("{upload}: {outcome}")),
                Err(fault) => faults.push(fault),
            }
        }
        // Corruption stays the innermost cause, for which the log looks.
        faults.sort_by_key(|fault| !StoreError::is_corruption(fault.as_ref()));
        match faults.into_iter().reduce(|first, next| first.context(format!("{next:#}; and"))) {
            Some(fault) => Err(fault),
            None => Ok(outcomes.join("; ")),
        }
    }
}
