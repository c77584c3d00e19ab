//! A deployment whose secret was lost or exchanged: nothing is frozen, published or announced under another
//! key than the one with which the contest was published.

use tests::{CLOSES, FIRST, Folder, OPENS, PUBLISHES, Play, Stage, person};

const PATH: &str = "contests/thi-thu/contest.json";

/// Puts another key, or the right one, in place of what `contest.json` names.
async fn publish_key_of(stage: &Stage, from: &str, to: &str) {
    let text = String::from_utf8(stage.object("site", PATH).await.expect("it is published")).expect("UTF-8");
    assert!(text.contains(from), "{text}");
    stage.put("site", PATH, text.replace(from, to)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_another_key_than_was_published_nothing_is_frozen_published_or_announced() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.clock_well(OPENS).await;
    contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
    let (ours, other) = ("hoithi/thi-thu+", "hoithi/thi-thu+00000000+");
    let refused = |told: anyhow::Result<String>| {
        let told = format!("{:#}", told.expect_err("refused"));
        assert!(told.contains("another public key"), "{told}");
    };
    let frozen = async |stage: &Stage| {
        stage.objects("vault").await.keys().any(|path| ["frozen/", "runs/"].iter().any(|kept| path.starts_with(kept)))
    };

    publish_key_of(&stage, ours, other).await;
    refused(stage.close(CLOSES).await);
    assert!(!frozen(&stage).await, "nothing is frozen");
    publish_key_of(&stage, other, ours).await;
    stage.close(CLOSES).await.expect("it closes");
    assert!(frozen(&stage).await);

    publish_key_of(&stage, ours, other).await;
    refused(stage.publish(PUBLISHES).await);
    let rounds = format!("contests/thi-thu/rounds/{FIRST}/");
    assert!(!stage.objects("site").await.keys().any(|path| path.starts_with(&rounds)), "nothing is published");

    let plan = Folder::small().text("contest.toml").replace("Cuộc thi thử", "Cuộc thi lại");
    stage.put("uploads", "thi-thu/contest.toml", plan).await;
    let announced = String::from_utf8(stage.object("site", PATH).await.expect("it is there")).expect("UTF-8");
    assert!(announced.contains(other), "it is not announced anew: {announced}");
    stage.logbook.expect_broken_invariants();
    stage.logbook.expect_undelivered();

    publish_key_of(&stage, other, ours).await;
    stage.publish(PUBLISHES).await.expect("it is published");
    assert!(stage.objects("site").await.keys().any(|path| path.starts_with(&rounds)));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_key_is_published_nothing_is_frozen_until_the_plan_comes_again() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(OPENS).await;
    stage.world.s3.delete_object().bucket("site").key(PATH).send().await.expect("deleted");
    let told = stage.close(CLOSES).await;
    assert!(format!("{:#}", told.expect_err("refused")).contains("upload contest.toml again"));
    assert!(!stage.objects("vault").await.keys().any(|path| path.starts_with("frozen/")), "nothing is frozen");
    stage.accept("contest.toml", Folder::small().text("contest.toml")).await;
    stage.close(CLOSES).await.expect("it closes");
    assert!(stage.objects("vault").await.keys().any(|path| path.starts_with("frozen/")));
}
