//! The public beacon of draws: fetched from whoever serves it, believed only with its signature.

use anyhow::{Context, ensure};
use contest::lots::DRAND_CHAIN;
use data_encoding::HEXLOWER;
use drand_verify::{G2PubkeyRfc, Pubkey};
use serde::Deserialize;
use std::time::Duration;

/// The key of the chain's members together, in hexadecimal digits.
const CHAIN_KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451\
                         0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

const PATIENCE: Duration = Duration::from_secs(10);

/// A reply is a hundred bytes and some.
const LARGEST_REPLY: u64 = 4_096;

#[derive(Deserialize)]
struct Reply {
    signature: String,
}

/// Whether `signature` is that of a round of [`DRAND_CHAIN`].
pub fn is_beacon(round: u64, signature: &[u8]) -> bool {
    let key = HEXLOWER.decode(CHAIN_KEY.as_bytes()).expect("hexadecimal digits");
    let key = G2PubkeyRfc::from_variable(&key).expect("a point of the curve");
    key.verify(round, b"", signature).unwrap_or(false)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_beacons_are_believed_and_nothing_else() {
        // https://api.drand.sh/52db…e971/public/1000
        let recorded =
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
        let recorded = HEXLOWER.decode(recorded.as_bytes()).unwrap();
        assert!(is_beacon(1_000, &recorded));
        assert!(!is_beacon(1_001, &recorded));
        assert!(!is_beacon(1_000, &recorded[1..]));
        let mut other = recorded;
        other[47] ^= 1;
        assert!(!is_beacon(1_000, &other));
    }
}
