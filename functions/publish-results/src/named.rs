//! Who is who, for officials' lists and for the names of winners.

use crate::App;
use chrono::NaiveDate;
use contest::ids::ContestId;
use documents::officials::{Identities, Identity};
use documents::site;
use std::collections::BTreeMap;
use store::StoreError;

/// Everybody who has an account and a name.
pub(crate) async fn identities(app: &App, contest: &ContestId) -> anyhow::Result<Identities> {
    let mut identities = Identities::new();
    for shard in 0..app.control.people_shards(contest).await? {
        for (code, profile) in app.people.query_shard(contest, shard).await? {
            let Some(full_name) = profile.full_name else { continue };
            let birth_date = profile.birth_date.map(|date| date.parse::<NaiveDate>()).transpose();
            let birth_date = birth_date.map_err(|_| StoreError::corrupt("a profile", "a date of birth"))?;
            identities.insert(code, Identity { full_name, birth_date });
        }
    }
    Ok(identities)
}

/// Names of winners by pseudonym, if a run before this one has published them in the version of this folder. A version
/// never changes: who was erased since then stays named in it, as the text of the consent says.
pub(crate) async fn published_names(app: &App, folder: &str) -> anyhow::Result<Option<BTreeMap<String, String>>> {
    let path = format!("{folder}results.json");
    let Some(bytes) = app.site.get(&path).await? else { return Ok(None) };
    Ok(site::results_json::winner_names(&bytes).map(Some).map_err(|e| StoreError::unparsed(path, &e))?)
}
