//! A draft as its organizers see it: what is missing, when it will be public, and how contestants will see it.

use super::{minutes, now, with_a_lead};
use http::Method;
use serde_json::Value;
use tests::{CONTEST, FIRST, Folder, OPENS, Staff, Stage, instant, person};

/// Before the registration of the small contest opens.
const DRAFTED: &str = "2026-02-27T09:00:00+07:00";
const MOMENT: &str = "2026-02-28T08:00:00+07:00";

/// The phase of a contest, and the line of its checklist about the public.
async fn standing(who: &Staff) -> (String, bool, String) {
    let seen = who.get(&format!("contests/{CONTEST}")).await.expect(200);
    let checks = seen["checklist"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["code"] == "public").expect("a line about the public");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&seen["phase"]), check["is_met"] == true, text(&check["text"]))
}

#[tokio::test]
async fn the_checklist_says_what_a_draft_lacks_and_when_it_will_be_public() {
    let mut stage = Stage::empty(DRAFTED).await;
    let lead = stage.staff("lan", "lead", "*", instant(DRAFTED)).await;
    let folder = Folder::small().with_plan("language = \"vi\"", "language = \"vi\"\nannounced = \"2026-02-28T08:00\"");
    stage.add(&folder.clone().without("units.csv").without("bank-1.csv")).await;
    let lacks =
        "Chưa công khai, còn thiếu danh sách đơn vị và ngân hàng câu hỏi của Vòng 1. Có đủ thì cuộc thi tự công khai.";
    assert_eq!(standing(&lead).await, ("draft".to_owned(), false, lacks.to_owned()));
    assert_eq!(lead.get("contests").await.expect(200)["contests"][0]["phase"], "draft");

    stage.accept("units.csv", folder.text("units.csv")).await;
    stage.accept("bank-1.csv", folder.text("bank-1.csv")).await;
    let waits = "Hồ sơ đã đủ. Cuộc thi sẽ tự công khai lúc 08h00 thứ Bảy ngày 28/02/2026.";
    assert_eq!(standing(&lead).await, ("draft".to_owned(), true, waits.to_owned()));

    stage.clock_well(MOMENT).await;
    let later = stage.staff("hai", "lead", CONTEST, instant(MOMENT)).await;
    let (phase, is_met, text) = standing(&later).await;
    assert_eq!((phase.as_str(), is_met), ("ahead", true), "{text}");
    assert!(text.starts_with("Cuộc thi đã công khai"), "{text}");
}

#[tokio::test]
async fn a_round_of_a_draft_that_has_opened_is_told_of() {
    let (mut stage, _) = with_a_lead().await;
    stage.add(&Folder::small().without("units.csv")).await;
    stage.clock(OPENS).await;
    stage.logbook.expect_undelivered();
    let lead = stage.staff("hai", "lead", CONTEST, instant(OPENS)).await;
    let (phase, is_met, text) = standing(&lead).await;
    assert_eq!((phase.as_str(), is_met), ("draft", false));
    assert!(text.ends_with("Vòng thi đã mở mà chưa ai vào được."), "{text}");
    assert_eq!(lead.get("health").await.expect(200)["late_rounds"], serde_json::json!([]));
    // Its questions are as secret as before the opening.
    let author = stage.staff("hoa", "author", CONTEST, instant(OPENS)).await;
    let paper = format!("contests/{CONTEST}/rounds/{FIRST}/paper");
    let seed = Some(serde_json::json!({ "seed": 1 }));
    lead.call(Method::POST, &paper, seed.clone()).await.refused(403, "not_your_role");
    assert_eq!(author.call(Method::POST, &paper, seed).await.expect(200)["is_open"], false);
    // Nobody has relied on the plan: it needs no second person.
    let moved = Folder::small().text("contest.toml").replace("2026-03-", "2026-04-");
    let tag = lead.get(&format!("contests/{CONTEST}/files/contest.toml")).await.header("etag").to_owned();
    lead.put_file(CONTEST, "contest.toml", moved.as_bytes(), Some(&tag)).await.expect(202);
}

#[tokio::test]
async fn organizers_see_a_draft_in_the_very_bytes_that_will_be_public() {
    let (mut stage, lead) = with_a_lead().await;
    let folder = Folder::small();
    let path = format!("contests/{CONTEST}/public");
    lead.get(&path).await.refused(404, "no_such_contest");
    stage.add(&folder.clone().without("units.csv")).await;
    let draft = lead.get(&path).await.expect(200);
    assert_eq!((&draft["id"], draft["units"].as_array().map(Vec::len)), (&Value::from(CONTEST), Some(0)));
    assert!(stage.objects("site").await.keys().all(|path| !path.starts_with("contests/")), "it is kept nowhere");
    stage.accept("units.csv", folder.text("units.csv")).await;
    let author = stage.staff("hoa", "author", CONTEST, now()).await;
    assert_eq!(author.get(&path).await.body, stage.site("contest.json").await);
    stage.resume(CONTEST).await;
    stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    assert_eq!(lead.at(minutes(1)).get(&path).await.body, stage.site("contest.json").await);
}

#[tokio::test]
async fn what_a_round_was_frozen_with_is_shown_as_everyone_reads_it() {
    let (mut stage, _) = with_a_lead().await;
    stage.add(&Folder::small()).await;
    let closed = "2026-03-08T16:30:00+07:00";
    stage.clock_well(closed).await;
    let lead = stage.staff("hai", "lead", CONTEST, instant(closed)).await;
    let shown = lead.get(&format!("contests/{CONTEST}/public")).await;
    assert_eq!(shown.body, stage.site("contest.json").await);
}
