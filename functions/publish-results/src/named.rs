//! Who is who, for the names of winners.

use crate::App;
use contest::ids::{ContestId, ContestantId};
use documents::site;
use std::collections::{BTreeMap, HashMap};
use store::StoreError;

/// Where the names of winners are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// From accounts as they are now: nobody was seen to have published the version.
    Anew,
    /// From what a run before this one has published.
    AsPublished,
}

impl Named {
    pub(crate) const fn of(published: Option<&BTreeMap<String, String>>) -> Self {
        if published.is_some() { Self::AsPublished } else { Self::Anew }
    }
}

/// The name of everybody who has an account and a name.
pub(crate) async fn full_names(app: &App, contest: &ContestId) -> anyhow::Result<HashMap<ContestantId, String>> {
    let mut names = HashMap::new();
    for shard in 0..app.control.people_shards(contest).await? {
        let people = app.people.query_shard(contest, shard).await?;
        names.extend(people.into_iter().filter_map(|(code, profile)| Some((code, profile.full_name?))));
    }
    Ok(names)
}

/// Names of winners by pseudonym, if a run before this one has published them in the version of this folder. A version
/// never changes: who was erased since then stays named in it, as the text of the consent says.
pub(crate) async fn published_names(app: &App, folder: &str) -> anyhow::Result<Option<BTreeMap<String, String>>> {
    let path = format!("{folder}results.json");
    let Some(bytes) = app.site.get(&path).await? else { return Ok(None) };
    Ok(site::results_json::winner_names(&bytes).map(Some).map_err(|e| StoreError::unparsed(path, &e))?)
}
