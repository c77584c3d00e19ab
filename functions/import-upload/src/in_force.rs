//! What is in force of a contest, loaded once for each judgement, and what an upload would put in its place.
//!
//! What may still change, and until when, is a table of (file x stage of the contest). Whatever a round was opened or
//! frozen with is all that counts for it; what changes afterwards is a decision with a reason.
//!
//! | file | nobody has registered | somebody has | the first round has opened | a round of it has closed |
//! |---|---|---|---|---|
//! | plan | everything | not `mode`, `unique` | rounds ahead; a later end; words | its round: a later publication |
//! | bank | everything | everything | not the bank of a round that has opened | not even a first one |
//! | units | everything | no unit is left out | names, and units without a headcount of others | the same |
//! | roster | everything | nobody gets another code | the same | the same |
//! | excluded | everything | everything | nothing | nothing |
//! | reveals | | | | from the publication on |
//! | adjudications | new rows | new rows | new rows | new rows |
//! | announcements | everything | everything | everything | everything |
//! | pictures | everything | everything | everything | everything |

use crate::folder::Folder;
use anyhow::Context;
use contest::decision::Decision;
use contest::ids::ContestId;
use contest::plan::Plan;
use contest::seal::{ContestKeys, sha256_hex};
use contest::time::Timestamp;
use serde::Serialize;
use store::{ContestState, ObjectRef, StoredRoster, keys};

/// A contest as its uploads have it now.
pub(crate) struct InForce {
    pub contest: ContestId,
    pub keys: ContestKeys,
    pub state: ContestState,
    /// What other files are judged against.
    pub folder: Folder,
    /// The stored roster; empty while there is none.
    pub roster: StoredRoster,
    /// Decisions about closed rounds, in their order.
    pub decisions: Vec<Decision>,
    /// How far the contest has come; `None` while it is a draft, which nobody knows of.
    pub stage: Option<Stage>,
    pub now: Timestamp,
}

/// How far a contest has come, as far as its files must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nobody depends on anything yet.
    Planned,
    /// Somebody has an account.
    Registered,
    /// The first round has opened.
    Begun,
}

/// An upload to a contest that people know of.
pub(crate) struct Change<'a> {
    /// The plan in force.
    pub plan: &'a Plan,
    pub stage: Stage,
    pub from: &'a InForce,
    pub to: &'a ContestState,
}

/// The state in which an upload would be in force, and the objects that it names. They are written only once nothing is
/// left to refuse.
pub(crate) struct Compiled {
    pub state: ContestState,
    pub objects: Vec<(String, Vec<u8>)>,
    pub answer_keys: Vec<(String, Vec<u8>)>,
    /// Under the hashes of their bytes, so that nobody can guess them before a page shows them.
    pub on_site: Vec<(String, Vec<u8>)>,
    contest: ContestId,
}

impl Compiled {
    /// What is in force, before anything of it is replaced.
    pub(crate) fn of(from: &InForce) -> Self {
        let (contest, state) = (from.contest.clone(), from.state.clone());
        Self { state, objects: Vec::new(), answer_keys: Vec::new(), on_site: Vec::new(), contest }
    }

    /// Adds a compiled form under the hash of its bytes.
    pub(crate) fn put(&mut self, kind: &str, value: &impl Serialize) -> anyhow::Result<ObjectRef> {
        let json = serde_json::to_vec(value).with_context(|| format!("cannot write {kind}"))?;
        let sha256 = sha256_hex(&json);
        let path = keys::compiled(&self.contest, kind, &sha256);
        self.objects.push((path.clone(), json));
        Ok(ObjectRef { path, sha256 })
    }

    /// Adds what pages show, at a path from the folder of the contest on that follows from its bytes.
    pub(crate) fn put_on_site(&mut self, path: &str, bytes: Vec<u8>) {
        self.on_site.push((keys::of_contest(&self.contest, path), bytes));
    }
}
