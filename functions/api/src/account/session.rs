//! Session tokens: who asks, in which contest, until when.
//!
//! Fixed binary layout under one MAC (HMAC-SHA-256), checked before anything is read:
//! layout, key id, issued (milliseconds), expires (milliseconds), version of the person's sessions, contest, contestant,
//! tag; base64url. At most 256 bytes, carried in the Authorization header and never in a URL (`RELIABILITY.md` 5.4).
//!
//! A token cannot be called back. It ends before its time where the version of the account is higher: that is read with
//! the account, or stands beside the attempt that is handed in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use contest::ids::{ContestId, ContestantId};
use contest::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::SessionKey;

/// Fourteen days: a round of a week with its registration before it needs one sign-in (ADR 0007).
pub(crate) const LIFETIME_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

const LAYOUT: u8 = 2;
/// The layout of before, without a version: such a token counts as of version 0 until it expires.
const LAYOUT_WITHOUT_VERSION: u8 = 1;
const TAG_LEN: usize = 32;
const HEAD_LEN: usize = 2 + 8 + 8;
const MAX_TOKEN: usize = 256;
/// Parts this MAC from any other use of the same key.
const AUDIENCE: &[u8] = b"hoithi/session/1";

/// What a token says of the one who shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionToken {
    pub(crate) contestant: ContestantId,
    /// How often all sessions of the account had been ended before this one was opened.
    pub(crate) version: u32,
}

/// A fresh token for a contestant, with its end.
pub(crate) fn issue(
    keys: &[SessionKey],
    contest: &ContestId,
    of: &SessionToken,
    now: Timestamp,
) -> (String, Timestamp) {
    let expires = now.plus_millis(LIFETIME_MS);
    let signing = &keys[0];
    let mut bytes = vec![LAYOUT, signing.kid];
    bytes.extend_from_slice(&now.millis().to_be_bytes());
    bytes.extend_from_slice(&expires.millis().to_be_bytes());
    bytes.extend_from_slice(&of.version.to_be_bytes());
    let contest_len = u8::try_from(contest.as_str().len()).expect("contest ids have at most 48 bytes");
    bytes.push(contest_len);
    bytes.extend_from_slice(contest.as_str().as_bytes());
    bytes.extend_from_slice(of.contestant.as_str().as_bytes());
    let tag = mac(signing, AUDIENCE, &bytes).finalize().into_bytes();
    bytes.extend_from_slice(&tag);
    (BASE64URL.encode(bytes), expires)
}

/// What a token says, if it holds for this contest at this instant.
pub(crate) fn verify(keys: &[SessionKey], token: &str, contest: &ContestId, now: Timestamp) -> Option<SessionToken> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let bytes = BASE64URL.decode(token).ok()?;
    let (body, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG_LEN)?)?;
    let key = keys.iter().find(|key| Some(&key.kid) == body.get(1))?;
    mac(key, AUDIENCE, body).verify_slice(tag).ok()?;
    let (head, rest) = body.split_at_checked(HEAD_LEN)?;
    let expires = Timestamp::from_millis(i64::from_be_bytes(head[10..18].try_into().ok()?));
    let (version, names) = match head[0] {
        LAYOUT => {
            let (version, names) = rest.split_first_chunk()?;
            (u32::from_be_bytes(*version), names)
        }
        LAYOUT_WITHOUT_VERSION => (0, rest),
        _ => return None,
    };
    let (contest_len, names) = names.split_first()?;
    let (of_contest, contestant) = names.split_at_checked(usize::from(*contest_len))?;
    if of_contest != contest.as_str().as_bytes() || now >= expires {
        return None;
    }
    let contestant = ContestantId::parse(std::str::from_utf8(contestant).ok()?).ok()?;
    Some(SessionToken { contestant, version })
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

    fn ids() -> (ContestId, SessionToken) {
        let contestant = ContestantId::parse("K7MQ42XH").unwrap();
        (ContestId::parse("tim-hieu").unwrap(), SessionToken { contestant, version: 7 })
    }

    const NOW: Timestamp = Timestamp::from_millis(1_639_000_000_000);

    #[test]
    fn a_token_names_its_contestant_until_it_ends() {
        let (contest, of) = ids();
        let (token, expires) = issue(&[key(1)], &contest, &of, NOW);
        assert_eq!(verify(&[key(1)], &token, &contest, NOW), Some(of.clone()));
        assert_eq!(verify(&[key(1)], &token, &contest, expires.plus_millis(-1)), Some(of));
        assert_eq!(verify(&[key(1)], &token, &contest, expires), None);
        assert!(token.len() <= MAX_TOKEN);
    }

    #[test]
    fn a_token_of_another_contest_or_key_does_not_hold() {
        let (contest, of) = ids();
        let (token, _) = issue(&[key(1)], &contest, &of, NOW);
        assert_eq!(verify(&[key(1)], &token, &ContestId::parse("tim-hie").unwrap(), NOW), None);
        assert_eq!(verify(&[key(2)], &token, &contest, NOW), None);
        assert_eq!(verify(&[SessionKey { kid: 1, key: [7; 32] }], &token, &contest, NOW), None);
        assert!(verify(&[key(2), key(1)], &token, &contest, NOW).is_some(), "the older of two live keys");
    }

    #[test]
    fn a_token_of_the_layout_before_is_of_version_zero_until_it_ends() {
        let (contest, of) = ids();
        let expires = NOW.plus_millis(LIFETIME_MS);
        let mut bytes = vec![LAYOUT_WITHOUT_VERSION, 1];
        bytes.extend_from_slice(&NOW.millis().to_be_bytes());
        bytes.extend_from_slice(&expires.millis().to_be_bytes());
        bytes.extend_from_slice(b"\x08tim-hieuK7MQ42XH");
        let tag = mac(&key(1), AUDIENCE, &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&tag);
        let token = BASE64URL.encode(bytes);
        let old = SessionToken { version: 0, ..of };
        assert_eq!(verify(&[key(1)], &token, &contest, expires.plus_millis(-1)), Some(old));
        assert_eq!(verify(&[key(1)], &token, &contest, expires), None);
    }

    #[test]
    fn a_changed_or_cut_token_does_not_hold() {
        let (contest, of) = ids();
        let (token, _) = issue(&[key(1)], &contest, &of, NOW);
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
