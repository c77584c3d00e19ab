//! A table of decisions tried in this world by the functions that carry it out; nothing is written.

use super::functions::Functions;
use anyhow::Context;
use contest::ids::ContestId;
use contest::time::Timestamp;
use documents::officials::documents_json;
use documents::report::ImportStatus;
use serde_json::{Value, json};

/// A table that is to be tried.
#[derive(Clone, Debug)]
pub struct Asked {
    /// One of the contests, or the only one.
    pub contest: Option<String>,
    /// Name of the table, which says its format.
    pub file: String,
    pub content: Vec<u8>,
}

/// What the table would come to: `{"schema":"hoithi/preview/1","contest","report","rounds"}`, where each round, and `overall`
/// after them, has `round`, `newest` and `then` (numbers of versions), `status`, `reason`, `void` (documents of officials that
/// another version would replace), `results`, the file that the new version would publish, without names, and `names`, for
/// organizers, of those whose prizes change, by public name.
///
/// # Errors
/// Where there is no such contest, or a round cannot be tried.
pub async fn try_decisions(
    functions: &Functions,
    s3: &aws_sdk_s3::Client,
    asked: &Asked,
    now: Timestamp,
) -> anyhow::Result<Value> {
    let contest = contest_of(s3, asked.contest.as_deref()).await?;
    let tried = functions.import_upload.try_decisions(&contest, &asked.file, &asked.content, now).await?;
    let mut rounds = Vec::new();
    if tried.report.status == ImportStatus::Accepted && !tried.decisions.is_empty() {
        for round in functions.close_round.preview(&contest, tried.decisions).await? {
            let place = if round.round.is_overall() { "overall".to_owned() } else { format!("rounds/{}", round.round) };
            let folder = format!("{contest}/{place}/v{}/", round.newest);
            // What lies deeper is people's own certificates: whatever is live decides what of it is shown.
            let listed = s3.list_objects_v2().bucket("officials").prefix(&folder).delimiter("/").send().await?;
            let names = listed.contents().iter().filter_map(|file| file.key()?.strip_prefix(folder.as_str()));
            let void: Vec<&str> = names.filter(|name| *name != documents_json::NAME).collect();
            rounds.push(json!({
                "round": round.round.as_str(),
                "newest": round.newest,
                "then": round.then,
                "status": round.status.as_str(),
                "reason": round.reason,
                "void": void,
                "results": serde_json::from_slice::<Value>(&round.results)?,
                "names": round.names,
            }));
        }
    }
    let schema = "hoithi/preview/1";
    Ok(json!({ "schema": schema, "contest": contest.as_str(), "report": tried.report, "rounds": rounds }))
}

/// The contest that is asked for, or the only one that is public.
async fn contest_of(s3: &aws_sdk_s3::Client, asked: Option<&str>) -> anyhow::Result<ContestId> {
    if let Some(asked) = asked {
        return Ok(ContestId::parse(asked)?);
    }
    let index = super::upload::stored(s3, "site", "contests/index.json").await?.unwrap_or_default();
    let index = documents::site::ContestsIndex::from_json(&index).context("there is no contest yet")?;
    match index.contests() {
        [only] => Ok(ContestId::parse(&only.id)?),
        several => {
            let ids: Vec<&str> = several.iter().map(|contest| contest.id.as_str()).collect();
            anyhow::bail!(documents::words::preview::which_contest(ids.join(", ")))
        }
    }
}
