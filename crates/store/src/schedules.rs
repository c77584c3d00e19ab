//! One-time schedules of a round, through EventBridge Scheduler. A schedule only wakes a function up;
//! the deadline itself is data in the table.

use crate::error::StoreError;
use crate::sdk::Sdk;
use crate::wakeup::{Wakeup, WakeupStep};
use aws_sdk_scheduler::types::{
    ActionAfterCompletion, DeadLetterConfig, FlexibleTimeWindow, FlexibleTimeWindowMode, RetryPolicy,
    Target as AwsTarget,
};
use contest::ids::{ContestId, ProposalId, RoundId};
use contest::seal::sha256_hex;
use contest::time::Timestamp;

#[derive(Clone, Debug)]
pub struct Schedules {
    client: aws_sdk_scheduler::Client,
    group: String,
    role_arn: String,
    dead_letters_arn: String,
}

/// The function that a schedule wakes.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub arn: &'a str,
}

/// A point of a round at which a function is woken.
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    pub contest: &'a ContestId,
    pub round: &'a RoundId,
    pub step: WakeupStep,
    /// When; Scheduler is precise to a minute, the expression to a second.
    pub at: Timestamp,
}

impl Schedules {
    /// The schedules of this group, which run under this role and leave what cannot be delivered in this
    /// queue.
    pub fn new(
        sdk: &Sdk,
        group: impl Into<String>,
        role_arn: impl Into<String>,
        dead_letters_arn: impl Into<String>,
    ) -> Self {
        Self {
            client: sdk.scheduler(),
            group: group.into(),
            role_arn: role_arn.into(),
            dead_letters_arn: dead_letters_arn.into(),
        }
    }

    /// Creates a schedule, or moves the one of this name.
    pub async fn put_schedule(&self, schedule: &Schedule<'_>, target: Target<'_>) -> Result<(), StoreError> {
        let Schedule { contest, round, step, at } = *schedule;
        let wakeup = Wakeup::of_round(contest.as_str(), round.as_str(), step);
        self.put(name(contest, round.as_str(), step), &wakeup, at, target).await
    }

    /// Has the function that makes contests public woken at the moment that a plan announces.
    pub async fn put_announcement(
        &self,
        contest: &ContestId,
        at: Timestamp,
        target: Target<'_>,
    ) -> Result<(), StoreError> {
        let wakeup = Wakeup::of_contest(contest.as_str(), WakeupStep::Announce);
        self.put(name(contest, "", WakeupStep::Announce), &wakeup, at, target).await
    }

    /// Has the function that tries proposals woken for one of them.
    pub async fn put_preview(
        &self,
        contest: &ContestId,
        proposal: &ProposalId,
        at: Timestamp,
        target: Target<'_>,
    ) -> Result<(), StoreError> {
        let wakeup = Wakeup::of_contest(contest.as_str(), WakeupStep::Preview);
        self.put(name(contest, proposal.as_str(), WakeupStep::Preview), &wakeup, at, target).await
    }

    async fn put(&self, name: String, wakeup: &Wakeup, at: Timestamp, target: Target<'_>) -> Result<(), StoreError> {
        let expression = format!("at({})", at.utc().format("%Y-%m-%dT%H:%M:%S"));
        let target = self.target(wakeup, target)?;
        let window = off().map_err(StoreError::failed("make a schedule"))?;
        let created = self
            .client
            .create_schedule()
            .group_name(&self.group)
            .name(&name)
            .schedule_expression(&expression)
            .schedule_expression_timezone("UTC")
            .flexible_time_window(window.clone())
            .action_after_completion(ActionAfterCompletion::Delete)
            .target(target.clone())
            .send()
            .await;
        match created {
            Ok(_) => return Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conflict_exception()) => {}
            Err(error) => return Err(StoreError::service("create a schedule")(error)),
        }
        self.client
            .update_schedule()
            .group_name(&self.group)
            .name(&name)
            .schedule_expression(expression)
            .schedule_expression_timezone("UTC")
            .flexible_time_window(window)
            .action_after_completion(ActionAfterCompletion::Delete)
            .target(target)
            .send()
            .await
            .map_err(StoreError::service("move a schedule"))?;
        Ok(())
    }

    /// Deletes a schedule, if it is there.
    pub async fn delete_schedule(
        &self,
        contest: &ContestId,
        round: &RoundId,
        step: WakeupStep,
    ) -> Result<(), StoreError> {
        let name = name(contest, round.as_str(), step);
        match self.client.delete_schedule().group_name(&self.group).name(name).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_not_found_exception()) => Ok(()),
            Err(error) => Err(StoreError::service("delete a schedule")(error)),
        }
    }

    fn target(&self, wakeup: &Wakeup, target: Target<'_>) -> Result<AwsTarget, StoreError> {
        let input = serde_json::to_string(wakeup).map_err(StoreError::failed("make a schedule"))?;
        let retry = RetryPolicy::builder().maximum_retry_attempts(3).maximum_event_age_in_seconds(86_400).build();
        let dead_letters = DeadLetterConfig::builder().arn(&self.dead_letters_arn).build();
        AwsTarget::builder()
            .arn(target.arn)
            .role_arn(&self.role_arn)
            .input(input)
            .retry_policy(retry)
            .dead_letter_config(dead_letters)
            .build()
            .map_err(StoreError::failed("make a schedule"))
    }
}

fn off() -> Result<FlexibleTimeWindow, aws_sdk_scheduler::error::BuildError> {
    FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build()
}

/// Names sort in the order in which points of one instant must come: a round that closes and
/// publishes at the same minute closes first. Hashed, since two identifiers may be longer than a name.
fn name(contest: &ContestId, of: &str, step: WakeupStep) -> String {
    let hash = sha256_hex(format!("{contest}/{of}").as_bytes());
    let word = match step {
        WakeupStep::Announce => "0-announce",
        WakeupStep::Open => "1-open",
        WakeupStep::Close => "2-close",
        WakeupStep::Publish => "3-publish",
        WakeupStep::Preview => "4-preview",
        WakeupStep::Watch => "5-watch",
    };
    format!("{word}-{}", &hash[..16])
}
