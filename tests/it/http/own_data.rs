//! A person's own data: taken along, erased on request, and gone when its time is over.

use super::{open_stage, started};
use crate::publishing;
use http::Method;
use serde_json::{Value, json};
use tests::sheet;
use tests::{
    CONTEST, Contestant, ERASES, FIRST, Folder, OPENS, PUBLISHES, Play, SECOND, SECOND_OPENS, SECOND_PUBLISHES, SECRET,
    Stage, instant, person,
};

async fn played(contestant: &Contestant) -> Value {
    contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(3) }).await
}

/// Every item about people, as one text.
async fn people(stage: &Stage) -> String {
    stage.tables().await["people"].join("\n")
}

#[tokio::test]
async fn the_export_holds_everything_that_was_entered_and_sent_and_no_secret() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let accepted = played(&contestant).await;
    let export = contestant.export().await.expect(200);
    for (member, value) in [
        ("schema", "hoithi/export/1"),
        ("contest", "thi-thu"),
        ("contestant", &contestant.code),
        ("birth_date", "1990-05-17"),
        ("phone_last3", "001"),
        ("unit", "bac"),
        ("secret", "argon2id"),
    ] {
        assert_eq!(export[member], value, "{member}");
    }
    assert_eq!(export["consent"]["text_sha256"], stage.contest_json().await["consent"]["text_sha256"]);
    let attempt = &export["rounds"][0]["attempts"][0];
    assert_eq!((&attempt["attempt"], &attempt["receipt"]), (&json!(1), &accepted["receipt"]));
    assert_eq!(attempt["answers"].as_object().map(serde_json::Map::len), Some(4));
    assert_eq!(attempt["submitted_at"], accepted["received_at"]);
    let text = export.to_string();
    for secret in [SECRET, "001090000001", "0912000001", "argon2id$"] {
        assert!(!text.contains(secret), "{secret} stands in the export");
    }
}

#[tokio::test]
async fn an_erased_account_knows_nobody_and_opens_nothing() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    played(&contestant).await;
    let name = "Nguyễn Văn An";
    assert!(people(&stage).await.contains(name));
    assert_eq!(contestant.erase().await.expect(202)["status"], "erased");
    let left = people(&stage).await;
    for known in [name, "1990-05-17", "argon2id", "\"001\""] {
        assert!(!left.contains(known), "{known} is still known: {left}");
    }
    stage.door.sign_in(&contestant.code, SECRET).await.refused(401, "wrong_credentials");
    stage.door.sign_in("001090000001", SECRET).await.refused(401, "wrong_credentials");
    for (method, path) in [(Method::GET, "me"), (Method::GET, "me/export")] {
        contestant.door.call(method, path, None).await.refused(401, "no_session");
    }
}

/// A contest that asks for an address of mail too, somebody in it, and whom they have brought.
async fn one_brought_another() -> (Stage, Contestant, Contestant) {
    let stage = Stage::with(&Folder::small().with_email()).await;
    let mut form = person(1, "Nguyễn Văn An", "bac");
    form.insert("email".to_owned(), "an@example.vn".into());
    let first = stage.door.register(&form).await;
    let mut form = person(2, "Trần Thị Bình", "nam");
    form.insert("email".to_owned(), "binh@example.vn".into());
    form.insert("referrer".to_owned(), first.me().await["referral_code"].clone());
    let second = stage.door.register(&form).await;
    (stage, first, second)
}

#[tokio::test]
async fn an_erased_account_is_found_by_nothing_but_what_keeps_one_person_at_one() {
    let (stage, contestant, brought) = one_brought_another().await;
    let found_by = async |kind: &str| people(&stage).await.matches(&format!("#{CONTEST}#{kind}")).count();
    let referral = format!("F#{CONTEST}#");
    assert_eq!((found_by("phone").await, found_by("email").await, found_by("citizen_id").await), (2, 2, 2));
    assert!(people(&stage).await.contains(&referral));
    brought.erase().await.expect(202);
    assert_eq!((found_by("phone").await, found_by("email").await, found_by("citizen_id").await), (1, 1, 2));
    assert!(!people(&stage).await.contains(&referral), "who brought them is still known");
    assert_eq!(contestant.me().await["referrals"], 0);
}

#[tokio::test]
async fn an_erased_account_starts_nothing_more_in_any_round() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    contestant.erase().await.expect(202);
    contestant.at(OPENS).start(FIRST).await.refused(409, "attempts_used_up");
    contestant.at(SECOND_OPENS).start(SECOND).await.refused(409, "attempts_used_up");
    contestant.at(OPENS).submit(FIRST, 65_535, &json!({ "answers": {} })).await.refused(404, "no_such_attempt");
    contestant.status(FIRST, 65_535).await.refused(404, "no_such_attempt");
}

#[tokio::test]
async fn one_person_stays_at_one_account_after_an_erasure() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    contestant.erase().await.expect(202);
    stage.door.try_register(&person(1, "Nguyễn Văn An", "bac")).await.refused(409, "already_registered");
}

#[tokio::test]
async fn erasing_twice_or_after_a_cut_ends_where_once_would() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    contestant.erase().await.expect(202);
    let once = stage.tables().await;
    contestant.erase().await.expect(202);
    assert_eq!(stage.tables().await, once);
}

#[tokio::test]
async fn an_attempt_under_way_may_still_be_handed_in() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let paper = started(&contestant).await["paper"].clone();
    contestant.erase().await.expect(202);
    let sheet = json!({ "answers": sheet::answers(&paper, 2), "prediction": null });
    contestant.at("2026-03-02T08:01:00+07:00").submit(FIRST, 1, &sheet).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_stand_by_pseudonym_whoever_was_erased_before_or_between() {
    let (stage, contestants) = publishing::golden_round_played().await;
    // The first wins and goes before publication, so is named by nobody.
    contestants[0].erase().await.expect(202);
    stage.clock_well(PUBLISHES).await;
    let results = stage.round(FIRST).json("v1/results.json").await;
    let names: Vec<&Value> = results["winners"].as_array().expect("a list").iter().map(|w| &w["full_name"]).collect();
    assert!(names.contains(&&Value::Null) && names.len() == 3, "{names:?}");
    assert_eq!(results["totals"]["contestants"], 5, "played is played");
    // The second goes after it, and the publication is run again: the version does not change.
    let site = stage.objects("site").await;
    contestants[1].erase().await.expect(202);
    stage.round(FIRST).set_phase("RANKED").await;
    stage.world.sweep().await.expect("it is published again");
    assert!(stage.objects("site").await == site);
    assert_eq!(stage.round(FIRST).verified(&[]).await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_moved_past_the_end_of_the_retention_leaves_nobody_behind() {
    let (mut stage, _) = publishing::golden_round_played().await;
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    stage.world.go_live().expect("it goes on by itself");
    // The sweep of the start has nothing to erase.
    stage.world.sweep().await.expect("swept");
    assert!(people(&stage).await.contains("Nguyễn Văn An"));
    stage.clock_well(ERASES).await;
    assert_eq!(people(&stage).await, "", "erased when the clock is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_after_the_last_results_everybody_is_forgotten_and_the_results_stand() {
    let (stage, _) = publishing::golden_round_played().await;
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let site = stage.objects("site").await;
    let sweep = async |now: &str| stage.publish(now).await;
    sweep("2027-03-15T16:59:59.999+07:00").await.expect("it has nothing to complain of");
    assert!(people(&stage).await.contains("Nguyễn Văn An"), "not a millisecond before the time");
    assert!(stage.objects("vault").await.keys().any(|path| path.starts_with("reviews/")));
    let told = sweep(ERASES).await.expect("it has nothing to complain of");
    assert!(told.contains("erased 8 accounts of thi-thu"), "{told}");
    assert_eq!(people(&stage).await, "");
    let roster = stage.objects("vault").await.into_iter().find(|(path, _)| path.contains("/roster-"));
    assert_eq!(
        roster.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).as_deref(),
        Some(r#"{"people":[]}"#)
    );
    assert!(
        !stage.objects("vault").await.keys().any(|path| path.starts_with("reviews/")),
        "nobody is looked at any more"
    );
    let lead = stage.staff("lan", "lead", CONTEST, instant(ERASES)).await;
    lead.get(&format!("contests/{CONTEST}/rounds/{FIRST}/review")).await.refused(404, "review_forgotten");
    assert!(stage.objects("site").await == site);
    assert_eq!(sweep(ERASES).await.expect("nobody is left"), "");
    assert_eq!(stage.verified("", &[]).await, Ok(2));
}

#[tokio::test]
async fn nothing_that_leads_to_a_person_outlives_the_contest() {
    let (stage, ..) = one_brought_another().await;
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    stage.publish(ERASES).await.expect("it has nothing to complain of");
    assert_eq!(people(&stage).await, "");
}
