//! Session tokens: who asks, in which contest, until when.
//!
//! Fixed binary layout under one MAC (HMAC-SHA-256), checked before anything is read:
//! version, key id, issued (seconds), expires (seconds), contest, contestant, tag; base64url. At most
//! 256 bytes, carried in the Authorization header and never in a URL (`RELIABILITY.md` 5.4).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use contest::ids::{ContestId, ContestantId};
use contest::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::SessionKey;

/// Fourteen days: a round of a week with its registration before it needs one sign-in (ADR 0007).
pub(crate) const LIFETIME_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

const VERSION: u8 = 1;
const TAG_LEN: usize = 32;
const HEAD_LEN: usize = 2 + 8 + 8 + 1;
const MAX_TOKEN: usize = 256;
/// Parts this MAC from any other use of the same key.
const AUDIENCE: &[u8] = b"hoithi/session/1";

/// A fresh token for a contestant, with its end.
pub(crate) fn issue(
    keys: &[SessionKey],
    contest: &ContestId,
    contestant: &ContestantId,
    now: Timestamp,
) -> (String, Timestamp) {
    let expires = now.plus_millis(LIFETIME_MS);
    let signing = &keys[0];
    let mut bytes = vec![VERSION, signing.kid];
    bytes.extend_from_slice(&now.millis().to_be_bytes());
    bytes.extend_from_slice(&expires.millis().to_be_bytes());
    let contest_len = u8::try_from(contest.as_str().len()).expect("contest ids have at most 48 bytes");
    bytes.push(contest_len);
    bytes.extend_from_slice(contest.as_str().as_bytes());
    bytes.extend_from_slice(contestant.as_str().as_bytes());
    let tag = mac(signing, AUDIENCE, &bytes).finalize().into_bytes();
    bytes.extend_from_slice(&tag);
    (BASE64URL.encode(bytes), expires)
}

/// The contestant of a token, if it holds for this contest at this instant.
pub(crate) fn verify(keys: &[SessionKey], token: &str, contest: &ContestId, now: Timestamp) -> Option<ContestantId> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let bytes = BASE64URL.decode(token).ok()?;
    let (body, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG_LEN)?)?;
    let key = keys.iter().find(|key| Some(&key.kid) == body.get(1))?;
    mac(key, AUDIENCE, body).verify_slice(tag).ok()?;
    let (head, names) = body.split_at_checked(HEAD_LEN)?;
    let expires = Timestamp::from_millis(i64::from_be_bytes(head[10..18].try_into().ok()?));
    let (of_contest, contestant) = names.split_at_checked(usize::from(head[18]))?;
    let holds = head[0] == VERSION && of_contest == contest.as_str().as_bytes() && now < expires;
    if !holds {
        return None;
    }
    ContestantId::parse(std::str::from_utf8(contestant).ok()?).ok()
}

/// The MAC of a token for one audience.
pub(crate) fn mac(key: &SessionKey, audience: &[u8], bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.key).expect("HMAC takes keys of any length");
    mac.update(audience);
    mac.update(bytes);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kid: u8) -> SessionKey {
        SessionKey { kid, key: [kid; 32] }
    }

    fn ids() -> (ContestId, ContestantId) {
        (ContestId::parse("tim-hieu").unwrap(), ContestantId::parse("K7MQ42XH").unwrap())
    }

    const NOW: Timestamp = Timestamp::from_millis(1_639_000_000_000);

    #[test]
    fn a_token_names_its_contestant_until_it_ends() {
        let (contest, contestant) = ids();
        let (token, expires) = issue(&[key(1)], &contest, &contestant, NOW);
        assert_eq!(verify(&[key(1)], &token, &contest, NOW), Some(contestant.clone()));
        assert_eq!(verify(&[key(1)], &token, &contest, expires.plus_millis(-1)), Some(contestant));
        assert_eq!(verify(&[key(1)], &token, &contest, expires), None);
        assert!(token.len() <= MAX_TOKEN);
    }

    #[test]
    fn a_token_of_another_contest_or_key_does_not_hold() {
        let (contest, contestant) = ids();
        let (token, _) = issue(&[key(1)], &contest, &contestant, NOW);
        assert_eq!(verify(&[key(1)], &token, &ContestId::parse("tim-hie").unwrap(), NOW), None);
        assert_eq!(verify(&[key(2)], &token, &contest, NOW), None);
        assert_eq!(verify(&[SessionKey { kid: 1, key: [7; 32] }], &token, &contest, NOW), None);
        assert!(verify(&[key(2), key(1)], &token, &contest, NOW).is_some(), "the older of two live keys");
    }

    #[test]
    fn a_changed_or_cut_token_does_not_hold() {
        let (contest, contestant) = ids();
        let (token, _) = issue(&[key(1)], &contest, &contestant, NOW);
        let bytes = BASE64URL.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(verify(&[key(1)], &BASE64URL.encode(forged), &contest, NOW), None, "bit {bit}");
        }
        for len in 0..bytes.len() {
            assert_eq!(verify(&[key(1)], &BASE64URL.encode(&bytes[..len]), &contest, NOW), None, "{len} bytes");
        }
        assert_eq!(verify(&[key(1)], &"A".repeat(10_000), &contest, NOW), None);
    }
}
