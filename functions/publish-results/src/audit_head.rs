//! The head of the organizers' log, signed and published once a day: the log itself cannot show that its end was cut off.

use crate::App;
use contest::ids::ContestId;
use contest::organizers::{Chain, Head, SignedHeads};
use contest::time::Timestamp;
use documents::site::audit_json::{audit_json, read_audit_json};
use store::keys;

/// Publishes the head where the log has grown since the one that was published a day ago; says so.
pub(crate) async fn publish_due(app: &App, contest: &ContestId, now: Timestamp) -> anyhow::Result<Option<String>> {
    let Some(head) = app.audit.noted(&Chain::Contest(contest.clone())).await? else { return Ok(None) };
    let path = keys::audit_head(contest);
    let before = app.site.get_tagged(&path).await?;
    let signed = before.as_ref().and_then(|before| read_audit_json(&before.bytes));
    if signed.is_some_and(|signed| !signed.are_followed_by(&head, now)) {
        return Ok(None);
    }
    let platform = app.audit.noted(&Chain::Platform).await?.unwrap_or_else(Head::none);
    let heads = SignedHeads { contest: head, platform, at: now };
    let note = app.secrets.signing_key(contest).sign(&heads.text(contest));
    // The officials' copy comes first and stays: what the public reads is replaced every day.
    let copy = keys::officials_audit_head(contest, heads.contest.seq);
    let _one_of_before_stays = app.officials.swap(&copy, None, note.clone().into_bytes()).await?;
    let tag = before.as_ref().map(|before| before.tag.as_str());
    let is_ours = app.site.swap(&path, tag, audit_json(contest, &heads, &note)).await?;
    Ok(is_ours.then(|| format!("signed entry {} of the log of {contest}", heads.contest.seq)))
}
