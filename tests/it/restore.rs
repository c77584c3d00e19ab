//! What is left when the tables are gone: the kept rows of closed rounds, and everything that follows from
//! them, to the byte.

use crate::publishing::{self, folder};
use tests::storage::{self, TABLES};
use tests::{FIRST, PUBLISHES, Stage};

/// Deletes every item of every table of the functions.
async fn lose_tables(stage: &Stage) {
    for table in TABLES {
        for key in storage::primary_keys(&stage.world.dynamodb, table).await {
            let delete = stage.world.dynamodb.delete_item().table_name(table).set_key(Some(key));
            delete.send().await.expect("an item is deleted");
        }
    }
    assert!(stage.tables().await.values().all(Vec::is_empty));
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_rebuilt_from_the_kept_rows_when_the_tables_are_gone() {
    let (stage, _) = publishing::golden_round_played().await;
    stage.clock_well(PUBLISHES).await;
    let (site, vault) = (stage.objects("site").await, stage.objects("vault").await);
    lose_tables(&stage).await;
    // Whatever else of the version is lost too; the names of winners stand in the results alone now.
    let of_version = |path: &&String| path.contains("/v1/") && !path.ends_with("results.json");
    for path in site.keys().filter(of_version) {
        stage.world.s3.delete_object().bucket("site").key(path).send().await.expect("an object is deleted");
    }
    let ranked = vault.keys().filter(|path| path.starts_with("ranked/"));
    for path in ranked {
        stage.world.s3.delete_object().bucket("vault").key(path).send().await.expect("an object is deleted");
    }

    // The organizers' files again, the plan last: what comes after the opening of a plan in force is late.
    let mut files = folder().files;
    files.sort_by_key(|(name, _)| name == "contest.toml");
    for (name, bytes) in files {
        stage.accept(&name, bytes).await;
    }
    stage.world.sweep().await.expect("it is closed and published again");

    assert!(stage.objects("site").await == site, "the site is as it was");
    assert!(stage.objects("vault").await == vault, "and the vault");
    assert_eq!(stage.round(FIRST).verified(&[]).await, Ok(1));
}
