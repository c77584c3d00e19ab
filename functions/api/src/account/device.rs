//! Device tokens: that this browser has opened a session of an account before. They open nothing; anyone who
//! shows one with a try to sign in has a throttle of its own.
//!
//! Version, key id, issued, tag; base64url. The contest and the account are under the MAC and not in the
//! token, so that what stays in a browser after signing out names nobody.

use super::session::mac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use contest::ids::{ContestId, ContestantId};
use contest::time::Timestamp;
use hmac::Mac;
use store::SessionKey;

/// A year: longer than a contest.
const LIFETIME_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

const VERSION: u8 = 1;
const HEAD_LEN: usize = 2 + 8;
const TOKEN_LEN: usize = 56;
/// Parts this MAC from any other use of the same key.
const AUDIENCE: &[u8] = b"hoithi/device/1";

/// A fresh token for a browser that has just opened a session.
pub(crate) fn issue(keys: &[SessionKey], contest: &ContestId, contestant: &ContestantId, now: Timestamp) -> String {
    let signing = &keys[0];
    let mut bytes = vec![VERSION, signing.kid];
    bytes.extend_from_slice(&now.millis().to_be_bytes());
    let tag = mac(signing, AUDIENCE, &bound(&bytes, contest, contestant)).finalize().into_bytes();
    bytes.extend_from_slice(&tag);
    BASE64URL.encode(bytes)
}

/// Whether a browser with this token has opened a session of this account.
pub(crate) fn holds(
    keys: &[SessionKey],
    token: &str,
    (contest, contestant): (&ContestId, &ContestantId),
    now: Timestamp,
) -> bool {
    read(keys, token, (contest, contestant)).is_some_and(|issued| now < issued.plus_millis(LIFETIME_MS))
}

fn read(keys: &[SessionKey], token: &str, (contest, contestant): (&ContestId, &ContestantId)) -> Option<Timestamp> {
    if token.len() != TOKEN_LEN {
        return None;
    }
    let bytes = BASE64URL.decode(token).ok()?;
    let (head, tag) = bytes.split_at_checked(HEAD_LEN)?;
    let key = keys.iter().find(|key| head[1] == key.kid)?;
    mac(key, AUDIENCE, &bound(head, contest, contestant)).verify_slice(tag).ok()?;
    let issued = i64::from_be_bytes(head[2..].try_into().ok()?);
    (head[0] == VERSION).then_some(Timestamp::from_millis(issued))
}

/// What the MAC covers. No id holds a zero byte.
fn bound(head: &[u8], contest: &ContestId, contestant: &ContestantId) -> Vec<u8> {
    [head, contest.as_str().as_bytes(), b"\0", contestant.as_str().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::session;

    const NOW: Timestamp = Timestamp::from_millis(1_639_000_000_000);

    fn key(kid: u8) -> SessionKey {
        SessionKey { kid, key: [kid; 32] }
    }

    fn ids() -> (ContestId, ContestantId) {
        (ContestId::parse("tim-hieu").unwrap(), ContestantId::parse("K7MQ42XH").unwrap())
    }

    #[test]
    fn a_device_token_holds_for_its_account_and_no_other_for_a_year() {
        let (contest, person) = ids();
        let token = issue(&[key(1)], &contest, &person, NOW);
        let end = NOW.plus_millis(LIFETIME_MS);
        assert!(holds(&[key(2), key(1)], &token, (&contest, &person), end.plus_millis(-1)));
        assert!(!holds(&[key(1)], &token, (&contest, &person), end));
        assert!(!holds(&[key(2)], &token, (&contest, &person), NOW));
        assert!(!holds(&[key(1)], &token, (&contest, &ContestantId::parse("K7MQ42XJ").unwrap()), NOW));
        assert!(!holds(&[key(1)], &token, (&ContestId::parse("tim").unwrap(), &person), NOW));
    }

    #[test]
    fn a_changed_or_cut_device_token_does_not_hold_and_a_session_is_none() {
        let (contest, person) = ids();
        let token = issue(&[key(1)], &contest, &person, NOW);
        let bytes = BASE64URL.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!holds(&[key(1)], &BASE64URL.encode(forged), (&contest, &person), NOW), "bit {bit}");
        }
        for len in 0..token.len() {
            assert!(!holds(&[key(1)], &token[..len], (&contest, &person), NOW), "{len} characters");
        }
        let of = session::SessionToken { contestant: person.clone(), version: 0 };
        let (session, _) = session::issue(&[key(1)], &contest, &of, NOW);
        assert!(!holds(&[key(1)], &session, (&contest, &person), NOW));
        assert_eq!(session::verify(&[key(1)], &token, &contest, NOW), None);
    }

    #[test]
    fn a_device_token_names_nobody() {
        let (contest, person) = ids();
        let bytes = BASE64URL.decode(issue(&[key(1)], &contest, &person, NOW)).unwrap();
        assert_eq!(bytes.len(), HEAD_LEN + 32);
    }
}
