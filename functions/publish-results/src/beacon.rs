//! The public beacon of draws: fetched from any server that has it, believed only with its signature.

use anyhow::{Context, ensure};
use contest::lots::{DRAND_CHAIN, is_beacon};
use data_encoding::HEXLOWER;
use serde::Deserialize;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

/// A reply is a hundred bytes and some.
const LARGEST_REPLY: u64 = 4_096;

#[derive(Deserialize)]
struct Reply {
    signature: String,
}

/// The signature of a round, from a server that answers as drand's do. It is asked each time anew: what is
/// not there yet comes with the next sweep.
pub(crate) async fn fetch(server: &str, round: u64) -> anyhow::Result<Vec<u8>> {
    let address = format!("{server}/{DRAND_CHAIN}/public/{round}");
    let asked = address.clone();
    let reply = tokio::task::spawn_blocking(move || ask(&asked)).await?;
    let reply = reply.with_context(|| format!("cannot read the beacon at {address}"))?;
    let signature = HEXLOWER.decode(reply.signature.as_bytes())?;
    ensure!(is_beacon(round, &signature), "{address} does not answer with a signature of that round");
    Ok(signature)
}

fn ask(address: &str) -> anyhow::Result<Reply> {
    let agent = ureq::Agent::new_with_config(
        ureq::config::Config::builder().timeout_global(Some(PATIENCE)).max_redirects(0).build(),
    );
    let bytes = agent.get(address).call()?.body_mut().with_config().limit(LARGEST_REPLY).read_to_vec()?;
    Ok(serde_json::from_slice(&bytes)?)
}
