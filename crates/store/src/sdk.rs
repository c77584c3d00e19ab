//! The AWS clients, made once for a process, and only those that its function uses: a client that nothing
//! asks for is not linked, and a cold start pays for every byte.

use crate::meter::Meter;
use crate::reply_clock::ReplyClock;
use aws_config::environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider};
use aws_config::meta::region::ProvideRegion;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::SharedCredentialsProvider;
use aws_sdk_dynamodb::config::{Credentials, SharedHttpClient};
use aws_smithy_http_client::Builder as HttpClientBuilder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use std::time::Duration;

/// Clients of the two services that every function uses, each with one pool of connections, and what
/// the others are made of.
#[derive(Clone, Debug)]
pub struct Sdk {
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
    pub(crate) s3: aws_sdk_s3::Client,
    /// Told the time by each reply of DynamoDB.
    pub(crate) reply_clock: ReplyClock,
    shared: SdkConfig,
    endpoints: Option<Endpoints>,
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

/// How long one try of a call may take before it counts as lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Somebody waits for the answer, and their page tries again by itself (`RELIABILITY.md` 2.3).
    Contestant,
    /// Nobody waits: a page of a table or a file of many megabytes may take its time.
    Job,
}

/// Longest pause before the second try of a call; how long it is, is drawn.
const BACKOFF: Duration = Duration::from_millis(100);

impl Patience {
    const fn of_one_try(self) -> Duration {
        match self {
            Self::Contestant => Duration::from_secs(1),
            Self::Job => Duration::from_secs(60),
        }
    }
}

impl Sdk {
    /// For the account and region that Lambda names in the environment. Asked for nowhere else: the chain of
    /// profiles, roles and instance metadata would weigh more than the tables. `endpoint` stands in for AWS.
    pub async fn of_lambda(patience: Patience, endpoint: Option<String>) -> Self {
        let region = EnvironmentVariableRegionProvider::new().region().await;
        let credentials = SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new());
        Self::new(shared(patience, region, credentials, endpoint), None)
    }

    /// For engines on this machine: credentials `local`/`local`, region `ap-southeast-1`. Engines that share
    /// two cores with everything else may be slow without being gone. `network` carries the calls.
    pub fn at(endpoints: &Endpoints, network: SharedHttpClient) -> Self {
        let credentials = SharedCredentialsProvider::new(Credentials::new("local", "local", None, None, "local"));
        let shared = shared(Patience::Job, Some(Region::new("ap-southeast-1")), credentials, None);
        Self::new(shared.into_builder().http_client(network).build(), Some(endpoints.clone()))
    }

    fn new(shared: SdkConfig, endpoints: Option<Endpoints>) -> Self {
        let reply_clock = ReplyClock::default();
        let mut dynamodb =
            aws_sdk_dynamodb::config::Builder::from(&shared).interceptor(reply_clock.clone()).interceptor(Meter);
        let mut s3 =
            aws_sdk_s3::config::Builder::from(&shared).force_path_style(endpoints.is_some()).interceptor(Meter);
        if let Some(endpoints) = &endpoints {
            dynamodb = dynamodb.endpoint_url(&endpoints.dynamodb);
            s3 = s3.endpoint_url(&endpoints.s3);
        }
        Self {
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            reply_clock,
            shared,
            endpoints,
        }
    }

    pub(crate) fn scheduler(&self) -> aws_sdk_scheduler::Client {
        let mut config = aws_sdk_scheduler::config::Builder::from(&self.shared).interceptor(Meter);
        if let Some(endpoints) = &self.endpoints {
            config = config.endpoint_url(&endpoints.scheduler);
        }
        aws_sdk_scheduler::Client::from_conf(config.build())
    }

    pub(crate) fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        let mut config = aws_sdk_secretsmanager::config::Builder::from(&self.shared).interceptor(Meter);
        if let Some(endpoints) = &self.endpoints {
            config = config.endpoint_url(&endpoints.secrets);
        }
        aws_sdk_secretsmanager::Client::from_conf(config.build())
    }
}

fn shared(
    patience: Patience,
    region: Option<Region>,
    credentials: SharedCredentialsProvider,
    endpoint: Option<String>,
) -> SdkConfig {
    let mut shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(region)
        .credentials_provider(credentials)
        .http_client(https_client())
        // Two tries and no adaptive mode: the page and the scheduler try again by themselves, and retries on
        // top of retries would make a storm of a brown-out (`RELIABILITY.md` 2.3). The pause before the second
        // try is short, since somebody may be waiting with a submission in the last second.
        .retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(BACKOFF))
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(patience.of_one_try()).build());
    shared.set_endpoint_url(endpoint);
    shared.build()
}

/// What carries calls; one for all clients of a process, so that they share its TLS settings.
pub fn https_client() -> SharedHttpClient {
    HttpClientBuilder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}
