//! Proposals as organizers see them, and what each would change: the bytes of that are what an approval names.

mod preview;

pub use preview::{DecisionsPreview, PlainPreview, TriedRound, inputs_json};

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Proposals {
    pub proposals: Vec<ProposalLine>,
    /// RFC 3339.
    pub now: String,
}

/// One in the list.
#[derive(Debug, Serialize)]
pub struct ProposalLine {
    pub id: String,
    pub kind: &'static str,
    pub status: &'static str,
    pub reason: String,
    pub proposed_by: Colleague,
    /// RFC 3339.
    pub proposed_at: String,
    /// RFC 3339: when it is over if nobody decides.
    pub expires_at: String,
    /// Who approved or rejected it.
    pub decided_by: Option<Colleague>,
    pub decided_at: Option<String>,
    /// `computing`, `preview`, `you`, `others` or `effect`; none where it is over.
    pub waits_for: Option<&'static str>,
    /// Whether whoever asks proposed it.
    pub own: bool,
    /// What whoever asks may do with it now.
    pub can: Vec<&'static str>,
}

/// An account, with its name of today.
#[derive(Clone, Debug, Serialize)]
pub struct Colleague {
    pub id: String,
    pub name: Option<String>,
}

/// One with all of it.
#[derive(Debug, Serialize)]
pub struct ProposalShown {
    #[serde(flatten)]
    pub line: ProposalLine,
    pub what: Value,
    pub preview: Option<PreviewShown>,
    pub applied: Option<Applied>,
    pub problem: Option<String>,
}

/// What it would change.
#[derive(Debug, Serialize)]
pub struct PreviewShown {
    /// Hash of `text`.
    pub sha256: String,
    /// The bytes that an approval names.
    pub text: String,
    /// The members of them.
    #[serde(flatten)]
    pub members: Value,
    /// Those of whom the bytes tell: by public name where results are tried, else by code.
    pub people: BTreeMap<String, Named>,
    /// Names of the units of which they tell, by code.
    pub units: BTreeMap<String, String>,
    /// Whose rights would change.
    pub colleague: Option<Colleague>,
    /// Documents of officials that would no longer be those of the newest version.
    pub void: Vec<VoidFile>,
}

/// Somebody of whom a preview tells.
#[derive(Serialize)]
pub struct Named {
    pub code: String,
    /// None for an account that is erased.
    pub name: Option<String>,
}

contest::masked!(Named);

#[derive(Debug, Serialize)]
pub struct VoidFile {
    pub round: String,
    pub version: u32,
    pub file: String,
}

/// How it took effect.
#[derive(Debug, Serialize)]
pub struct Applied {
    /// RFC 3339.
    pub at: String,
    pub versions: Vec<AppliedVersion>,
    /// Sentences; none where everything came as it was shown.
    pub differs: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct AppliedVersion {
    pub round: String,
    pub version: u32,
}

/// After a step.
#[derive(Debug, Serialize)]
pub struct Stepped {
    pub status: &'static str,
    /// Shown this once, to the approver alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slip: Option<Slip>,
}

/// A code that sets another secret once.
#[derive(Serialize)]
pub struct Slip {
    pub code: String,
    /// RFC 3339.
    pub valid_until: String,
}

contest::masked!(Slip);

/// After a proposal was made.
#[derive(Debug, Serialize)]
pub struct Proposed {
    pub proposal: String,
}
