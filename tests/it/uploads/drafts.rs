//! A contest is public when it is complete and its moment has come, whatever comes last; until then it is not there for anybody
//! but its organizers.

use contest::lots::commitment;
use data_encoding::HEXLOWER;
use http::Method;
use serde_json::{Value, json};
use store::wakeup::{Wakeup, WakeupStep};
use tests::{CONTEST, FIRST, Folder, OPENS, PUBLISHES, SECRET, START, Stage, bank, instant, person};

/// Before its registration opens, when the files are uploaded.
const DRAFTED: &str = "2026-02-27T09:00:00+07:00";
/// The last millisecond before the moment of [`announced`],
const BEFORE: &str = "2026-02-28T07:59:59.999+07:00";
/// and the moment itself.
const MOMENT: &str = "2026-02-28T08:00:00+07:00";

/// What a contest needs to be public, in every order in which it can arrive.
const ORDERS: [[&str; 3]; 6] = [
    ["contest.toml", "units.csv", "bank-1.csv"],
    ["contest.toml", "bank-1.csv", "units.csv"],
    ["units.csv", "contest.toml", "bank-1.csv"],
    ["units.csv", "bank-1.csv", "contest.toml"],
    ["bank-1.csv", "contest.toml", "units.csv"],
    ["bank-1.csv", "units.csv", "contest.toml"],
];

fn announced(at: &str) -> Folder {
    Folder::small().with_plan("language = \"vi\"", &format!("language = \"vi\"\nannounced = \"{at}\""))
}

/// A contest that is complete and waits for [`MOMENT`].
async fn waiting() -> Stage {
    let mut stage = Stage::empty(DRAFTED).await;
    stage.add(&announced("2026-02-28T08:00")).await;
    assert!(!stage.is_public().await);
    stage
}

/// Whether everything that people ask says that there is no such contest.
async fn is_not_there(stage: &Stage) -> bool {
    let door = &stage.door;
    let slip = json!({ "identifier": "MA-1", "code": "AAAA", "secret": SECRET });
    let asked = [
        door.try_register(&person(1, "Nguyễn Văn An", "bac")).await,
        door.sign_in("MA-1", SECRET).await,
        door.call(Method::POST, "secrets", Some(&slip)).await,
    ];
    let refused = asked.iter().filter(|reply| reply.status == 404).count();
    assert!(refused == 0 || refused == asked.len(), "some know it, others do not");
    for reply in asked.iter().filter(|reply| reply.status == 404) {
        assert_eq!(serde_json::from_slice::<Value>(&reply.body).expect("a problem")["code"], "no_such_contest");
    }
    let list = stage.object("site", "contests/index.json").await;
    assert_eq!(list.is_some(), refused == 0, "the list of contests");
    assert_eq!(stage.objects("site").await.keys().any(|path| path.contains(CONTEST)), refused == 0);
    refused > 0
}

/// What everyone reads in the end.
async fn public(stage: &Stage) -> Vec<u8> {
    stage.site("contest.json").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_public_with_the_last_of_its_files_in_whatever_order() {
    let mut seen = Vec::new();
    for folder in [Folder::small(), announced("2026-02-26T08:00")] {
        for order in ORDERS {
            let mut stage = Stage::empty(DRAFTED).await;
            stage.door.contest = CONTEST.to_owned();
            for name in order {
                assert!(is_not_there(&stage).await, "{order:?} before {name}");
                stage.accept(name, folder.text(name)).await;
            }
            assert!(!is_not_there(&stage).await, "{order:?}");
            assert!(!stage.schedules().await.iter().any(|line| line.starts_with("0-announce")));
            seen.push(public(&stage).await);
        }
    }
    assert!(seen.iter().all(|bytes| *bytes == seen[0]), "the same bytes, whatever came last");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_that_is_announced_waits_for_its_moment_in_whatever_order_its_files_come() {
    let folder = announced("2026-02-28T08:00");
    let at_once = {
        let mut stage = Stage::empty(DRAFTED).await;
        stage.add(&Folder::small().without("bank-2.csv")).await;
        public(&stage).await
    };
    for order in ORDERS {
        let mut stage = Stage::empty(DRAFTED).await;
        stage.door.contest = CONTEST.to_owned();
        for name in order {
            stage.accept(name, folder.text(name)).await;
            assert!(is_not_there(&stage).await, "{order:?} after {name}");
        }
        let schedules = stage.schedules().await;
        let set = schedules.iter().filter(|line| line.starts_with("0-announce-")).collect::<Vec<_>>();
        assert!(matches!(set[..], [line] if line.contains("2026-02-28T01:00:00.000Z")), "{schedules:?}");
        stage.clock_well(BEFORE).await;
        assert!(is_not_there(&stage).await, "{order:?} a millisecond early");
        stage.clock_well(MOMENT).await;
        assert!(!is_not_there(&stage).await, "{order:?}");
        assert_eq!(public(&stage).await, at_once, "{order:?}");
    }
}

#[tokio::test]
async fn what_comes_after_the_moment_makes_a_contest_public_at_once() {
    let folder = announced("2026-02-28T08:00");
    let mut stage = Stage::empty(DRAFTED).await;
    stage.add(&folder.clone().without("bank-1.csv")).await;
    stage.clock_well(MOMENT).await;
    assert!(is_not_there(&stage).await, "its moment has come, and it is not complete");
    stage.accept("bank-1.csv", folder.text("bank-1.csv")).await;
    assert!(!is_not_there(&stage).await);
}

#[tokio::test]
async fn a_contest_whose_bank_is_rejected_is_not_public() {
    let folder = Folder::small();
    let mut stage = Stage::empty(DRAFTED).await;
    stage.door.contest = CONTEST.to_owned();
    stage.accept("contest.toml", folder.text("contest.toml")).await;
    stage.accept("units.csv", folder.text("units.csv")).await;
    // The paper asks for four questions.
    assert_eq!(stage.upload("bank-1.csv", bank(1, 3)).await["status"], "rejected");
    assert!(is_not_there(&stage).await);
    stage.accept("bank-2.csv", folder.text("bank-2.csv")).await;
    assert!(is_not_there(&stage).await, "the first round is the one that is waited for");
    stage.accept("bank-1.csv", folder.text("bank-1.csv")).await;
    assert!(!is_not_there(&stage).await);
}

#[tokio::test]
async fn what_is_public_stays_public() {
    let mut stage = Stage::empty(DRAFTED).await;
    stage.add(&Folder::small()).await;
    stage.accept("contest.toml", announced("2026-02-28T08:00").text("contest.toml")).await;
    assert_eq!(stage.upload("bank-1.csv", bank(1, 3)).await["status"], "rejected");
    assert_eq!(stage.upload("units.csv", "không phải bảng").await["status"], "rejected");
    assert!(!is_not_there(&stage).await);
    // As a program has left it that kept no word of it.
    stage.replace_in_state(",\"is_public\":true", "").await;
    stage.accept("units.csv", Folder::small().text("units.csv").replace("Phường Bắc", "Phường Bắc Sơn")).await;
    assert!(!is_not_there(&stage).await);
    assert_eq!(stage.contest_json().await["units"][1]["name"], "Phường Bắc Sơn");
}

#[tokio::test]
async fn a_wake_up_may_come_early_twice_and_late() {
    let stage = waiting().await;
    let wake = async |at: &str| {
        let wakeup = Wakeup::of_contest(CONTEST, WakeupStep::Announce);
        stage.world.functions.publish_alone(wakeup, instant(at)).await.expect("it is woken")
    };
    assert!(!wake(BEFORE).await.contains("is public"));
    assert!(!stage.is_public().await);
    assert!(wake("2026-02-28T09:30:00+07:00").await.contains("is public"));
    let kept = (stage.objects("site").await, stage.tables().await["control"].clone());
    assert!(!wake("2026-02-28T09:31:00+07:00").await.contains("is public"));
    assert!((stage.objects("site").await, stage.tables().await["control"].clone()) == kept, "nothing is done twice");
}

#[tokio::test]
async fn a_sweep_announces_what_a_lost_wake_up_left() {
    let stage = waiting().await;
    stage.publish_alone(BEFORE).await.expect("it sweeps");
    assert!(!stage.is_public().await);
    stage.publish_alone(MOMENT).await.expect("it sweeps");
    assert!(stage.is_public().await);
    // Somebody has died between the state and the files.
    for path in stage.objects("site").await.keys().filter(|path| path.starts_with("contests/")) {
        stage.world.s3.delete_object().bucket("site").key(path).send().await.expect("deleted");
    }
    stage.publish_alone("2026-02-28T08:59:59.999+07:00").await.expect("it sweeps");
    assert!(stage.is_public().await);
}

#[tokio::test]
async fn the_moment_may_be_moved_or_dropped_while_it_is_ahead() {
    let stage = waiting().await;
    stage.accept("contest.toml", announced("2026-02-28T20:00").text("contest.toml")).await;
    assert_eq!(stage.schedules().await.iter().filter(|line| line.starts_with("0-announce")).count(), 1);
    stage.clock_well(MOMENT).await;
    assert!(!stage.is_public().await);
    stage.accept("contest.toml", Folder::small().text("contest.toml")).await;
    assert!(stage.is_public().await, "without a moment it is public once it is complete");
    stage.clock_well("2026-02-28T20:00:00+07:00").await;
}

#[tokio::test]
async fn what_follows_a_round_is_too_early_in_a_draft_as_well() {
    let value = [5; 32];
    let witness = HEXLOWER.encode(&commitment(&value));
    let line = format!("id = \"{FIRST}\"\nlot_witnesses = [\"{witness}\"]");
    let folder = Folder::small()
        .with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"lot\"")
        .with_plan(&format!("id = \"{FIRST}\""), &line);
    let mut stage = Stage::empty(DRAFTED).await;
    stage.add(&folder.without("units.csv")).await;
    let reveals = format!("Vòng;Giá trị\n{FIRST};{}\n", HEXLOWER.encode(&value));
    super::refuse(&stage, "reveals.csv", &reveals, "reveal_too_early").await;
    let decision = format!("Mã dự thi;Vòng;Xử lý;Lý do\nMA-0001;{FIRST};disqualify;Thi hộ\n");
    super::refuse(&stage, "adjudications.csv", &decision, "unknown_contestant").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_of_a_draft_opens_to_nobody_loudly_and_its_days_may_still_be_moved() {
    let folder = Folder::small();
    let mut stage = Stage::empty(START).await;
    stage.add(&folder.clone().without("units.csv")).await;
    let fired = stage.clock(OPENS).await;
    assert_eq!((fired.len(), &fired[0]["outcome"]), (1, &json!("error")), "{fired:?}");
    // It is told again and again; neither is the round closed or published, although its time is over.
    stage.clock(PUBLISHES).await;
    stage.logbook.expect_undelivered();
    assert!(is_not_there(&stage).await);
    stage.sweep_alone(PUBLISHES).await.expect("there is nothing to do");
    assert!(!stage.objects("vault").await.keys().any(|path| path.starts_with("frozen/")));
    let moved = folder.text("contest.toml").replace("2026-03-", "2026-04-");
    stage.accept("contest.toml", moved).await;
    stage.accept("units.csv", folder.text("units.csv")).await;
    stage.resume(CONTEST).await;
    assert_eq!(stage.contest_json().await["rounds"][0]["opens"], "2026-04-02T01:00:00.000Z");
    stage.clock_well("2026-04-02T08:00:00+07:00").await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    contestant.at("2026-04-02T08:00:00+07:00").start(FIRST).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_that_is_complete_after_its_opening_is_open_from_then_on() {
    let folder = Folder::small();
    let mut stage = Stage::empty(START).await;
    stage.add(&folder.clone().without("units.csv")).await;
    stage.clock(OPENS).await;
    stage.logbook.expect_undelivered();
    stage.accept("units.csv", folder.text("units.csv")).await;
    stage.resume(CONTEST).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    let fired = stage.clock_well("2026-03-02T08:02:00+07:00").await;
    assert_eq!(fired.len(), 1, "whether it is ready is looked at again: {fired:?}");
    contestant.at("2026-03-02T08:02:00+07:00").start(FIRST).await.expect(201);
    stage.clock_well("2026-03-15T18:00:00+07:00").await;
    assert_eq!(stage.verified("", &[]).await, Ok(2));
}
