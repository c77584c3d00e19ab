//! One line of the log for each request: what was asked, what it came to, what it cost. No name, phone,
//! answer, token or receipt; at most 300 bytes where all went well (`RELIABILITY.md` 7).

use super::reply::Reply;
use super::request::Request;
use contest::ids::RoundId;
use std::error::Error;
use std::time::Duration;
use store::{StoreError, Used};
use tracing::{error, info};

/// How long an answer took, and whether it was the first of its process.
pub(super) struct Took {
    pub(super) time: Duration,
    pub(super) cold: bool,
}

/// Says how a request was answered. What CloudWatch cannot count by itself are answers that settle nothing
/// and faults: only their lines carry a metric.
pub(super) fn answered(
    (service, route): (&'static str, &'static str),
    request: &Request,
    reply: &Reply,
    used: &Used,
    fault: Option<&StoreError>,
    took: Took,
) {
    // From the path, so only where it has the form of an id.
    let round = RoundId::parse(request.part("r")).ok();
    let round = round.as_ref().map(RoundId::as_str);
    let (req, trace) = (request.id.as_str(), request.trace.as_deref());
    let (outcome, code, shard, leaf8) = (reply.outcome, reply.status, reply.shard, reply.leaf8.as_deref());
    let ms = u64::try_from(took.time.as_millis()).unwrap_or(u64::MAX);
    let (cold, wcu, rcu) = (took.cold, used.write_units(), used.read_units());
    let hashes = (used.hashes > 0).then_some(used.hashes);
    macro_rules! line {
        ($level:ident, $($more:tt)*) => {
            $level!(req, trace, route, round, shard, outcome, code, ms, cold, wcu, rcu, hashes, $($more)*)
        };
    }
    match fault {
        Some(fault) => line!(error, service, metrics = "faults", faults = 1, error = chain(fault)),
        None if code >= 500 => line!(info, service, metrics = "undecided", undecided = 1),
        None => line!(info, leaf8),
    }
}

/// Says that something is wrong which no answer tells: it is counted as a fault, and so wakes people up.
pub fn log_fault(service: &'static str, request: &Request, what: &str) {
    error!(req = request.id.as_str(), service, metrics = "faults", faults = 1, error = what);
}

/// A fault with its causes in one line.
fn chain(fault: &StoreError) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
