//! The AWS clients, made once for a process.

use crate::reply_clock::ReplyClock;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::Credentials;
use std::time::Duration;

/// Clients of the services that functions use.
#[derive(Clone, Debug)]
pub struct Sdk {
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    pub(crate) reply_clock: ReplyClock,
    pub(crate) s3: aws_sdk_s3::Client,
    pub(crate) scheduler: aws_sdk_scheduler::Client,
    pub(crate) secrets: aws_sdk_secretsmanager::Client,
}

/// Addresses of services other than AWS's own.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// `http://host:port` of DynamoDB.
    pub dynamodb: String,
    /// `http://host:port` of S3, path-style.
    pub s3: String,
    /// `http://host:port` of EventBridge Scheduler.
    pub scheduler: String,
    /// `http://host:port` of Secrets Manager.
    pub secrets: String,
}

impl Sdk {
    /// Clients for the account and region that Lambda names in the environment.
    pub async fn from_env() -> Self {
        let shared = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .retry_config(retries())
            .timeout_config(timeouts(Duration::from_secs(1)))
            .load()
            .await;
        Self::new(&shared, None)
    }

    /// Clients for engines on this machine: credentials `local`/`local`, region `ap-southeast-1`.
    pub async fn at(endpoints: &Endpoints) -> Self {
        let shared = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .region(Region::new("ap-southeast-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .retry_config(retries())
            // Engines that share two cores with everything else may be slow without being gone.
            .timeout_config(timeouts(Duration::from_secs(60)))
            .load()
            .await;
        Self::new(&shared, Some(endpoints))
    }

    fn new(shared: &SdkConfig, endpoints: Option<&Endpoints>) -> Self {
        let mut dynamodb = aws_sdk_dynamodb::config::Builder::from(shared);
        let mut s3 = aws_sdk_s3::config::Builder::from(shared);
        let mut scheduler = aws_sdk_scheduler::config::Builder::from(shared);
        let mut secrets = aws_sdk_secretsmanager::config::Builder::from(shared);
        if let Some(endpoints) = endpoints {
            dynamodb = dynamodb.endpoint_url(&endpoints.dynamodb);
            s3 = s3.endpoint_url(&endpoints.s3).force_path_style(true);
            scheduler = scheduler.endpoint_url(&endpoints.scheduler);
            secrets = secrets.endpoint_url(&endpoints.secrets);
        }
        let reply_clock = ReplyClock::default();
        let dynamodb = dynamodb.interceptor(reply_clock.clone());
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            reply_clock,
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            scheduler: aws_sdk_scheduler::Client::from_conf(scheduler.build()),
            secrets: aws_sdk_secretsmanager::Client::from_conf(secrets.build()),
        }
    }
}

/// Two tries and no adaptive mode: the page tries again by itself, and retries on top of retries
/// would make a storm of a brown-out (`RELIABILITY.md` 2.3).
fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(2)
}

fn timeouts(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(attempt).build()
}
