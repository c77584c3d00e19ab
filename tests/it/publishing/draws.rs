//! Draws: nobody wins by lot before the ledger is public, then everybody can draw again.

use super::editions::{decision, disqualify};
use super::{NAMES, everybody, folder, play_all, registered};
use contest::lots::commitment;
use data_encoding::HEXLOWER;
use local::world::WorldOptions;
use serde_json::json;
use std::collections::BTreeSet;
use tests::beacon::Beacon;
use tests::{CONTEST, Contestant, FIRST, Folder, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

/// Three are equal, and two prizes are theirs.
const TIE: [super::Sheet; 4] = [(1, 4, 60, None), (2, 4, 60, None), (3, 4, 60, None), (4, 3, 60, None)];

fn with_lots() -> Folder {
    folder().with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"lot\"")
}

/// The plan with a witness who keeps `value` for the first round.
fn with_witness(value: &[u8; 32]) -> Folder {
    let line = format!("id = \"{FIRST}\"\nlot_witnesses = [\"{}\"]", HEXLOWER.encode(&commitment(value)));
    with_lots().with_plan(&format!("id = \"{FIRST}\""), &line)
}

fn reveals(round: &str, value: &[u8; 32]) -> String {
    format!("Vòng;Giá trị\n{round};{}\n", HEXLOWER.encode(value))
}

/// What is drawn in one sweep is scored and published in the next.
async fn sweep(stage: &Stage) {
    for _ in 0..2 {
        stage.world.sweep().await.expect("nothing fails");
    }
}

async fn played(folder: &Folder) -> (Stage, Vec<Contestant>) {
    let (stage, people) = registered(folder).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &TIE).await;
    (stage, people)
}

#[tokio::test(flavor = "multi_thread")]
async fn lots_are_drawn_after_the_ledger_is_public_and_each_prize_has_one_winner() {
    let (stage, _) = played(&with_lots()).await;
    let committed = stage.contest_json().await["rounds"][0]["lot"]["commitment"].clone();
    stage.clock_well(PUBLISHES).await;
    assert_eq!(stage.round(FIRST).winners(1).await, [], "nobody has won before the draw");
    sweep(&stage).await;
    assert_eq!(stage.round(FIRST).versions().await, 2);
    let drawn = stage.round(FIRST).winners(2).await;
    let tiers: Vec<&str> = drawn.iter().map(|(tier, _)| tier.as_str()).collect();
    assert_eq!(tiers, ["first", "second"]);
    let lucky: BTreeSet<&str> = drawn.iter().map(|(_, name)| name.as_str()).collect();
    assert!(lucky.len() == 2 && lucky.iter().all(|name| NAMES[..3].iter().any(|(of, _)| of == name)), "{lucky:?}");
    let lots = stage.round(FIRST).json("v2/lots.json").await;
    let secret = HEXLOWER.decode(lots["secret"].as_str().expect("a text").as_bytes()).expect("hexadecimal digits");
    let opened = HEXLOWER.encode(&commitment(&secret.try_into().expect("32 bytes")));
    assert_eq!(committed, opened.as_str(), "it was committed to before the round");
    assert_eq!(stage.verified("", &[]).await, Ok(1));
    // Ranks are still shared, no matter who was lucky.
    let ranks: Vec<String> =
        super::table(&stage, "v2/ranking.csv").await.into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(ranks, ["1", "1", "1", "4"]);
}

#[tokio::test]
async fn a_round_without_a_tie_at_a_prize_draws_nothing() {
    let (stage, people) = registered(&with_lots()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &[(1, 4, 60, None), (2, 4, 70, None), (3, 3, 60, None), (4, 3, 60, None)]).await;
    stage.clock_well(PUBLISHES).await;
    assert_eq!(stage.round(FIRST).versions().await, 1);
    assert_eq!(stage.round(FIRST).winners(1).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_waits_for_its_witness_and_the_next_round_for_the_draw() {
    let value = [0x5a; 32];
    let (stage, people) = played(&with_witness(&value)).await;
    let report = stage.upload("reveals.csv", reveals(FIRST, &value)).await;
    assert_eq!(report["errors"][0]["code"], "reveal_too_early", "{report}");
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &TIE).await;
    stage.clock_well("2026-03-15T16:30:00+07:00").await;
    stage.world.sweep().await.expect("nothing fails while a draw is waited for");
    assert_eq!(stage.round(FIRST).versions().await, 1);

    let report = stage.upload("reveals.csv", reveals(FIRST, &[0x5b; 32])).await;
    assert_eq!(report["errors"][0]["code"], "no_such_commitment", "{report}");
    let report = stage.upload("reveals.csv", reveals("vong-9", &value)).await;
    assert_eq!(report["errors"][0]["code"], "unknown_round", "{report}");
    stage.accept("reveals.csv", reveals(FIRST, &value)).await;
    stage.clock_well("2026-03-15T16:32:00+07:00").await;
    sweep(&stage).await;
    assert_eq!(stage.round(FIRST).versions().await, 2);
    let lots = stage.round(FIRST).json("v2/lots.json").await;
    assert_eq!(lots["witnessed"], json!([HEXLOWER.encode(&value)]));

    // The second round is ranked now, and passes over who was lucky in the first.
    stage.clock_well(SECOND_PUBLISHES).await;
    sweep(&stage).await;
    let lucky: BTreeSet<String> = stage.round(FIRST).winners(2).await.into_iter().map(|(_, name)| name).collect();
    let second: BTreeSet<String> = stage
        .round(SECOND)
        .winners(stage.round(SECOND).versions().await)
        .await
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!((lucky.len(), second.len()), (2, 2));
    assert!(lucky.is_disjoint(&second), "{lucky:?} {second:?}");
    assert_eq!(stage.verified("", &[]).await, Ok(2));
}

/// Round 123 of drand's quicknet came at 15:15:33 UTC on 23/8/2023, half an hour after this.
const BEFORE_THE_BEACON: &str = "2023-08-23T21:45:33+07:00";
const SIGNATURE: &str =
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";

/// A contest of one day in August 2023 whose draw is fixed to that beacon.
fn with_beacon() -> Folder {
    let folder = with_lots().with_plan("unbroken_tie = \"lot\"", "unbroken_tie = \"lot\"\nlot_beacon = \"drand\"");
    let plan = folder.text("contest.toml");
    let (head, rest) = plan.split_once("[[rounds]]").expect("rounds");
    let prizes = &rest[rest.find("[[prizes]]").expect("prizes")..];
    let round = format!(
        "[[rounds]]\nid = \"{FIRST}\"\nname = \"Vòng 1\"\nopens = \"2023-08-23T08:00\"\n\
         closes = \"2023-08-23T16:00\"\npublishes = \"2023-08-23T21:45:33\"\nbank = \"bank-1.csv\"\n\n"
    );
    let head = head.replace("2026-03-01T08:00", "2023-08-22T08:00");
    folder.with_plan(&plan, &format!("{head}{round}{prizes}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_beacon_is_waited_for_and_believed_only_with_its_signature() {
    let beacon = Beacon::serve().await;
    let options = WorldOptions { beacon_url: beacon.url.clone(), ..WorldOptions::default() };
    let mut stage = Stage::of(options, "2023-08-22T09:00:00+07:00").await;
    stage.add(&with_beacon()).await;
    let opens = "2023-08-23T08:00:00+07:00";
    let people = stage.door.register_all(everybody()).await;
    stage.clock_well(opens).await;
    play_all(&people, FIRST, opens, &TIE).await;
    stage.clock_well(BEFORE_THE_BEACON).await;
    stage.world.sweep().await.expect("the beacon is waited for");
    assert_eq!((stage.round(FIRST).versions().await, beacon.asked()), (1, 0), "nobody asks before its time");

    stage.clock_well("2023-08-23T22:15:33+07:00").await;
    for lie in ["", "{}", &format!(r#"{{"round":123,"signature":"{}"}}"#, SIGNATURE.replace("b75c", "b75d"))] {
        beacon.answer(lie);
        let fault = stage.world.sweep().await.expect_err("the beacon is not believed");
        assert!(
            format!("{fault:#}").contains(&format!("{FIRST}: ")) || format!("{fault:#}").contains("beacon"),
            "{fault:#}"
        );
    }
    assert_eq!(stage.round(FIRST).versions().await, 1);
    beacon.answer(&format!(r#"{{"round":123,"randomness":"00","signature":"{SIGNATURE}"}}"#));
    sweep(&stage).await;
    assert!(beacon.last_path().ends_with("/public/123"), "{}", beacon.last_path());
    assert_eq!(stage.round(FIRST).versions().await, 2);
    assert_eq!(stage.round(FIRST).winners(2).await.len(), 2);
    let lots = stage.round(FIRST).json("v2/lots.json").await;
    assert_eq!(lots["beacon"], json!({ "round": 123, "signature": SIGNATURE }));
    assert_eq!(stage.verified("", &[]).await, Ok(1));
    let asked = beacon.asked();
    stage.world.sweep().await.expect("nothing is left to do");
    assert_eq!((stage.round(FIRST).versions().await, beacon.asked()), (2, asked), "lots are drawn once");
}

#[tokio::test]
async fn a_draw_that_was_cut_short_ends_with_the_same_bytes() {
    let (stage, _) = played(&with_lots()).await;
    stage.clock_well(PUBLISHES).await;
    sweep(&stage).await;
    let before = stage.objects("site").await;
    // As after a crash before anything was recorded, of the draw and of its publication.
    for phase in ["FROZEN", "RANKED"] {
        stage.round(FIRST).set_phase(phase).await;
        sweep(&stage).await;
    }
    assert_eq!(before, stage.objects("site").await);
    assert_eq!(CONTEST, stage.door.contest);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_before_or_after_the_draw_changes_who_wins_and_not_what_was_drawn() {
    for decided_first in [true, false] {
        let (stage, people) = played(&with_lots()).await;
        stage.clock_well(PUBLISHES).await;
        if !decided_first {
            sweep(&stage).await;
        }
        stage.decide(decision(1, PUBLISHES, &[disqualify(&people[0])])).await;
        sweep(&stage).await;
        assert_eq!(stage.round(FIRST).versions().await, 3);
        let decided = stage.round(FIRST).winners(if decided_first { 2 } else { 3 }).await;
        assert_eq!(decided.len(), if decided_first { 0 } else { 2 });
        let mut last: Vec<String> = stage.round(FIRST).winners(3).await.into_iter().map(|(_, name)| name).collect();
        last.sort();
        assert_eq!(last, [NAMES[2].0, NAMES[1].0], "the two who are left have a prize each");
        if !decided_first {
            let lots = |version: u32| format!("rounds/{FIRST}/v{version}/lots.json");
            assert_eq!(stage.site(&lots(3)).await, stage.site(&lots(2)).await, "lots are drawn once");
        }
        assert_eq!(stage.verified("", &[]).await, Ok(1));
    }
}
