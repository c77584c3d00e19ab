//! One line of the log for each request: what was asked, what it came to, what it cost. No name, phone,
//! answer, token or receipt; at most 300 bytes where all went well (`RELIABILITY.md` 7).

use crate::refused::chain;
use crate::reply::Reply;
use crate::router::short_name;
use crate::wire::Request;
use contest::ids::RoundId;
use std::time::Duration;
use store::{StoreError, Used};
use tracing::{error, info};

/// How long an answer took, and whether it was the first of its process.
pub(crate) struct Took {
    pub(crate) time: Duration,
    pub(crate) cold: bool,
}

/// Says how a request was answered. What CloudWatch cannot count by itself are answers that settle nothing
/// and faults: only their lines carry a metric.
pub(crate) fn answered(request: &Request, reply: &Reply, used: &Used, fault: Option<&StoreError>, took: Took) {
    // From the path, so only where it has the form of an id.
    let round = request.round().ok();
    let round = round.as_ref().map(RoundId::as_str);
    let (req, trace, route) = (request.id.as_str(), request.trace.as_deref(), short_name(&request.route));
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
        Some(fault) => line!(error, service = "api", metrics = "faults", faults = 1, error = chain(fault)),
        None if code >= 500 => line!(info, service = "api", metrics = "undecided", undecided = 1),
        None => line!(info, leaf8),
    }
}
