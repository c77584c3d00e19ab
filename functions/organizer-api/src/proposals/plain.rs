//! What a proposal would change that no round has to be ranked for: made here, from what stands there now. Made again before
//! it is approved, it comes to the same bytes exactly where nothing that it rests on has changed.

use super::Place;
use super::contestants::{account, refuse_while_playing};
use crate::error::ApiError;
use crate::log::Done;
use contest::ids::{ContestId, ProposalId};
use contest::plan_file;
use contest::seal::sha256_hex;
use documents::console::Refusal;
use documents::console::proposals::PlainPreview;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{PlanText, Proposed, StoreError};

/// The text of the preview.
pub(super) async fn preview(place: &Place<'_>, id: &ProposalId, what: &Proposed) -> Result<String, ApiError> {
    let (inputs, before, after) = match what {
        Proposed::Decisions { .. } => return Err(Refusal::StalePreview.into()),
        Proposed::Plan { toml } => {
            let (before, after) = plan_texts(place, toml).await?;
            (json!({ "plan": before.sha256 }), json!(before), json!(after))
        }
        Proposed::Extension { before, after } => (json!({}), json!(before), json!(after)),
        Proposed::Bank { file, sha256 } => bank(place, file, sha256).await?,
        Proposed::Reset { contestant, checked } => {
            let (_, account) = account(place, contestant).await?;
            refuse_while_playing(place, contestant).await?;
            let after = json!({ "contestant": contestant, "checked": checked });
            (json!({ "version": account.profile.version }), Value::Null, after)
        }
        Proposed::Unit { contestant, unit } => {
            let (_, account) = account(place, contestant).await?;
            let of = |unit: Option<&str>| json!({ "contestant": contestant, "unit": unit });
            (json!({}), of(account.profile.unit.as_deref()), of(Some(unit)))
        }
        Proposed::Roles { person, roles, disabled } => {
            let account = place.app().organizers.account(person).await?.ok_or(Refusal::NoSuchPerson)?;
            let before = json!({ "roles": account.roles, "disabled": account.disabled_at_ms.is_some() });
            (json!({ "version": account.version }), before, json!({ "roles": roles, "disabled": disabled }))
        }
    };
    let made = PlainPreview::of((&place.of, id), what.kind().as_str(), inputs, (before, after));
    let text = String::from_utf8(made.to_json());
    Ok(text.map_err(|fault| StoreError::failed("write a preview")(fault))?)
}

type Parts = (Value, Value, Value);

/// The plan in force and another one, each with the lines that the other has not.
pub(super) async fn plan_texts(place: &Place<'_>, toml: &str) -> Result<(PlanText, PlanText), ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let state = place.app().control.state(contest).await?.ok_or(Refusal::NoSuchContest)?;
    let object = state.plan.ok_or(Refusal::NoSuchContest)?;
    let before = place.app().vault.referred(&object).await?;
    let before = String::from_utf8(before).map_err(|e| StoreError::corrupt("a plan", e))?;
    let after = plan_file::clean(toml);
    let told = |of: &str, other: &str| PlanText { sha256: sha256_hex(of.as_bytes()), lines: only_in(of, other) };
    Ok((PlanText { sha256: object.sha256, ..told(&before, &after) }, told(&after, &before)))
}

/// The lines of a text that another one has not, or not so often.
fn only_in(text: &str, other: &str) -> Vec<String> {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for line in other.lines() {
        *others.entry(line).or_default() += 1;
    }
    let mut only = Vec::new();
    for line in text.lines() {
        match others.get_mut(line) {
            Some(left) if *left > 0 => *left -= 1,
            _ => only.push(line.to_owned()),
        }
    }
    only
}

async fn bank(place: &Place<'_>, file: &str, sha256: &str) -> Result<Parts, ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let (tag, before) = standing(place, contest, file).await?;
    Ok((json!({ "tag": tag }), json!({ "sha256": before }), json!({ "file": file, "sha256": sha256 })))
}

/// Tag of a file that stands in the bucket, and its hash where it came by the console.
async fn standing(
    place: &Place<'_>,
    contest: &ContestId,
    file: &str,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let path = store::keys::upload(contest, file);
    let listed = place.app().uploads.list(&path).await?.into_iter().find(|listed| listed.path == path);
    let noted = place.app().control.noted_uploads(contest).await?.remove(file);
    let tag = listed.map(|listed| listed.tag);
    let noted = noted.filter(|noted| tag.as_ref() == Some(&noted.tag));
    Ok((tag, noted.map(|noted| noted.sha256)))
}

/// What an entry of the log says of carrying a proposal out.
pub(super) fn done<'a>(action: &'static str, subject: &'a str, (id, reason): (&'a ProposalId, &'a str)) -> Done<'a> {
    Done { action, subject, reason: Some(reason), proposal: Some(id.as_str()), ..Done::default() }
}
