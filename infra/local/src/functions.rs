//! The functions that deploy to Lambda, started with the local resources.

use crate::clock::Clock;
use crate::engines::s3::Delivery;
use crate::engines::secrets::SECRET_ID;
use crate::engines::{ACCOUNT, REGION};
use crate::schedules::Schedule;
use anyhow::Context;
use contest::time::Timestamp;
use std::sync::Arc;
use store::Sdk;
use store::wakeup::Wakeup;
use tokio::sync::mpsc;

/// Group in which the functions keep their schedules.
const SCHEDULE_GROUP: &str = "hoithi";

/// How often Lambda calls a function for an event in all, where it keeps failing.
const EVENT_TRIES: u32 = 3;

/// The four functions.
#[derive(Clone)]
pub struct Functions {
    /// Contestants' HTTP API.
    pub api: Arc<api::App>,
    /// Called when an object lands in `uploads`.
    pub import_upload: Arc<import_upload::App>,
    /// Called by schedules.
    pub close_round: Arc<close_round::App>,
    /// Called by schedules.
    pub publish_results: Arc<publish_results::App>,
}

impl Functions {
    /// Starts all four, as cold starts do.
    ///
    /// # Errors
    /// What a function says that cannot start.
    pub async fn start(sdk: &Sdk) -> anyhow::Result<Self> {
        Ok(Self {
            api: Arc::new(api::App::start(api_config(), sdk).await.context("api")?),
            import_upload: Arc::new(import_upload::App::start(import_config(), sdk).await.context("import-upload")?),
            close_round: Arc::new(close_round::App::start(close_config(), sdk).await.context("close-round")?),
            publish_results: Arc::new(
                publish_results::App::start(publish_config(), sdk).await.context("publish-results")?,
            ),
        })
    }

    /// Calls the function that a schedule targets.
    ///
    /// # Errors
    /// What the function says, or that there is no such function.
    pub async fn wake(self, schedule: Schedule, now: Timestamp) -> anyhow::Result<String> {
        let wakeup: Wakeup = serde_json::from_str(schedule.input()).context("the schedule's input is no wake-up")?;
        match schedule.target_arn() {
            arn if arn == function_arn("close-round") => self.close_round.handle(wakeup, now).await,
            arn if arn == function_arn("publish-results") => self.publish_results.handle(wakeup, now).await,
            other => anyhow::bail!("no function {other:?}"),
        }
    }

    /// Lets both scheduled functions look at every round; answers what they said.
    ///
    /// # Errors
    /// What a function says.
    pub async fn sweep(&self, now: Timestamp) -> anyhow::Result<String> {
        let closed = self.close_round.handle(Wakeup::for_sweep(), now).await.context("close-round")?;
        let published = self.publish_results.handle(Wakeup::for_sweep(), now).await.context("publish-results")?;
        Ok(format!("{closed}; {published}"))
    }

    /// Imports one upload after the other, in the order of the writes, until the sender is gone.
    pub(crate) async fn import_all(self, clock: Arc<Clock>, mut uploads: mpsc::UnboundedReceiver<Delivery>) {
        while let Some(Delivery { event, done }) = uploads.recv().await {
            for attempt in 1..=EVENT_TRIES {
                let (function, event, now) = (Arc::clone(&self.import_upload), event.clone(), clock.now());
                // A task of its own turns a panic into an error, as the Lambda runtime does.
                let call = crate::task::spawn(async move { function.handle(event, now).await });
                match call.await.map_err(anyhow::Error::new).flatten() {
                    Ok(summary) => {
                        tracing::info!("import-upload: {summary}");
                        break;
                    }
                    Err(error) => tracing::error!(attempt, "import-upload failed: {error:#}"),
                }
            }
            // Whoever wrote the object may have hung up.
            let _writer_waits = done.send(());
        }
    }
}

fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

fn api_config() -> api::Config {
    api::Config {
        attempts_table: "attempts".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        // The stack parameter that lets the API read keys; contests that do not ask for it are not touched.
        reveal_score_on_submit: true,
    }
}

fn close_config() -> close_round::Config {
    close_round::Config {
        attempts_table: "attempts".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        // The gateway here waits for requests that came in time before anything fires.
        drain_seconds: 0,
    }
}

fn publish_config() -> publish_results::Config {
    publish_results::Config {
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        site_bucket: "site".to_owned(),
        officials_bucket: "officials".to_owned(),
        secret_id: SECRET_ID.to_owned(),
    }
}

fn import_config() -> import_upload::Config {
    import_upload::Config {
        control_table: "control".to_owned(),
        vault_bucket: "vault".to_owned(),
        // There is no KMS here, and the local S3 reads over the name of a key.
        answer_keys_kms_arn: format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/answer-keys"),
        site_bucket: "site".to_owned(),
        officials_bucket: "officials".to_owned(),
        uploads_bucket: "uploads".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        schedule_group: SCHEDULE_GROUP.to_owned(),
        scheduler_role_arn: format!("arn:aws:iam::{ACCOUNT}:role/scheduler"),
        dead_letters_arn: format!("arn:aws:sqs:{REGION}:{ACCOUNT}:dead-letters"),
        close_round_arn: function_arn("close-round"),
        publish_results_arn: function_arn("publish-results"),
    }
}
