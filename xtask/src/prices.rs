//! List prices in millionths of a US dollar, so that sums are whole numbers. Without free tiers.

/// When the lists were collected for the design.
pub(crate) const COLLECTED: &str = "November 2026";

/// What one region asks.
pub(crate) struct Prices {
    pub(crate) region: &'static str,
    /// For a million requests of an HTTP API.
    pub(crate) api: u64,
    /// For a million calls of functions.
    pub(crate) calls: u64,
    /// For a million GB-seconds of functions on arm64.
    pub(crate) gb_seconds: u64,
    /// For a million write units.
    pub(crate) writes: u64,
    /// For a million read units.
    pub(crate) reads: u64,
    /// For a million objects read.
    pub(crate) s3_gets: u64,
    /// For a million objects written.
    pub(crate) s3_puts: u64,
    /// For a gigabyte of log.
    pub(crate) log_gb: u64,
    /// For a gigabyte sent out.
    pub(crate) egress_gb: u64,
}

pub(crate) const DOLLAR: u64 = 1_000_000;

/// The public lists of both regions; in Singapore those of the HTTP API and of DynamoDB are second-hand. All are
/// to be read again before a budget rests on them.
pub(crate) const REGIONS: [Prices; 2] = [
    Prices {
        region: "us-east-1",
        api: DOLLAR,
        calls: 200_000,
        gb_seconds: 13_333_400,
        writes: 625_000,
        reads: 125_000,
        s3_gets: 400_000,
        s3_puts: 5_000_000,
        log_gb: 500_000,
        egress_gb: 90_000,
    },
    Prices {
        region: "ap-southeast-1",
        api: 1_250_000,
        calls: 200_000,
        gb_seconds: 13_333_400,
        writes: 712_500,
        reads: 142_500,
        s3_gets: 400_000,
        s3_puts: 5_000_000,
        log_gb: 700_000,
        egress_gb: 120_000,
    },
];

/// What a deployment costs a month before anybody comes: what, and how much in us-east-1.
pub(crate) const FIXED: [(&str, u64); 4] = [
    ("the key of KMS for answer keys (a dollar more after each of its first two yearly renewals)", DOLLAR),
    ("the secret in Secrets Manager", 400_000),
    ("five metrics of our own, where something was noticed", 1_500_000),
    ("two alarms more than the ten that are free", 200_000),
];
