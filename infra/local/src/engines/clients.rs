//! AWS clients for the local world's own use; the functions have theirs in [`store::Sdk`].

use super::{CREDENTIAL, REGION};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

/// A DynamoDB client for `http://host:port`.
pub fn dynamodb(url: &str) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(&shared(url))
}

/// A path-style S3 client for `http://host:port`.
pub fn s3(url: &str) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(&shared(url)).force_path_style(true).build();
    aws_sdk_s3::Client::from_conf(config)
}

/// A Scheduler client for `http://host:port`.
pub fn scheduler(url: &str) -> aws_sdk_scheduler::Client {
    aws_sdk_scheduler::Client::new(&shared(url))
}

fn shared(url: &str) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(REGION))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            CREDENTIAL, CREDENTIAL, None, None, "local",
        )))
        .endpoint_url(url)
        .http_client(store::https_client())
        .build()
}
