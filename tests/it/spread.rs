//! Contests and rounds that were made with other numbers of shards and gates than the program makes today.

use store::Spread;
use tests::storage;
use tests::{
    CLOSES, CONTEST, ERASES, FIRST, Folder, OPENS, PUBLISHES, Play, SECOND_PUBLISHES, SECRET, START, Stage, crowd,
};

const PEOPLE: u32 = 12;

/// Everything that is done with a contest whose records say these numbers.
async fn played_with(people_shards: u16, spread: Spread) {
    let mut stage = Stage::empty(START).await;
    stage.spread(people_shards, spread).await;
    stage.add(&Folder::small()).await;
    let people = stage.door.register_all(crowd(PEOPLE)).await;
    let (erased, people) = people.split_first().expect("twelve");
    stage.clock_well(OPENS).await;
    for contestant in people {
        let signed_in = stage.door.sign_in(&contestant.code, SECRET).await.expect(200);
        assert_eq!(signed_in["contestant"], contestant.code.as_str());
        let accepted =
            contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
        assert_eq!(contestant.status(FIRST, 1).await.expect(200)["receipt"], accepted["receipt"]);
        assert_eq!(contestant.me().await["rounds"][0]["attempts"][0]["status"], "submitted");
        let export = contestant.export().await.expect(200);
        assert_eq!(export["rounds"][0]["attempts"][0]["receipt"], accepted["receipt"]);
    }
    erased.erase().await.expect(202);
    erased.at(OPENS).start(FIRST).await.refused(409, "attempts_used_up");
    assert_eq!(partitions(&stage, "control", &format!("G#{CONTEST}#{FIRST}#")).await, u64::from(spread.gates));
    let used = partitions(&stage, "attempts", &format!("A#{CONTEST}#{FIRST}#")).await;
    assert!(used <= u64::from(spread.shards), "{used} shards");

    stage.clock_well(CLOSES).await;
    for contestant in people {
        contestant.status(FIRST, 1).await.expect(200);
    }
    stage.clock_well(PUBLISHES).await;
    assert_eq!(stage.round(FIRST).ledger().await.len(), people.len(), "every accepted sheet is counted");
    let path = format!("{CONTEST}/rounds/{FIRST}/v1/ranking.csv");
    let ranking = String::from_utf8(stage.object("officials", &path).await.expect("a list")).expect("UTF-8");
    assert_eq!(ranking.matches("Nguyễn Văn An").count(), people.len(), "everybody is known to officials");
    stage.clock_well(SECOND_PUBLISHES).await;
    stage.publish(ERASES).await.expect("everybody is forgotten");
    assert_eq!(partitions(&stage, "people", "P#").await, 0, "nobody is left");
}

/// How many partitions of a table begin like this.
async fn partitions(stage: &Stage, table: &str, beginning: &str) -> u64 {
    let keys = storage::primary_keys(&stage.world.dynamodb, table).await;
    let mut partitions: Vec<&String> = keys.iter().filter_map(|key| key["pk"].as_s().ok()).collect();
    partitions.retain(|partition| partition.starts_with(beginning));
    partitions.sort();
    partitions.dedup();
    partitions.len() as u64
}

#[tokio::test]
async fn a_round_with_fewer_shards_and_gates_than_new_ones_have_loses_nobody() {
    played_with(2, Spread { shards: 3, gates: 1 }).await;
}

#[tokio::test]
async fn a_round_with_more_shards_and_gates_than_new_ones_have_loses_nobody() {
    played_with(40, Spread { shards: 64, gates: 9 }).await;
}
