//! Accounts and sessions of organizers.

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// After the first step of enrolling.
#[derive(Serialize)]
pub struct Enrolment {
    pub ticket: String,
    /// What an authenticator app reads; `otpauth://totp/…`.
    pub totp_uri: String,
    /// The address as a picture: rows of a QR code, `1` for dark.
    pub totp_qr: Vec<String>,
}

contest::masked!(Enrolment);

/// After the second.
#[derive(Serialize)]
pub struct Enrolled {
    #[serde(flatten)]
    pub opened: Opened,
    /// The codes of the recovery card, shown this once.
    pub recovery: Vec<String>,
}

contest::masked!(Enrolled);

/// After a right secret.
#[derive(Serialize)]
pub struct FirstStep {
    pub ticket: String,
    /// What may be given as second factor.
    pub second: Vec<&'static str>,
}

contest::masked!(FirstStep);

/// A session that was opened.
#[derive(Serialize)]
pub struct Opened {
    pub session: String,
    /// RFC 3339.
    pub expires_at: String,
    /// After so many seconds without a request it ends.
    pub idle_seconds: i64,
    pub me: Me,
}

contest::masked!(Opened);

/// Whose session it is.
#[derive(Clone, Serialize)]
pub struct Me {
    pub id: String,
    pub name: String,
    pub login: String,
    /// Words of roles by `*` or the id of a contest.
    pub roles: BTreeMap<String, BTreeSet<String>>,
    /// Codes of the recovery card that were not used yet.
    pub recovery_left: usize,
    /// By their identifiers.
    pub passkeys: Vec<PasskeyLine>,
}

contest::masked!(Me);

/// One passkey of somebody.
#[derive(Clone, Serialize)]
pub struct PasskeyLine {
    /// By which it is removed.
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    /// RFC 3339.
    pub added_at: String,
    /// RFC 3339; none where it was not used yet.
    pub used_at: Option<String>,
}

contest::masked!(PasskeyLine);

/// What a browser is to sign, or to make a key of.
#[derive(Debug, Serialize)]
pub struct PasskeyAsked {
    /// Options of Web Authentication, in JSON.
    #[serde(rename = "publicKey")]
    pub public_key: Value,
}

/// One session of somebody.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// By which it is ended.
    pub id: String,
    /// RFC 3339.
    pub opened_at: String,
    /// RFC 3339, up to five minutes behind.
    pub seen_at: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

#[derive(Debug, Serialize)]
pub struct Sessions {
    pub sessions: Vec<SessionLine>,
}

/// An invitation; its code is shown this once.
#[derive(Serialize)]
pub struct Invited {
    /// Six groups of four signs.
    pub code: String,
    /// RFC 3339.
    pub expires_at: String,
}

contest::masked!(Invited);

/// Somebody with an account.
#[derive(Serialize)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub login: String,
    pub roles: BTreeMap<String, BTreeSet<String>>,
    /// RFC 3339.
    pub enrolled_at: String,
    /// RFC 3339.
    pub signed_in_at: Option<String>,
    pub disabled: bool,
    /// Sessions that hold now.
    pub sessions: usize,
}

contest::masked!(Person);

#[derive(Debug, Serialize)]
pub struct People {
    pub people: Vec<Person>,
}
