//! The deployment's secret: made once, and given a new session key when an old one must go.

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;
use xshell::Shell;

/// `cargo xtask keys [rotate]`: prints a new secret; with `rotate`, reads the secret in force from standard
/// input and prints it with a new session key before the newest of the old ones, so that sessions stay
/// good until the next rotation.
pub(crate) fn run(_: &Shell, arguments: &[String]) -> Result<()> {
    let secret = match arguments {
        [] => new_secret()?,
        [word] if word == "rotate" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            let secret = serde_json::from_str(&text).context("standard input is not the secret's JSON")?;
            rotated(secret, key()?)?.to_string()
        }
        _ => bail!("`cargo xtask keys` takes `rotate` and nothing else"),
    };
    println!("{secret}");
    Ok(())
}

/// A secret for a new deployment.
pub(crate) fn new_secret() -> Result<String> {
    Ok(json!({ "master": key()?, "session_keys": [{ "kid": 1, "key": key()? }] }).to_string())
}

/// Master stays: every contest's keys are derived from it, and receipts and pseudonyms with them.
fn rotated(secret: Value, new_key: String) -> Result<Value> {
    let newest = secret["session_keys"].get(0).context("the secret has no session key")?.clone();
    let kid = newest["kid"].as_u64().context("a session key without `kid`")?;
    let master = secret["master"].as_str().context("the secret has no `master`")?;
    let next = kid % 255 + 1;
    Ok(json!({ "master": master, "session_keys": [{ "kid": next, "key": new_key }, newest] }))
}

/// 32 bytes from the system's source of randomness.
fn key() -> Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no randomness")?;
    Ok(BASE64.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_puts_a_new_key_before_the_newest_and_leaves_the_master() {
        let secret = json!({ "master": "m", "session_keys": [{ "kid": 255, "key": "b" }, { "kid": 254, "key": "a" }] });
        let expected = json!({ "master": "m", "session_keys": [{ "kid": 1, "key": "c" }, { "kid": 255, "key": "b" }] });
        assert_eq!(rotated(secret, "c".to_owned()).unwrap(), expected);
        assert!(rotated(json!({ "master": "m", "session_keys": [] }), "c".to_owned()).is_err());
    }

    #[test]
    fn keys_are_32_bytes_and_not_the_same_twice() {
        let (one, other) = (key().unwrap(), key().unwrap());
        assert_eq!(BASE64.decode(&one).unwrap().len(), 32);
        assert_ne!(one, other);
    }
}
